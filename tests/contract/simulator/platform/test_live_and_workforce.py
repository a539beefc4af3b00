"""What goes on now, and the plans of the workforce, in the platform's dialect."""

from typing import Any

import httpx
import pytest

from core.clock import FrozenClock
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.platform.planning import GROUPS, UNIT_ID, UNITS
from core.simulator.server import RunningSimulator, running_simulator
from core.simulator.traits import Traits
from tests.contract.platform_client import WFM, client_of, code
from tests.contract.simulated import CAMPAIGN, CAMPAIGNS_PATH, ONE, QUEUE

UNIT = f"{WFM}/businessunits/{UNIT_ID}"


# Live


def test_stats_tell_the_calls_of_today_and_the_pace_in_force(client: httpx.Client):
    stats = client.get(f"{ONE}/stats").json()
    document = client.get(ONE).json()

    rate = stats["contactRate"]
    assert rate["connectRatio"] == round(rate["connects"] / rate["attempts"], 4)
    assert 1 <= stats["adjustedCallsPerAgent"] <= document["maxCallsPerAgentDecimal"]


def test_fifty_campaigns_are_told_at_once_and_no_more(client: httpx.Client):
    path = f"{CAMPAIGNS_PATH}/performance/query"

    few = client.post(path, json=[CAMPAIGN, "nobody"]).json()
    many = client.post(path, json=[CAMPAIGN] * 51)

    assert [one["campaign"]["id"] for one in few["entities"]] == [CAMPAIGN]
    assert code(many) == (400, "invalid.value")


def test_agents_on_a_queue_are_split_by_what_they_do(client: httpx.Client):
    predicates = [{"type": "dimension", "dimension": "queueId", "value": QUEUE}]
    body = {
        "filter": {"type": "or", "predicates": predicates},
        "metrics": ["oOnQueueUsers", "oWaiting"],
    }

    answer = client.post("/api/v2/analytics/queues/observations/query", json=body).json()

    people, calls = answer["results"]
    assert {one["qualifier"] for one in people["data"]} == {"IDLE", "INTERACTING"}
    assert calls["group"] == {"queueId": QUEUE, "mediaType": "voice"}


# Workforce management


def test_the_plan_of_a_day_and_the_shifts_of_people_tell_the_same(client: httpx.Client):
    group_id, (_, teams) = next(iter(GROUPS.items()))
    day = {
        "businessUnitDate": "2026-11-24",
        "categories": ["ScheduleData"],
        "planningGroupIds": [group_id],
        "intervalLengthMinutes": 60,
    }
    span = {"startDate": "2026-11-23T23:00:00Z", "endDate": "2026-11-24T23:00:00Z"}

    plan = client.post(f"{UNIT}/intraday", json=day).json()["result"]
    people = client.post(f"{UNIT}/agentschedules/search", json=span).json()["result"]

    codes = client.get(f"{UNIT}/activitycodes").json()["entities"]
    on_queue = {one["id"] for one in codes if one["category"] == "OnQueueWork"}
    members = {f"/api/v2/routing/queues/{path['queue']['id']}/members" for path in _paths(client)}
    assert len(members) == 5
    planned = sum(
        hour["onQueueTimeSeconds"]
        for hour in plan["intradayDataGroupings"][0]["scheduleDataPerInterval"]
    )
    queue_id = _paths(client)[0]["queue"]["id"]
    team = client.get(f"/api/v2/routing/queues/{queue_id}/members?pageSize=100").json()["entities"]
    rostered = sum(
        activity["lengthMinutes"] * 60
        for schedule in people["agentSchedules"]
        if schedule["user"]["id"] in {one["id"] for one in team}
        for shift in schedule["shifts"]
        for activity in shift["activities"]
        if activity["activityCodeId"] in on_queue
    )
    assert teams == [CAMPAIGNS[0]]
    assert planned == rostered > 100 * 3600


def _paths(client: httpx.Client) -> list[Any]:
    groups = client.get(f"{UNIT}/planninggroups").json()["entities"]
    return [path for group in groups for path in group["routePaths"]]


def test_one_planning_group_shares_its_agents_between_two_queues(client: httpx.Client):
    groups = client.get(f"{UNIT}/planninggroups").json()["entities"]

    assert sorted(len(group["routePaths"]) for group in groups) == [1, 1, 1, 2]


def test_a_day_past_the_published_schedule_has_no_data_and_says_why(client: httpx.Client):
    body = {"businessUnitDate": "2026-12-24", "categories": ["ScheduleData"]}

    result = client.post(f"{UNIT}/intraday", json=body).json()["result"]

    assert result["noDataReason"] == "NoPublishedSchedule"
    assert "intradayDataGroupings" not in result


def test_without_a_licence_every_question_about_the_workforce_is_refused(clock: FrozenClock):
    traits = Traits(has_workforce=False)
    with running_simulator(clock=clock, traits=traits) as tenant, client_of(tenant) as client:
        for path in (
            f"{WFM}/businessunits",
            UNIT,
            f"{WFM}/managementunits/{next(iter(UNITS))}/users",
        ):
            assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", ["intraday", "agentschedules/search"])
def test_a_plan_may_be_answered_later(tenant: RunningSimulator, client: httpx.Client, path: str):
    httpx.post(f"{tenant.url}/simulator/faults", json={"faults": ["slow-schedule"]})
    body = (
        {"businessUnitDate": "2026-11-24", "categories": ["ScheduleData"]}
        if path == "intraday"
        else {"startDate": "2026-11-24T00:00:00Z", "endDate": "2026-11-25T00:00:00Z"}
    )

    answer = client.post(f"{UNIT}/{path}", json=body).json()

    assert answer["status"] == "Processing"
    assert "result" not in answer
