"""Values in a tenant's records: times and counts that can be true, and nothing else.

Whatever cannot be true (negative, a text, endless) is a `ValueError` that says what it is; whoever
reads a record adds the place. Nothing is mended.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from core.frames import FrameContract


def interval_start(text: Any) -> datetime:
    """Return the start of an interval.

    Parameters
    ----------
    text : Any
        ``<ISO 8601>`` or ``<ISO 8601>/<anything>``; a time without an offset is in UTC.

    Returns
    -------
    datetime
        Aware, in UTC.

    Raises
    ------
    ValueError
        If it is no time.

    Examples
    --------
    >>> interval_start("2026-11-23T10:00:00+01:00/2026-11-23T11:00:00+01:00").isoformat()
    '2026-11-23T09:00:00+00:00'
    >>> interval_start("2026-11-23T09:00:00.000Z") == interval_start("2026-11-23T09:00:00")
    True
    """
    if not isinstance(text, str):
        raise ValueError(f"{shown(text)} is no time")
    try:
        moment = datetime.fromisoformat(text.partition("/")[0].strip())
        aware = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{shown(text)} is no time") from None
    if not 1970 <= aware.year < 2200:
        raise ValueError(f"{shown(text)} is no time that a contact centre has seen")
    return aware


def frame_of(rows: Sequence[tuple[Any, ...]], contract: FrameContract) -> pd.DataFrame:
    """Return rows of a contract's columns, `ds` first, as its frame."""
    if not rows:
        return contract.empty()
    frame = pd.DataFrame(rows, columns=list(contract.columns))
    frame["ds"] = pd.to_datetime(frame["ds"], utc=True)
    return contract.check(frame)


def required(record: Mapping[str, Any], key: str) -> Any:
    """Return a value that has to be there; it may be null."""
    if key not in record:
        raise ValueError(f"{key} is missing")
    return record[key]


def number_in(record: Mapping[str, Any], key: str) -> float:
    """Return a number of at least 0."""
    value = required(record, key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{key} is {shown(value)}, which is no number")
    if value < 0:
        raise ValueError(f"{key} is {shown(value)}, less than 0")
    # Past 2**53 a float no longer tells two whole numbers apart; no contact centre gets there.
    if not math.isfinite(value) or value > 2**53:
        raise ValueError(f"{key} is {shown(value)}, which is no count")
    return float(value)


def count_in(record: Mapping[str, Any], key: str) -> float:
    """Return a whole number of at least 0."""
    value = number_in(record, key)
    if value != int(value):
        raise ValueError(f"{key} is {value:g}, which is no whole number")
    return value


def shown(value: Any) -> str:
    """Return a value as a message quotes it."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
