"""History in the platform's dialect: counts by bucket, for one or many queues and campaigns."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from core.clock import FrozenClock
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.queues import QUEUES
from core.simulator.server import RunningSimulator, running_simulator
from core.simulator.traits import Traits
from tests.contract.platform_client import AGGREGATES, THIS_HOUR, client_of, code, question, told
from tests.contract.simulated import CAMPAIGN, QUEUE

OUTBOUND = ("nOutboundAttempted", "nOutboundConnected", "nOutboundAbandoned", "tHandle")


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
