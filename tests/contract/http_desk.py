"""A desk over HTTP: a SQLite file, the simulator, and the tutorial gateway in between."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from core.campaigns import CampaignSnapshot
from core.clock import FrozenClock
from core.documents import value_at, with_values
from core.ports import CampaignWriter, UnitOfWorkFactory
from core.services.push import PushProposal
from core.services.reading import ObjectReader
from core.services.review import ReviewProposal
from core.services.submit import SubmitProposal
from core.services.verify import VerifyProposal
from core.store.open import open_store
from core.tenants.tutorial import connect_tutorial
from core.units import CampaignId
from core.workflow.approval import People
from core.workflow.audit import AuditEntry, verify_chain
from core.workflow.lifecycle import STEP_OF
from core.workflow.plan import Base, FieldChange, Plan, PlanKind
from core.workflow.proposal import Proposal
from tests.unit.workflow.builders import NOON, campaign_plan


@dataclass
class QuickSleeper:
    """Passes time for a gateway without waiting."""

    clock: FrozenClock
    passed: float = 0.0

    def monotonic(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.passed += seconds
        self.clock.move(timedelta(seconds=seconds))


@dataclass
class HttpDesk:
    """One process at a store and a tenant that others use too.

    Parameters
    ----------
    store_url, tenant_url : str
        Where.
    now : datetime
        What its clock shows at first.
    """

    store_url: str
    tenant_url: str
    now: datetime = NOON
    people: People = field(default_factory=lambda: People({}))

    def __post_init__(self) -> None:
        self.clock = FrozenClock(self.now)
        self.sleeper = QuickSleeper(self.clock)
        self.store: UnitOfWorkFactory = open_store(self.store_url, "tenant", wait_seconds=5)
        halves = connect_tutorial(
            self.tenant_url,
            self.tenant_url,
            "demo-client",
            "demo-secret",
            self.clock,
            sleeper=self.sleeper,
        )
        self.reader: ObjectReader = halves[0]
        self.writer: CampaignWriter = halves[1]

    def push(self, proposal_id: str = "P-1001", person: str = "Mara") -> Proposal:
        return PushProposal(
            self.store, self.clock, self.people, self.reader, self.writer, self.sleeper.sleep
        ).push(proposal_id, person)

    def verify(self, proposal_id: str = "P-1001") -> Proposal:
        return VerifyProposal(
            self.store, self.clock, self.people, self.reader, self.sleeper.sleep
        ).verify(proposal_id)

    def approved(self, kind: PlanKind = PlanKind.PACING) -> Proposal:
        """Return a proposal that one person made and another approved."""
        plan = self._pacing_plan() if kind is PlanKind.PACING else campaign_plan()
        submitting = SubmitProposal(self.store, self.clock, self.people)
        reviewing = ReviewProposal(self.store, self.clock, self.people)
        proposal = submitting.submit(plan, "Ana", "Answers well.")
        return reviewing.approve(proposal.proposal_id, "Mara")

    def proposal(self, proposal_id: str = "P-1001") -> Proposal:
        with self.store() as work:
            return work.proposals.get(proposal_id)

    def campaign(self) -> CampaignSnapshot:
        return self.reader.read_campaign(CampaignId(self.proposal().plan.target_id))

    def entries(self) -> tuple[AuditEntry, ...]:
        """Return the audit; its chain has to stand and to tell of every change of state."""
        with self.store() as work:
            entries = work.audit.entries()
            proposals = work.proposals.all()
        assert verify_chain(entries).ok
        for proposal in proposals:
            own = [each.event for each in entries if each.event.proposal_id == proposal.proposal_id]
            moves = [event for event in own if event.step in STEP_OF.values()]
            assert len(own) == proposal.version
            assert [event.facts["from"] for event in moves[1:]] == [
                event.facts["to"] for event in moves[:-1]
            ]
            assert moves[-1].facts["to"] == proposal.state.value
        return entries

    def writes(self) -> int:
        """Return how many writes the tenant has applied."""
        return int(httpx.get(f"{self.tenant_url}/simulator/writes").json()["total"])

    def misbehave(self, *faults: str) -> None:
        httpx.post(
            f"{self.tenant_url}/simulator/faults", json={"faults": faults}
        ).raise_for_status()

    def change_as_somebody_else(self, patch: Mapping[str, Any]) -> None:
        campaign_id = self.proposal().plan.target_id
        httpx.post(
            f"{self.tenant_url}/simulator/campaigns/{campaign_id}", json=patch
        ).raise_for_status()

    def _pacing_plan(self) -> Plan:
        snapshot = self.reader.read_campaign(self.reader.campaigns()[0].campaign_id)
        values = {"predictive.answerRate": 0.3412, "predictive.dropRate": 0.0123}
        return Plan(
            kind=PlanKind.PACING,
            target_id=snapshot.campaign_id,
            target_name=snapshot.name,
            base=Base(
                snapshot.revision, snapshot.content_digest, snapshot.document, snapshot.read_at
            ),
            changes=tuple(
                FieldChange(path, path, "share", value_at(snapshot.document, path), value)
                for path, value in values.items()
            ),
            payload=with_values({}, values),
            evidence={},
            checks=(),
        )
