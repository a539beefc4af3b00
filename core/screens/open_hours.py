"""Which hours the centre is expected to be open in, as its own history shows.

No calendar is read: an hour of the week that was closed lately is expected closed. A method may
give a value for such an hour all the same; what to do with it is the page's decision.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.history.centre import Centre

LATELY = timedelta(days=28)


def expected_open(
    hours: Iterable[datetime], history: pd.DataFrame, centre: Centre
) -> npt.NDArray[np.bool_]:
    """Return whether the centre is expected to be open in each hour.

    Parameters
    ----------
    hours : iterable of datetime, shape (n_hours,)
        Starts of hours, aware.
    history : DataFrame
        Tidy, with ``ds`` and ``status``; without a row, every hour is taken as open.
    centre : Centre
        Tells the hour of the centre's week.

    Returns
    -------
    array of bool, shape (n_hours,)
        False where the hour of the week was closed in more than half of the last four weeks; an
        hour of the week that the history does not hold follows its hour of the day.

    Examples
    --------
    >>> days = pd.date_range("2026-11-16", periods=48, freq="h", tz="UTC")
    >>> status = np.where((days.hour >= 8) & (days.hour < 18), "open", "closed")
    >>> history = pd.DataFrame({"ds": days, "status": status})
    >>> hours = pd.to_datetime(["2026-11-23T07:00Z", "2026-11-23T08:00Z", "2026-11-28T08:00Z"])
    >>> expected_open(hours, history, Centre("UTC")).tolist()
    [False, True, True]
    """
    wanted = pd.DatetimeIndex(pd.to_datetime(pd.Index(hours), utc=True))
    if history.empty or wanted.empty:
        return np.ones(len(wanted), dtype=bool)
    lately = history[history["ds"] >= history["ds"].max() - LATELY]
    week = pd.Series(centre.hour_of_week(pd.DatetimeIndex(lately["ds"])))
    is_closed = pd.Series((lately["status"] == "closed").to_numpy(dtype=float))
    wanted_week = pd.Series(centre.hour_of_week(wanted))
    by_week = wanted_week.map(is_closed.groupby(week).mean())
    by_day = (wanted_week % 24).map(is_closed.groupby(week % 24).mean())
    is_open: npt.NDArray[np.bool_] = (by_week.fillna(by_day).fillna(0.0) <= 0.5).to_numpy()
    return is_open
