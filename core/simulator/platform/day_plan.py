"""The plan of a day and of the people: hours on queue, and shifts.

The published schedule covers two weeks ahead and the outbound teams only.
"""

from datetime import date, datetime, timedelta
from typing import Final

from core.documents import JsonObject
from core.simulator.calendar import SECONDS_PER_HOUR, ZONE, local_day
from core.simulator.campaigns import CampaignCharacter
from core.simulator.centre import stable_id
from core.simulator.documents import timestamp
from core.simulator.faults import Fault
from core.simulator.platform.asked import Answer, Asked
from core.simulator.platform.planning import (
    GROUPS,
    check_unit,
    is_published,
    last_planned,
    management_unit_of,
    routes_of,
)
from core.simulator.platform.refusals import invalid_value
from core.simulator.platform.shifts import members_of, queue_seconds, shifts_of
from core.simulator.refusals import Refusal, bad_request

_LONGEST_ANSWER: Final = timedelta(days=15)
"""The people's plan of a longer span is to be downloaded elsewhere."""
_INTERVALS: Final = (15, 30, 60)


def ask_intraday(asked: Asked) -> Answer:
    """Answer with the plan of one local day, over the planning groups that are named."""
    check_unit(asked)
    body, operation_id = asked.body, stable_id("operation", str(asked.body))
    if asked.world.faults.is_on(Fault.SLOW_SCHEDULE):
        return {"status": "Processing", "operationId": operation_id}
    minutes = body.get("intervalLengthMinutes") or 15
    if minutes not in _INTERVALS:
        raise invalid_value("intervalLengthMinutes", "15, 30 or 60")
    wanted = body.get("planningGroupIds") or list(GROUPS)
    for group_id in wanted:
        if group_id not in GROUPS:
            raise Refusal(404, "not.found", f"There is no planning group with the id {group_id}.")
    day = date.fromisoformat(body["businessUnitDate"])
    local = local_day(day)
    result: JsonObject = {
        "startDate": _hour(local.first_hour),
        "endDate": _hour(local.first_hour + len(local.clock_hours)),
        "intervalLengthMinutes": minutes,
        "categories": body["categories"],
    }
    if not is_published(asked.world, day):
        return _complete(operation_id, {**result, "noDataReason": "NoPublishedSchedule"})
    teams = [team for group_id in wanted for team in GROUPS[group_id][1]]
    grouping: JsonObject = {"mediaType": "Voice"}
    if "ScheduleData" in body["categories"]:
        plans = [queue_seconds(asked.world, team, day, minutes * 60) for team in teams]
        seconds = [round(sum(parts)) for parts in zip(*plans, strict=True)]
        grouping["scheduleDataPerInterval"] = [{"onQueueTimeSeconds": one} for one in seconds]
        grouping["scheduleDataSummary"] = {"onQueueTimeSeconds": sum(seconds)}
    return _complete(operation_id, {**result, "intradayDataGroupings": [grouping]})


def list_intraday_groups(asked: Asked) -> Answer:
    """Answer with the planning groups that a day has a plan for."""
    check_unit(asked)
    if not is_published(asked.world, date.fromisoformat(asked.query["date"])):
        return {"entities": [], "noDataReason": "NoPublishedSchedule"}
    return {
        "entities": [
            {"id": group_id, "name": name, "routePaths": routes_of(teams)}
            for group_id, (name, teams) in GROUPS.items()
        ]
    }


def search_unit(asked: Asked) -> Answer:
    """Answer with the shifts of a business unit's people."""
    check_unit(asked)
    return _search(asked, [team for _, teams in GROUPS.values() for team in teams])


def search_management_unit(asked: Asked) -> Answer:
    """Answer with the shifts of a management unit's people."""
    return _search(asked, management_unit_of(asked))


def _search(asked: Asked, teams: list[CampaignCharacter]) -> JsonObject:
    body, operation_id = asked.body, stable_id("operation", str(asked.body))
    start, end = (datetime.fromisoformat(body[key]) for key in ("startDate", "endDate"))
    if start.tzinfo is None or end.tzinfo is None or start >= end:
        raise bad_request("endDate must be after startDate.", field="endDate", code="invalid.date")
    if asked.world.faults.is_on(Fault.SLOW_SCHEDULE):
        return {"status": "Processing", "operationId": operation_id, "progress": 0}
    if end - start > _LONGEST_ANSWER:
        address = f"https://downloads.lindgren.example/{operation_id}"
        return {"status": "Complete", "operationId": operation_id, "downloadUrl": address}
    first = start.astimezone(ZONE).date()
    last = min((end - timedelta(seconds=1)).astimezone(ZONE).date(), last_planned(asked.world))
    if asked.world.faults.is_on(Fault.NO_SCHEDULE):
        last = first - timedelta(days=1)
    people = [member for team in teams for member in members_of(team)]
    wanted = body.get("userIds")
    schedules = [
        {
            "user": {"id": member.user_id},
            "shifts": list(shifts_of(asked.world, member, first, last)),
            "fullDayTimeOffMarkers": [],
        }
        for member in people
        if wanted is None or member.user_id in wanted
    ]
    result = {
        "agentSchedules": [one for one in schedules if one["shifts"]],
        "businessUnitTimeZone": ZONE.key,
        "publishedSchedules": _published_weeks(first, last),
    }
    return {**_complete(operation_id, result), "progress": 100}


def _published_weeks(first: date, last: date) -> list[JsonObject]:
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday <= last:
        week = {"id": stable_id("week", str(monday)), "weekDate": str(monday), "weekCount": 1}
        weeks.append(week)
        monday += timedelta(days=7)
    return weeks


def _complete(operation_id: str, result: JsonObject) -> JsonObject:
    return {"status": "Complete", "operationId": operation_id, "result": result}


def _hour(hour: int) -> str:
    return timestamp(datetime.fromtimestamp(hour * SECONDS_PER_HOUR, ZONE))
