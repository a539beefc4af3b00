"""The centre's local clock: the one place where UTC becomes wall-clock time and back.

Hours of the week, the same clock hour some days earlier, and callable time. It knows no counts and
refuses to guess a zone: an unknown one is an error.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import SettingsError

HOURS_PER_WEEK = 168
MINUTES_PER_DAY = 24 * 60
DAY_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

_ENTRY = re.compile(
    r"(?P<first>[A-Za-z]{2})(?:-(?P<last>[A-Za-z]{2}))?\s+"
    r"(?P<open_hour>\d{1,2}):(?P<open_minute>\d{2})-(?P<close_hour>\d{1,2}):(?P<close_minute>\d{2})"
)


def zone_named(name: str) -> ZoneInfo:
    """Return the time zone of this name.

    Parameters
    ----------
    name : str
        A name of the IANA time zone database.

    Raises
    ------
    SettingsError
        If there is no such zone.

    Examples
    --------
    >>> zone_named("Europe/Berlin").key
    'Europe/Berlin'
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"There is no time zone called '{name}'.",
            "Give a name such as Europe/Berlin, America/New_York or UTC.",
        ) from error


def local_clock(ds: pd.DatetimeIndex, zone: ZoneInfo) -> pd.DatetimeIndex:
    """Return what the centre's clock shows, without a zone.

    The hour that a clock change repeats appears twice; the one that it skips, never.

    Examples
    --------
    >>> autumn = pd.date_range("2026-10-25T00:00Z", periods=3, freq="h")
    >>> local_clock(autumn, zone_named("Europe/Berlin")).hour.tolist()
    [2, 2, 3]
    """
    return ds.tz_convert(zone).tz_localize(None)


def hour_of_week(ds: pd.DatetimeIndex, zone: ZoneInfo) -> npt.NDArray[np.int64]:
    """Return the hour of the centre's week, 0 (Monday 00:00) to 167.

    Examples
    --------
    >>> monday_nine = pd.DatetimeIndex(["2026-11-23T09:00Z"])
    >>> hour_of_week(monday_nine, zone_named("America/New_York")).tolist()
    [4]
    """
    clock = local_clock(ds, zone)
    return np.asarray(clock.day_of_week * 24 + clock.hour, dtype=np.int64)


def same_clock_before(ds: pd.DatetimeIndex, days: int, zone: ZoneInfo) -> pd.DatetimeIndex:
    """Return the instants at which the clock showed the same, some local days earlier.

    Parameters
    ----------
    ds : DatetimeIndex, shape (n,)
        Aware, UTC.
    days : int
        How many local days earlier. A day has 23, 24 or 25 hours.
    zone : ZoneInfo
        The centre's zone.

    Returns
    -------
    DatetimeIndex, shape (n,)
        Aware, UTC. Where the clock showed the time twice that day, the first; where never, the
        hour after the change.

    Examples
    --------
    >>> monday = pd.DatetimeIndex(["2026-10-26T08:00Z"])
    >>> same_clock_before(monday, 7, zone_named("Europe/Berlin"))[0].isoformat()
    '2026-10-19T07:00:00+00:00'
    """
    shown = local_clock(ds, zone) - pd.Timedelta(days=days)
    first = np.ones(len(shown), dtype=bool)
    return shown.tz_localize(zone, ambiguous=first, nonexistent="shift_forward").tz_convert("UTC")


@dataclass(frozen=True, slots=True)
class CallableHours:
    """When contacts may be called, by weekday, on the clock of one zone.

    Parameters
    ----------
    windows : tuple of (int, int, int)
        Weekday (0 is Monday), first minute of the day, minute after the last. Days that have none
        have no callable time.
    time_zone : str
        The zone whose clock is meant.

    Examples
    --------
    >>> hours = CallableHours.parse("Mo-Fr 08:00-20:00, Sa 09:00-16:00", "Europe/Berlin")
    >>> hours.is_callable(datetime(2026, 11, 23, 6, tzinfo=UTC))
    False
    >>> hours.is_callable(datetime(2026, 11, 23, 7, tzinfo=UTC))
    True
    """

    windows: tuple[tuple[int, int, int], ...]
    time_zone: str

    @classmethod
    def parse(cls, text: str, time_zone: str) -> Self:
        """Return callable hours from text such as ``Mo-Fr 08:00-20:00, Sa 09:00-16:00``.

        Raises
        ------
        SettingsError
            If the text or the zone cannot be read; the part at fault is named.
        """
        return cls(_windows(text), zone_named(time_zone).key)

    def is_callable(self, start: datetime) -> bool:
        """Return whether the whole hour from an instant on lies in callable time.

        Parameters
        ----------
        start : datetime
            Start of the hour, aware.
        """
        zone = zone_named(self.time_zone)
        first = start.astimezone(zone)
        last = (start.astimezone(UTC) + timedelta(hours=1)).astimezone(zone)
        begins = first.hour * 60 + first.minute
        ends = last.hour * 60 + last.minute or MINUTES_PER_DAY
        # Both ends are compared, so that the hour a clock change repeats counts as it shows.
        return any(
            day == first.weekday() and opens <= begins < closes and opens < ends <= closes
            for day, opens, closes in self.windows
        )


def _windows(text: str) -> tuple[tuple[int, int, int], ...]:
    entries = [entry.strip() for entry in re.split("[,;]", text) if entry.strip()]
    if not entries:
        raise _unreadable(text, "it names no hours")
    by_day: dict[int, list[tuple[int, int]]] = {}
    for entry in entries:
        days, first, last = _entry(entry)
        for day in days:
            by_day.setdefault(day, []).append((first, last))
    return tuple(
        (day, first, last) for day in sorted(by_day) for first, last in _joined(by_day[day])
    )


def _entry(entry: str) -> tuple[list[int], int, int]:
    found = _ENTRY.fullmatch(entry)
    if found is None:
        raise _unreadable(entry, "it is not like 'Mo-Fr 08:00-20:00'")
    first_day = _day(found["first"], entry)
    last_day = _day(found["last"] or found["first"], entry)
    days = [(first_day + step) % 7 for step in range((last_day - first_day) % 7 + 1)]
    first = _minute(found, "open", entry)
    last = _minute(found, "close", entry)
    if first >= last:
        raise _unreadable(entry, "it ends before it begins; give hours past midnight to both days")
    return days, first, last


def _day(name: str, entry: str) -> int:
    if name.title() not in DAY_NAMES:
        raise _unreadable(entry, f"'{name}' is no day; days are {', '.join(DAY_NAMES)}")
    return DAY_NAMES.index(name.title())


def _minute(found: "re.Match[str]", which: str, entry: str) -> int:
    minute = int(found[f"{which}_hour"]) * 60 + int(found[f"{which}_minute"])
    if int(found[f"{which}_minute"]) > 59 or minute > MINUTES_PER_DAY:
        raise _unreadable(entry, "it has a time that no clock shows")
    return minute


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _unreadable(part: str, why: str) -> SettingsError:
    return SettingsError(
        f"The callable hours '{part}' cannot be read: {why}.",
        "Write them like 'Mo-Fr 08:00-20:00, Sa 09:00-16:00'.",
    )
