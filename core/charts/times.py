"""Times as people read them: the centre's wall clock, 24 hours, the zone named once per page.

Aware times become wall-clock text here, whatever the process's own zone and locale are.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def duration(span: timedelta | float) -> str:
    """Return a span of time; minutes never exceed 59, and days begin at two of them.

    Parameters
    ----------
    span : timedelta or float
        A float is in seconds.

    Examples
    --------
    >>> duration(timedelta(minutes=125)), duration(8), duration(timedelta(hours=26))
    ('2 h 05 min', '8 s', '26 h')
    """
    seconds = max(0, round(span.total_seconds() if isinstance(span, timedelta) else span))
    minutes, hours = seconds // 60, seconds // 3600
    if seconds < 60:
        return f"{seconds} s"
    if hours < 1:
        return f"{minutes} min"
    if hours < 24:
        return f"{hours} h {minutes % 60:02d} min"
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    """Return the hour and minute on the centre's clock.

    Examples
    --------
    >>> from datetime import UTC
    >>> clock_time(datetime(2026, 11, 25, 10, 20, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    '11:20'
    """
    return moment.astimezone(zone).strftime("%H:%M")


def day(moment: datetime, zone: ZoneInfo) -> str:
    """Return weekday, day and month, whatever the process's locale.

    Examples
    --------
    >>> from datetime import UTC
    >>> day(datetime(2026, 11, 25, 23, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    'Thu 26 Nov'
    """
    local = moment.astimezone(zone)
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"


def day_time(moment: datetime, zone: ZoneInfo) -> str:
    """Return weekday, day, month and time, without the zone.

    Examples
    --------
    >>> from datetime import UTC
    >>> day_time(datetime(2026, 11, 25, 10, 20, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    'Wed 25 Nov, 11:20'
    """
    return f"{day(moment, zone)}, {clock_time(moment, zone)}"


def moment_text(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment in full, with the zone's name: once per page.

    Examples
    --------
    >>> from datetime import UTC
    >>> moment_text(datetime(2026, 11, 25, 10, 20, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    'Wed 25 Nov 2026, 11:20 Europe/Berlin (CET)'
    """
    local = moment.astimezone(zone)
    name = local.tzname() or ""
    known = "" if name == zone.key else f" ({name})"
    return f"{day(moment, zone)} {local.year}, {local:%H:%M} {zone.key}{known}"


def clock_span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Return a span within a day; one that ends at midnight ends at 24:00.

    Examples
    --------
    >>> from datetime import UTC
    >>> zone = ZoneInfo("Europe/Berlin")
    >>> clock_span(datetime(2026, 11, 25, 11, tzinfo=UTC), datetime(2026, 11, 25, 12, tzinfo=UTC),
    ...            zone)
    '12:00–13:00'
    """
    until = clock_time(end, zone)
    return f"{clock_time(start, zone)}–{'24:00' if until == '00:00' else until}"


def hour_span(start: datetime, zone: ZoneInfo) -> str:
    """Return the hour that begins at a moment.

    Examples
    --------
    >>> from datetime import UTC
    >>> hour_span(datetime(2026, 11, 25, 22, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    '23:00–24:00'
    """
    return clock_span(start, start + timedelta(hours=1), zone)
