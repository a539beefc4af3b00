"""Agents by hour from answers of workforce management: on-queue time and shifts.

Only hours that an answer covers have a row; whatever it does not tell stays unknown, never zero.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from core.documents import JsonObject
from core.frames import CAPACITY
from core.tenants.genesys_records import entity_list
from core.tenants.paging import unreadable
from core.tenants.values import frame_of, interval_start, number_in

HOUR = timedelta(hours=1)
HOUR_SECONDS = 3600.0
ON_QUEUE = "OnQueueWork"
VOICE = "voice"

Hours = dict[datetime, float]
"""Start of an hour to agents, or to seconds of agents."""

NO_DATA = {
    "NoPublishedSchedule": "no schedule is published",
    "NoSourceForecast": "the published schedule has no forecast",
}


class NotTold(Exception):
    """An answer that tells nothing; its text says why, as the end of a sentence."""


def completed(content: Any, place: str) -> Mapping[str, Any]:
    """Return the result of a question that the platform may answer later.

    Raises
    ------
    NotTold
        If it is not there, or is elsewhere.
    UnexpectedPayload
        If the answer cannot be read.
    """
    if not isinstance(content, Mapping):
        raise unreadable(place, "it is no object")
    status = content.get("status")
    if status != "Complete":
        raise NotTold(f"workforce management answers {str(status)!r} instead of a result")
    result = content.get("result")
    if not isinstance(result, Mapping):
        raise NotTold("its result is too long to be answered at once")
    return result


def on_queue_hours(content: Any, place: str) -> Hours:
    """Return agents on queue by hour, of the voice part of an intraday answer.

    Raises
    ------
    NotTold
        If there is none; says why.
    UnexpectedPayload
        If the answer cannot be read.

    Examples
    --------
    >>> on_queue_hours({"status": "Complete", "result": {
    ...     "startDate": "2026-11-23T08:00:00Z", "intervalLengthMinutes": 30,
    ...     "intradayDataGroupings": [{"mediaType": "Voice", "scheduleDataPerInterval": [
    ...         {"onQueueTimeSeconds": 7200}, {"onQueueTimeSeconds": 3600}]}]}}, "It")
    {datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.timezone.utc): 3.0}
    """
    result = completed(content, place)
    reason = result.get("noDataReason")
    if reason:
        raise NotTold(NO_DATA.get(str(reason), str(reason)))
    groups = [
        each
        for each in entity_list(result, "intradayDataGroupings")
        if str(each.get("mediaType", "")).casefold() == VOICE
    ]
    seconds: Hours = defaultdict(float)
    try:
        start = interval_start(result.get("startDate"))
        length = timedelta(minutes=number_in(result, "intervalLengthMinutes"))
        for group in groups:
            told = entity_list(group, "scheduleDataPerInterval")
            for number, interval in enumerate(told):
                begins = start + number * length
                _spread(seconds, begins, begins + length, number_in(interval, "onQueueTimeSeconds"))
    except ValueError as error:
        raise unreadable(place, str(error)) from None
    if not seconds:
        raise NotTold("no on-queue time for voice is scheduled or told")
    return {hour: total / HOUR_SECONDS for hour, total in seconds.items()}


def _spread(hours: Hours, start: datetime, end: datetime, seconds: float) -> None:
    """Add seconds of agents that lie evenly in [start, end) to the hours that they touch."""
    length = (end - start).total_seconds()
    hour = start.replace(minute=0, second=0, microsecond=0)
    while hour < end and length > 0:
        part = (min(end, hour + HOUR) - max(start, hour)).total_seconds()
        hours[hour] = hours.get(hour, 0.0) + seconds * part / length
        hour += HOUR


def on_queue_codes(content: Any) -> frozenset[str]:
    """Return the ids of the activities that are work on a queue.

    Examples
    --------
    >>> sorted(on_queue_codes({"entities": [
    ...     {"id": "0", "category": "OnQueueWork"}, {"id": "1", "category": "Break"}]}))
    ['0']
    """
    return frozenset(
        str(each["id"])
        for each in entity_list(content)
        if each.get("category") == ON_QUEUE and "id" in each
    )


def shift_hours(content: Any, codes: Collection[str], zone: ZoneInfo, place: str) -> Hours:
    """Return agents on queue by hour, of the hours for which a schedule is published.

    Parameters
    ----------
    content : Any
        An answer of the search for agents' schedules.
    codes : collection of str
        Activities that are work on a queue.
    zone : ZoneInfo
        Of the business unit, whose weeks are published.
    place : str
        What was read, for messages.

    Raises
    ------
    NotTold
        If no schedule is published.
    UnexpectedPayload
        If the answer cannot be read.
    """
    result = completed(content, place)
    hours: Hours = {}
    try:
        for week in entity_list(result, "publishedSchedules"):
            for hour in _hours_of_week(week, zone):
                hours.setdefault(hour, 0.0)
        if not hours:
            raise NotTold(NO_DATA["NoPublishedSchedule"])
        for agent in entity_list(result, "agentSchedules"):
            for shift in entity_list(agent, "shifts"):
                for activity in entity_list(shift, "activities"):
                    if str(activity.get("activityCodeId")) in codes:
                        _add_activity(hours, activity)
    except ValueError as error:
        raise unreadable(place, str(error)) from None
    return {hour: seconds / HOUR_SECONDS for hour, seconds in hours.items()}


def _add_activity(hours: Hours, activity: JsonObject) -> None:
    start = interval_start(activity.get("startDate"))
    length = timedelta(minutes=number_in(activity, "lengthMinutes"))
    _spread(hours, start, start + length, length.total_seconds())


def _hours_of_week(week: JsonObject, zone: ZoneInfo) -> Sequence[datetime]:
    first = date.fromisoformat(str(week.get("weekDate")))
    weeks = number_in(week, "weekCount") if week.get("weekCount") is not None else 1.0
    last = first + timedelta(days=int(7 * weeks))
    hour, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, last))
    hours = []
    while hour < end:
        hours.append(hour)
        hour += HOUR
    return hours


def capacity_frame(hours: Mapping[datetime, float], start: datetime, end: datetime) -> pd.DataFrame:
    """Return `CAPACITY` of the hours in [start, end). Unit: agents."""
    rows = sorted((hour, agents) for hour, agents in hours.items() if start <= hour < end)
    return frame_of(rows, CAPACITY)
