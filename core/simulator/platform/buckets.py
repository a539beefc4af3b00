"""An interval, cut by a granularity: which bucket a moment falls into, and its name.

Buckets begin with the interval, not with the clock. Days follow the time zone of the question and
have 23 or 25 hours twice a year; all other buckets are equally long.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.simulator.documents import timestamp
from core.simulator.refusals import Refusal, bad_request

SECONDS_PER_QUARTER: Final = 900
_LENGTHS: Final = {"PT15M": 900, "PT30M": 1800, "PT1H": 3600, "P1D": 0}
_MOST_BUCKETS: Final = 200_000


@dataclass(frozen=True)
class Buckets:
    """The buckets of one question.

    Parameters
    ----------
    edges : tuple of int
        Seconds since 1970 at which buckets begin, and the end of the last one.
    names : tuple of str
        Their intervals, as the platform writes them.
    in_quarters : bool
        Whether hours have to be cut to fill them.
    """

    edges: tuple[int, ...]
    names: tuple[str, ...]
    in_quarters: bool


def cut(interval: str, granularity: str, zone_name: str) -> Buckets:
    """Return the buckets of an interval.

    Parameters
    ----------
    interval : str
        ``start/end``, both with an offset.
    granularity : str
        ``PT15M``, ``PT30M``, ``PT1H``, ``P1D``; empty: the whole interval is one bucket.
    zone_name : str
        The zone whose days count.

    Returns
    -------
    Buckets

    Raises
    ------
    Refusal
        400 with the field at fault.

    Examples
    --------
    >>> cut("2026-03-29T00:00:00+01:00/2026-03-30T00:00:00+02:00", "P1D", "Europe/Berlin").names
    ('2026-03-28T23:00:00.000Z/2026-03-29T22:00:00.000Z',)
    """
    start, end = _bounds(interval)
    zone = _zone(zone_name)
    if granularity and granularity not in _LENGTHS:
        raise bad_request(
            f"granularity must be one of {', '.join(_LENGTHS)}.",
            field="granularity",
            code="invalid.value",
        )
    length = _LENGTHS.get(granularity, end - start)
    if length and (end - start) // length > _MOST_BUCKETS:
        raise _wrong("The interval is too long for its granularity.")
    edges = _days(start, end, zone) if not length else list(range(start, end, length))
    edges.append(end)
    texts = [timestamp(datetime.fromtimestamp(edge, UTC)) for edge in edges]
    names = tuple(f"{left}/{right}" for left, right in pairwise(texts))
    in_quarters = any(edge % 3600 for edge in edges)
    return Buckets(tuple(edges), names, in_quarters)


def _bounds(interval: str) -> tuple[int, int]:
    parts = interval.split("/")
    try:
        start, end = (datetime.fromisoformat(part) for part in parts)
        if start.tzinfo is None or end.tzinfo is None:
            raise _wrong("Both ends of the interval need an offset, such as Z.")
        bounds = int(start.timestamp()), int(end.timestamp())
    except (ValueError, OverflowError):
        raise _wrong("interval must be start/end, both in ISO 8601.") from None
    if bounds[0] >= bounds[1]:
        raise _wrong("The interval must end after its start.")
    if bounds[0] % SECONDS_PER_QUARTER or bounds[1] % SECONDS_PER_QUARTER:
        raise _wrong("Both ends of the interval must be whole quarters of an hour.")
    return bounds


def _days(start: int, end: int, zone: ZoneInfo) -> list[int]:
    edges, moment = [], datetime.fromtimestamp(start, UTC).astimezone(zone)
    while (edge := int(moment.timestamp())) < end:
        edges.append(edge)
        # Adding a day to a local time keeps the clock and lets the offset follow.
        moment += timedelta(days=1)
    return edges


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise bad_request(
            f"timeZone {name!r} is not known.", field="timeZone", code="invalid.value"
        ) from None


def _wrong(message: str) -> Refusal:
    return bad_request(message, field="interval", code="invalid.date")
