"""What every tenant promises to a reader, over HTTP or in memory: `core.ports.Tenant`."""

from datetime import timedelta

import pytest

from core.errors import TenantRecordMissing
from core.frames import CAPACITY, RATE_RECORDS, VOLUME_RECORDS
from core.permissions import PermissionState
from core.units import CampaignId, QueueId, SkillId
from tests.contract.dialects import PLATFORM
from tests.contract.tenant_subject import AHEAD, HOUR, NOW, SPAN, Subject


def test_campaigns_are_listed_with_name_skill_and_queue(subject: Subject) -> None:
    listed = subject.reader.campaigns()

    assert len({each.campaign_id for each in listed}) == len(listed) > 1
    assert all(each.name and each.skill_id and each.queue_id for each in listed)


def test_queues_are_listed_with_names(subject: Subject) -> None:
    listed = subject.reader.queues()

    assert len({each.queue_id for each in listed}) == len(listed) > 1
    assert all(each.name for each in listed)


def test_a_campaign_is_read_whole_and_dated(subject: Subject) -> None:
    snapshot = subject.reader.read_campaign(subject.campaign_id)

    assert snapshot.document["id"] == snapshot.campaign_id == subject.campaign_id
    assert snapshot.document["name"] == snapshot.name
    assert snapshot.revision == str(snapshot.document["version"])
    assert snapshot.read_at == NOW
    assert "x-lindgren-budget" in snapshot.document


def test_outbound_records_are_whole_counts_within_the_span(subject: Subject) -> None:
    frame = RATE_RECORDS.check(subject.rates(subject.campaign_id, SPAN))

    assert len(frame) > 100
    assert frame["ds"].min() >= SPAN[0]
    assert frame["ds"].max() < SPAN[1]
    assert (frame["answered"] <= frame["offered"]).all()
    assert (frame["offered"] % 1 == 0).all()


def test_records_keep_their_disorder(subject: Subject) -> None:
    if subject.dialect is PLATFORM:
        pytest.skip("the platform answers with buckets, each of them once")
    frame = subject.rates(subject.campaign_id, SPAN)

    assert frame["ds"].duplicated().any()
    assert not frame["ds"].is_monotonic_increasing


def test_queue_records_are_whole_counts_within_the_span(subject: Subject) -> None:
    queue_id = subject.reader.queues()[0].queue_id
    frame = VOLUME_RECORDS.check(subject.volumes(queue_id, SPAN))

    assert len(frame) > 50
    assert frame["ds"].min() >= SPAN[0]
    assert frame["ds"].max() < SPAN[1]
    assert (frame["y"] >= 0).all()


def test_the_schedule_ahead_is_read_by_hour(subject: Subject) -> None:
    frame = CAPACITY.check(subject.agents(subject.skill_id, AHEAD))

    assert len(frame) > 5
    assert frame["ds"].is_monotonic_increasing


def test_a_span_without_records_is_empty_and_no_error(subject: Subject) -> None:
    long_ago = (HOUR - timedelta(days=5000), HOUR - timedelta(days=4990))
    queue_id = subject.reader.queues()[0].queue_id

    assert RATE_RECORDS.check(subject.rates(subject.campaign_id, long_ago)).empty
    assert VOLUME_RECORDS.check(subject.volumes(queue_id, long_ago)).empty


@pytest.mark.parametrize("identifier", ["no-such-id", "../campaigns", "a b/c?d=e#f", "", "..", "ü"])
def test_an_unknown_id_is_named(subject: Subject, identifier: str) -> None:
    with pytest.raises(TenantRecordMissing):
        subject.reader.read_campaign(CampaignId(identifier))
    if not identifier.strip("."):
        return
    if not subject.dialect.knows_series:
        assert subject.rates(CampaignId(identifier), SPAN).empty
        assert subject.volumes(QueueId(identifier), SPAN).empty
        return
    for read in (
        lambda: subject.rates(CampaignId(identifier), SPAN),
        lambda: subject.volumes(QueueId(identifier), SPAN),
        lambda: subject.agents(SkillId(identifier), AHEAD),
    ):
        with pytest.raises(TenantRecordMissing) as caught:
            read()
        assert identifier in str(caught.value)


def test_a_snapshot_is_not_touched_by_later_changes(subject: Subject) -> None:
    current = subject.reader.read_campaign(subject.campaign_id)
    digest = current.content_digest

    subject.change_as_somebody_else(current.campaign_id, {"priority": 5})

    assert current.content_digest == digest
    assert subject.reader.read_campaign(subject.campaign_id).content_digest != digest


def test_every_permission_that_is_used_is_told_and_held(subject: Subject) -> None:
    judged = subject.reader.permissions()

    assert [each.name for each in judged] == list(subject.dialect.permissions)
    for each in judged:
        is_untried = each.name in subject.dialect.untried
        assert each.state is (PermissionState.UNKNOWN if is_untried else PermissionState.HELD)
    assert all(each.needed_for for each in judged)
    assert subject.count_writes() == 0


def test_the_organisation_is_told(subject: Subject) -> None:
    organisation = subject.reader.organisation()

    assert organisation.name
    assert organisation.organisation_id
    assert organisation.address


def test_a_tenant_that_is_there_is_told_as_reachable(subject: Subject) -> None:
    assert subject.reader.check_reachable() is None
