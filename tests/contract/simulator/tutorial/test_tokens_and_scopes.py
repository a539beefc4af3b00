"""Tokens in the tutorials' dialect: who gets one, what it opens, when it dies."""

from datetime import timedelta

import httpx
import pytest

from core.clock import FrozenClock
from core.simulator.server import RunningSimulator
from tests.contract.simulated import CAMPAIGNS_PATH, ONE
from tests.contract.tutorial_client import (
    OUTBOUND,
    QUEUE_DETAILS,
    SCHEDULE,
    T1_SCOPES,
    T2_SCOPES,
    Client,
    token,
)


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
