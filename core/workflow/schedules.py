"""What the schedule of a campaign says, whoever wrote it and however it is spelled.

The platform's documents leave open whether a time with a ``Z`` is taken as it is or read anew in
the schedule's zone. So a schedule leaves here in UTC, with ``Z`` and with UTC as its zone, and a
time without an offset is read in the zone beside it.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.documents import JsonObject
from core.workflow.comparison import moment_in

READ_ONLY = ("id", "version", "dateCreated", "dateModified", "selfUri")
"""Written by the tenant alone."""


def schedule_payload(campaign_id: str, windows: Iterable[tuple[datetime, datetime]]) -> JsonObject:
    """Return what is sent so that a campaign runs in some windows, and in no others.

    Parameters
    ----------
    campaign_id : str
        Whose schedule.
    windows : iterable of (datetime, datetime)
        Aware; the second is not part of the window.

    Examples
    --------
    >>> start, end = (datetime(2026, 11, 26, hour, tzinfo=UTC) for hour in (9, 11))
    >>> schedule_payload("c-1", [(start, end)])["intervals"]
    [{'start': '2026-11-26T09:00:00.000Z', 'end': '2026-11-26T11:00:00.000Z'}]
    """
    return {
        "campaign": {"id": campaign_id},
        "timeZone": "UTC",
        "intervals": [{"start": _sent(start), "end": _sent(end)} for start, end in windows],
        "recurrences": [],
    }


def former_payload(document: Mapping[str, Any], campaign_id: str) -> JsonObject:
    """Return what is sent to bring a schedule back as it was read, recurrences included."""
    kept = {key: value for key, value in document.items() if key not in READ_ONLY}
    return {"recurrences": [], **kept, "campaign": {"id": campaign_id}}


def schedule_content(document: Mapping[str, Any]) -> JsonObject:
    """Return when a schedule switches its campaign, in one spelling; empty where there is none.

    Parameters
    ----------
    document : mapping
        A schedule as it is sent, or as the tenant gives it.

    Examples
    --------
    >>> local = {"start": "2026-11-26T10:00:00.000", "end": "2026-11-26T12:00:00.000"}
    >>> schedule_content({"timeZone": "Europe/Berlin", "intervals": [local]})["intervals"]
    [{'start': '2026-11-26T09:00:00+00:00', 'end': '2026-11-26T11:00:00+00:00'}]
    >>> schedule_content({})
    {}
    """
    if not document:
        return {}
    return {
        "intervals": sorted(intervals_in(document), key=lambda each: (each["start"], each["end"])),
        "recurrences": document.get("recurrences") or [],
    }


def intervals_in(document: Mapping[str, Any]) -> list[JsonObject]:
    """Return the intervals of a schedule in UTC; a time that cannot be read stays as it is."""
    zone = document.get("timeZone") or "UTC"
    return [
        {"start": _instant(each.get("start"), zone), "end": _instant(each.get("end"), zone)}
        for each in document.get("intervals") or ()
        if isinstance(each, Mapping)
    ]


def spans_in(intervals: Iterable[Mapping[str, Any]]) -> tuple[tuple[datetime, datetime], ...]:
    """Return intervals as moments; those left out that cannot be read.

    Examples
    --------
    >>> spans_in([{"start": "2026-11-26T09:00:00+00:00", "end": "later"}, {"startDateTime": ""}])
    ()
    """
    spans = []
    for each in intervals:
        ends = moment_in(each.get("start")), moment_in(each.get("end"))
        if ends[0] is not None and ends[1] is not None:
            spans.append((ends[0], ends[1]))
    return tuple(spans)


def _sent(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def _instant(text: Any, zone: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    except (ValueError, TypeError, OSError, KeyError):
        return str(text)
    return aware.astimezone(UTC).isoformat()
