"""Answer-rate methods tried at past cutoffs, all on the same fits, each with the band it earned.

At each cutoff the history is tidied anew from what was known then, once for all methods. A band is
judged at each cutoff by what the errors at the other cutoffs give. Which method is taken is
decided elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import DataError
from core.forecasting.backtest import hours_back
from core.forecasting.forecast import Scores, SeriesKind
from core.forecasting.forecaster import Forecaster, LocalTime
from core.forecasting.rate_bands import CALLS, PastRates, rate_band
from core.forecasting.rate_calls import UsualCalls, usual_calls
from core.forecasting.rate_methods import RateFits, RateForecaster, rate_fits
from core.forecasting.scores import LAG_HOURS, LEAST_OF_FLOOR, Compared, scored
from core.forecasting.select import Trial
from core.forecasting.series import HOUR, observed

KIND = SeriesKind.ANSWER_RATE
SHORTEST_TRIAL = 24

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """Past cutoffs of a campaign and what came after each, all of shape (n_cutoffs, horizon).

    Parameters
    ----------
    ds : array of datetime64
        The hours ahead of each cutoff.
    cutoff : array of datetime64
        The last hour that was known.
    came, offered : array
        Rates, NaN where there is none, and calls.
    calls : array
        The usual number of calls, as it was known at the cutoff.
    scale : array
        Mean error of last week's rate before the cutoff; see `core.forecasting.scores.naive_error`.
    """

    ds: "npt.NDArray[np.datetime64]"
    cutoff: "npt.NDArray[np.datetime64]"
    came: Floats
    offered: Floats
    calls: Floats
    scale: Floats


def try_rates(
    history: pd.DataFrame,
    forecasters: Sequence[Forecaster],
    centre: LocalTime,
    *,
    horizon: int,
    level: float,
    seed: int,
) -> tuple[Trial, ...]:
    """Return each method's trial, compared on the hours that all of them have.

    Parameters
    ----------
    history : DataFrame
        `core.frames.RATE_HISTORY` with ``recorded``.
    forecasters : sequence of Forecaster
        The methods, for answer rates.
    centre : LocalTime
        The centre's clock.
    horizon : int
        How far to look ahead. Unit: hours.
    level : float
        What bands shall cover, a share.
    seed : int
        Of the methods' randomness.
    """
    length = len(history)
    # Longer horizons are tried out over less: rates hardly depend on how far ahead they are.
    horizon = min(horizon, max(SHORTEST_TRIAL, length // 3))
    ends = np.array([length - back for back in hours_back(length, KIND, horizon)], dtype=np.int64)
    made = {each.name: np.full((len(ends), horizon), np.nan) for each in forecasters}
    calls = np.ones((len(ends), horizon))
    for row, end in enumerate(ends.tolist()):
        until = history["ds"].iloc[end]
        known = centre.as_known_at(history, until.to_pydatetime())
        ahead = pd.DatetimeIndex(history["ds"].iloc[end : end + horizon])
        calls[row] = usual_calls(known, centre).of(ahead)
        for name, rows in _made(known, forecasters, centre, horizon, level, seed).items():
            place = np.asarray((rows.index - until) // HOUR, dtype=np.int64)
            made[name][row, place] = rows.to_numpy()
    grid = _grid(history, ends, horizon, calls)
    shared = ~np.isnan(grid.came) & _in_every(made)
    usual = usual_calls(history, centre)
    return tuple(_trial(each, made[each.name], grid, shared, usual, level) for each in forecasters)


def _made(
    known: pd.DataFrame,
    forecasters: Sequence[Forecaster],
    centre: LocalTime,
    horizon: int,
    level: float,
    seed: int,
) -> "Mapping[str, pd.Series[float]]":
    """Forecasts at one cutoff by method; a method that refuses there is left out."""
    made = {}
    fits: RateFits | None = None
    for forecaster in forecasters:
        try:
            if isinstance(forecaster, RateForecaster):
                fits = fits or rate_fits(known, horizon, centre)
                made[forecaster.name] = pd.Series(fits.share(forecaster.name), fits.hours.ahead)
            else:
                rows = forecaster.forecast(known, horizon, level, seed).rows
                made[forecaster.name] = pd.Series(rows["yhat"].to_numpy(), rows["ds"])
        except DataError:
            continue
    return made


def _in_every(made: Mapping[str, Floats]) -> npt.NDArray[np.bool_]:
    """Hours that every method has; a method that refuses at a cutoff takes nothing from others."""
    has = np.stack([~np.isnan(each) for each in made.values()])
    refused = ~has.any(axis=2, keepdims=True)
    return np.asarray((has | refused).all(axis=0), dtype=np.bool_)


def _grid(history: pd.DataFrame, ends: npt.NDArray[np.int64], horizon: int, calls: Floats) -> Grid:
    ahead = ends[:, None] + np.arange(horizon)
    rate = observed(history, KIND).to_numpy()
    offered = history["offered"].to_numpy(dtype="float64")
    ds = history["ds"].to_numpy()
    change = np.abs(rate[LAG_HOURS:] - rate[:-LAG_HOURS])
    weight = np.where(np.isnan(change), 0.0, offered[LAG_HOURS:])
    missed = np.cumsum(np.concatenate([np.zeros(1), weight * np.nan_to_num(change)]))
    weighed = np.cumsum(np.concatenate([np.zeros(1), weight]))
    before = np.clip(ends - LAG_HOURS, 0, len(weighed) - 1)
    scale = np.where(weighed[before] > 0, missed[before] / np.maximum(weighed[before], 1.0), np.nan)
    return Grid(
        ds=ds[ahead],
        cutoff=np.broadcast_to(ds[ends - 1][:, None], ahead.shape),
        came=rate[ahead],
        offered=offered[ahead],
        calls=calls,
        scale=np.broadcast_to(scale[:, None], ahead.shape),
    )


def _trial(
    forecaster: Forecaster,
    yhat: Floats,
    grid: Grid,
    shared: npt.NDArray[np.bool_],
    usual: UsualCalls,
    level: float,
) -> Trial:
    told = shared & ~np.isnan(yhat)
    past = PastRates(
        yhat=yhat[told],
        actual=grid.came[told],
        offered=grid.offered[told],
        calls=grid.calls[told],
        cutoff=np.nonzero(told)[0],
    )
    lower, upper = _judged(past, usual, level)
    closed = np.zeros(len(past.yhat), dtype=bool)
    compared = Compared(
        yhat=past.yhat,
        yhat_lower=lower,
        yhat_upper=upper,
        actual=past.actual,
        weight=past.offered,
        scale=grid.scale[told],
        closed=closed,
        cutoffs=past.cutoffs,
    )
    scores = scored(forecaster.name, compared, KIND, level)
    columns = {
        "cutoff": grid.cutoff[told],
        "ds": grid.ds[told],
        "yhat": past.yhat,
        "yhat_lower": lower,
        "yhat_upper": upper,
        "closed": closed,
        "actual": past.actual,
        "weight": past.offered,
        "scale": compared.scale,
        CALLS: past.calls,
    }
    return Trial(
        forecaster,
        pd.DataFrame(columns),
        rate_band(past, usual),
        replace(scores, noise_floor=_floor(past, scores)),
    )


def _judged(past: PastRates, usual: UsualCalls, level: float) -> tuple[Floats, Floats]:
    """Bounds at each cutoff from the errors at the others; none where there are no others."""
    lower, upper = np.full(len(past.yhat), np.nan), np.full(len(past.yhat), np.nan)
    if past.cutoffs > 1:
        for cutoff in np.unique(past.cutoff).tolist():
            own = np.equal(past.cutoff, cutoff)
            band = rate_band(past.where(~own), usual)
            lower[own], upper[own] = band.bounds(past.yhat[own], past.calls[own], level)
    return lower, upper


def _floor(past: PastRates, scores: Scores) -> float | None:
    """The error that chance alone leaves; None where calls vary less than chance.

    The mean absolute deviation of a normal variable is 0.8 of its standard deviation.
    """
    if scores.error is None:
        return None
    chance = np.sqrt(2.0 / np.pi * past.offered * past.yhat * (1.0 - past.yhat))
    floor = float(chance.sum() / past.offered.sum())
    return floor if scores.error >= LEAST_OF_FLOOR * floor else None
