"""The centre's calendar: local days of 23, 24 or 25 hours, public holidays, opening hours.

Hours are whole numbers since 1970 in UTC; the local clock decides what happens in them. It
knows Germany's nation-wide holidays and no other country's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
SECONDS_PER_HOUR = 3600


class HolidayRule(Enum):
    """What a public holiday does to opening hours."""

    CLOSED = "closed"
    REDUCED = "reduced"


@dataclass(frozen=True)
class LocalDay:
    """One day of the local calendar.

    Parameters
    ----------
    date : date
        The local date.
    first_hour : int
        The hour since 1970 (UTC) in which it begins.
    clock_hours : tuple of int
        What the local clock shows at the start of each of its hours: 2 is absent in spring and
        twice there in autumn.
    """

    date: date
    first_hour: int
    clock_hours: tuple[int, ...]


@dataclass(frozen=True)
class OpeningHours:
    """When somebody is there.

    Parameters
    ----------
    by_weekday : tuple of (open, close) or None, Monday first
        Hours of the local clock, close excluded. None: closed all day.
    on_holidays : HolidayRule
        Closed, or open with less going on.
    """

    by_weekday: tuple[tuple[int, int] | None, ...]
    on_holidays: HolidayRule = HolidayRule.CLOSED

    def span(self, day: date) -> tuple[int, int] | None:
        """Return the clock hours [open, close) of a date; None where closed.

        Examples
        --------
        >>> office = weekly((8, 18))
        >>> office.span(date(2026, 11, 23)), office.span(date(2026, 11, 22))
        ((8, 18), None)
        """
        hours = self.by_weekday[day.weekday()]
        if hours is None or (is_holiday(day) and self.on_holidays is HolidayRule.CLOSED):
            return None
        if is_half_day(day) and self.on_holidays is HolidayRule.CLOSED:
            return (hours[0], min(hours[1], 13))
        return hours


def weekly(
    weekdays: tuple[int, int] | None,
    saturday: tuple[int, int] | None = None,
    sunday: tuple[int, int] | None = None,
    *,
    friday: tuple[int, int] | None = None,
    on_holidays: HolidayRule = HolidayRule.CLOSED,
) -> OpeningHours:
    """Return opening hours that are the same from Monday to Friday.

    Parameters
    ----------
    weekdays, saturday, sunday : (open, close) or None
        Clock hours; None where closed.
    friday : (open, close), optional
        Where Friday differs.
    on_holidays : HolidayRule
        See `OpeningHours`.

    Returns
    -------
    OpeningHours

    Examples
    --------
    >>> weekly((8, 18), friday=(8, 14)).by_weekday[4]
    (8, 14)
    """
    days = (weekdays,) * 4 + (friday or weekdays, saturday, sunday)
    return OpeningHours(days, on_holidays)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of a year in the Gregorian calendar.

    References
    ----------
    The anonymous Gregorian computus, Nature, 20 April 1876, p. 487.

    Examples
    --------
    >>> easter_sunday(2026).isoformat(), easter_sunday(2027).isoformat()
    ('2026-04-05', '2027-03-28')
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def holidays(year: int) -> dict[date, str]:
    """Return the public holidays of a year that hold in all of Germany, with their names.

    Examples
    --------
    >>> len(holidays(2026)), holidays(2026)[date(2026, 5, 14)]
    (9, 'Ascension Day')
    """
    easter = easter_sunday(year)
    return {
        date(year, 1, 1): "New Year's Day",
        easter - timedelta(days=2): "Good Friday",
        easter + timedelta(days=1): "Easter Monday",
        date(year, 5, 1): "Labour Day",
        easter + timedelta(days=39): "Ascension Day",
        easter + timedelta(days=50): "Whit Monday",
        date(year, 10, 3): "Day of German Unity",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "St Stephen's Day",
    }


def is_holiday(day: date) -> bool:
    """Tell whether a date is a public holiday.

    Examples
    --------
    >>> is_holiday(date(2026, 10, 3)), is_holiday(date(2026, 10, 4))
    (True, False)
    """
    return day in holidays(day.year)


def is_half_day(day: date) -> bool:
    """Tell whether a date is Christmas Eve or New Year's Eve.

    Examples
    --------
    >>> is_half_day(date(2026, 12, 24))
    True
    """
    return day.month == 12 and day.day in (24, 31)


def _first_hour(day: date) -> int:
    midnight = datetime.combine(day, time.min, ZONE)
    return int(midnight.timestamp()) // SECONDS_PER_HOUR


@lru_cache(maxsize=4096)
def local_day(day: date) -> LocalDay:
    """Return a date with the hours it is made of.

    Examples
    --------
    >>> [len(local_day(date(2026, *d)).clock_hours) for d in ((3, 29), (10, 24), (10, 25))]
    [23, 24, 25]
    """
    first, after = _first_hour(day), _first_hour(day + timedelta(days=1))
    clock = tuple(
        datetime.fromtimestamp(hour * SECONDS_PER_HOUR, ZONE).hour for hour in range(first, after)
    )
    return LocalDay(day, first, clock)


def local_days(first_hour: int, end_hour: int) -> Iterator[LocalDay]:
    """Yield the local days that hold the hours [first_hour, end_hour), in order.

    Parameters
    ----------
    first_hour, end_hour : int
        Hours since 1970, UTC.

    Yields
    ------
    LocalDay
    """
    day = local_date(first_hour)
    while _first_hour(day) < end_hour:
        yield local_day(day)
        day += timedelta(days=1)


def local_date(hour: int) -> date:
    """Return the local date of an hour since 1970.

    Examples
    --------
    >>> local_date(hour_number(datetime(2026, 11, 22, 23, tzinfo=UTC))).isoformat()
    '2026-11-23'
    """
    return datetime.fromtimestamp(hour * SECONDS_PER_HOUR, ZONE).date()


def hour_number(moment: datetime) -> int:
    """Return the hour since 1970 that holds a moment.

    Examples
    --------
    >>> hour_number(datetime(1970, 1, 2, 0, 59, tzinfo=UTC))
    24
    """
    return int(moment.timestamp() // SECONDS_PER_HOUR)


def hour_text(hour: int) -> str:
    """Return the start of an hour since 1970 as the tenant writes it.

    Examples
    --------
    >>> hour_text(24)
    '1970-01-02T00:00:00.000Z'
    """
    return f"{datetime.fromtimestamp(hour * SECONDS_PER_HOUR, UTC):%Y-%m-%dT%H:%M:%S}.000Z"
