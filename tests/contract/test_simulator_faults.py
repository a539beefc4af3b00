"""Each fault as an HTTP client meets it."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from core.errors import UsageError
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.server import running_simulator

CAMPAIGN = CAMPAIGNS[0].campaign_id
CAMPAIGNS_PATH = "/api/v2/outbound/campaigns"
ONE = f"{CAMPAIGNS_PATH}/{CAMPAIGN}"
DRAFT = {
    "name": "Quiet hours",
    "type": "OUTBOUND",
    "status": "DRAFT",
    "maxCallsPerHour": 50,
    "schedule": [{"startDateTime": "2026-11-24T09:00:00Z", "endDateTime": "2026-11-24T11:00:00Z"}],
    "dialingMode": "PREDICTIVE",
    "callCenter": {"id": "lindgren"},
}


@contextmanager
def misbehaving(*faults: str) -> Iterator[httpx.Client]:
    with (
        running_simulator(faults=faults) as tenant,
        httpx.Client(base_url=tenant.url, timeout=10) as client,
    ):
        sign_in(client)
        yield client


def sign_in(client: httpx.Client) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": "demo-client",
        "client_secret": "demo-secret",
    }
    answer = client.post("/oauth/token", data=form).json()
    client.headers["Authorization"] = f"Bearer {answer['access_token']}"


def body_to_send(client: httpx.Client) -> dict[str, Any]:
    document = client.get(ONE).json()
    return {k: v for k, v in document.items() if k not in ("id", "selfUri", "routing")}


def applied(client: httpx.Client) -> int:
    total: int = client.get("/simulator/writes").json()["total"]
    return total


def test_rate_limits_come_every_fifth_request_sometimes_without_retry_after():
    with misbehaving("rate-limits") as client:
        answers = [client.get(ONE) for _ in range(15)]

    refused = [n for n, answer in enumerate(answers) if answer.status_code == 429]
    assert refused == [4, 9, 14]
    assert [answers[n].headers.get("retry-after") for n in refused] == ["1", "1", None]
    assert answers[4].json()["code"] == "too.many.requests"


def test_server_errors_pass_when_tried_again():
    with misbehaving("server-errors") as client:
        statuses = [client.get(ONE).status_code for _ in range(21)]

    assert [n for n, status in enumerate(statuses) if status != 200] == [6, 13, 20]
    assert {statuses[6], statuses[13]} == {500, 503}


def test_a_token_expires_after_5_requests_and_a_new_one_helps():
    with misbehaving("expiring-token") as client:
        statuses = [client.get(ONE).status_code for _ in range(7)]
        sign_in(client)
        after = client.get(ONE).status_code

    assert statuses == [200] * 5 + [401] * 2
    assert after == 200


def test_a_lost_answer_leaves_the_write_applied_and_the_connection_cut():
    with misbehaving("lost-answers") as client:
        body = body_to_send(client)

        with pytest.raises(httpx.TransportError):
            client.put(ONE, json=body)

        assert applied(client) == 1
        assert client.get(ONE).json()["version"] == body["version"] + 1
        second = client.put(ONE, json={**body, "version": body["version"] + 1})
        assert second.status_code == 200
        assert applied(client) == 2


def test_the_answer_to_a_new_draft_can_be_lost_too():
    with misbehaving("lost-answers") as client:
        with pytest.raises(httpx.TransportError):
            client.post(CAMPAIGNS_PATH, json=DRAFT)

        found = client.get(CAMPAIGNS_PATH, params={"name": "Quiet hours"}).json()
        assert found["total"] == applied(client) == 1


def test_the_answer_to_a_refused_write_is_not_lost():
    with misbehaving("lost-answers") as client:
        assert client.put(ONE, json={"id": CAMPAIGN}).status_code == 400


def test_a_dropped_write_is_not_applied():
    with misbehaving("dropped-writes") as client:
        body = body_to_send(client)

        with pytest.raises(httpx.TransportError):
            client.put(ONE, json=body)

        assert applied(client) == 0
        assert client.put(ONE, json=body).status_code == 200
        assert applied(client) == 1


def test_a_slow_tenant_takes_two_seconds_longer_now_and_then():
    with misbehaving("slow") as client:
        seconds = []
        for _ in range(4):
            began = time.monotonic()
            client.get(ONE)
            seconds.append(time.monotonic() - began)

    assert max(seconds[:3]) < 1.5
    assert seconds[3] >= 2


def test_broken_json_ends_in_the_middle_of_every_sixth_read():
    with misbehaving("broken-json") as client:
        answers = [client.get(ONE) for _ in range(12)]

    for number, answer in enumerate(answers):
        assert answer.status_code == 200
        if number % 6 == 5:
            with pytest.raises(json.JSONDecodeError):
                answer.json()
        else:
            assert answer.json()["id"] == CAMPAIGN


def test_a_forbidding_tenant_can_be_read_and_not_written():
    with misbehaving("forbidden") as client:
        body = body_to_send(client)
        replaced, created = client.put(ONE, json=body), client.post(CAMPAIGNS_PATH, json=DRAFT)

        assert (replaced.status_code, created.status_code) == (403, 403)
        assert "outbound:campaign:write" in replaced.json()["message"]
        assert applied(client) == 0


def test_whoever_tries_again_once_gets_through_whatever_goes_wrong():
    with misbehaving("rate-limits", "server-errors", "broken-json") as client:
        for _ in range(120):
            for attempt in range(2):
                answer = client.get(ONE)
                try:
                    answer.raise_for_status().json()
                except (httpx.HTTPStatusError, json.JSONDecodeError):
                    assert attempt == 0
                else:
                    break


def test_faults_can_be_switched_while_it_runs():
    with misbehaving() as client:
        answer = client.post("/simulator/faults", json={"faults": ["forbidden"]})
        refused = client.post(CAMPAIGNS_PATH, json=DRAFT).status_code
        client.post("/simulator/faults", json={"faults": []})
        taken = client.post(CAMPAIGNS_PATH, json=DRAFT).status_code

    assert answer.json() == {"faults": ["forbidden"]}
    assert (refused, taken) == (403, 201)


def test_a_fault_that_is_not_known_is_refused_while_it_runs_and_before():
    with misbehaving() as client:
        answer = client.post("/simulator/faults", json={"faults": ["gremlins"]})

    assert answer.status_code == 400
    assert "rate-limits" in answer.json()["message"]
    with pytest.raises(UsageError, match="gremlins"), misbehaving("gremlins"):
        pass


def test_cut_connections_leave_no_trace_in_the_log(capfd: pytest.CaptureFixture[str]):
    with misbehaving("lost-answers", "dropped-writes") as client:
        body = body_to_send(client)
        for _ in range(3):
            with pytest.raises(httpx.TransportError):
                client.put(ONE, json=body)
            body = body_to_send(client)

    assert capfd.readouterr() == ("", "")
