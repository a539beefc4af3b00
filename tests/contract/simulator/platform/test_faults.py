"""Each fault as a client of the platform's dialect meets it."""

from datetime import timedelta
from itertools import pairwise

import httpx
import pytest

from core.simulator.server import RunningSimulator
from tests.contract.platform_client import SCHEDULE, window
from tests.contract.simulated import CAMPAIGN, CAMPAIGNS_PATH, ONE


def test_a_write_whose_answer_is_lost_is_done(tenant: RunningSimulator, client: httpx.Client):
    httpx.post(f"{tenant.url}/simulator/faults", json={"faults": ["lost-answers"]})

    with pytest.raises(httpx.RemoteProtocolError):
        client.patch(ONE, json={"abandonRate": 1.25})

    assert client.get(ONE).json()["abandonRate"] == 1.25
    writes = httpx.get(f"{tenant.url}/simulator/writes").json()
    assert [one["method"] for one in writes["writes"]] == ["PATCH"]


def test_a_write_that_is_dropped_is_not_done(tenant: RunningSimulator, client: httpx.Client):
    httpx.post(f"{tenant.url}/simulator/faults", json={"faults": ["dropped-writes"]})

    with pytest.raises(httpx.RemoteProtocolError):
        client.put(SCHEDULE, json=window(timedelta(hours=1), timedelta(hours=2)))

    assert client.get(SCHEDULE).status_code == 404


def test_where_writing_is_forbidden_the_permission_is_named_and_questions_are_answered(
    tenant: RunningSimulator, client: httpx.Client
):
    httpx.post(f"{tenant.url}/simulator/faults", json={"faults": ["forbidden"]})

    refused = client.post(f"{ONE}/stop")

    assert refused.json()["messageParams"] == {"permissions": "outbound:campaign:stop"}
    assert client.post(f"{CAMPAIGNS_PATH}/progress", json=[CAMPAIGN]).status_code == 200


def test_where_fields_cannot_be_changed_alone_the_whole_campaign_still_can(
    tenant: RunningSimulator, client: httpx.Client
):
    httpx.post(f"{tenant.url}/simulator/faults", json={"faults": ["no-patch"]})

    assert client.patch(ONE, json={"abandonRate": 2.0}).status_code == 405
    assert client.put(ONE, json={**client.get(ONE).json(), "abandonRate": 2.0}).status_code == 200


def test_reads_that_fail_now_and_then_come_through_when_they_are_tried_again(
    tenant: RunningSimulator, client: httpx.Client
):
    faults = ["rate-limits", "server-errors"]
    httpx.post(f"{tenant.url}/simulator/faults", json={"faults": faults})

    answers = [client.get(ONE) for _ in range(40)]

    statuses = [answer.status_code for answer in answers]
    assert {429, 500, 503} <= set(statuses)
    assert all(200 in pair for pair in pairwise(statuses))
    assert all("inin-ratelimit-count" in answer.headers for answer in answers)


def test_a_token_may_die_before_its_time(tenant: RunningSimulator, client: httpx.Client):
    httpx.post(f"{tenant.url}/simulator/faults", json={"faults": ["expiring-token"]})

    statuses = [client.get(ONE).status_code for _ in range(6)]

    assert statuses == [200] * 5 + [401]
