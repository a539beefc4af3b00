"""The platform gateway against a simulated organisation: cost, limits, rights, misbehaviour."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from core.clock import FrozenClock
from core.documents import JsonObject
from core.errors import OutcomeUnknown
from core.forecasting.forecast import SeriesKind
from core.history.centre import Centre
from core.permissions import PermissionState
from core.services.history import History
from core.simulator.server import running_simulator
from core.simulator.traits import Traits
from core.staffing import CapacityOrigin
from core.store.memory import MemoryStore
from core.tenants.genesys import connect_genesys
from core.tenants.genesys_reader import GenesysReader
from core.tenants.genesys_writer import GenesysWriter
from core.units import QueueId

from .dialects import platform_draft

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOUR = NOW.replace(minute=0)
AHEAD = (HOUR, HOUR + timedelta(hours=10))
PACING = {"maxCallsPerAgent": 2.35, "abandonRate": 2.5}
VOLUME, RATE = SeriesKind.VOLUME, SeriesKind.ANSWER_RATE


@dataclass
class ImpatientSleeper:
    """Counts the waits and does not wait."""

    naps: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return sum(self.naps)

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)


@dataclass
class Site:
    """A simulated organisation, and ways into it."""

    url: str
    clock: FrozenClock

    def connect(self, **options: Any) -> tuple[GenesysReader, GenesysWriter]:
        options = {"sleeper": ImpatientSleeper(), "zone": ZoneInfo("Europe/Berlin")} | options
        return connect_genesys(
            self.url, self.url, "demo-client", "demo-secret", self.clock, **options
        )

    def misbehave(self, *faults: str) -> None:
        assert httpx.post(f"{self.url}/simulator/faults", json={"faults": faults}).is_success

    def applied(self) -> int:
        """How many writes of campaigns were applied."""
        asked = httpx.get(f"{self.url}/simulator/requests").json()["requests"]
        writes = [each for each in asked if each["method"] in ("PATCH", "PUT")]
        writes += [each for each in asked if each["operation"] == "post_outbound_campaigns"]
        return sum(each["status"] < 300 for each in writes)


MakeSite = Callable[..., Site]


@pytest.fixture(scope="module")
def make_site() -> Iterator[MakeSite]:
    """Return what makes an organisation with some traits; each lives as long as the module."""
    made: dict[Traits, Site] = {}
    with ExitStack() as stack:

        def make(**traits: Any) -> Site:
            wanted = Traits(**traits)
            if wanted not in made:
                clock = FrozenClock(NOW)
                running = running_simulator(seed=7, clock=clock, traits=wanted)
                made[wanted] = Site(stack.enter_context(running).url, clock)
            return made[wanted]

        yield make


@pytest.fixture
def site(make_site: MakeSite) -> Iterator[Site]:
    usual = make_site()
    yield usual
    usual.misbehave()


# --- cost -----------------------------------------------------------------------------------


def test_24_queues_over_90_days_cost_at_most_8_requests_and_one_when_warm(site: Site) -> None:
    clock = FrozenClock(NOW)
    reader, _ = site.connect()
    history = History(MemoryStore(), reader, clock, Centre("Europe/Berlin"))
    queue_ids = [each.queue_id for each in reader.queues()][:24]
    assert len(queue_ids) == 24

    cold = history.refresh_many(VOLUME, queue_ids)
    warm = history.refresh_many(VOLUME, queue_ids)

    assert (cold.refused, warm.refused) == ({}, {})
    assert cold.requests is not None
    assert cold.requests <= 8
    assert warm.requests == 1
    assert {history.read_until(VOLUME, queue_id) for queue_id in queue_ids} == {HOUR}
    assert len(history.stored(VOLUME, queue_ids[0])) > 80 * 24


def test_all_campaigns_over_two_weeks_cost_one_request(site: Site) -> None:
    reader, _ = site.connect()
    history = History(MemoryStore(), reader, FrozenClock(NOW), Centre("Europe/Berlin"))
    ids = [each.campaign_id for each in reader.campaigns()]

    assert history.refresh_many(RATE, ids).requests == 1


def test_calls_that_a_dialler_brings_to_a_queue_are_no_contacts_that_come_in(site: Site) -> None:
    reader, _ = site.connect()
    campaign_id = reader.campaigns()[0].campaign_id
    document = reader.read_campaign(campaign_id).document
    dialled, inbound = QueueId(document["queue"]["id"]), reader.queues()[0].queue_id
    span = (HOUR - timedelta(days=7), HOUR)

    assert reader.handle_times([dialled, inbound], *span).keys() == {dialled}
    came = reader.queue_records([dialled, inbound], *span)
    assert came[dialled].empty
    assert len(came[inbound]) > 24


@pytest.mark.parametrize("limit", [{"most_days": 7}, {"most_results": 4000}])
def test_an_organisation_that_answers_less_at_once_gives_the_same_history(
    make_site: MakeSite, limit: dict[str, int]
) -> None:
    span = (HOUR - timedelta(days=60), HOUR)
    usual, _ = make_site().connect()
    queue_ids = [each.queue_id for each in usual.queues()][:12]
    narrow, _ = make_site(**limit).connect()

    expected = usual.queue_records(queue_ids, *span)
    found = narrow.queue_records(queue_ids, *span)

    assert {key: frame.to_dict("list") for key, frame in found.items()} == {
        key: frame.to_dict("list") for key, frame in expected.items()
    }


def test_a_small_allowance_is_never_exceeded(make_site: MakeSite) -> None:
    tight = make_site(requests_a_minute=60)
    sleeper = ImpatientSleeper()
    reader, _ = tight.connect(sleeper=sleeper)
    campaign_id = reader.campaigns()[0].campaign_id

    for _ in range(40):
        reader.read_campaign(campaign_id)

    budget = reader.budget()
    assert budget is not None
    assert (budget.allowed, budget.ceiling) == (60, 58)
    assert sleeper.naps == []


# --- rights ---------------------------------------------------------------------------------


def test_a_missing_permission_is_listed_as_missing_and_the_rest_works(make_site: MakeSite) -> None:
    limited = make_site(without=("outbound:settings:view",))
    reader, _ = limited.connect()

    states = {each.name: each.state for each in reader.permissions()}

    assert states["outbound:settings:view"] is PermissionState.MISSING
    assert states["outbound:campaign:view"] is PermissionState.HELD
    assert reader.outbound_settings() is None
    assert reader.campaigns()


def test_without_a_licence_for_workforce_management_the_agents_now_stand_in(
    make_site: MakeSite,
) -> None:
    reader, _ = make_site(has_workforce=False).connect()
    skill_id = reader.campaigns()[0].skill_id
    assert skill_id is not None

    capacity = reader.agents_scheduled(skill_id, *AHEAD)

    assert capacity.origin is CapacityOrigin.ON_QUEUE_NOW
    assert (capacity.frame["agents"] > 0).all()
    assert "No schedule is known" in capacity.notes[0]


# --- misbehaviour ---------------------------------------------------------------------------


def everything(reader: GenesysReader) -> list[Any]:
    """Return what reading everything there is for the first campaign and queues gives."""
    campaign, queues = reader.campaigns()[0], reader.queues()
    assert campaign.skill_id is not None
    span = (HOUR - timedelta(days=14), HOUR)
    rates = reader.outbound_records([campaign.campaign_id], *span)
    volumes = reader.queue_records([each.queue_id for each in queues[:3]], *span)
    snapshot = reader.read_campaign(campaign.campaign_id)
    return [
        campaign,
        queues,
        snapshot.document,
        [frame.to_dict("list") for frame in (*rates.values(), *volumes.values())],
        reader.agents_scheduled(campaign.skill_id, *AHEAD).frame.to_dict("list"),
        reader.outbound_settings(),
        reader.campaign_rules(campaign.campaign_id),
        reader.callable_times(snapshot),
        reader.organisation(),
    ]


@pytest.mark.parametrize(
    "faults",
    [
        ["rate-limits"],
        ["server-errors"],
        ["expiring-token"],
        ["rate-limits", "server-errors", "expiring-token", "broken-json"],
    ],
    ids="+".join,
)
def test_reads_give_the_same_under_every_fault(site: Site, faults: list[str]) -> None:
    expected = everything(site.connect()[0])
    site.misbehave(*faults)

    assert everything(site.connect()[0]) == expected


@pytest.mark.parametrize("faults", [["expiring-token"], ["rate-limits"]], ids="+".join)
def test_updates_are_applied_exactly_once_where_a_refusal_was_definite(
    site: Site, faults: list[str]
) -> None:
    before = site.applied()
    site.misbehave(*faults)
    reader, writer = site.connect()
    campaign_id = reader.campaigns()[1].campaign_id

    for number in range(4):
        pace = {"maxCallsPerAgent": 2.0 + number / 10}
        became = writer.update_campaign(reader.read_campaign(campaign_id), pace)
        assert became.document["maxCallsPerAgent"] == pytest.approx(2.0 + number / 10)

    assert site.applied() == before + 4


def test_a_lost_answer_leaves_the_outcome_unknown_and_exactly_one_write(site: Site) -> None:
    reader, writer = site.connect()
    current = reader.read_campaign(reader.campaigns()[0].campaign_id)
    site.misbehave("lost-answers")

    with pytest.raises(OutcomeUnknown, match=current.campaign_id):
        writer.update_campaign(current, PACING)

    settled = reader.read_campaign(current.campaign_id)
    assert settled.document["maxCallsPerAgent"] == 2.35
    assert int(settled.revision or 0) == int(current.revision or 0) + 1


def test_a_connection_cut_before_the_write_leaves_the_campaign_as_it_was(site: Site) -> None:
    reader, writer = site.connect()
    current = reader.read_campaign(reader.campaigns()[2].campaign_id)
    site.misbehave("dropped-writes")

    with pytest.raises(OutcomeUnknown, match=current.campaign_id):
        writer.update_campaign(current, PACING)

    assert reader.read_campaign(current.campaign_id).document == current.document


def test_a_creation_whose_answer_is_lost_is_found_by_its_name(site: Site) -> None:
    reader, writer = site.connect()
    document = reader.read_campaign(reader.campaigns()[0].campaign_id).document
    draft: JsonObject = platform_draft("Draft of a lost answer", document)
    site.misbehave("lost-answers")

    with pytest.raises(OutcomeUnknown, match="Draft of a lost answer"):
        writer.create_campaign(draft)

    (found,) = reader.find_campaigns("Draft of a lost answer")
    assert found.document["campaignStatus"] == "off"


def test_a_draft_its_schedule_and_their_undoing_are_separate_writes(site: Site) -> None:
    reader, writer = site.connect()
    document = reader.read_campaign(reader.campaigns()[0].campaign_id).document
    created = writer.create_campaign(platform_draft("Draft with a schedule", document))
    assert reader.campaign_schedule(created.campaign_id) is None

    windows = {
        "timeZone": "UTC",
        "intervals": [{"start": "2026-11-24T09:00:00.000Z", "end": "2026-11-24T11:00:00.000Z"}],
    }
    written = writer.write_schedule(created.campaign_id, windows, None)
    assert reader.campaign_schedule(created.campaign_id) == written
    again = writer.write_schedule(created.campaign_id, windows, written)
    assert again.revision != written.revision

    writer.delete_schedule(again)
    writer.delete_campaign(reader.read_campaign(created.campaign_id))
    assert reader.find_campaigns("Draft with a schedule") == ()
