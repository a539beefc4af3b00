"""What every tenant promises, over HTTP or in memory: `core.ports.Tenant` and `CampaignWriter`."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pandas as pd
import pytest

from core.campaigns import PermissionState
from core.clock import FrozenClock
from core.documents import ABSENT, JsonObject, canonical_text, value_at, with_values
from core.errors import (
    LimitBroken,
    PayloadRejected,
    StaleRevision,
    TenantRecordMissing,
)
from core.frames import CAPACITY, RATE_RECORDS, VOLUME_RECORDS
from core.ports import CampaignWriter, Tenant
from core.simulator.server import running_simulator
from core.tenants.genesys import connect_genesys
from core.tenants.genesys_permissions import OPERATIONS
from core.tenants.memory import MemoryTenant
from core.tenants.tutorial import connect_tutorial
from core.tenants.tutorial_reader import TutorialReader
from core.tenants.tutorial_writer import TutorialWriter
from core.units import CampaignId, QueueId, SkillId
from tests.support.platform_contract import check_request

from .dialects import PLATFORM, TUTORIAL, Dialect

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOUR = NOW.replace(minute=0)
SPAN = (HOUR - timedelta(days=14), HOUR)
AHEAD = (HOUR, HOUR + timedelta(hours=24))
Span = tuple[datetime, datetime]
WRITTEN_BY_THE_TENANT = ("version", "dateModified", "modifiedBy")


@dataclass
class Subject:
    """A tenant under test, and what a colleague and an onlooker can do with it."""

    reader: Tenant
    writer: CampaignWriter
    change_as_somebody_else: Callable[[str, JsonObject], None]
    count_writes: Callable[[], int]
    dialect: Dialect = TUTORIAL

    @property
    def campaign_id(self) -> CampaignId:
        return self.reader.campaigns()[0].campaign_id

    @property
    def skill_id(self) -> SkillId:
        skill_id = self.reader.campaigns()[0].skill_id
        assert skill_id is not None
        return skill_id

    def rates(self, campaign_id: CampaignId, span: Span) -> pd.DataFrame:
        return self.reader.outbound_records([campaign_id], *span)[campaign_id]

    def volumes(self, queue_id: QueueId, span: Span) -> pd.DataFrame:
        return self.reader.queue_records([queue_id], *span)[queue_id]

    def agents(self, skill_id: SkillId, span: Span) -> pd.DataFrame:
        return self.reader.agents_scheduled(skill_id, *span).frame

    def draft(self, name: str) -> JsonObject:
        document = self.reader.read_campaign(self.campaign_id).document
        return self.dialect.draft(name, document)


MakeTenant = Callable[[FrozenClock], MemoryTenant]


@pytest.fixture(scope="module")
def make_tenant() -> MakeTenant:
    """Return what makes a tenant in memory of what the simulator tells, which is read once."""
    with running_simulator(seed=7, clock=FrozenClock(NOW)) as simulator:
        source, _ = connect(simulator.url)
        campaigns, queues = source.campaigns()[:2], source.queues()[:2]
        documents = [source.read_campaign(each.campaign_id).document for each in campaigns]
        frames = {
            "outbound": {
                **source.outbound_records([each.campaign_id for each in campaigns], *SPAN)
            },
            "volumes": {**source.queue_records([each.queue_id for each in queues], *SPAN)},
            "capacity": {
                each.skill_id: source.agents_scheduled(each.skill_id, *AHEAD).frame
                for each in campaigns
                if each.skill_id
            },
        }
        source.close()
    return lambda clock: MemoryTenant(clock, documents, queues=queues, **frames)


def connect(url: str) -> tuple[TutorialReader, TutorialWriter]:
    return connect_tutorial(url, url, "demo-client", "demo-secret", FrozenClock(NOW))


@pytest.fixture(params=["tutorial", "memory", "genesys"])
def subject(request: pytest.FixtureRequest, make_tenant: MakeTenant) -> Iterator[Subject]:
    if request.param == "memory":
        tenant = make_tenant(FrozenClock(NOW))
        yield Subject(
            tenant, tenant.writer, tenant.change_as_somebody_else, lambda: len(tenant.writes)
        )
        return
    with running_simulator(seed=7, clock=FrozenClock(NOW)) as simulator:
        if request.param == "genesys":
            yield from on_the_platform(simulator.url)
            return
        reader, writer = connect(simulator.url)
        yield over_http(simulator.url, reader, writer)
        reader.close()


def on_the_platform(url: str) -> Iterator[Subject]:
    """Give a tenant in the platform's dialect; every request is held against the contract."""
    clock = FrozenClock(NOW)
    reader, writer = connect_genesys(url, url, "demo-client", "demo-secret", clock)

    def change(campaign_id: str, patch: JsonObject) -> None:
        answer = httpx.post(f"{url}/simulator/platform/campaigns/{campaign_id}", json=patch)
        assert answer.status_code == 200

    def requests() -> list[JsonObject]:
        return httpx.get(f"{url}/simulator/requests").json()["requests"]

    def count_writes() -> int:
        return sum(is_write(each) and each["status"] < 300 for each in requests())

    subject = Subject(reader, writer, change, count_writes, PLATFORM)
    change(subject.campaign_id, {"x-lindgren-budget": {"owner": "retention"}})
    yield subject
    for each in requests():
        hold_against_the_contract(url, each)
    reader.close()


def hold_against_the_contract(url: str, asked: JsonObject) -> None:
    """Fail where a request that reached an operation breaks the platform's contract."""
    if asked["status"] == 404:
        return
    line = f"{asked['method']} {asked['path']}"
    assert any(re.fullmatch(each, line) for each in LISTED), f"{line} is not listed"
    body = json.loads(asked["body"]) if asked["body"] else None
    if isinstance(body, dict):
        body.pop("x-lindgren-budget", None)
    sent = f"{url}{asked['path']}" + (f"?{asked['query']}" if asked["query"] else "")
    check_request(httpx.Request(asked["method"], sent, content=body and json.dumps(body)))


LISTED = [
    re.sub(r"\{\w+\}", "[^/]+", operation)
    for operations in OPERATIONS.values()
    for operation in operations
]
"""Every operation that the product says it uses, as patterns."""


def is_write(request: JsonObject) -> bool:
    """Whether a request would change something."""
    created = request["method"] == "POST" and request["path"] == "/api/v2/outbound/campaigns"
    return created or request["method"] in ("PUT", "PATCH", "DELETE")


def over_http(url: str, reader: Tenant, writer: CampaignWriter) -> Subject:
    def change(campaign_id: str, patch: JsonObject) -> None:
        answer = httpx.post(f"{url}/simulator/campaigns/{campaign_id}", json=patch)
        assert answer.status_code == 200

    return Subject(
        reader, writer, change, lambda: int(httpx.get(f"{url}/simulator/writes").json()["total"])
    )


def without_the_tenants_own(document: JsonObject) -> JsonObject:
    return {key: value for key, value in document.items() if key not in WRITTEN_BY_THE_TENANT}


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


def test_a_snapshot_is_not_touched_by_later_changes(subject: Subject) -> None:
    current = subject.reader.read_campaign(subject.campaign_id)
    digest = current.content_digest

    subject.change_as_somebody_else(current.campaign_id, {"priority": 5})

    assert current.content_digest == digest
    assert subject.reader.read_campaign(subject.campaign_id).content_digest != digest


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


def test_read_only_fields_are_the_tenants_and_survive(subject: Subject) -> None:
    current = subject.reader.read_campaign(subject.campaign_id)

    became = subject.writer.update_campaign(current, subject.dialect.priority)

    assert became.document["priority"] == 2
    for path in subject.dialect.the_tenants_own:
        kept: Any = value_at(current.document, path)
        assert value_at(became.document, path) == kept is not ABSENT


def test_a_tenant_that_is_there_is_told_as_reachable(subject: Subject) -> None:
    assert subject.reader.check_reachable() is None
