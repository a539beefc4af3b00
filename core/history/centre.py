"""What a centre's clock, calendar and habits tell a forecasting method, as one value.

`core.forecasting` knows no wall-clock time and no holidays of its own: it is given a `Centre`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.history.calendar import (
    HOURS_PER_WEEK,
    hour_of_week,
    local_clock,
    same_clock_before,
    zone_named,
)
from core.history.days import DayKind
from core.history.days_named import days_named
from core.history.habits import learned_opening
from core.history.status import HourStatus
from core.history.tidy import tidied_again, tidy_rates, tidy_volumes
from core.history.told import TOLD_NOTHING, Told


@dataclass(frozen=True, slots=True)
class Centre:
    """A contact centre, as far as time is concerned.

    Parameters
    ----------
    time_zone : str
        The zone whose clock the centre lives by.
    told : Told
        Public holidays, the operator's own days and opening hours; nothing unless given.

    Raises
    ------
    SettingsError
        If there is no such zone.

    Examples
    --------
    >>> Centre("Europe/Berlin").hour_of_week(pd.DatetimeIndex(["2026-11-23T00:00Z"])).tolist()
    [1]
    """

    time_zone: str = "UTC"
    told: Told = TOLD_NOTHING

    def __post_init__(self) -> None:
        zone_named(self.time_zone)

    def clock(self, ds: pd.DatetimeIndex) -> pd.DatetimeIndex:
        """Return what the centre's clock shows, without a zone."""
        return local_clock(ds, zone_named(self.time_zone))

    def hour_of_week(self, ds: pd.DatetimeIndex) -> npt.NDArray[np.int64]:
        """Return the hour of the centre's week, 0 (Monday 00:00) to 167."""
        return hour_of_week(ds, zone_named(self.time_zone))

    def days_before(self, ds: pd.DatetimeIndex, days: int) -> pd.DatetimeIndex:
        """Return when the centre's clock showed the same, some days earlier."""
        return same_clock_before(ds, days, zone_named(self.time_zone))

    def day_kinds(self, ds: pd.DatetimeIndex) -> npt.NDArray[np.int8]:
        """Return what each hour is by the calendar and the hours told: values of `DayKind`.

        Closed is what a person said is closed: a day of the operator's own, or an hour outside the
        opening hours told. Hours only learned to be closed are not: see `expected_closed`.

        Examples
        --------
        >>> from core.history.days import DayCalendar
        >>> centre = Centre("Europe/Berlin", Told(DayCalendar("DE")))
        >>> eve = pd.date_range("2026-12-24T22:00Z", periods=2, freq="h")
        >>> centre.day_kinds(eve).tolist(), centre.day_names(eve)
        ([0, 1], ['', 'Christmas Day'])
        """
        return self.told.kinds(self.clock(ds))

    def day_names(self, ds: pd.DatetimeIndex) -> list[str]:
        """Return what each hour's day is called; empty where the calendar knows nothing of it."""
        return self.told.days.names(self.clock(ds))

    def expected_closed(self, history: pd.DataFrame, ds: pd.DatetimeIndex) -> npt.NDArray[np.bool_]:
        """Return in which hours the centre is closed: as it was told, else as its history shows.

        Parameters
        ----------
        history : DataFrame
            Tidy, of one series, up to what is known; without a row, nothing is learned.
        ds : DatetimeIndex, shape (n_hours,)
            Any hours, mostly ahead. Aware, UTC.

        Returns
        -------
        array of bool, shape (n_hours,)
            Volumes are exactly 0 there, and answer rates absent.
        """
        clock = self.clock(ds)
        learned = ~self.learned_opening(history)[_weeks_and_days(clock)[0]]
        closed: npt.NDArray[np.bool_] = learned & ~self.told.open(clock) | self.told.closed(clock)
        return closed

    def expected_closed_each(
        self,
        week: npt.NDArray[np.int64],
        is_ordinary: npt.NDArray[np.bool_],
        series: Iterable[tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]],
        ds: pd.DatetimeIndex,
    ) -> npt.NDArray[np.bool_]:
        """Return the same as `expected_closed` for many series that end with the same hour.

        Parameters
        ----------
        week : array of int, shape (n_hours,)
            Hour of the centre's week, of every hour of the longest history.
        is_ordinary : array of bool, shape (n_hours,)
            False on days that the calendar knows as unlike others.
        series : iterable of (array, array)
            Contacts of each series in its latest hours (NaN where none is on record), and where
            its record is missing.
        ds : DatetimeIndex, shape (n_ahead,)
            The hours asked for.

        Returns
        -------
        array of bool, shape (n_series, n_ahead)
        """
        clock = self.clock(ds)
        ahead = np.asarray(clock.day_of_week * 24 + clock.hour, dtype=np.int64)
        told_open, told_closed = self.told.open(clock), self.told.closed(clock)
        day = np.cumsum(np.diff(week // 24, prepend=week[:1] // 24) != 0)
        closed = []
        for contacts, is_missing in series:
            first = len(week) - len(contacts)
            opening = np.ones(HOURS_PER_WEEK, dtype=bool)
            if len(contacts):
                opening = learned_opening(
                    week[first:],
                    day[first:] - day[first],
                    contacts,
                    is_ordinary=is_ordinary[first:],
                    is_missing=is_missing,
                )
            closed.append(~opening[ahead] & ~told_open | told_closed)
        return np.stack(closed)

    def learned_opening(self, history: pd.DataFrame) -> npt.NDArray[np.bool_]:
        """Return whether each hour of the week is open as a history shows, shape (168,).

        Days that the calendar knows as unlike others are left out, as long as others remain.
        """
        if history.empty:
            return np.ones(HOURS_PER_WEEK, dtype=bool)
        hours = pd.DatetimeIndex(history["ds"])
        clock = self.clock(hours)
        return learned_opening(
            *_weeks_and_days(clock),
            history["offered" if "offered" in history.columns else "y"].to_numpy(dtype="float64"),
            is_ordinary=self.told.days.kinds(clock) == DayKind.ORDINARY,
            is_missing=(history["status"] == HourStatus.MISSING).to_numpy(),
        )

    def rate_history(self, records: pd.DataFrame, series_id: str, until: datetime) -> pd.DataFrame:
        """Return a campaign's history, hour by hour; see `core.history.tidy.tidy_rates`."""
        return tidy_rates(records, series_id, until=until, time_zone=self.time_zone, told=self.told)

    def volume_history(
        self, records: pd.DataFrame, series_id: str, until: datetime
    ) -> pd.DataFrame:
        """Return a queue's history, hour by hour; see `core.history.tidy.tidy_volumes`."""
        return tidy_volumes(
            records, series_id, until=until, time_zone=self.time_zone, told=self.told
        )

    def as_known_at(self, history: pd.DataFrame, until: datetime) -> pd.DataFrame:
        """Return a tidy history as it stood when the hour `until` was the open one."""
        return tidied_again(history, until, self.time_zone, self.told)

    def days_named(self, ds: pd.DatetimeIndex) -> tuple[str, ...]:
        """Return a sentence for each day among some hours that the calendar knows as unlike others.

        Examples
        --------
        >>> from core.history.days import DayCalendar
        >>> week = pd.date_range("2026-12-21T00:00Z", periods=168, freq="h")
        >>> Centre(told=Told(DayCalendar("DE"))).days_named(week)
        ('Fri 25 Dec is Christmas Day: a public holiday.', 'Sat 26 Dec is Second Day of Christmas: \
a public holiday.')
        """
        return days_named(self.told.days, self.clock(ds))

    def dates_named(self, start: datetime, end: datetime) -> Mapping[date, str]:
        """Return the dates between two moments that the calendar names, and their names.

        Examples
        --------
        >>> from datetime import UTC
        >>> from core.history.days import DayCalendar
        >>> centre = Centre("Europe/Berlin", Told(DayCalendar("DE")))
        >>> centre.dates_named(
        ...     datetime(2026, 12, 20, tzinfo=UTC), datetime(2026, 12, 25, 9, tzinfo=UTC)
        ... )
        {datetime.date(2026, 12, 25): 'Christmas Day'}
        """
        hours = pd.date_range(pd.Timestamp(start).floor("h"), pd.Timestamp(end), freq="h")
        named: dict[date, str] = {}
        for day, name in zip(self.clock(hours).date, self.day_names(hours), strict=True):
            if name:
                named.setdefault(day, name)
        return named

    @property
    def calendar_used(self) -> Mapping[str, Any]:
        """What a forecast records of the calendar that it was made with."""
        opening = self.told.opening
        return {
            "country": self.told.days.country,
            "own_days": len(self.told.days.own_days),
            "opening_hours": opening.text if opening else "learned",
        }


def _weeks_and_days(
    clock: pd.DatetimeIndex,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the hour of the week and the number of the day of each hour.

    By plain numbers: this is asked for each of a thousand series, and at each of its past cutoffs.
    """
    hours = clock.to_numpy().astype("datetime64[h]").astype(np.int64)
    days = hours // 24
    # The first day of 1970 was a Thursday.
    return (days + 3) % 7 * 24 + hours % 24, days - days[:1]
