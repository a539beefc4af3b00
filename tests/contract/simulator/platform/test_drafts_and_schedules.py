"""Drafts, status and schedules in the platform's dialect: what is made, what dials and when."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from core.clock import FrozenClock
from core.simulator.platform.first_documents import COMPLETED
from tests.contract.platform_client import (
    AGGREGATES,
    SCHEDULE,
    SCHEDULES,
    TEMPLATE,
    code,
    question,
    window,
)
from tests.contract.simulated import CAMPAIGN, CAMPAIGNS_PATH, NOW, ONE

GIVEN = ("id", "version", "dateCreated", "dateModified", "selfUri")


def draft(client: httpx.Client, **changes: object) -> dict[str, Any]:
    """Return a campaign to create, copied from the one that has run to its end."""
    template = client.get(TEMPLATE).json()
    copied = {key: value for key, value in template.items() if key not in GIVEN}
    return {**copied, "name": "Quiet hours", "campaignStatus": "off", **changes}


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
