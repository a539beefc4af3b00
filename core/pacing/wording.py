"""How shares, spans and hours are written in the sentences of this package.

Text for people only: nothing here is parsed again, and no number is rounded for use.
"""

from datetime import UTC, datetime, timedelta, tzinfo


def share_text(share: float) -> str:
    """Return a share as per cent with at most one decimal.

    Examples
    --------
    >>> share_text(0.034), share_text(0.1)
    ('3.4 %', '10 %')
    """
    return f"{round(share * 100, 1):g} %"


def span_text(span: timedelta) -> str:
    """Return a span of time in hours and minutes.

    Examples
    --------
    >>> span_text(timedelta(minutes=125)), span_text(timedelta(minutes=7))
    ('2 h 05 min', '7 min')
    """
    minutes = max(0, round(span.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d} min" if hours else f"{rest} min"


def hour_text(moment: datetime, zone: tzinfo = UTC) -> str:
    """Return a moment to the minute, on the clock of a zone that it names.

    Examples
    --------
    >>> hour_text(datetime(2026, 11, 23, 9, tzinfo=UTC))
    '2026-11-23 09:00 UTC'
    """
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"
