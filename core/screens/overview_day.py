"""The centre's day by queue, from what is stored: what came, what was expected, the week before.

An hour is compared with the newest forecast that had not seen it. Nothing is asked of the tenant
and nothing is fitted. Whole hours only: the open hour is never history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.charts.timeline import day_start
from core.forecasting.forecast import Forecast, SeriesKind
from core.history.centre import Centre
from core.history.days import DayKind
from core.ports import UnitOfWork
from core.screens.context import Context

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
BOUNDS = ("yhat", "yhat_lower", "yhat_upper")
FEWEST_HOURS = 3
"""Fewer hours with a forecast of before say less of the day than the week before does."""
LOST = 4.0
"""Contacts a week before that make an hour without any record a lost record, not a quiet hour."""


class Reference(StrEnum):
    """What the day is compared with."""

    FORECAST = "forecast"
    LAST_WEEK = "last week"


@dataclass(frozen=True, slots=True)
class Day:
    """The day of some queues; frames have an hour a row and a queue a column.

    Parameters
    ----------
    hours : DatetimeIndex
        Every hour of the centre's day, aware.
    complete_to : datetime or None
        End of the last hour that was read; None where nothing was ever read.
    actual, last_week : DataFrame
        Contacts, NaN in hours that are not over or whose record is lost.
    expected, lower, upper : DataFrame
        The newest forecast that had not seen the hour, and its band.
    forecasts : mapping of str to Forecast
        Queue to its newest forecast.
    silent, late : frozenset of str
        Queues without any contact for a week; those read less far than the others, or never.
    next_hour : datetime or None
        The next whole hour in which contacts came a week before, and which nobody told closed.
    since : datetime or None
        From which hour on every queue with a forecast can be compared with one that was made
        before; None where there are too few such hours.
    """

    hours: pd.DatetimeIndex
    complete_to: datetime | None
    actual: pd.DataFrame
    last_week: pd.DataFrame
    expected: pd.DataFrame
    lower: pd.DataFrame
    upper: pd.DataFrame
    forecasts: Mapping[str, Forecast]
    silent: frozenset[str]
    late: frozenset[str]
    next_hour: datetime | None
    since: datetime | None

    @property
    def reference(self) -> Reference:
        """What the day is compared with: forecasts, where there are any of before."""
        return Reference.LAST_WEEK if self.since is None else Reference.FORECAST

    def compared(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return what came and what it is compared with, NaN in hours that lack one of them."""
        beside = self.last_week
        if self.since is not None:
            is_told = self.hours >= pd.Timestamp(self.since)
            beside = self.expected.reindex(columns=self.actual.columns).loc[is_told]
        came = self.actual.loc[beside.index]
        both = came.notna() & beside.notna()
        return came.where(both), beside.where(both)


def read_day(
    context: Context,
    queues: Sequence[str],
    latest: Mapping[str, Forecast],
    now: datetime,
    zone: ZoneInfo,
) -> Day:
    """Return the centre's day around now.

    Parameters
    ----------
    context : Context
        What is looked through.
    queues : sequence of str
        Their ids.
    latest : mapping of str to Forecast
        Queue to its newest forecast, for those that have one.
    now : datetime
        Aware.
    zone : ZoneInfo
        The centre's.
    """
    hours = _hours_of_day(now, zone)
    centre = context.calendar.centre_of(SeriesKind.VOLUME, "")
    since = hours[0].to_pydatetime() - WEEK - 2 * HOUR
    with context.unit_of_work() as work:
        counted = {
            queue: work.history.read(SeriesKind.VOLUME, queue, since, now)
            .set_index("ds")["y"]
            for queue in queues
        }  # fmt: skip
        read = {queue: work.history.read_span(SeriesKind.VOLUME, queue) for queue in queues}
        told = {
            queue: _told(_of_day(work, latest[queue], hours), hours)
            for queue in queues
            if queue in latest
        }
    ends = {queue: span[1] for queue, span in read.items() if span is not None}
    complete_to = max(ends.values(), default=None)
    last_week = _last_week(counted, centre.days_before(hours, 7), hours)
    bounds = {
        name: _wide({queue: each[:, place] for queue, each in told.items()}, hours)
        for place, name in enumerate(BOUNDS)
    }
    late = frozenset(queue for queue in queues if ends.get(queue) != complete_to)
    silent = frozenset(queue for queue in ends if not counted[queue].sum() > 0)
    return Day(
        hours=hours,
        complete_to=complete_to,
        actual=_actual(counted, ends, last_week, hours),
        last_week=last_week.fillna(0.0),
        expected=bounds["yhat"],
        lower=bounds["yhat_lower"],
        upper=bounds["yhat_upper"],
        forecasts={queue: latest[queue] for queue in told},
        silent=silent,
        late=late,
        next_hour=_next_hour(counted, centre, now),
        since=_since(bounds["yhat"].drop(columns=[*(silent | late)], errors="ignore"), complete_to),
    )


def _hours_of_day(now: datetime, zone: ZoneInfo) -> pd.DatetimeIndex:
    start = day_start(now, zone)
    # Wall-clock arithmetic: the next midnight, whatever lies between.
    end = start + timedelta(days=1)
    return pd.date_range(
        pd.Timestamp(start.astimezone(UTC)).ceil("h"),
        pd.Timestamp(end.astimezone(UTC)).ceil("h"),
        freq="h",
        inclusive="left",
        unit="us",
    )


def _last_week(
    counted: Mapping[str, "pd.Series[float]"], before: pd.DatetimeIndex, hours: pd.DatetimeIndex
) -> pd.DataFrame:
    columns = {queue: _array(values.reindex(before)) for queue, values in counted.items()}
    return _wide(columns, hours)


def _of_day(work: UnitOfWork, latest: Forecast, hours: pd.DatetimeIndex) -> list[Forecast]:
    """Return the forecasts that together tell the most of the day, the newest first."""
    found = [latest]
    start = hours[0].to_pydatetime()
    for moment in (latest.made_at, start):
        if found[-1].rows["ds"].min() <= hours[0]:
            break
        earlier = work.forecasts.made_before(latest.kind, latest.series_id, moment)
        if earlier is not None and earlier.forecast_id != found[-1].forecast_id:
            found.append(earlier)
    return found


def _told(forecasts: Sequence[Forecast], hours: pd.DatetimeIndex) -> npt.NDArray[np.float64]:
    """Return what was told of each hour in `BOUNDS`, by the newest forecast that tells of it."""
    told = np.full((len(hours), len(BOUNDS)), np.nan)
    for forecast in forecasts:
        places = hours.get_indexer(pd.DatetimeIndex(forecast.rows["ds"]))
        values = forecast.rows[list(BOUNDS)].to_numpy(dtype="float64")[places >= 0]
        places = places[places >= 0]
        is_open = np.isnan(told[places, 0])
        told[places[is_open]] = values[is_open]
    return told


def _since(expected: pd.DataFrame, complete_to: datetime | None) -> datetime | None:
    if complete_to is None or expected.empty:
        return None
    over = expected.loc[expected.index < pd.Timestamp(complete_to)]
    told = over.notna().all(axis=1).to_numpy()[::-1]
    run = len(told) if told.all() else int(np.argmin(told))
    return over.index[-run].to_pydatetime() if run >= FEWEST_HOURS else None


def _actual(
    counted: Mapping[str, "pd.Series[float]"],
    ends: Mapping[str, datetime],
    last_week: pd.DataFrame,
    hours: pd.DatetimeIndex,
) -> pd.DataFrame:
    """Return the contacts of the hours that are over: no record is 0, unless many are usual."""
    columns = {}
    usual = (last_week >= LOST).to_numpy()
    for place, (queue, values) in enumerate(counted.items()):
        recorded = _array(values.reindex(hours))
        filled = np.where(np.isnan(recorded) & ~usual[:, place], 0.0, recorded)
        is_over = hours < pd.Timestamp(ends[queue]) if queue in ends else np.False_
        columns[queue] = np.where(is_over, filled, np.nan)
    return _wide(columns, hours)


def _next_hour(
    counted: Mapping[str, "pd.Series[float]"], centre: Centre, now: datetime
) -> datetime | None:
    busy = {hour for values in counted.values() for hour in values.index[values > 0]}
    ahead = pd.date_range(pd.Timestamp(now).ceil("h"), periods=7 * 24, freq="h", unit="us")
    before = centre.days_before(ahead, 7)
    told_closed = centre.day_kinds(ahead) == DayKind.CLOSED
    for hour, week_before, is_closed in zip(ahead, before, told_closed, strict=True):
        if week_before in busy and not is_closed:
            return hour.to_pydatetime()
    return None


def _array(values: "pd.Series[float]") -> npt.NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)


def _wide(columns: Mapping[str, npt.NDArray[np.float64]], hours: pd.DatetimeIndex) -> pd.DataFrame:
    return pd.DataFrame(dict(columns), index=hours, dtype="float64")
