"""History and the schedule of agents in the tutorials' dialect, page by page."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.simulator.campaigns import CAMPAIGNS
from core.simulator.queues import QUEUES
from tests.contract.simulated import NOW
from tests.contract.tutorial_client import (
    OUTBOUND,
    QUEUE_DETAILS,
    SCHEDULE,
    T1_SCOPES,
    T2_SCOPES,
    Client,
    outbound_body,
    queue_body,
)

# Outbound history


def test_outbound_history_has_the_fields_of_the_contract(client: Client):
    answer = client(T1_SCOPES).post(OUTBOUND, json=outbound_body())

    entities = answer.json()["entities"]
    assert answer.status_code == 200
    assert len(entities) > 100
    for entity in entities:
        assert set(entity) == {"interval", "offered", "answered", "answerRate"}
        assert entity["answerRate"] == round(entity["answered"] / entity["offered"], 4)
        assert datetime.fromisoformat(entity["interval"]).utcoffset() == timedelta(0)
    assert max(entity["interval"] for entity in entities) == "2026-11-23T14:00:00.000Z"


def test_outbound_pages_are_asked_for_in_the_query_string(client: Client):
    signed_in = client(T1_SCOPES)
    whole, sizes, token = [], [], None
    while True:
        parameters = {"pageToken": token} if token else {}
        page = signed_in.post(OUTBOUND, params=parameters, json=outbound_body(days=60)).json()
        whole += page["entities"]
        sizes.append(len(page["entities"]))
        token = page.get("nextPageToken")
        if not token:
            break

    intervals = [entity["interval"] for entity in whole]
    assert sizes[:-1] == [200] * (len(sizes) - 1)
    assert len(sizes) >= 3
    assert len(set(intervals)) < len(intervals), "a few are repeated"
    assert sorted(intervals) != intervals, "a few come late"


def test_a_page_token_of_another_query_is_refused(client: Client):
    signed_in = client(T1_SCOPES)
    token = signed_in.post(OUTBOUND, json=outbound_body(60)).json()["nextPageToken"]

    answer = signed_in.post(OUTBOUND, params={"pageToken": token}, json=outbound_body(50))

    assert answer.status_code == 400


def test_a_campaign_that_does_not_exist_has_no_history(client: Client):
    answer = client().post(OUTBOUND, json=outbound_body(campaign="nowhere"))

    assert answer.status_code == 404
    assert "nowhere" in answer.json()["message"]


@pytest.mark.parametrize(
    "change", [{"dateFrom": "soon"}, {"interval": "P1D"}, {"metrics": ["smiles"]}, {"filter": {}}]
)
def test_a_query_that_cannot_be_understood_is_refused(client: Client, change: dict[str, Any]):
    answer = client().post(OUTBOUND, json={**outbound_body(), **change})

    assert answer.status_code == 400
    assert answer.json()["details"][0]["fieldName"] in (*change, "dateTo")


def test_a_body_that_is_no_json_is_refused(client: Client):
    assert client().post(OUTBOUND, content=b"{oops").status_code == 400


def test_history_is_kept_for_400_days(client: Client):
    token, oldest = None, "9"
    signed_in = client()
    body = queue_body(days=1000)
    while token or oldest == "9":
        page = signed_in.post(QUEUE_DETAILS, json={**body, "nextPageToken": token}).json()
        starts = [e.get("intervalFrom") or e["dateFrom"] for e in page["entities"]]
        oldest, token = min([oldest, *starts]), page["nextPageToken"]

    assert timedelta(395) < NOW - datetime.fromisoformat(oldest) <= timedelta(400, hours=1)


# Queue history


def test_queue_pages_are_asked_for_in_the_body(client: Client):
    signed_in = client(T2_SCOPES)
    whole, pages, token = [], 0, None
    while pages == 0 or token:
        body = {**queue_body(size=300), "nextPageToken": token}
        page = signed_in.post(QUEUE_DETAILS, json=body).json()
        whole += page["entities"]
        pages, token = pages + 1, page["nextPageToken"]
        assert len(page["entities"]) == 300 or not token

    at_once = signed_in.post(QUEUE_DETAILS, json=queue_body()).json()["entities"]
    assert pages >= 3
    assert whole == at_once
    starts = [entity.get("intervalFrom") or entity["dateFrom"] for entity in whole]
    assert len(set(starts)) < len(starts)
    assert sorted(starts) != starts
    assert any("dateFrom" in entity for entity in whole)
    assert all(entity["handleCount"] <= entity["contactCount"] for entity in whole)


def test_a_queue_without_calls_has_an_empty_history(client: Client):
    training = next(queue for queue in QUEUES if queue.per_hour == 0)

    answer = client().post(QUEUE_DETAILS, json=queue_body(queue=training.queue_id))

    assert (answer.status_code, answer.json()["entities"]) == (200, [])


def test_a_queue_that_does_not_exist_is_named(client: Client):
    answer = client().post(QUEUE_DETAILS, json=queue_body(queue="nowhere"))

    assert answer.status_code == 404
    assert "nowhere" in answer.json()["message"]


def test_a_page_of_more_than_2000_is_refused(client: Client):
    assert client().post(QUEUE_DETAILS, json=queue_body(size=2001)).status_code == 400


# Schedule


def schedule(skill: str, days: int = 1) -> dict[str, str]:
    return {
        "dateFrom": NOW.replace(minute=0).isoformat(),
        "dateTo": (NOW.replace(minute=0) + timedelta(days=days)).isoformat(),
        "interval": "PT1H",
        "skillIds": skill,
    }


def test_the_next_24_hours_have_agents_and_hours_without(client: Client):
    answer = client(T1_SCOPES).get(SCHEDULE, params=schedule(CAMPAIGNS[0].skill_id))

    entities = answer.json()["entities"]
    assert all(set(entity) == {"interval", "capacity"} for entity in entities)
    assert 0 in {entity["capacity"] for entity in entities}
    assert max(entity["capacity"] for entity in entities) > 10
    assert len(entities) < 24, "nights are not planned"


def test_a_schedule_reaches_two_weeks_ahead(client: Client):
    answer = client().get(SCHEDULE, params=schedule(CAMPAIGNS[0].skill_id, days=30))

    last = max(entity["interval"] for entity in answer.json()["entities"])
    assert timedelta(13) < datetime.fromisoformat(last) - NOW <= timedelta(14)


def test_a_team_without_a_schedule_has_no_entity_at_all(client: Client):
    survey = next(campaign for campaign in CAMPAIGNS if not campaign.has_schedule)

    answer = client().get(SCHEDULE, params=schedule(survey.skill_id, days=7))

    assert (answer.status_code, answer.json()) == (200, {"entities": []})


def test_several_skills_are_added_up(client: Client):
    signed_in = client()
    first, second = CAMPAIGNS[0].skill_id, CAMPAIGNS[1].skill_id

    def agents(skills: str) -> dict[str, float]:
        answer = signed_in.get(SCHEDULE, params=schedule(skills))
        return {e["interval"]: e["capacity"] for e in answer.json()["entities"]}

    together, alone, beside = agents(f"{first},{second}"), agents(first), agents(second)
    assert together == {hour: alone.get(hour, 0) + beside.get(hour, 0) for hour in together}
    assert sum(together.values()) == sum(alone.values()) + sum(beside.values())


@pytest.mark.parametrize(
    ("change", "status"),
    [({"skillIds": ""}, 400), ({"skillIds": "nobody"}, 404), ({"dateFrom": "now"}, 400)],
)
def test_a_schedule_that_cannot_be_asked_for_is_refused(
    client: Client, change: dict[str, str], status: int
):
    parameters = {**schedule(CAMPAIGNS[0].skill_id), **change}

    assert client().get(SCHEDULE, params=parameters).status_code == status
