"""Campaigns in the platform's dialect: listed, paced, replaced; what is taken, what is refused."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from core.clock import FrozenClock
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.centre import stable_id
from core.simulator.server import RunningSimulator, running_simulator
from tests.contract.platform_client import TEMPLATE, client_of, code
from tests.contract.simulated import CAMPAIGN, CAMPAIGNS_PATH, NOW, ONE

# Lists


def test_campaigns_are_listed_in_pages_with_the_addresses_of_their_neighbours(
    client: httpx.Client,
):
    page = client.get(CAMPAIGNS_PATH, params={"pageSize": 3, "pageNumber": 2}).json()
    following = client.get(page["nextUri"]).json()

    assert (page["total"], page["pageCount"], len(page["entities"])) == (7, 3, 3)
    assert (following["pageNumber"], len(following["entities"])) == (3, 1)
    assert "nextUri" not in following


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"name": "winback"}, 1),
        ({"name": "autumn"}, 0),
        ({"name": "autumn", "filterType": "Contains"}, 1),
        ({"name": "Loyalty calls", "filterType": "Equals"}, 1),
        ({"id": [CAMPAIGN, CAMPAIGNS[1].campaign_id]}, 2),
        ({"distributionQueueId": stable_id("outbound-queue", "Loyalty calls")}, 1),
    ],
)
def test_a_list_is_narrowed_by_name_id_and_queue(
    client: httpx.Client, parameters: dict[str, Any], found: int
):
    assert client.get(CAMPAIGNS_PATH, params=parameters).json()["total"] == found


@pytest.mark.parametrize("query", ["pageSize=101", "pageNumber=0", "page=1", "sortOrder=up"])
def test_a_parameter_that_is_wrong_or_unknown_is_refused(client: httpx.Client, query: str):
    assert client.get(f"{CAMPAIGNS_PATH}?{query}").status_code == 400


# Pacing


def test_a_patch_moves_the_pacing_in_both_dialects_and_answers_nothing(
    tenant: RunningSimulator, client: httpx.Client
):
    before = client.get(ONE).json()

    answer = client.patch(ONE, json={"maxCallsPerAgent": 4.25, "abandonRate": 1.5})

    after = client.get(ONE).json()
    assert (answer.status_code, answer.content) == (200, b"")
    assert after["version"] == before["version"] + 1
    assert (after["maxCallsPerAgent"], after["maxCallsPerAgentDecimal"]) == (4, 4.25)
    twin = tenant.world.ledger.read(CAMPAIGN)["predictive"]
    assert twin["answerRate"] == pytest.approx(1 / 4.25)
    assert twin["dropRate"] == pytest.approx(0.015)


def test_a_change_through_the_tutorials_dialect_is_seen_here(
    tenant: RunningSimulator, client: httpx.Client
):
    before = client.get(ONE).json()
    httpx.post(
        f"{tenant.url}/simulator/campaigns/{CAMPAIGN}", json={"predictive": {"answerRate": 0.2}}
    )

    after = client.get(ONE).json()

    assert after["maxCallsPerAgentDecimal"] == 5.0
    assert after["abandonRate"] == before["abandonRate"]
    assert after["version"] == before["version"] + 1


def test_a_bolder_pacing_dials_more_from_the_moment_of_the_patch():
    attempts = []
    for pace in (1.0, 8.0):
        clock = FrozenClock(NOW - timedelta(hours=4))
        with running_simulator(clock=clock) as tenant, client_of(tenant) as client:
            before = client.get(f"{ONE}/stats").json()["contactRate"]["attempts"]
            client.patch(ONE, json={"maxCallsPerAgent": pace, "abandonRate": 10.0})
            clock.move(timedelta(hours=4))
            after = client.get(f"{ONE}/stats").json()["contactRate"]["attempts"]
            attempts.append(after - before)

    assert attempts[1] > attempts[0] * 1.15


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"maxCallsPerAgent": 0.5}, "invalid.value"),
        ({"maxCallsPerAgent": 15.5}, "invalid.value"),
        ({"abandonRate": -1}, "invalid.value"),
        ({"abandonRate": "3"}, "bad.request"),
        ({"priority": 2}, "bad.request"),
        ({"campaignStatus": "off"}, "bad.request"),
        ({"version": 3}, "bad.request"),
        ({"queue": {"id": "nowhere"}}, "queue.not.found"),
        ([], "bad.request"),
    ],
)
def test_a_patch_takes_five_fields_within_their_bounds_and_nothing_else(
    client: httpx.Client, body: object, expected: str
):
    before = client.get(ONE).json()

    assert code(client.patch(ONE, json=body)) == (400, expected)
    assert client.get(ONE).json() == before


# Replacing


def test_a_whole_campaign_is_taken_back_as_it_was_read_and_a_missing_field_is_gone(
    client: httpx.Client,
):
    before = client.get(ONE).json()
    del before["contactSorts"]

    answer = client.put(ONE, json={**before, "priority": 5})

    assert answer.json()["priority"] == 5
    assert "contactSorts" not in client.get(ONE).json()
    assert answer.json()["campaignStatus"] == "on"


def test_decimals_need_the_parameter_that_says_so(client: httpx.Client):
    body = client.get(ONE).json()
    body["maxCallsPerAgent"] = 3.5

    plain = client.put(ONE, json=body)
    said = client.put(f"{ONE}?useMaxCallsPerAgentDecimal=true", json=body)

    assert code(plain) == (400, "bad.request")
    assert said.json()["maxCallsPerAgentDecimal"] == 3.5


def test_an_old_version_is_a_conflict_and_no_version_is_refused(client: httpx.Client):
    body = client.get(ONE).json()
    client.patch(ONE, json={"abandonRate": 2.0})

    assert code(client.put(ONE, json=body)) == (409, "invalid.update.wrong.version")
    del body["version"]
    assert code(client.put(ONE, json=body)) == (400, "invalid.update")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"dialingMode": "outdated_sdk_version"}, "invalid.value"),
        ({"dialingMode": "clairvoyant"}, "invalid.value"),
        ({"name": " "}, "name.cannot.be.blank"),
        ({"name": "x" * 65}, "name.length.exceeded"),
        ({"name": "loyalty CALLS"}, "duplicate.name"),
        ({"phoneColumns": []}, "invalid.campaign.phone.columns"),
        ({"callerName": ""}, "missing.caller.id.name"),
        ({"contactList": None}, "bad.request"),
        ({"script": {"id": "nowhere"}}, "script.not.found"),
        ({"abandonRate": None}, "invalid.update"),
        ({"edgeGroup": {"id": "x"}}, "edge.group.not.found"),
        ({"agentMood": 3}, "bad.request"),
        ({"priority": 6}, "invalid.value"),
        ({"campaignStatus": "complete"}, "invalid.update.bad.status.transition"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused_and_nothing_changes(
    client: httpx.Client, change: dict[str, Any], expected: str
):
    before = client.get(ONE).json()

    assert code(client.put(ONE, json={**before, **change})) == (400, expected)
    assert client.get(ONE).json() == before


def test_a_campaign_that_is_on_keeps_its_contact_list(client: httpx.Client):
    body = client.get(ONE).json()
    other = client.get(TEMPLATE).json()["contactList"]

    assert code(client.put(ONE, json={**body, "contactList": other})) == (
        409,
        "invalid.update.campaign.active",
    )


def test_what_a_newer_platform_put_there_may_stand_and_is_kept(
    tenant: RunningSimulator, client: httpx.Client
):
    newer = {"dialingMode": "clairvoyant", "agentMood": {"target": 0.7}}
    httpx.post(f"{tenant.url}/simulator/platform/campaigns/{CAMPAIGN}", json=newer)
    read = client.get(ONE).json()
    del read["diagnosticsSettings"]

    answer = client.put(ONE, json={**read, "priority": 2})

    assert answer.status_code == 200, answer.text
    assert newer.items() <= answer.json().items()


def test_a_campaign_that_has_run_to_its_end_is_edited_only_without_touching_its_status(
    client: httpx.Client,
):
    body = client.get(TEMPLATE).json()

    off = client.put(TEMPLATE, json={**body, "campaignStatus": "off"})
    as_read = client.put(TEMPLATE, json={**body, "priority": 1})

    assert code(off) == (400, "invalid.update.bad.status.transition")
    assert "<COMPLETE> to <OFF>" in off.json()["message"]
    assert as_read.json()["campaignStatus"] == "complete"
