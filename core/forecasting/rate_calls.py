"""How many calls an hour of a campaign usually has, by hour of the centre's week.

It forecasts no volume: it says for how many calls the share observed in an hour is bounded.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.forecaster import LocalTime
from core.forecasting.rate_profile import HOURS_PER_WEEK

USUAL_DAYS = 56

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class UsualCalls:
    """How many calls are offered in an hour, as a rule.

    Parameters
    ----------
    by_week : array, shape (168,)
        By hour of the centre's week, at least 1.
    centre : LocalTime
        The centre's clock.
    """

    by_week: Floats
    centre: LocalTime

    def of(self, ds: pd.DatetimeIndex) -> Floats:
        """Return the usual number of calls of some hours."""
        return self.by_week[self.centre.hour_of_week(ds)]


def usual_calls(history: pd.DataFrame, centre: LocalTime) -> UsualCalls:
    """Return how many calls an hour of a campaign usually has.

    Parameters
    ----------
    history : DataFrame
        `core.frames.RATE_HISTORY`; of its last eight weeks the hours with an offer count, or of all
        where those have none.
    centre : LocalTime
        The centre's clock.

    Returns
    -------
    UsualCalls
        The median of the hour of the week; where it never had an offer, of the hour of the day or
        of all hours. At least 1.
    """
    offered = history["offered"].to_numpy(dtype="float64")
    counted = np.flatnonzero(offered > 0)
    lately = counted[counted >= len(history) - USUAL_DAYS * 24]
    counted = lately if len(lately) else counted
    if not len(counted):
        return UsualCalls(np.ones(HOURS_PER_WEEK), centre)
    week = centre.hour_of_week(pd.DatetimeIndex(history["ds"].iloc[counted]))
    calls, every = offered[counted], np.arange(HOURS_PER_WEEK)
    by_week = _medians(week, calls, HOURS_PER_WEEK)
    by_hour = _medians(week % 24, calls, 24)[every % 24]
    usual = np.where(np.isnan(by_week), by_hour, by_week)
    usual = np.where(np.isnan(usual), float(np.median(calls)), usual)
    return UsualCalls(np.maximum(np.round(usual), 1.0), centre)


def _medians(group: npt.NDArray[np.int64], values: Floats, size: int) -> Floats:
    ordered = values[np.lexsort((values, group))]
    count = np.bincount(group, minlength=size)
    first = np.cumsum(count) - count
    # A group without a value points at some other's, and is left out below.
    low = np.minimum(first + (count - 1) // 2, len(values) - 1)
    high = np.minimum(first + count // 2, len(values) - 1)
    return np.where(count > 0, (ordered[low] + ordered[high]) / 2.0, np.nan)
