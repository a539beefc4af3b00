"""The simulator speaks the tutorials' contract, seen by an HTTP client."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from core.clock import FrozenClock
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.queues import QUEUES
from core.simulator.server import RunningSimulator, running_simulator

NOW = datetime(2026, 11, 23, 14, 35, tzinfo=UTC)
T1_SCOPES = (
    "analytics:outbound:read outbound:campaign:read outbound:campaign:write "
    "schedule:agent:forecast:read"
)
T2_SCOPES = "analytics:report:read outbound:campaign:readwrite"
CAMPAIGN, QUEUE = CAMPAIGNS[0].campaign_id, QUEUES[0].queue_id
CAMPAIGNS_PATH = "/api/v2/outbound/campaigns"
ONE = f"{CAMPAIGNS_PATH}/{CAMPAIGN}"
OUTBOUND = "/api/v2/analytics/outbound/summary/query"
QUEUE_DETAILS = "/api/v2/analytics/queues/details/query"
SCHEDULE = "/api/v2/schedule/agents/forecast"

Client = Callable[..., httpx.Client]


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def tenant(clock: FrozenClock) -> Iterator[RunningSimulator]:
    with running_simulator(clock=clock) as simulator:
        yield simulator


@pytest.fixture
def client(tenant: RunningSimulator) -> Iterator[Client]:
    opened = []

    def signed_in(scope: str = f"{T1_SCOPES} {T2_SCOPES}") -> httpx.Client:
        client = httpx.Client(base_url=tenant.url)
        opened.append(client)
        client.headers["Authorization"] = f"Bearer {token(client, scope=scope)['access_token']}"
        return client

    yield signed_in
    for one in opened:
        one.close()


def token(client: httpx.Client, **fields: str) -> dict[str, Any]:
    form = {
        "grant_type": "client_credentials",
        "client_id": "demo-client",
        "client_secret": "demo-secret",
        **fields,
    }
    answer: dict[str, Any] = client.post("/oauth/token", data=form).json()
    return answer


def span(days: int) -> dict[str, str]:
    return {"dateFrom": (NOW - timedelta(days=days)).isoformat(), "dateTo": NOW.isoformat()}


def outbound_body(days: int = 14, campaign: str = CAMPAIGN) -> dict[str, Any]:
    return {
        **span(days),
        "interval": "PT1H",
        "groupings": ["interval"],
        "metrics": ["offered", "answered", "answerRate"],
        "filter": {"type": "equals", "path": "campaign.id", "value": campaign},
    }


def queue_body(days: int = 90, queue: str = QUEUE, size: int = 2000) -> dict[str, Any]:
    return {
        **span(days),
        "interval": "PT1H",
        "metrics": ["contactCount", "handleCount"],
        "groupBy": ["queueId"],
        "queryType": "interval",
        "pageSize": size,
        "filters": {"queueId": {"values": [queue]}},
    }


def draft_body(**changes: object) -> dict[str, Any]:
    window = {
        "startDateTime": "2026-11-24T05:00:00+00:00",
        "endDateTime": "2026-11-24T08:00:00+00:00",
        "repeat": "NONE",
    }
    return {
        "name": "Forecast-Driven Wrap-Up Campaign",
        "description": "Low volume; threshold: 12.3",
        "type": "OUTBOUND",
        "status": "DRAFT",
        "maxCallsPerHour": 50,
        "schedule": [window],
        "dialingMode": "PREDICTIVE",
        "callCenter": {"id": "lindgren"},
        **changes,
    }


def sendable(document: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in document.items() if k not in ("id", "selfUri", "routing")}


# Tokens


def test_a_token_is_given_for_the_form_of_the_tutorials(tenant: RunningSimulator):
    with httpx.Client(base_url=tenant.url) as client:
        answer = token(client, scope=T1_SCOPES)

    assert (answer["token_type"], answer["expires_in"]) == ("bearer", 3600)
    assert set(answer["scope"].split()) == set(T1_SCOPES.split())


def test_wrong_credentials_are_told_in_oauths_words(tenant: RunningSimulator):
    answer = httpx.post(
        f"{tenant.url}/oauth/token",
        data={"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"},
    )

    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_client"
    assert answer.json()["error_description"]


def test_a_token_is_not_given_for_json(tenant: RunningSimulator):
    answer = httpx.post(f"{tenant.url}/oauth/token", json={"grant_type": "client_credentials"})

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", OUTBOUND),
        ("POST", QUEUE_DETAILS),
        ("GET", SCHEDULE),
        ("GET", CAMPAIGNS_PATH),
        ("POST", CAMPAIGNS_PATH),
        ("GET", ONE),
        ("PUT", ONE),
        ("GET", f"{ONE}/stats"),
        ("GET", "/api/v2/routing/queues"),
        ("GET", "/api/v2/organizations/me"),
    ],
)
def test_no_operation_is_done_without_a_token(tenant: RunningSimulator, method: str, path: str):
    answer = httpx.request(method, tenant.url + path)

    assert answer.status_code == 401
    assert set(answer.json()) >= {"message", "code", "status", "contextId"}


@pytest.mark.parametrize(
    ("method", "path", "needed", "held"),
    [
        ("POST", OUTBOUND, "analytics:outbound:read", T2_SCOPES),
        ("POST", QUEUE_DETAILS, "analytics:report:read", T1_SCOPES),
        ("GET", SCHEDULE, "schedule:agent:forecast:read", T2_SCOPES),
        ("GET", ONE, "outbound:campaign:read", "analytics:report:read"),
        ("GET", CAMPAIGNS_PATH, "outbound:campaign:read", "analytics:report:read"),
        ("PUT", ONE, "outbound:campaign:write", "outbound:campaign:read"),
        ("POST", CAMPAIGNS_PATH, "outbound:campaign:write", "outbound:campaign:read"),
    ],
)
def test_a_token_without_the_scope_is_refused_by_its_name(
    client: Client, method: str, path: str, needed: str, held: str
):
    answer = client(held).request(method, path)

    assert (answer.status_code, answer.json()["code"]) == (403, "missing.permissions")
    assert needed in answer.json()["message"]


def test_a_token_dies_after_an_hour(client: Client, clock: FrozenClock):
    signed_in = client()

    clock.move(timedelta(hours=1))

    assert signed_in.get(ONE).status_code == 401


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


# Campaigns


def test_campaigns_are_listed_in_pages_and_by_name(client: Client):
    signed_in = client(T2_SCOPES)

    first = signed_in.get(CAMPAIGNS_PATH, params={"pageSize": 4}).json()
    second = signed_in.get(CAMPAIGNS_PATH, params={"pageSize": 4, "pageNumber": 2}).json()
    named = signed_in.get(CAMPAIGNS_PATH, params={"name": "Loyalty calls"}).json()

    names = [campaign["name"] for campaign in first["entities"] + second["entities"]]
    assert (first["total"], first["pageNumber"], first["pageSize"]) == (6, 1, 4)
    assert names == [campaign.name for campaign in CAMPAIGNS]
    assert [campaign["name"] for campaign in named["entities"]] == ["Loyalty calls"]


@pytest.mark.parametrize(
    "parameters", [{"pageSize": "101"}, {"pageNumber": "0"}, {"pageSize": "x"}]
)
def test_a_page_that_cannot_be_is_refused(client: Client, parameters: dict[str, str]):
    assert client().get(CAMPAIGNS_PATH, params=parameters).status_code == 400


def test_a_campaign_is_replaced_by_what_was_read_and_changed(client: Client):
    signed_in = client(T1_SCOPES)
    before = signed_in.get(ONE).json()
    body = sendable(before)
    body["predictive"] = {**body["predictive"], "answerRate": 0.1234, "dropRate": 0.0123}

    answer = signed_in.put(ONE, json=body)

    after = signed_in.get(ONE).json()
    assert (answer.status_code, answer.json()) == (200, after)
    assert after["predictive"] == body["predictive"]
    assert after["version"] == before["version"] + 1
    untouched = set(before) - {"predictive", "version", "dateModified", "modifiedBy"}
    assert {key: after[key] for key in untouched} == {key: before[key] for key in untouched}


def test_a_read_only_field_is_refused_and_nothing_changes(client: Client):
    signed_in = client()
    before = signed_in.get(ONE).json()

    for field in ("id", "selfUri", "routing"):
        answer = signed_in.put(ONE, json={**sendable(before), field: before[field]})
        assert (answer.status_code, answer.json()["code"]) == (400, "read.only.field")
    assert signed_in.get(ONE).json() == before


def test_a_rate_out_of_range_is_refused(client: Client):
    signed_in = client()
    body = sendable(signed_in.get(ONE).json())

    answer = signed_in.put(ONE, json={**body, "predictive": {"answerRate": 42}})

    assert answer.status_code == 400
    assert "predictive.answerRate" in answer.json()["message"]


def test_a_campaign_that_somebody_else_changed_is_not_overwritten(client: Client):
    signed_in = client()
    body = sendable(signed_in.get(ONE).json())
    theirs = signed_in.post(f"/simulator/campaigns/{CAMPAIGN}", json={"priority": 5}).json()

    answer = signed_in.put(ONE, json=body)

    assert answer.status_code == 409
    assert f"version {theirs['version']}," in answer.json()["message"]
    assert signed_in.get(ONE).json() == theirs
    assert theirs["modifiedBy"] == "Tomas Lund"


def test_a_campaign_that_does_not_exist_is_named_too(client: Client):
    signed_in = client()

    assert signed_in.get(f"{CAMPAIGNS_PATH}/nowhere").status_code == 404
    assert signed_in.put(f"{CAMPAIGNS_PATH}/nowhere", json={}).status_code == 404
    assert signed_in.post("/simulator/campaigns/nowhere", json={}).status_code == 404


def test_a_draft_is_created_and_found_again(client: Client):
    signed_in = client(T2_SCOPES)

    answer = signed_in.post(CAMPAIGNS_PATH, json=draft_body())

    draft = answer.json()
    assert answer.status_code == 201
    assert (draft["version"], draft["createdBy"]) == (1, "demo-client")
    assert {key: draft[key] for key in draft_body()} == draft_body()
    assert signed_in.get(f"{CAMPAIGNS_PATH}/{draft['id']}").json() == draft
    assert signed_in.get(CAMPAIGNS_PATH).json()["total"] == 7


def test_a_draft_has_no_history_yet(client: Client):
    signed_in = client()
    draft = signed_in.post(CAMPAIGNS_PATH, json=draft_body()).json()

    history = signed_in.post(OUTBOUND, json=outbound_body(campaign=draft["id"]))
    stats = signed_in.get(f"{CAMPAIGNS_PATH}/{draft['id']}/stats").json()

    assert (history.status_code, history.json()["entities"]) == (200, [])
    assert (stats["attempts"], stats["abandonRate"]) == (0, None)


def test_a_draft_of_a_name_that_is_taken_is_a_conflict(client: Client):
    signed_in = client()
    signed_in.post(CAMPAIGNS_PATH, json=draft_body())

    again = signed_in.post(CAMPAIGNS_PATH, json=draft_body())

    assert (again.status_code, again.json()["code"]) == (409, "duplicate.name")


@pytest.mark.parametrize(
    "change",
    [{"status": "ON"}, {"maxCallsPerHour": -1}, {"schedule": []}, {"callCenter": {"id": "acme"}}],
)
def test_a_draft_that_breaks_a_rule_is_refused(client: Client, change: dict[str, Any]):
    assert client().post(CAMPAIGNS_PATH, json=draft_body(**change)).status_code == 400


def test_writes_are_counted_and_shown_as_they_were_sent(client: Client):
    signed_in = client()
    body = sendable(signed_in.get(ONE).json())
    signed_in.put(ONE, json=body)
    signed_in.put(ONE, json=body)
    draft = signed_in.post(CAMPAIGNS_PATH, json=draft_body()).json()

    seen = signed_in.get("/simulator/writes").json()

    assert (seen["total"], seen["byCampaign"]) == (2, {CAMPAIGN: 1, draft["id"]: 1})
    assert [write["body"] for write in seen["writes"]] == [body, draft_body()]


# Beyond the contract


def test_stats_follow_a_change_of_pacing_from_its_moment_on(client: Client, clock: FrozenClock):
    signed_in = client()
    noon = signed_in.get(f"{ONE}/stats").json()
    body = sendable(signed_in.get(ONE).json())
    body["predictive"] = {**body["predictive"], "answerRate": 0.07, "dropRate": 0.5}
    signed_in.put(ONE, json=body)

    clock.move(timedelta(minutes=20))
    later = signed_in.get(f"{ONE}/stats").json()

    assert noon["since"] == "2026-11-22T23:00:00.000Z"
    assert later["hours"][:-1] == noon["hours"][:-1]
    last, before = later["hours"][-1], noon["hours"][-1]
    assert last["abandoned"] - before["abandoned"] > 3
    assert last["idleAgents"] < before["idleAgents"]
    assert last["callsPerAgent"] > before["callsPerAgent"]
    assert later["abandonRate"] == round(later["abandoned"] / later["live"], 5)
    assert later["attempts"] == sum(hour["attempts"] for hour in later["hours"])


def test_stats_cover_the_last_hours_when_asked(client: Client):
    stats = client().get(f"{ONE}/stats", params={"hours": 2}).json()

    assert [hour["interval"][11:16] for hour in stats["hours"]] == ["13:00", "14:00"]


def test_the_desk_can_learn_names_of_queues_and_organisation(client: Client):
    signed_in = client()

    queues = signed_in.get("/api/v2/routing/queues", params={"pageSize": 100}).json()
    organisation = signed_in.get("/api/v2/organizations/me").json()

    assert len(queues["entities"]) == queues["total"] == 24
    assert {"id", "name"} <= set(queues["entities"][0])
    assert (organisation["id"], organisation["name"]) == ("lindgren", "Lindgren Home Services")


def test_a_server_of_the_contract_only_offers_nothing_beyond():
    with running_simulator(contract_only=True) as tenant, httpx.Client(base_url=tenant.url) as c:
        c.headers["Authorization"] = f"Bearer {token(c)['access_token']}"
        beyond = (f"{ONE}/stats", "/api/v2/routing/queues", "/api/v2/organizations/me")

        assert [c.get(path).status_code for path in beyond] == [404, 404, 404]
        assert c.get(ONE).status_code == 200


def test_an_unknown_address_or_method_is_answered_in_the_same_form(client: Client):
    signed_in = client()

    unknown, wrong = signed_in.get("/api/v2/nothing"), signed_in.delete(ONE)

    assert (unknown.status_code, wrong.status_code) == (404, 405)
    assert set(unknown.json()) == set(wrong.json()) >= {"message", "code", "status", "contextId"}
