"""Campaigns and schedules in the platform's dialect: what is taken, what is refused, what dials."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import httpx
import pytest

from core.clock import FrozenClock
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.centre import stable_id
from core.simulator.platform.first_documents import COMPLETED
from core.simulator.server import RunningSimulator, running_simulator
from tests.contract.platform_client import (
    AGGREGATES,
    CAMPAIGN,
    CAMPAIGNS_PATH,
    NOW,
    ONE,
    SCHEDULES,
    client_of,
    question,
)

TEMPLATE = f"{CAMPAIGNS_PATH}/{stable_id('campaign', COMPLETED)}"
SCHEDULE = f"{SCHEDULES}/{CAMPAIGN}"
GIVEN = ("id", "version", "dateCreated", "dateModified", "selfUri")


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


def draft(client: httpx.Client, **changes: object) -> dict[str, Any]:
    """Return a campaign to create, copied from the one that has run to its end."""
    template = client.get(TEMPLATE).json()
    copied = {key: value for key, value in template.items() if key not in GIVEN}
    return {**copied, "name": "Quiet hours", "campaignStatus": "off", **changes}


def window(first: timedelta, last: timedelta) -> dict[str, Any]:
    interval = {
        "start": f"{NOW + first:%Y-%m-%dT%H:%M:%SZ}",
        "end": f"{NOW + last:%Y-%m-%dT%H:%M:%SZ}",
    }
    return {"campaign": {"id": CAMPAIGN}, "intervals": [interval], "timeZone": "UTC"}


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


# Drafts, status, schedules


def test_a_draft_is_created_off_from_what_a_template_refers_to(client: httpx.Client):
    made = client.post(CAMPAIGNS_PATH, json=draft(client)).json()

    assert (made["campaignStatus"], made["version"]) == ("off", 1)
    assert client.get(f"{CAMPAIGNS_PATH}/{made['id']}").json() == made
    assert client.get(CAMPAIGNS_PATH, params={"name": "Quiet hours"}).json()["total"] == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"campaignStatus": "on"}, "invalid.create"),
        ({"name": COMPLETED}, "duplicate.name"),
        ({"contactList": {"id": "made-up"}}, "contact.list.not.found"),
        ({"site": None}, "invalid.create"),
    ],
)
def test_a_draft_that_cannot_be_is_refused(
    client: httpx.Client, change: dict[str, Any], expected: str
):
    assert code(client.post(CAMPAIGNS_PATH, json=draft(client, **change))) == (400, expected)


def test_a_campaign_stops_for_a_while_before_it_is_off_and_can_be_removed(
    client: httpx.Client, clock: FrozenClock
):
    client.post(f"{ONE}/stop")
    stopping = client.get(ONE).json()["campaignStatus"]
    early = client.delete(ONE)
    clock.move(timedelta(minutes=2))

    assert stopping == "stopping"
    assert code(early) == (400, "campaign.in.use")
    assert client.get(ONE).json()["campaignStatus"] == "off"
    assert client.delete(ONE).json()["id"] == CAMPAIGN
    assert client.get(ONE).status_code == 404


def test_a_schedule_arms_the_dialler_and_lets_go_of_it_at_its_end(
    client: httpx.Client, clock: FrozenClock
):
    client.post(f"{ONE}/stop")
    clock.move(timedelta(minutes=5))

    client.put(SCHEDULE, json=window(timedelta(hours=1), timedelta(hours=2)))
    states = []
    for minutes in (0, 60, 30, 60):
        clock.move(timedelta(minutes=minutes))
        states.append(client.get(ONE).json()["campaignStatus"])

    assert states == ["off", "on", "on", "off"]
    summary = client.get(
        f"/api/v2/outbound/diagnostics/campaigns/{CAMPAIGN}/summary",
        params={"start": NOW.isoformat(), "end": (NOW + timedelta(hours=3)).isoformat()},
    ).json()
    assert [one["state"] for one in summary["campaignStates"]] == [
        "stopping",
        "off",
        "on",
        "stopping",
        "off",
    ]
    turned_on = summary["campaignStates"][2]["dateStart"]
    assert turned_on == "2026-11-23T15:35:00.000Z"


def test_a_draft_dials_while_its_schedule_wants_it_on_and_never_before(
    client: httpx.Client, clock: FrozenClock
):
    made = client.post(CAMPAIGNS_PATH, json=draft(client)).json()
    body = {
        **window(timedelta(minutes=25), timedelta(minutes=85)),
        "campaign": {"id": made["id"]},
    }
    client.put(f"{SCHEDULES}/{made['id']}", json=body)

    rates = []
    for hours in (0, 1, 4):
        clock.move(timedelta(hours=hours))
        stats = client.get(f"{CAMPAIGNS_PATH}/{made['id']}/stats").json()
        rates.append((stats["contactRate"]["attempts"], stats["adjustedCallsPerAgent"]))
    told_hours = client.post(
        AGGREGATES,
        json=question(
            [made["id"]],
            "nOutboundAttempted",
            by="outboundCampaignId",
            until=NOW.replace(minute=0) + timedelta(hours=5),
        ),
    ).json()["results"][0]["data"]

    assert rates[0] == (0, 0.0)
    assert rates[1][0] > 0
    assert rates[1][1] >= 1.0
    assert rates[2][1] == 0.0
    assert [one["interval"][:13] for one in told_hours] == ["2026-11-23T15"]


def test_a_schedule_that_is_running_turns_its_campaign_on_at_once(
    client: httpx.Client, clock: FrozenClock
):
    client.post(f"{ONE}/stop")
    clock.move(timedelta(minutes=5))

    client.put(SCHEDULE, json=window(timedelta(hours=-1), timedelta(hours=1)))

    assert client.get(ONE).json()["campaignStatus"] == "on"


def test_a_schedule_is_replaced_from_its_version_only_and_can_be_removed(client: httpx.Client):
    body = window(timedelta(hours=1), timedelta(hours=2))
    made = client.put(SCHEDULE, json=body).json()

    blind = client.put(SCHEDULE, json=body)
    old = client.put(SCHEDULE, json={**body, "version": 7})
    right = client.put(SCHEDULE, json={**body, "version": made["version"]})

    assert code(blind) == (400, "invalid.update")
    assert code(old) == (409, "invalid.update.wrong.version")
    assert right.json()["version"] == made["version"] + 1
    assert client.delete(SCHEDULE).status_code == 200
    assert client.get(SCHEDULE).status_code == 404


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"intervals": [{"start": "2026-11-24T10:00:00Z", "end": "2026-11-24T09:00:00Z"}]},
            "invalid.interval.time",
        ),
        ({"intervals": [{"start": "soon", "end": "later"}]}, "invalid.interval.time"),
        ({"campaign": {"id": "another"}}, "invalid.update"),
        ({"intervals": None}, "bad.request"),
        ({"timeZone": "Mars/Base"}, "invalid.value"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(
    client: httpx.Client, change: dict[str, Any], expected: str
):
    body = {**window(timedelta(hours=1), timedelta(hours=2)), **change}

    assert code(client.put(SCHEDULE, json=body)) == (400, expected)
    assert client.get(SCHEDULE).status_code == 404


# Faults


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
