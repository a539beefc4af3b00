"""The tutorial gateway against a simulator that misbehaves: reads come through, writes are once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from core.campaigns import Organisation, Queue
from core.clock import FrozenClock
from core.errors import (
    AuthenticationFailed,
    OutcomeUnknown,
    PermissionMissing,
    TenantUnreachable,
)
from core.permissions import PermissionState
from core.simulator.server import RunningSimulator, running_simulator
from core.tenants.tutorial import connect_tutorial
from core.tenants.tutorial_reader import TutorialReader
from core.tenants.tutorial_wire import CAMPAIGN_WRITE_SCOPE
from core.tenants.tutorial_writer import TutorialWriter
from core.units import QueueId

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOUR = NOW.replace(minute=0)
TWO_WEEKS = (HOUR - timedelta(days=14), HOUR)
NINETY_DAYS = (HOUR - timedelta(days=90), HOUR)
AHEAD = (HOUR, HOUR + timedelta(hours=24))
PACING = {"predictive": {"dropRate": 0.0123}}
MOST_TRIES = 40
"""More than enough for a write to be struck, also where a request of an earlier test, which the
tenant answered too slowly, is counted among those of a later one."""


@dataclass
class ImpatientSleeper:
    """Counts the waits and does not wait; the tenant's faults go by requests, not by time."""

    naps: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return sum(self.naps)

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)


@dataclass
class Desk:
    """A gateway and the simulator that it talks to."""

    simulator: RunningSimulator
    sleeper: ImpatientSleeper = field(default_factory=ImpatientSleeper)
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(NOW))

    def connect(
        self, secret: str = "demo-secret", **options: Any
    ) -> tuple[TutorialReader, TutorialWriter]:
        url = self.simulator.url
        options = {"sleeper": self.sleeper} | options
        return connect_tutorial(url, url, "demo-client", secret, self.clock, **options)

    def misbehave(self, *faults: str) -> None:
        answer = httpx.post(f"{self.simulator.url}/simulator/faults", json={"faults": faults})
        assert answer.status_code == 200

    def writes(self) -> list[dict[str, Any]]:
        found = httpx.get(f"{self.simulator.url}/simulator/writes").json()["writes"]
        assert isinstance(found, list)
        return found


@pytest.fixture(scope="module")
def simulator() -> Iterator[RunningSimulator]:
    with running_simulator(seed=7, clock=FrozenClock(NOW)) as running:
        yield running


@pytest.fixture
def desk(simulator: RunningSimulator) -> Iterator[Desk]:
    desk = Desk(simulator)
    yield desk
    desk.misbehave()


def everything(reader: TutorialReader) -> list[Any]:
    """Return what reading everything there is for the first campaign and queue gives."""
    campaign, queue = reader.campaigns()[0], reader.queues()[0]
    assert campaign.skill_id is not None
    return [
        campaign,
        queue,
        reader.read_campaign(campaign.campaign_id).document,
        reader.outbound_records([campaign.campaign_id], *TWO_WEEKS)[campaign.campaign_id].to_dict(
            "list"
        ),
        reader.queue_records([queue.queue_id], *NINETY_DAYS)[queue.queue_id].to_dict("list"),
        reader.agents_scheduled(campaign.skill_id, *AHEAD).frame.to_dict("list"),
        [each.campaign_id for each in reader.find_campaigns(campaign.name)],
        reader.organisation(),
        [each.state for each in reader.permissions()],
    ]


@pytest.mark.parametrize(
    "faults",
    [
        ["rate-limits"],
        ["server-errors"],
        ["expiring-token"],
        ["broken-json"],
        ["rate-limits", "server-errors", "expiring-token", "broken-json"],
    ],
    ids="+".join,
)
def test_reads_give_the_same_under_every_fault(desk: Desk, faults: list[str]) -> None:
    calm, _ = desk.connect()
    expected = everything(calm)
    desk.misbehave(*faults)
    reader, _ = desk.connect()

    for _ in range(2):
        assert everything(reader) == expected

    is_waited_for = faults != ["expiring-token"]
    assert bool(desk.sleeper.naps) is is_waited_for


def test_threads_share_one_connection_pool_and_one_token(desk: Desk) -> None:
    reader, _ = desk.connect()
    campaigns = reader.campaigns()

    with ThreadPoolExecutor(8) as pool:
        read = list(
            pool.map(
                lambda number: reader.read_campaign(campaigns[number % 6].campaign_id), range(48)
            )
        )

    assert [each.campaign_id for each in read] == [campaigns[n % 6].campaign_id for n in range(48)]


def test_slow_answers_are_waited_for(desk: Desk) -> None:
    desk.misbehave("slow")
    reader, _ = desk.connect()

    assert len([reader.campaigns() for _ in range(4)]) == 4


def test_an_answer_that_is_slower_than_the_deadline_is_given_up(desk: Desk) -> None:
    desk.misbehave("slow")
    reader, _ = desk.connect(deadline_seconds=0.5)

    for _ in range(3):
        reader.campaigns()
    with pytest.raises(TenantUnreachable, match=r"within the 0\.5 s of the whole call"):
        reader.campaigns()


@pytest.mark.parametrize(
    "faults", [["expiring-token"], ["rate-limits"], ["expiring-token", "rate-limits"]], ids="+".join
)
def test_updates_are_applied_exactly_once_where_a_refusal_was_definite(
    desk: Desk, faults: list[str]
) -> None:
    before = len(desk.writes())
    desk.misbehave(*faults)
    reader, writer = desk.connect()
    campaign_id = reader.campaigns()[1].campaign_id

    for _ in range(6):
        writer.update_campaign(reader.read_campaign(campaign_id), PACING)

    assert len(desk.writes()) == before + 6


def test_a_lost_answer_leaves_the_outcome_unknown_and_exactly_one_write(desk: Desk) -> None:
    before = len(desk.writes())
    reader, writer = desk.connect()
    current = reader.read_campaign(reader.campaigns()[0].campaign_id)
    desk.misbehave("lost-answers")

    with pytest.raises(OutcomeUnknown, match=current.campaign_id):
        writer.update_campaign(current, PACING)

    assert len(desk.writes()) == before + 1
    settled = reader.read_campaign(current.campaign_id)
    assert settled.document["predictive"]["dropRate"] == 0.0123
    assert settled.revision != current.revision


def test_a_connection_cut_before_the_write_leaves_the_outcome_unknown_and_no_write(
    desk: Desk,
) -> None:
    before = len(desk.writes())
    reader, writer = desk.connect()
    current = reader.read_campaign(reader.campaigns()[0].campaign_id)
    desk.misbehave("dropped-writes")

    with pytest.raises(OutcomeUnknown, match=current.campaign_id):
        writer.update_campaign(current, PACING)

    assert len(desk.writes()) == before
    assert reader.read_campaign(current.campaign_id).document == current.document


def test_a_creation_whose_answer_is_lost_is_found_by_its_name(desk: Desk) -> None:
    before = len(desk.writes())
    reader, writer = desk.connect()
    document = reader.read_campaign(reader.campaigns()[0].campaign_id).document
    draft = {
        "name": "Draft of a lost answer",
        "type": "OUTBOUND",
        "status": "DRAFT",
        "maxCallsPerHour": 50,
        "schedule": [
            {
                "startDateTime": "2026-11-24T18:00:00+00:00",
                "endDateTime": "2026-11-24T20:00:00+00:00",
                "repeat": "NONE",
            }
        ],
        "dialingMode": "PREDICTIVE",
        "callCenter": {"id": document["callCenter"]["id"]},
    }
    desk.misbehave("lost-answers")

    with pytest.raises(OutcomeUnknown, match="Draft of a lost answer"):
        writer.create_campaign(draft)

    assert len(reader.find_campaigns("Draft of a lost answer")) == 1
    assert len(desk.writes()) == before + 1


def test_a_passing_500_on_a_write_is_not_answered_by_a_second_write(desk: Desk) -> None:
    before = len(desk.writes())
    desk.misbehave("server-errors")
    reader, writer = desk.connect()
    campaign_id = reader.campaigns()[2].campaign_id
    tries, is_unknown = 0, False

    while not is_unknown and tries < MOST_TRIES:
        # One read or two in turns: every seventh request fails, and one has to be a write.
        for _ in range(1 + tries % 2):
            current = reader.read_campaign(campaign_id)
        tries += 1
        try:
            writer.update_campaign(current, PACING)
        except OutcomeUnknown:
            is_unknown = True

    assert is_unknown
    assert len(desk.writes()) == before + tries - 1


def test_a_forbidden_write_names_permission_and_campaign_and_changes_nothing(desk: Desk) -> None:
    before = len(desk.writes())
    desk.misbehave("forbidden")
    reader, writer = desk.connect()
    current = reader.read_campaign(reader.campaigns()[0].campaign_id)

    with pytest.raises(PermissionMissing) as caught:
        writer.update_campaign(current, PACING)

    assert CAMPAIGN_WRITE_SCOPE in str(caught.value)
    assert current.campaign_id in str(caught.value)
    assert len(desk.writes()) == before


def test_a_wrong_secret_is_told_without_showing_it(desk: Desk) -> None:
    reader, _ = desk.connect(secret="wrong-s3cret")

    with pytest.raises(AuthenticationFailed) as caught:
        reader.campaigns()

    assert "wrong-s3cret" not in str(caught.value)
    assert CAMPAIGN_WRITE_SCOPE in str(caught.value)


def test_a_tenant_that_is_gone_is_unreachable_for_reads_and_definitely_not_written(
    desk: Desk,
) -> None:
    reader, writer = desk.connect()
    current = reader.read_campaign(reader.campaigns()[0].campaign_id)
    with running_simulator(clock=desk.clock) as short_lived:
        gone = Desk(short_lived)
    reader, writer = gone.connect()

    for attempt in (reader.campaigns, lambda: writer.update_campaign(current, PACING)):
        with pytest.raises(TenantUnreachable, match="no connection"):
            attempt()


def test_a_tenant_of_the_bare_contract_is_read_as_far_as_it_goes(desk: Desk) -> None:
    with running_simulator(clock=desk.clock, contract_only=True) as bare:
        reader, _ = Desk(bare).connect(known_queues=[QueueId("q-1")])

        assert reader.organisation() == Organisation(None, None, bare.url)
        assert reader.queues() == (Queue(QueueId("q-1"), "q-1"),)
        states = [each.state for each in reader.permissions()]

    assert states == [PermissionState.HELD] * 6
