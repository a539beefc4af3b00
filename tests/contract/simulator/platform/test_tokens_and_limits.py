"""Tokens, permissions and limits of requests in the platform's dialect."""

from datetime import timedelta

import httpx

from core.clock import FrozenClock
from core.simulator.server import RunningSimulator, running_simulator
from core.simulator.traits import Traits
from tests.contract.platform_client import AGGREGATES, SCHEDULES, client_of, code, question, sign_in
from tests.contract.simulated import ONE, QUEUE

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
