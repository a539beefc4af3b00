"""Answer rates by STL, repaired: the trend and season that operators read, without the traps.

Four repairs of the tutorial's. An hour with 3 calls says little, so each hour is shrunk towards the
usual rate of its hour of the week. Hours without an offer are filled with that usual rate instead
of a straight line through the night. The decomposition is made in log odds, so nothing leaves 0 to
1. And the trend is carried on damped: what the latest days were above the usual fades, and no slope
runs on for ever.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.rate_hours import RateHours, log_odds, share_of
from core.forecasting.rate_profile import WeekProfile, independent_calls

NAME = "stl"
PERIOD = 24
SEASON_DAYS = 15
TREND_HOURS = 5 * 24 + 1
JUMP_HOURS = 6
LASTING = 0.93
"""What is left of the trend's distance from the usual, a day later."""
PARAMETERS = {
    "period": PERIOD,
    "season_days": SEASON_DAYS,
    "trend_hours": TREND_HOURS,
    "lasting_a_day_later": LASTING,
    "gaps": "usual rate of the hour of the week",
    "scale": "log odds",
}

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class StlParts:
    """What is left of the log odds once the usual week is taken out, shape (n_hours,) each.

    Parameters
    ----------
    trend : array
        How the level moves.
    drift : array
        How the daily shape moves away from the usual one.
    rest : array
        What neither explains.
    """

    trend: Floats
    drift: Floats
    rest: Floats


def decomposed(hours: RateHours, profile: WeekProfile) -> StlParts:
    """Return the decomposition of what hours had above their usual rate, in log odds.

    Parameters
    ----------
    hours : RateHours
        Of one campaign.
    profile : WeekProfile
        What is usual.

    References
    ----------
    Cleveland, Cleveland, McRae, Terpenning (1990), STL: a seasonal-trend decomposition procedure
    based on loess. Journal of Official Statistics 6(1).
    """
    from statsmodels.tsa.seasonal import STL  # slow to import, and only this method needs it

    above = above_usual(hours, profile)
    fitted = STL(
        above,
        period=PERIOD,
        seasonal=SEASON_DAYS,
        trend=TREND_HOURS,
        seasonal_deg=0,
        trend_jump=JUMP_HOURS,
        low_pass_jump=JUMP_HOURS,
    ).fit()
    return StlParts(fitted.trend, fitted.seasonal, fitted.resid)


def above_usual(hours: RateHours, profile: WeekProfile) -> Floats:
    """Return by how much each hour's shrunk rate exceeds the usual one, in log odds.

    Returns
    -------
    array, shape (n_hours,)
        0 where nothing was offered.
    """
    usual = profile.share[hours.week]
    calls = independent_calls(hours.offered, profile.dispersion)
    # However many calls: one hour is never surer than this many calls that know nothing of it.
    prior = 1.0 / profile.dispersion
    shrunk = (calls * hours.rate + prior * usual) / (calls + prior)
    above = np.zeros(len(hours.grid_week))
    above[hours.place] = log_odds(shrunk) - log_odds(usual)
    return above


def carried_on(hours: RateHours, profile: WeekProfile, parts: StlParts) -> Floats:
    """Return the forecast share of each hour ahead, shape (n_ahead,)."""
    end = len(hours.grid_week)
    steps = hours.ahead_place - end + 1
    trend = parts.trend[-1] * LASTING ** (steps / 24.0)
    drift = parts.drift[end - PERIOD + (steps - 1) % PERIOD]
    return share_of(log_odds(profile.share[hours.ahead_week]) + trend + drift)


def components(
    ds: pd.DatetimeIndex, hours: RateHours, profile: WeekProfile, parts: StlParts
) -> pd.DataFrame:
    """Return the decomposition as shares that add up to what was decomposed.

    Parameters
    ----------
    ds : DatetimeIndex, shape (n_hours,)
        The hours of the grid.
    hours, profile, parts
        As in `carried_on`.

    Returns
    -------
    DataFrame, shape (n_hours, 5)
        ``ds``, ``observed`` (missing where nothing was offered), ``trend``, ``seasonal`` (the usual
        week and its drift) and ``resid``: on days unlike others, all that was unlike.
    """
    usual = log_odds(profile.share[hours.grid_week])
    level = float(log_odds(np.array([hours.overall]))[0])
    observed = np.full(len(ds), np.nan)
    unlike = hours.unlike
    observed[hours.place] = hours.rate
    observed[unlike.place] = unlike.answered / unlike.offered
    trend = share_of(level + parts.trend)
    known = share_of(usual + parts.trend + parts.drift)
    rest = share_of(usual + parts.trend + parts.drift + parts.rest) - known
    rest[unlike.place] = (observed - known)[unlike.place]
    columns = {"observed": observed, "trend": trend, "seasonal": known - trend, "resid": rest}
    return pd.DataFrame({"ds": ds, **columns})
