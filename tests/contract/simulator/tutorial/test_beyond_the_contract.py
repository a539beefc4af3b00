"""What the simulator tells beyond the tutorials' contract, and where it tells nothing."""

from datetime import timedelta

import httpx

from core.clock import FrozenClock
from core.simulator.server import running_simulator
from tests.contract.simulated import ONE
from tests.contract.tutorial_client import Client, sendable, token


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
