"""Agents ahead: from planning groups, from shifts, from the queue now, or unknown; never zero."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pandas as pd
import pytest

from core.errors import RateLimited
from core.frames import CAPACITY
from core.staffing import Capacity, CapacityOrigin
from core.units import SkillId

from .platform import NOON, Platform, page, refused

UNITS = "/api/v2/workforcemanagement/businessunits"
HOUR = timedelta(hours=1)
AHEAD = (NOON, NOON + 24 * HOUR)
QUEUE = SkillId("q-1")
IDLE = {"metric": "oOnQueueUsers", "qualifier": "IDLE", "stats": {"count": 4}}
BUSY = {"metric": "oOnQueueUsers", "qualifier": "INTERACTING", "stats": {"count": 9}}


def group(group_id: str, *queue_ids: str) -> dict[str, Any]:
    routes = [{"queue": {"id": each}, "mediaType": "Voice"} for each in queue_ids]
    return {"id": group_id, "name": f"Group {group_id}", "routePaths": routes}


def intraday(agents: float, media: str = "Voice") -> Any:
    """Answer each day of Berlin with the same number of agents in every hour."""

    def reply(request: httpx.Request) -> httpx.Response:
        day = datetime.fromisoformat(json.loads(request.content)["businessUnitDate"])
        start = day.replace(tzinfo=UTC) - HOUR
        seconds = [{"onQueueTimeSeconds": agents * 3600}] * 24
        told = {
            "startDate": start.isoformat(),
            "intervalLengthMinutes": 60,
            "intradayDataGroupings": [{"mediaType": media, "scheduleDataPerInterval": seconds}],
        }
        return httpx.Response(200, json={"status": "Complete", "result": told})

    return reply


def platform(*groups: dict[str, Any], **more: Any) -> Platform:
    observed = {"results": [{"group": {"queueId": "q-1"}, "data": [IDLE, BUSY]}]}
    return Platform(
        {
            f"GET {UNITS}": page({"id": "bu-1"}),
            f"GET {UNITS}/bu-1": {"id": "bu-1", "settings": {"timeZone": "Europe/Berlin"}},
            f"GET {UNITS}/bu-1/planninggroups": page(*groups),
            f"POST {UNITS}/bu-1/intraday": intraday(12.0),
            "POST /api/v2/analytics/queues/observations/query": observed,
        }
        | {key.replace("_INTRADAY", f"POST {UNITS}/bu-1/intraday"): more[key] for key in more}
    )


def read(tenant: Platform, *span: datetime) -> Capacity:
    capacity = tenant.reader.agents_scheduled(QUEUE, *(span or AHEAD))
    CAPACITY.check(capacity.frame)
    return capacity


# --- planning groups ------------------------------------------------------------------------


def test_the_on_queue_time_of_the_group_that_serves_the_queue_is_agents_by_hour() -> None:
    tenant = platform(group("pg-1", "q-1"), group("pg-2", "q-2"))
    capacity = read(tenant)

    assert capacity.origin is CapacityOrigin.SCHEDULE
    assert capacity.frame["agents"].tolist() == [12.0] * 24
    assert capacity.frame["ds"].iloc[0] == pd.Timestamp(NOON)
    assert capacity.notes == ()
    asked = [body for body in tenant.bodies("POST") if "businessUnitDate" in body]
    assert [each["businessUnitDate"] for each in asked] == ["2026-11-23", "2026-11-24"]
    assert {tuple(each["planningGroupIds"]) for each in asked} == {("pg-1",)}


def test_agents_of_a_group_that_serves_other_queues_are_said_to_be_shared() -> None:
    capacity = read(platform(group("pg-1", "q-1", "q-2")))
    assert capacity.notes == (
        "The agents of Group pg-1 serve other queues too, and count here in full.",
    )


def test_two_groups_of_a_queue_are_summed_where_both_tell() -> None:
    capacity = read(platform(group("pg-1", "q-1"), group("pg-2", "q-1")))
    assert set(capacity.frame["agents"]) == {24.0}


def test_a_day_that_is_not_published_is_unknown_and_named() -> None:
    silent = {"status": "Complete", "result": {"noDataReason": "NoPublishedSchedule"}}

    def reply(request: httpx.Request) -> httpx.Response:
        if json.loads(request.content)["businessUnitDate"] == "2026-11-24":
            return httpx.Response(200, json=silent)
        return intraday(12.0)(request)

    capacity = read(platform(group("pg-1", "q-1"), _INTRADAY=reply))

    assert len(capacity.frame) == 11
    assert capacity.notes == ("Unknown on 2026-11-24: no schedule is published.",)


def test_an_hour_that_one_of_two_groups_does_not_tell_is_unknown() -> None:
    silent = {"status": "Complete", "result": {"noDataReason": "NoPublishedSchedule"}}

    def reply(request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        if (asked["businessUnitDate"], asked["planningGroupIds"]) == ("2026-11-24", ["pg-2"]):
            return httpx.Response(200, json=silent)
        return intraday(12.0)(request)

    capacity = read(platform(group("pg-1", "q-1"), group("pg-2", "q-1"), _INTRADAY=reply))

    assert capacity.frame["agents"].tolist() == [24.0] * 11


def test_business_units_and_groups_are_read_once_in_a_while() -> None:
    tenant = platform(group("pg-1", "q-1"))
    reader = tenant.reader
    reader.agents_scheduled(QUEUE, *AHEAD)
    before = len(tenant.asked)
    reader.agents_scheduled(QUEUE, *AHEAD)
    assert len(tenant.asked) == before + 2


# --- shifts ---------------------------------------------------------------------------------


def roster(**result: Any) -> dict[str, Any]:
    activities = [
        {"startDate": "2026-11-23T12:00:00Z", "lengthMinutes": 90, "activityCodeId": "0"},
        {"startDate": "2026-11-23T13:30:00Z", "lengthMinutes": 30, "activityCodeId": "1"},
    ]
    told = {
        "publishedSchedules": [{"weekDate": "2026-11-23", "weekCount": 1}],
        "agentSchedules": [
            {"user": {"id": each}, "shifts": [{"activities": activities}]}
            for each in ("u-1", "u-2")
        ],
    }
    return {"status": "Complete", "result": told | result}


def with_shifts(answer: Any) -> Platform:
    tenant = platform(group("pg-2", "q-2"))
    tenant.replies = {
        **tenant.replies,
        "GET /api/v2/routing/queues/q-1/members": page({"id": "u-1"}, {"id": "u-2"}),
        f"GET {UNITS}/bu-1/activitycodes": page(
            {"id": "0", "category": "OnQueueWork"}, {"id": "1", "category": "Break"}
        ),
        f"POST {UNITS}/bu-1/agentschedules/search": answer,
    }
    return tenant


def test_without_a_group_for_the_queue_the_shifts_of_its_members_are_counted() -> None:
    capacity = read(with_shifts(roster()))

    assert capacity.origin is CapacityOrigin.SCHEDULE
    assert capacity.frame["agents"].tolist()[:3] == [2.0, 1.0, 0.0]
    assert len(capacity.frame) == 24
    assert "other queues" in capacity.notes[0]


def test_hours_beyond_the_published_weeks_are_unknown() -> None:
    weeks_later = NOON + timedelta(days=6)
    capacity = read(with_shifts(roster()), weeks_later, weeks_later + 24 * HOUR)
    assert len(capacity.frame) == 11


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (roster(publishedSchedules=[]), "no schedule is published"),
        ({"status": "Processing"}, "'Processing'"),
        ({"status": "Complete", "downloadUrl": "https://elsewhere"}, "too long"),
        (refused(403, "missing.permissions"), "wfm:publishedSchedule:view"),
        (refused(404, "not.found"), "not licensed"),
    ],
)
def test_where_no_schedule_is_told_the_agents_on_queue_stand_in_and_it_is_said(
    answer: Any, why: str
) -> None:
    capacity = read(with_shifts(answer))

    assert capacity.origin is CapacityOrigin.ON_QUEUE_NOW
    # 12:00 to midnight in Berlin.
    assert capacity.frame["agents"].tolist() == [13.0] * 11
    assert why in capacity.notes[0]
    assert "stand in for the rest of today" in capacity.notes[1]


# --- nothing --------------------------------------------------------------------------------


def test_without_licence_and_without_permission_capacity_is_unknown_and_says_why() -> None:
    forbidden = refused(403, "missing.permissions")
    capacity = read(Platform({"GET .*|POST .*": forbidden}))

    assert capacity.origin is CapacityOrigin.UNKNOWN
    assert capacity.frame.empty
    assert "analytics:queueObservation:view" in " ".join(capacity.notes)


def test_tomorrow_is_not_guessed_from_the_agents_of_today() -> None:
    tomorrow = NOON + timedelta(days=1)
    capacity = read(with_shifts({"status": "Error"}), tomorrow, tomorrow + 8 * HOUR)
    assert capacity.origin is CapacityOrigin.UNKNOWN


def test_a_rate_limit_is_no_missing_licence() -> None:
    limited = httpx.Response(429, headers={"Retry-After": "9999"})
    with pytest.raises(RateLimited):
        read(Platform({f"GET {UNITS}": limited}))
