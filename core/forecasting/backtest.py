"""Rolling origin: what a method would have forecast at past cutoffs, beside what came.

At each cutoff the history is tidied anew from what was known then, so no rule and no value from
after the cutoff reaches the method.
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from core.errors import DataError
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import Forecaster, LocalTime
from core.forecasting.scores import naive_error
from core.forecasting.series import HOUR, outcomes

COLUMNS = (
    "cutoff",
    "ds",
    "yhat",
    "yhat_lower",
    "yhat_upper",
    "closed",
    "actual",
    "weight",
    "scale",
)
DAY, WEEK = 24, 168
DEFAULT_CUTOFFS = {
    (SeriesKind.ANSWER_RATE, DAY): 7,
    (SeriesKind.VOLUME, DAY): 14,
    (SeriesKind.VOLUME, WEEK): 8,
}
"""How many cutoffs to look back from, by the step between them."""
WANTED_HOURS = {SeriesKind.ANSWER_RATE: 48, SeriesKind.VOLUME: 28 * 24}
"""How much history should lie before the first cutoff."""
LEAST_HOURS = {SeriesKind.ANSWER_RATE: 48, SeriesKind.VOLUME: 14 * 24}
"""With less before the first cutoff there is no backtest."""


def step_hours(kind: SeriesKind, horizon: int) -> int:
    """Return how far past cutoffs are apart: a day, and for volumes a week ahead a week.

    Examples
    --------
    >>> step_hours(SeriesKind.VOLUME, 168), step_hours(SeriesKind.VOLUME, 48)
    (168, 24)
    """
    return WEEK if kind is SeriesKind.VOLUME and horizon >= WEEK else DAY


def hours_back(
    length: int, kind: SeriesKind, horizon: int, count: int | None = None
) -> tuple[int, ...]:
    """Return how far before the end of a history to look back from, farthest first.

    The last cutoff leaves a whole horizon to compare. As many as the history carries: each needs
    enough hours before it.

    Parameters
    ----------
    length : int
        Of the history. Unit: hours.
    kind : SeriesKind
        What is forecast.
    horizon : int
        How far each looks ahead. Unit: hours.
    count : int, optional
        How many at most; see `DEFAULT_CUTOFFS` for where it is not given.

    Examples
    --------
    >>> hours_back(96, SeriesKind.ANSWER_RATE, 24)
    (48, 24)
    """
    step = step_hours(kind, horizon)
    most = DEFAULT_CUTOFFS[kind, step] if count is None else count
    back = [horizon + step * number for number in range(most)]
    fitting = [hours for hours in back if length - hours >= WANTED_HOURS[kind]]
    fitting = fitting or [hours for hours in back if length - hours >= LEAST_HOURS[kind]]
    return tuple(reversed(fitting))


def past_cutoffs(
    history: pd.DataFrame, kind: SeriesKind, horizon: int, count: int | None = None
) -> tuple[datetime, ...]:
    """Return the cutoffs to look back from, oldest first; see `hours_back`.

    Parameters
    ----------
    history : DataFrame
        A tidy history.
    kind, horizon, count
        As in `hours_back`.

    Examples
    --------
    >>> history = pd.DataFrame({"ds": pd.date_range("2026-11-02", periods=96, freq="h", tz="UTC")})
    >>> [cutoff.isoformat() for cutoff in past_cutoffs(history, SeriesKind.ANSWER_RATE, 24)]
    ['2026-11-03T23:00:00+00:00', '2026-11-04T23:00:00+00:00']
    """
    back = hours_back(len(history), kind, horizon, count)
    return tuple(history["ds"].iloc[-hours - 1].to_pydatetime() for hours in back)


def backtest(
    history: pd.DataFrame,
    forecaster: Forecaster,
    centre: LocalTime,
    *,
    horizon: int,
    cutoffs: Sequence[datetime],
    level: float,
    seed: int = 0,
) -> pd.DataFrame:
    """Return past forecasts beside what came.

    Parameters
    ----------
    history : DataFrame
        A tidy history with ``recorded``.
    forecaster : Forecaster
        The method.
    centre : LocalTime
        The centre, which knows how the history stood at an earlier time.
    horizon : int
        How far each cutoff looks ahead. Unit: hours.
    cutoffs : sequence of datetime
        The last hours that the method may see. One at which the method refuses is left out.
    level : float
        What the band claims to cover, a share.
    seed : int
        Of the method's randomness.

    Returns
    -------
    DataFrame
        One row for each hour that was forecast and can be compared: ``cutoff``, ``ds``, ``yhat``,
        ``yhat_lower``, ``yhat_upper``, ``closed``, ``actual``, ``weight`` (see
        `core.forecasting.series.outcomes`) and ``scale`` (see `core.forecasting.scores`).
    """
    came = outcomes(history, forecaster.kind)
    windows = []
    for cutoff in cutoffs:
        known = centre.as_known_at(history, (pd.Timestamp(cutoff) + HOUR).to_pydatetime())
        try:
            rows = forecaster.forecast(known, horizon, level, seed).rows
        except DataError:
            continue
        scale = naive_error(known, forecaster.kind)
        windows.append(rows.merge(came, on="ds").assign(cutoff=pd.Timestamp(cutoff), scale=scale))
    windows = [window for window in windows if len(window)]
    if not windows:
        return pd.DataFrame({name: pd.Series([], dtype="float64") for name in COLUMNS})
    return pd.concat(windows, ignore_index=True)[list(COLUMNS)]
