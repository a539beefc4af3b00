"""What a window of a forecast is made of: one number for each component, adding up to the whole.

A component that is a deviation counts against the trend. Nothing is forecast here: what a
decomposition of the past leaves unsaid of the hours ahead is its latest trend and its latest week.
"""

from collections.abc import Mapping
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.forecaster import LocalTime
from core.forecasting.rate_bands import CALLS

NOT_PARTS = ("ds", "observed")
CALENDAR = "special_days"
REMAINDER = "remainder"
HOURS_PER_WEEK = 168


def contributions(
    components: pd.DataFrame, window: tuple[datetime, datetime]
) -> Mapping[str, float]:
    """Return what each component brings in a window.

    Parameters
    ----------
    components : DataFrame
        ``ds`` and one column per component; see `core.forecasting.forecast.Forecast`.
    window : tuple of datetime
        Start of the first hour, and end of the last; aware.

    Returns
    -------
    mapping of str to float
        By component, in the order of the columns. Their sum is what was counted or forecast in the
        window. Unit: contacts. Empty where the method has no components.

    Examples
    --------
    >>> hours = pd.date_range("2026-11-23T09:00Z", periods=3, freq="h")
    >>> parts = pd.DataFrame({"ds": hours, "trend": 10.0, "weekly": [1.0, 2.0, 3.0]})
    >>> dict(contributions(parts, (hours[0].to_pydatetime(), hours[2].to_pydatetime())))
    {'trend': 20.0, 'weekly': 3.0}
    """
    begin, end = (pd.Timestamp(moment) for moment in window)
    inside = components.loc[(components["ds"] >= begin) & (components["ds"] < end)]
    return {
        str(name): float(inside[name].sum()) for name in components.columns if name not in NOT_PARTS
    }


def with_calendar(components: pd.DataFrame, centre: LocalTime) -> pd.DataFrame:
    """Return volume components with what days unlike others do in a column of its own.

    Parameters
    ----------
    components : DataFrame
        With ``remainder``, or with ``special_days`` already: then nothing is changed.
    centre : LocalTime
        Tells which hours are of a day unlike others.

    Returns
    -------
    DataFrame
        On such days all that the ordinary week does not explain is the calendar's; elsewhere it
        stays the remainder.
    """
    if REMAINDER not in components or CALENDAR in components:
        return components
    is_unlike = centre.day_kinds(pd.DatetimeIndex(components["ds"])) != 0
    rest = components[REMAINDER]
    return components.assign(
        **{CALENDAR: rest.where(is_unlike, 0.0), REMAINDER: rest.mask(is_unlike, 0.0)}
    )


def rate_contributions(
    components: pd.DataFrame, rows: pd.DataFrame, centre: LocalTime
) -> Mapping[str, float]:
    """Return what the answer rate of some hours ahead is made of.

    Parameters
    ----------
    components : DataFrame
        ``ds``, ``observed``, ``trend`` and ``seasonal`` of the past, shares.
    rows : DataFrame
        Forecast rows of the hours; they count by their usual calls where those are known.
    centre : LocalTime
        Its week.

    Returns
    -------
    mapping of str to float
        ``trend`` (the latest), ``weekly`` and ``daily`` (of the latest same hour of the week) and
        ``remainder`` (what the forecast adds to them). Unit: share; their sum is `rate_of`. Empty
        without components or hours.

    Examples
    --------
    >>> from core.history.centre import Centre
    >>> past = pd.date_range("2026-11-09T00:00Z", periods=336, freq="h")
    >>> swing = np.where(past.hour < 12, -0.02, 0.02)
    >>> parts = pd.DataFrame({"ds": past, "observed": 0.3, "trend": 0.3, "seasonal": swing})
    >>> noon = pd.DataFrame({"ds": [pd.Timestamp("2026-11-23T12:00Z")], "yhat": [0.35]})
    >>> made = rate_contributions(parts, noon, Centre())
    >>> {name: round(value, 3) for name, value in made.items()}
    {'trend': 0.3, 'weekly': 0.0, 'daily': 0.02, 'remainder': 0.03}
    """
    if rows.empty or not {"observed", "trend", "seasonal"} <= set(components.columns):
        return {}
    weekly, daily = _week_shape(components, centre)
    hours = centre.hour_of_week(pd.DatetimeIndex(rows["ds"]))
    weights = _calls(rows)
    level = float(components["trend"].iloc[-1])
    by_day, by_hour = (float(np.average(each[hours], weights=weights)) for each in (weekly, daily))
    rest = rate_of(rows) - level - by_day - by_hour
    return {"trend": level, "weekly": by_day, "daily": by_hour, REMAINDER: rest}


def rate_of(rows: pd.DataFrame) -> float:
    """Return the answer rate of some forecast hours together: calls answered over all calls.

    Examples
    --------
    >>> rate_of(pd.DataFrame({"yhat": [0.2, 0.5], "calls": [100.0, 50.0]}))
    0.3
    """
    return float(np.average(rows["yhat"].to_numpy(dtype="float64"), weights=_calls(rows)))


def _calls(rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    calls = rows[CALLS].to_numpy(dtype="float64") if CALLS in rows else np.ones(len(rows))
    return calls if calls.sum() > 0 else np.ones(len(rows))


def _week_shape(
    components: pd.DataFrame, centre: LocalTime
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Split the latest week of the season in the mean of each weekday and the hours around it."""
    last = components.iloc[-HOURS_PER_WEEK:]
    hours = centre.hour_of_week(pd.DatetimeIndex(last["ds"]))
    season = np.zeros(HOURS_PER_WEEK)
    season[hours] = last["seasonal"].to_numpy(dtype="float64", na_value=0.0)
    # What a decomposition says of hours without a rate means nothing.
    is_seen = np.zeros(HOURS_PER_WEEK)
    is_seen[hours] = last["observed"].notna()
    by_day = (season * is_seen).reshape(7, 24).sum(axis=1)
    mean = by_day / np.maximum(is_seen.reshape(7, 24).sum(axis=1), 1.0)
    weekly = np.repeat(mean, 24)
    return weekly, season - weekly
