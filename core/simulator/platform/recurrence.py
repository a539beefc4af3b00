"""When a schedule turns its campaign on and off: intervals and recurrences to moments.

Times without an offset are read in the schedule's zone, times with one are absolute.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.documents import JsonObject
from core.simulator.refusals import Refusal, bad_request

WEEKDAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
_MOST_OCCURRENCES: Final = 2000

Window = tuple[datetime, datetime]


def windows(schedule: JsonObject, since: datetime, until: datetime) -> list[Window]:
    """Return the spans of time in which a schedule wants its campaign on.

    Parameters
    ----------
    schedule : JsonObject
        The schedule; its fields are of the right kinds.
    since, until : datetime
        Only spans that touch these, both included.

    Returns
    -------
    list of (datetime, datetime)
        Start and end in UTC, in order.

    Raises
    ------
    Refusal
        400 where a time cannot be read, or an end is not after its start.

    Examples
    --------
    >>> schedule = {"intervals": [{"start": "2026-11-24T09:00:00", "end": "2026-11-24T12:00:00"}],
    ...             "timeZone": "Europe/Berlin"}
    >>> day = datetime(2026, 11, 24, tzinfo=UTC)
    >>> [f"{start:%H:%M}-{end:%H:%M}" for start, end in windows(schedule, day, day.replace(day=25))]
    ['08:00-11:00']
    """
    zone = _zone(schedule.get("timeZone"))
    found = [_window(interval, zone) for interval in schedule["intervals"]]
    for recurrence in schedule.get("recurrences") or []:
        found += _occurrences(recurrence, schedule, until)
    return sorted(span for span in found if span[1] >= since and span[0] <= until)


def switches(schedule: JsonObject, since: datetime, until: datetime) -> list[tuple[datetime, str]]:
    """Return when a schedule turns its campaign on and off, after `since` and up to `until`."""
    found = [
        (at, status)
        for start, end in windows(schedule, since, until)
        for at, status in ((start, "on"), (end, "off"))
        if since < at <= until
    ]
    # Where one span ends as the next begins, the campaign stays on.
    return sorted(found, key=lambda switch: (switch[0], switch[1] == "on"))


def _occurrences(recurrence: JsonObject, schedule: JsonObject, until: datetime) -> list[Window]:
    zone = _zone(recurrence.get("timeZone") or schedule.get("timeZone"))
    first, first_end = _window(recurrence, zone)
    length = first_end - first
    start = first.astimezone(zone)
    alterations = recurrence.get("alterations") or []
    excluded = [_window(one, zone) for one in alterations if one.get("type") != "Inclusion"]
    found = [_window(one, zone) for one in alterations if one.get("type") == "Inclusion"]
    for day in _days(recurrence, start.date(), until.astimezone(zone).date()):
        begins = datetime.combine(day, start.time(), zone).astimezone(UTC)
        if not any(left <= begins < right for left, right in excluded):
            found.append((begins, begins + length))
    return found


def _days(recurrence: JsonObject, first: date, until: date) -> Iterator[date]:
    """Yield the days on which a recurrence happens, up to the last one asked for."""
    pattern, limits = recurrence["pattern"], recurrence["range"]
    last = until
    if limits["type"] == "EndDate":
        last = min(last, _day(limits.get("end")))
    left = limits.get("numberOfOccurrences") if limits["type"] == "Numbered" else None
    left = _MOST_OCCURRENCES if left is None else left
    wanted = {WEEKDAYS.index(name) for name in pattern.get("daysOfWeek") or [] if name in WEEKDAYS}
    monday = first - timedelta(days=first.weekday())
    day = first
    while day <= last and left > 0:
        if pattern["type"] == "Daily":
            is_due = (day - first).days % pattern["interval"] == 0
        else:
            is_due = (day - monday).days // 7 % pattern["interval"] == 0 and (
                day.weekday() in (wanted or {first.weekday()})
            )
        if is_due:
            left -= 1
            yield day
        day += timedelta(days=1)


def _window(interval: JsonObject, zone: ZoneInfo) -> Window:
    start, end = (_moment(interval.get(key), zone) for key in ("start", "end"))
    if start >= end:
        raise _wrong("The end of an interval must be after its start.")
    return start, end


def _moment(text: Any, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise _wrong(f"{text!r} is no time of the form yyyy-MM-ddTHH:mm:ss.SSSZ.") from None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC)


def _day(text: Any) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except (TypeError, ValueError):
        raise _wrong(f"{text!r} is no end of a recurrence.") from None


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise bad_request(
            f"timeZone {name!r} is not known.", field="timeZone", code="invalid.value"
        ) from None


def _wrong(message: str) -> Refusal:
    return bad_request(message, field="intervals", code="invalid.interval.time")
