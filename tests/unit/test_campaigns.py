"""The tenant's nouns: what was read is kept whole, and its digest tells any change of it."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta

import pytest

from core.campaigns import Campaign, CampaignSnapshot
from core.documents import JsonObject, with_values
from core.units import CampaignId, Revision

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DOCUMENT: JsonObject = {"id": "c-1", "version": 4, "predictive": {"dropRate": 0.02}, "own": [1]}


def snapshot(document: JsonObject = DOCUMENT) -> CampaignSnapshot:
    return CampaignSnapshot(CampaignId("c-1"), "Winback", Revision("4"), document, NOON)


@pytest.mark.parametrize(
    "values", [{"predictive.dropRate": 0.03}, {"own": [1, 2]}, {"unknownToUs": True}]
)
def test_the_digest_tells_a_change_of_any_field_that_the_revision_does_not(
    values: JsonObject,
) -> None:
    changed = snapshot(with_values(DOCUMENT, values))
    assert changed.revision == snapshot().revision
    assert changed.content_digest != snapshot().content_digest


def test_the_digest_is_of_the_document_alone() -> None:
    read_later = replace(snapshot(), read_at=NOON + timedelta(hours=1), name="Renamed")
    in_other_order = snapshot(dict(reversed(DOCUMENT.items())))
    assert read_later.content_digest == snapshot().content_digest
    assert in_other_order.content_digest == snapshot().content_digest


def test_a_listed_campaign_says_no_more_than_the_tenant_told() -> None:
    listed = Campaign(CampaignId("c-1"), "Winback")
    assert (listed.dialing_mode, listed.status) == ("", "")
    assert (listed.skill_id, listed.queue_id) == (None, None)


def test_what_was_read_cannot_be_set_anew() -> None:
    with pytest.raises(FrozenInstanceError):
        snapshot().name = "Other"  # type: ignore[misc]
