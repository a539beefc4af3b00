"""The simulator speaks the published platform API, seen by an HTTP client."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from core.clock import FrozenClock
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.platform.planning import GROUPS, UNIT_ID, UNITS
from core.simulator.queues import QUEUES
from core.simulator.server import RunningSimulator, running_simulator
from core.simulator.traits import Traits
from tests.contract.platform_client import (
    AGGREGATES,
    CAMPAIGN,
    CAMPAIGNS_PATH,
    NOW,
    ONE,
    QUEUE,
    SCHEDULES,
    THIS_HOUR,
    WFM,
    client_of,
    question,
    sign_in,
    told,
)

UNIT = f"{WFM}/businessunits/{UNIT_ID}"
OUTBOUND = ("nOutboundAttempted", "nOutboundConnected", "nOutboundAbandoned", "tHandle")


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def tenant(clock: FrozenClock) -> Iterator[RunningSimulator]:
    with running_simulator(clock=clock) as simulator:
        yield simulator


@pytest.fixture
def client(tenant: RunningSimulator) -> Iterator[httpx.Client]:
    with client_of(tenant) as signed_in:
        yield signed_in


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


# Tokens and the two dialects


def test_basic_credentials_give_a_token_of_the_platform_with_its_own_life(
    tenant: RunningSimulator,
):
    with httpx.Client(base_url=tenant.url) as client:
        answer = sign_in(client)

    assert set(answer) == {"access_token", "token_type", "expires_in"}
    assert (answer["token_type"], answer["expires_in"]) == ("bearer", 86_399)


def test_a_token_of_one_dialect_opens_nothing_that_only_the_other_one_has(
    tenant: RunningSimulator, client: httpx.Client
):
    form = {
        "grant_type": "client_credentials",
        "client_id": "demo-client",
        "client_secret": "demo-secret",
    }
    token = httpx.post(f"{tenant.url}/oauth/token", data=form).json()["access_token"]
    tutorial = httpx.Client(base_url=tenant.url, headers={"Authorization": f"Bearer {token}"})

    with tutorial:
        assert client.get("/api/v2/schedule/agents/forecast").status_code == 404
        assert tutorial.post(AGGREGATES, json={}).status_code == 404
        assert "predictive" in tutorial.get(ONE).json()
        assert "predictive" not in client.get(ONE).json()


def test_a_request_without_a_token_is_answered_401_in_the_platforms_form(
    tenant: RunningSimulator,
):
    answer = httpx.get(tenant.url + "/api/v2/outbound/settings")

    assert code(answer) == (401, "bad.credentials")
    assert answer.headers["inin-ratelimit-allowed"] == "300"


def test_client_credentials_are_no_user(client: httpx.Client):
    assert code(client.get("/api/v2/users/me")) == (400, "not.a.user")
    assert client.get("/api/v2/tokens/me").json()["authorizedScope"] == []


# Limits, headers, counting


def test_every_answer_tells_how_much_of_the_minute_is_used(client: httpx.Client):
    answers = [client.get("/api/v2/tokens/me") for _ in range(2)]

    counts = [int(answer.headers["inin-ratelimit-count"]) for answer in answers]
    assert counts[1] == counts[0] + 1
    assert 0 < int(answers[0].headers["inin-ratelimit-reset"]) <= 60
    assert answers[0].headers["inin-correlation-id"] != answers[1].headers["inin-correlation-id"]


def test_more_requests_than_a_minute_allows_are_answered_429_until_it_is_over(clock: FrozenClock):
    with (
        running_simulator(clock=clock, traits=Traits(requests_a_minute=3)) as tenant,
        client_of(tenant) as client,
    ):
        clock.move(timedelta(seconds=10))
        statuses = [client.get("/api/v2/tokens/me").status_code for _ in range(3)]
        refused = client.get("/api/v2/tokens/me")
        clock.move(timedelta(seconds=int(refused.headers["Retry-After"])))
        again = client.get("/api/v2/tokens/me")

    assert statuses == [200, 200, 200]
    assert code(refused) == (429, "too.many.requests")
    assert again.status_code == 200


def test_the_back_door_tells_what_was_asked_since_a_request(
    tenant: RunningSimulator, client: httpx.Client
):
    client.get("/api/v2/tokens/me")
    before = httpx.get(f"{tenant.url}/simulator/requests").json()["total"]
    client.post(AGGREGATES, json=question([QUEUE], "nOffered"))

    counted = httpx.get(f"{tenant.url}/simulator/requests?after={before}").json()

    assert counted["count"] == 1
    assert counted["byOperation"] == {"post_analytics_conversations_aggregates_query": 1}
    assert '"nOffered"' in counted["requests"][0]["body"]
    assert "Bearer" not in str(counted)


def test_a_permission_that_is_withheld_is_named(clock: FrozenClock):
    traits = Traits(without=("outbound:campaign:edit", "outbound:schedule:view"))
    with running_simulator(clock=clock, traits=traits) as tenant, client_of(tenant) as client:
        refused = client.patch(ONE, json={"abandonRate": 2.0})

        assert code(refused) == (403, "missing.permissions")
        assert refused.json()["messageParams"] == {"permissions": "outbound:campaign:edit"}
        # Another permission serves for the same operation.
        assert client.get(SCHEDULES).status_code == 200


def test_the_denominator_of_the_abandon_rate_is_the_organisations_own(clock: FrozenClock):
    traits = Traits(denominator="ALL_CALLS")
    with running_simulator(clock=clock, traits=traits) as tenant, client_of(tenant) as client:
        settings = client.get("/api/v2/outbound/settings").json()

    assert settings["complianceAbandonRateDenominator"] == "ALL_CALLS"
    assert settings["maxConfigurableCallsPerAgent"] == 15


# History


def test_many_queues_come_in_one_answer_with_counts_and_milliseconds(client: httpx.Client):
    ids = [queue.queue_id for queue in QUEUES]

    answer = client.post(AGGREGATES, json=question(ids, "nOffered", "tHandle")).json()

    offered, handled = told(answer, "nOffered"), told(answer, "tHandle", "sum")
    assert len(offered) == 23  # "Training" never had a contact
    assert all(result["group"]["mediaType"] == "voice" for result in answer["results"])
    mean = sum(handled[QUEUE]) / sum(told(answer, "tHandle")[QUEUE]) / 1000
    assert 150 <= mean <= 480


def test_both_dialects_tell_the_same_history(tenant: RunningSimulator, client: httpx.Client):
    body = question([QUEUE], "nOffered", days=30, until=THIS_HOUR - timedelta(hours=3))

    told_here = told(client.post(AGGREGATES, json=body).json(), "nOffered")[QUEUE]

    start, end = (int(datetime.fromisoformat(x).timestamp()) for x in body["interval"].split("/"))
    hours = tenant.world.demand.hours(QUEUES[0], start // 3600, end // 3600, tenant.world.now())
    assert told_here == [hour.contacts for hour in hours if hour.contacts]


def test_a_campaign_has_more_attempts_than_connects_and_more_connects_than_abandons(
    client: httpx.Client,
):
    answer = client.post(AGGREGATES, json=question([CAMPAIGN], *OUTBOUND, by="outboundCampaignId"))

    sums = [sum(told(answer.json(), metric)[CAMPAIGN]) for metric in OUTBOUND[:3]]
    assert sums[0] > sums[1] > sums[2] > 0
    assert 0.1 < sums[1] / sums[0] < 0.4


@pytest.mark.parametrize("granularity", ["PT15M", "PT30M", "P1D"])
def test_finer_and_coarser_buckets_add_up_to_the_hours(client: httpx.Client, granularity: str):
    until = THIS_HOUR - timedelta(hours=5)
    ids = {"queueId": QUEUE, "outboundCampaignId": CAMPAIGN}
    for by, one in ids.items():
        hourly = question([one], "nOffered", by=by, until=until)

        sums = [
            sum(told(client.post(AGGREGATES, json=body).json(), "nOffered")[one])
            for body in (hourly, {**hourly, "granularity": granularity})
        ]

        assert sums[0] == sums[1] > 0


def test_times_are_posted_where_they_end(client: httpx.Client):
    body = question([CAMPAIGN], "nConnected", "tHandle", by="outboundCampaignId")

    answer = client.post(AGGREGATES, json=body).json()

    connected, handled = (told(answer, metric)[CAMPAIGN] for metric in ("nConnected", "tHandle"))
    assert len(handled) > len(connected)  # something ends in the hour after the last call
    assert connected != handled[: len(connected)]


def test_the_open_hour_grows_and_late_records_still_come(client: httpx.Client, clock: FrozenClock):
    body = question([QUEUE], "nOffered", days=1, until=THIS_HOUR + timedelta(hours=1))

    before = told(client.post(AGGREGATES, json=body).json(), "nOffered")[QUEUE]
    clock.move(timedelta(hours=4))
    after = told(client.post(AGGREGATES, json=body).json(), "nOffered")[QUEUE]

    assert before[:-3] == after[:-3]
    assert before[-1] < after[-1]


def test_nothing_to_tell_is_an_empty_object(client: httpx.Client):
    training = next(queue for queue in QUEUES if queue.name == "Training")

    assert client.post(AGGREGATES, json=question([training.queue_id], "nOffered")).json() == {}
    assert client.post(AGGREGATES, json=question(["nobody"], "nOffered")).json() == {}


def test_dialled_calls_can_be_told_from_those_that_come_in(client: httpx.Client):
    body = question([], "nOffered")
    body["filter"] = {
        "type": "and",
        "predicates": [{"type": "dimension", "dimension": "direction", "value": "outbound"}],
        "clauses": [],
    }

    answer = client.post(AGGREGATES, json={**body, "groupBy": ["queueId", "direction"]}).json()

    assert len(answer["results"]) == len(CAMPAIGNS)
    assert {result["group"]["direction"] for result in answer["results"]} == {"outbound"}


def test_too_long_or_too_wide_a_question_is_refused_as_too_large(clock: FrozenClock):
    ids = [queue.queue_id for queue in QUEUES]
    with (
        running_simulator(clock=clock, traits=Traits(most_results=1000)) as tenant,
        client_of(tenant) as client,
    ):
        long = client.post(AGGREGATES, json=question([QUEUE], "nOffered", days=32))
        wide = client.post(AGGREGATES, json=question(ids, "nOffered", days=7))
        narrow = client.post(AGGREGATES, json=question(ids[:5], "nOffered", days=7))

    assert [code(answer) for answer in (long, wide)] == [(400, "bad.request")] * 2
    assert all("too large" in answer.json()["message"] for answer in (long, wide))
    assert narrow.status_code == 200


@pytest.mark.parametrize(
    ("change", "expected", "field"),
    [
        ({"metrics": ["nAnswerRate"]}, "invalid.value", "metrics[0]"),
        ({"interval": "yesterday"}, "invalid.date", "interval"),
        ({"granularity": "PT2H"}, "invalid.value", "granularity"),
        ({"groupBy": ["campaign"]}, "invalid.value", "groupBy[0]"),
        ({"groupby": ["queueId"]}, "bad.request", "groupby"),
        ({"filter": {"predicates": []}}, "bad.request", "filter.type"),
        ({"metrics": None}, "bad.request", "metrics"),
        ({"timeZone": "Mars/Base"}, "invalid.value", "timeZone"),
    ],
)
def test_a_question_that_is_wrong_is_refused_with_its_field(
    client: httpx.Client, change: dict[str, Any], expected: str, field: str
):
    answer = client.post(AGGREGATES, json={**question([QUEUE], "nOffered"), **change})

    assert code(answer) == (400, expected)
    assert answer.json()["details"][0]["fieldName"] == field


def test_a_thousand_queues_are_listed_in_pages_and_answered(clock: FrozenClock):
    with (
        running_simulator(clock=clock, traits=Traits(queues=1000)) as tenant,
        client_of(tenant) as client,
    ):
        page = client.get("/api/v2/routing/queues?pageSize=100&pageNumber=10").json()
        ids = [queue.queue_id for queue in tenant.world.queues[900:1000]]
        answer = client.post(AGGREGATES, json=question(ids, "nOffered", days=2)).json()

    assert (page["total"], page["pageCount"]) == (1006, 11)
    assert len(answer["results"]) > 90


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
