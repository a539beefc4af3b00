"""Campaigns in the tutorials' dialect: read, replaced, drafted, counted."""

from typing import Any

import pytest

from core.simulator.campaigns import CAMPAIGNS
from tests.contract.simulated import CAMPAIGN, CAMPAIGNS_PATH, ONE
from tests.contract.tutorial_client import (
    OUTBOUND,
    T1_SCOPES,
    T2_SCOPES,
    Client,
    draft_body,
    outbound_body,
    sendable,
)


def test_campaigns_are_listed_in_pages_and_by_name(client: Client):
    signed_in = client(T2_SCOPES)

    first = signed_in.get(CAMPAIGNS_PATH, params={"pageSize": 4}).json()
    second = signed_in.get(CAMPAIGNS_PATH, params={"pageSize": 4, "pageNumber": 2}).json()
    named = signed_in.get(CAMPAIGNS_PATH, params={"name": "Loyalty calls"}).json()

    names = [campaign["name"] for campaign in first["entities"] + second["entities"]]
    assert (first["total"], first["pageNumber"], first["pageSize"]) == (6, 1, 4)
    assert names == [campaign.name for campaign in CAMPAIGNS]
    assert [campaign["name"] for campaign in named["entities"]] == ["Loyalty calls"]


@pytest.mark.parametrize(
    "parameters", [{"pageSize": "101"}, {"pageNumber": "0"}, {"pageSize": "x"}]
)
def test_a_page_that_cannot_be_is_refused(client: Client, parameters: dict[str, str]):
    assert client().get(CAMPAIGNS_PATH, params=parameters).status_code == 400


def test_a_campaign_is_replaced_by_what_was_read_and_changed(client: Client):
    signed_in = client(T1_SCOPES)
    before = signed_in.get(ONE).json()
    body = sendable(before)
    body["predictive"] = {**body["predictive"], "answerRate": 0.1234, "dropRate": 0.0123}

    answer = signed_in.put(ONE, json=body)

    after = signed_in.get(ONE).json()
    assert (answer.status_code, answer.json()) == (200, after)
    assert after["predictive"] == body["predictive"]
    assert after["version"] == before["version"] + 1
    untouched = set(before) - {"predictive", "version", "dateModified", "modifiedBy"}
    assert {key: after[key] for key in untouched} == {key: before[key] for key in untouched}


def test_a_read_only_field_is_refused_and_nothing_changes(client: Client):
    signed_in = client()
    before = signed_in.get(ONE).json()

    for field in ("id", "selfUri", "routing"):
        answer = signed_in.put(ONE, json={**sendable(before), field: before[field]})
        assert (answer.status_code, answer.json()["code"]) == (400, "read.only.field")
    assert signed_in.get(ONE).json() == before


def test_a_rate_out_of_range_is_refused(client: Client):
    signed_in = client()
    body = sendable(signed_in.get(ONE).json())

    answer = signed_in.put(ONE, json={**body, "predictive": {"answerRate": 42}})

    assert answer.status_code == 400
    assert "predictive.answerRate" in answer.json()["message"]


def test_a_campaign_that_somebody_else_changed_is_not_overwritten(client: Client):
    signed_in = client()
    body = sendable(signed_in.get(ONE).json())
    theirs = signed_in.post(f"/simulator/campaigns/{CAMPAIGN}", json={"priority": 5}).json()

    answer = signed_in.put(ONE, json=body)

    assert answer.status_code == 409
    assert f"version {theirs['version']}," in answer.json()["message"]
    assert signed_in.get(ONE).json() == theirs
    assert theirs["modifiedBy"] == "Tomas Lund"


def test_a_campaign_that_does_not_exist_is_named_too(client: Client):
    signed_in = client()

    assert signed_in.get(f"{CAMPAIGNS_PATH}/nowhere").status_code == 404
    assert signed_in.put(f"{CAMPAIGNS_PATH}/nowhere", json={}).status_code == 404
    assert signed_in.post("/simulator/campaigns/nowhere", json={}).status_code == 404


def test_a_draft_is_created_and_found_again(client: Client):
    signed_in = client(T2_SCOPES)

    answer = signed_in.post(CAMPAIGNS_PATH, json=draft_body())

    draft = answer.json()
    assert answer.status_code == 201
    assert (draft["version"], draft["createdBy"]) == (1, "demo-client")
    assert {key: draft[key] for key in draft_body()} == draft_body()
    assert signed_in.get(f"{CAMPAIGNS_PATH}/{draft['id']}").json() == draft
    assert signed_in.get(CAMPAIGNS_PATH).json()["total"] == 7


def test_a_draft_has_no_history_yet(client: Client):
    signed_in = client()
    draft = signed_in.post(CAMPAIGNS_PATH, json=draft_body()).json()

    history = signed_in.post(OUTBOUND, json=outbound_body(campaign=draft["id"]))
    stats = signed_in.get(f"{CAMPAIGNS_PATH}/{draft['id']}/stats").json()

    assert (history.status_code, history.json()["entities"]) == (200, [])
    assert (stats["attempts"], stats["abandonRate"]) == (0, None)


def test_a_draft_of_a_name_that_is_taken_is_a_conflict(client: Client):
    signed_in = client()
    signed_in.post(CAMPAIGNS_PATH, json=draft_body())

    again = signed_in.post(CAMPAIGNS_PATH, json=draft_body())

    assert (again.status_code, again.json()["code"]) == (409, "duplicate.name")


@pytest.mark.parametrize(
    "change",
    [{"status": "ON"}, {"maxCallsPerHour": -1}, {"schedule": []}, {"callCenter": {"id": "acme"}}],
)
def test_a_draft_that_breaks_a_rule_is_refused(client: Client, change: dict[str, Any]):
    assert client().post(CAMPAIGNS_PATH, json=draft_body(**change)).status_code == 400


def test_writes_are_counted_and_shown_as_they_were_sent(client: Client):
    signed_in = client()
    body = sendable(signed_in.get(ONE).json())
    signed_in.put(ONE, json=body)
    signed_in.put(ONE, json=body)
    draft = signed_in.post(CAMPAIGNS_PATH, json=draft_body()).json()

    seen = signed_in.get("/simulator/writes").json()

    assert (seen["total"], seen["byCampaign"]) == (2, {CAMPAIGN: 1, draft["id"]: 1})
    assert [write["body"] for write in seen["writes"]] == [body, draft_body()]
