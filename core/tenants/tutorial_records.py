"""Records of the tutorial dialect to frames.

The rows leave as they came: repeated, out of order, with holes, and whatever their span; making
history of them is `core.history.tidy`'s work. A number that cannot be true (negative, a text, more
answers than offers) is refused with its place, and never mended.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from core.documents import JsonObject
from core.frames import CAPACITY, RATE_RECORDS, VOLUME_RECORDS, FrameContract
from core.tenants.paging import unreadable


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
        raise ValueError(f"{_shown(text)} is no time")
    try:
        moment = datetime.fromisoformat(text.partition("/")[0].strip())
        aware = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{_shown(text)} is no time") from None
    if not 1970 <= aware.year < 2200:
        raise ValueError(f"{_shown(text)} is no time that a contact centre has seen")
    return aware


def rate_records(records: Sequence[JsonObject], place: str) -> pd.DataFrame:
    """Return a campaign's records.

    Parameters
    ----------
    records : sequence of JsonObject
        With ``interval``, ``offered`` and ``answered``. Where ``answered`` is absent, it is
        ``answerRate`` of ``offered``, rounded to whole calls.
    place : str
        What was read, for the message.

    Returns
    -------
    DataFrame
        `RATE_RECORDS`, a row for each record. Unit: calls.

    Raises
    ------
    UnexpectedPayload
        If a record cannot be true; names it.

    Examples
    --------
    >>> rate_records(
    ...     [{"interval": "2026-11-23T09:00:00Z", "offered": 40, "answerRate": 0.25}], "It"
    ... )["answered"].tolist()
    [10.0]
    """
    rows = []
    for number, record in enumerate(records, 1):
        try:
            ds = interval_start(_required(record, "interval"))
            offered = _count(record, "offered")
            answered = _answered(record, offered)
        except ValueError as error:
            raise unreadable(place, _at(number, record, "interval", error)) from None
        rows.append((ds, offered, answered))
    return _frame(rows, RATE_RECORDS)


def _answered(record: Mapping[str, Any], offered: float) -> float:
    if record.get("answered") is not None:
        answered = _count(record, "answered")
        if answered > offered:
            raise ValueError(f"answered is {answered:g}, more than the {offered:g} offered")
        return answered
    if offered == 0:
        return 0.0
    if record.get("answerRate") is None:
        raise ValueError("answered is missing")
    rate = _number(record, "answerRate")
    if rate > 1:
        raise ValueError(f"answerRate is {rate:g}, more than 1")
    return float(round(rate * offered))


def volume_records(records: Sequence[JsonObject], place: str) -> pd.DataFrame:
    """Return a queue's records.

    Parameters
    ----------
    records : sequence of JsonObject
        With ``contactCount``, and ``intervalFrom`` or ``dateFrom``.
    place : str
        What was read, for the message.

    Returns
    -------
    DataFrame
        `VOLUME_RECORDS`, a row for each record. Unit: contacts.

    Raises
    ------
    UnexpectedPayload
        If a record cannot be true; names it.

    Examples
    --------
    >>> volume_records([{"dateFrom": "2026-11-23T09:00:00Z", "contactCount": 12.0}], "It")
                             ds     y
    0 2026-11-23 09:00:00+00:00  12.0
    """
    rows = []
    for number, record in enumerate(records, 1):
        key = "intervalFrom" if record.get("intervalFrom") is not None else "dateFrom"
        try:
            if key not in record:
                raise ValueError("intervalFrom is missing")
            rows.append((interval_start(record[key]), _count(record, "contactCount")))
        except ValueError as error:
            raise unreadable(place, _at(number, record, key, error)) from None
    return _frame(rows, VOLUME_RECORDS)


def capacity_hours(records: Sequence[JsonObject], place: str) -> pd.DataFrame:
    """Return the agents scheduled by hour.

    Parameters
    ----------
    records : sequence of JsonObject
        With ``interval`` and ``capacity``; of two for one hour the later one counts, and one
        without a capacity says nothing about its hour.
    place : str
        What was read, for the message.

    Returns
    -------
    DataFrame
        `CAPACITY`, sorted; empty where the schedule says nothing. Unit: agents.

    Raises
    ------
    UnexpectedPayload
        If a record cannot be true; names it.

    Examples
    --------
    >>> capacity_hours([{"interval": "2026-11-23T09:00:00Z", "capacity": 11.5}], "It")
                             ds  agents
    0 2026-11-23 09:00:00+00:00    11.5
    """
    hours: dict[datetime, float] = {}
    for number, record in enumerate(records, 1):
        try:
            ds = interval_start(_required(record, "interval"))
            if _required(record, "capacity") is not None:
                hours[ds] = _number(record, "capacity")
        except ValueError as error:
            raise unreadable(place, _at(number, record, "interval", error)) from None
    return _frame(sorted(hours.items()), CAPACITY)


def _frame(rows: Sequence[tuple[Any, ...]], contract: FrameContract) -> pd.DataFrame:
    if not rows:
        return contract.empty()
    frame = pd.DataFrame(rows, columns=list(contract.columns))
    frame["ds"] = pd.to_datetime(frame["ds"], utc=True)
    return contract.check(frame)


def _required(record: Mapping[str, Any], key: str) -> Any:
    if key not in record:
        raise ValueError(f"{key} is missing")
    return record[key]


def _number(record: Mapping[str, Any], key: str) -> float:
    value = _required(record, key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{key} is {_shown(value)}, which is no number")
    if value < 0:
        raise ValueError(f"{key} is {_shown(value)}, less than 0")
    # Past 2**53 a float no longer tells two whole numbers apart; no contact centre gets there.
    if not math.isfinite(value) or value > 2**53:
        raise ValueError(f"{key} is {_shown(value)}, which is no count")
    return float(value)


def _count(record: Mapping[str, Any], key: str) -> float:
    value = _number(record, key)
    if value != int(value):
        raise ValueError(f"{key} is {value:g}, which is no whole number")
    return value


def _at(number: int, record: Mapping[str, Any], key: str, error: ValueError) -> str:
    at = record.get(key)
    hour = f" ({_shown(at)})" if isinstance(at, str) else ""
    return f"in record {number}{hour}, {error}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
