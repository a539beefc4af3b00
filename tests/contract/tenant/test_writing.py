"""What every tenant promises to a writer, over HTTP or in memory: `core.ports.CampaignWriter`."""

from typing import Any

import pytest

from core.documents import ABSENT, canonical_text, value_at, with_values
from core.errors import LimitBroken, PayloadRejected, StaleRevision, TenantRecordMissing
from core.units import CampaignId
from tests.contract.tenant_subject import NOW, SPAN, Subject, without_the_tenants_own


def test_an_update_changes_its_own_fields_and_keeps_every_other(subject: Subject) -> None:
    current = subject.reader.read_campaign(subject.campaign_id)

    became = subject.writer.update_campaign(current, subject.dialect.set_target)

    wanted = value_at(subject.dialect.set_target, subject.dialect.target)
    changed = with_values(current.document, {subject.dialect.target: wanted})
    expected = without_the_tenants_own(changed)
    for document in (
        became.document,
        subject.reader.read_campaign(subject.campaign_id).document,
    ):
        assert canonical_text(without_the_tenants_own(document)) == canonical_text(expected)
    assert became.revision != current.revision
    assert subject.count_writes() == 1


def test_an_update_of_what_changed_meanwhile_is_refused_and_changes_nothing(
    subject: Subject,
) -> None:
    current = subject.reader.read_campaign(subject.campaign_id)
    subject.change_as_somebody_else(current.campaign_id, {"priority": 5})
    changed = subject.reader.read_campaign(subject.campaign_id)

    with pytest.raises(StaleRevision, match=current.campaign_id):
        subject.writer.update_campaign(current, subject.dialect.set_target)

    assert subject.reader.read_campaign(subject.campaign_id).document == changed.document
    assert subject.count_writes() == 0


def test_an_update_can_be_taken_back(subject: Subject) -> None:
    before = subject.reader.read_campaign(subject.campaign_id)
    target = subject.dialect.target
    after = subject.writer.update_campaign(before, subject.dialect.set_target)
    old = with_values({}, {target: value_at(before.document, target)})

    restored = subject.writer.update_campaign(after, old)

    assert without_the_tenants_own(restored.document) == without_the_tenants_own(before.document)


def test_a_created_campaign_is_found_by_its_exact_name(subject: Subject) -> None:
    created = subject.writer.create_campaign(subject.draft("Forecast draft"))

    (found,) = subject.reader.find_campaigns("Forecast draft")
    assert found.campaign_id == created.campaign_id
    field, off = subject.dialect.off
    assert found.document[field] == off
    assert found.revision is not None
    assert subject.reader.find_campaigns("Forecast") == ()
    assert created.campaign_id in {each.campaign_id for each in subject.reader.campaigns()}
    assert subject.count_writes() == 1


def test_a_name_is_given_once(subject: Subject) -> None:
    subject.writer.create_campaign(subject.draft("Forecast draft"))

    with pytest.raises(PayloadRejected, match="Forecast draft") as caught:
        subject.writer.create_campaign(subject.draft("Forecast draft"))

    assert caught.value.fields["name"] == "Forecast draft"
    assert subject.count_writes() == 1


def test_a_name_that_is_taken_is_refused_to_an_update_too(subject: Subject) -> None:
    current = subject.reader.read_campaign(subject.campaign_id)
    taken = subject.reader.campaigns()[1].name

    with pytest.raises(subject.dialect.taken_name, match=taken):
        subject.writer.update_campaign(current, {"name": taken})

    assert subject.count_writes() == 0


def test_a_campaign_without_a_name_is_not_created(subject: Subject) -> None:
    with pytest.raises(PayloadRejected):
        subject.writer.create_campaign(subject.draft(" "))

    assert subject.count_writes() == 0


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_nobody_can_mean_is_not_sent(subject: Subject, number: int) -> None:
    current = subject.reader.read_campaign(subject.campaign_id)

    with pytest.raises(LimitBroken):
        subject.writer.update_campaign(current, subject.dialect.beyond_bounds[number])

    assert subject.count_writes() == 0


def test_a_draft_has_no_history_yet(subject: Subject) -> None:
    created = subject.writer.create_campaign(subject.draft("Forecast draft"))

    assert subject.rates(created.campaign_id, SPAN).empty


def test_an_update_of_an_unknown_campaign_is_refused(subject: Subject) -> None:
    current = subject.reader.read_campaign(subject.campaign_id)
    elsewhere = type(current)(
        CampaignId("no-such-id"), current.name, current.revision, current.document, NOW
    )

    with pytest.raises(TenantRecordMissing, match="no-such-id"):
        subject.writer.update_campaign(elsewhere, subject.dialect.set_target)


def test_read_only_fields_are_the_tenants_and_survive(subject: Subject) -> None:
    current = subject.reader.read_campaign(subject.campaign_id)

    became = subject.writer.update_campaign(current, subject.dialect.priority)

    assert became.document["priority"] == 2
    for path in subject.dialect.the_tenants_own:
        kept: Any = value_at(current.document, path)
        assert value_at(became.document, path) == kept is not ABSENT
