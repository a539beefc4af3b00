"""Records of the tutorial dialect to frames.

The rows leave as they came: repeated, out of order, with holes, and whatever their span; making
history of them is `core.history.tidy`'s work. A number that cannot be true (negative, a text, more
answers than offers) is refused with its place, and never mended.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from core.documents import JsonObject
from core.frames import CAPACITY, RATE_RECORDS, VOLUME_RECORDS
from core.tenants.paging import unreadable
from core.tenants.values import (
    count_in,
    frame_of,
    interval_start,
    number_in,
    required,
    shown,
)


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
            ds = interval_start(required(record, "interval"))
            offered = count_in(record, "offered")
            answered = _answered(record, offered)
        except ValueError as error:
            raise unreadable(place, _at(number, record, "interval", error)) from None
        rows.append((ds, offered, answered))
    return frame_of(rows, RATE_RECORDS)


def _answered(record: Mapping[str, Any], offered: float) -> float:
    if record.get("answered") is not None:
        answered = count_in(record, "answered")
        if answered > offered:
            raise ValueError(f"answered is {answered:g}, more than the {offered:g} offered")
        return answered
    if offered == 0:
        return 0.0
    if record.get("answerRate") is None:
        raise ValueError("answered is missing")
    rate = number_in(record, "answerRate")
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
            rows.append((interval_start(record[key]), count_in(record, "contactCount")))
        except ValueError as error:
            raise unreadable(place, _at(number, record, key, error)) from None
    return frame_of(rows, VOLUME_RECORDS)


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
            ds = interval_start(required(record, "interval"))
            if required(record, "capacity") is not None:
                hours[ds] = number_in(record, "capacity")
        except ValueError as error:
            raise unreadable(place, _at(number, record, "interval", error)) from None
    return frame_of(sorted(hours.items()), CAPACITY)


def _at(number: int, record: Mapping[str, Any], key: str, error: ValueError) -> str:
    at = record.get(key)
    hour = f" ({shown(at)})" if isinstance(at, str) else ""
    return f"in record {number}{hour}, {error}"
