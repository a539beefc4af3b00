"""Campaigns and queues as they are read."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.campaigns import Campaign, CampaignSnapshot
from core.errors import TenantRecordMissing, UnexpectedPayload
from core.tenants.campaigns import (
    campaigns_in,
    organisation_in,
    queues_in,
    read_if_named,
    snapshot_of,
)
from core.units import CampaignId

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_campaign_names_its_skill_in_either_way_and_its_queue() -> None:
    plain, listed, bare = campaigns_in(
        [
            {"id": "a", "name": "A", "skillId": "s-1", "queue": {"id": "q-1"}, "status": "ON"},
            {"id": "b", "name": "B", "skills": [{"id": "s-2"}, {"id": "s-3"}]},
            {"id": "c", "name": "C", "skills": [], "queue": None, "dialingMode": "POWER"},
        ],
        "The list",
    )

    assert (plain.skill_id, plain.queue_id, plain.status) == ("s-1", "q-1", "ON")
    assert (listed.skill_id, listed.queue_id) == ("s-2", None)
    assert (bare.skill_id, bare.queue_id, bare.dialing_mode) == (None, None, "POWER")


def test_a_campaign_that_pages_repeat_is_listed_once() -> None:
    found = campaigns_in([{"id": "a", "name": "A"}, {"id": "a", "name": "A"}], "The list")

    assert len(found) == 1


@pytest.mark.parametrize("entity", [{}, {"id": None}, {"id": ""}, {"id": 7}])
def test_an_entity_without_an_id_is_refused_with_its_place(entity: dict[str, Any]) -> None:
    for read in (campaigns_in, queues_in):
        with pytest.raises(UnexpectedPayload, match="entity 2 has no id"):
            read([{"id": "a"}, entity], "The list")


def test_a_snapshot_keeps_the_document_whole_and_the_version_as_its_revision() -> None:
    document = {"id": "a", "name": "A", "version": 11, "x-unknown": {"deep": [1.0, None]}}

    snapshot = snapshot_of(document, NOON, "Campaign a", CampaignId("a"))

    assert snapshot.document == document
    assert (snapshot.revision, snapshot.name, snapshot.read_at) == ("11", "A", NOON)


@pytest.mark.parametrize("version", [None, True, {}])
def test_a_campaign_without_a_version_has_no_revision(version: Any) -> None:
    document = {"id": "a", "name": "A", "version": version}

    assert snapshot_of(document, NOON, "Campaign a").revision is None


@pytest.mark.parametrize("document", [None, [], "text", {}, {"id": "b"}])
def test_a_document_that_is_not_the_campaign_asked_for_is_refused(document: Any) -> None:
    asked = None if document == {} else CampaignId("a")

    with pytest.raises(UnexpectedPayload, match="Campaign a cannot be read"):
        snapshot_of(document, NOON, "Campaign a", asked)


def test_an_id_in_other_letters_is_the_same_campaign() -> None:
    snapshot = snapshot_of({"id": "ABC-1"}, NOON, "Campaign", CampaignId("abc-1"))

    assert snapshot.campaign_id == "abc-1"


def test_only_campaigns_of_the_very_name_are_read_and_one_that_is_gone_is_left_out() -> None:
    asked = []

    def read(campaign_id: CampaignId) -> CampaignSnapshot:
        asked.append(campaign_id)
        if campaign_id == "c-gone":
            raise TenantRecordMissing("No such campaign.", status=404)
        return snapshot_of({"id": campaign_id, "name": "Winback"}, NOON, "It")

    listed = [
        Campaign(CampaignId(campaign_id), name)
        for campaign_id, name in (("c-1", "Winback"), ("c-2", "winback"), ("c-gone", "Winback"))
    ]
    found = read_if_named(listed, "Winback", read)
    assert [each.campaign_id for each in found] == ["c-1"]
    assert asked == ["c-1", "c-gone"]


@pytest.mark.parametrize("content", [None, [], {"name": 7, "id": None}])
def test_an_organisation_that_tells_nothing_of_itself_has_its_address(content: Any) -> None:
    told = organisation_in(content, "https://api.test")
    assert (told.name, told.organisation_id) == (None, None)
    assert told.address == "https://api.test"
