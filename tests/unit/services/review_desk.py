"""A desk for tests of review: a store, a tenant in memory that can misbehave, a clock, people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from core.campaigns import Campaign, CampaignSnapshot, Queue
from core.clock import FrozenClock
from core.dialler import CampaignSchedule
from core.documents import JsonObject
from core.errors import OutcomeUnknown, TenantUnreachable
from core.ports import UnitOfWorkFactory
from core.services.push import PushProposal
from core.services.review import ReviewProposal
from core.services.submit import SubmitProposal
from core.services.verify import VerifyProposal
from core.store.memory import MemoryStore
from core.tenants.memory import MemoryTenant
from core.units import CampaignId
from core.workflow.approval import People
from core.workflow.audit import AuditEntry, verify_chain
from core.workflow.plan import Plan
from core.workflow.proposal import Proposal
from tests.support.platform_tenant import PlatformTenant, platform_document
from tests.unit.workflow.builders import NOON, campaign_document, campaign_plan, pacing_plan

Written = TypeVar("Written")
Fault = Exception | Callable[[], None]
"""Raised, or called, where a call to the tenant would begin or end."""
LOST = OutcomeUnknown("The answer was lost.")
DOWN = TenantUnreachable("No answer.")


@dataclass
class MoodyTenant:
    """A tenant whose next calls fail as they are told to; otherwise that of `MemoryTenant`.

    Parameters
    ----------
    tenant : MemoryTenant
        What answers.
    reads : list
        Taken one by one: what each read does before it answers; None for nothing.
    before_write, after_write : Exception or callable, optional
        What the next write does before it reaches the tenant, and after it was applied.
    """

    tenant: MemoryTenant
    reads: list[Fault | None] = field(default_factory=list)
    before_write: Fault | None = None
    after_write: Fault | None = None

    def campaigns(self) -> tuple[Campaign, ...]:
        return self.tenant.campaigns()

    def queues(self) -> tuple[Queue, ...]:
        return self.tenant.queues()

    def read_campaign(self, campaign_id: CampaignId) -> CampaignSnapshot:
        self._read()
        return self.tenant.read_campaign(campaign_id)

    def find_campaigns(self, name: str) -> tuple[CampaignSnapshot, ...]:
        self._read()
        return self.tenant.find_campaigns(name)

    def campaign_schedule(self, campaign_id: CampaignId) -> CampaignSchedule | None:
        self._read()
        return self.tenant.campaign_schedule(campaign_id)

    def update_campaign(self, current: CampaignSnapshot, payload: JsonObject) -> CampaignSnapshot:
        return self._write(lambda: self.tenant.writer.update_campaign(current, payload))

    def create_campaign(self, payload: JsonObject) -> CampaignSnapshot:
        return self._write(lambda: self.tenant.writer.create_campaign(payload))

    def write_schedule(
        self, campaign_id: CampaignId, payload: JsonObject, current: CampaignSchedule | None
    ) -> CampaignSchedule:
        return self._write(lambda: self.tenant.writer.write_schedule(campaign_id, payload, current))

    def delete_schedule(self, current: CampaignSchedule) -> None:
        self._write(lambda: self.tenant.writer.delete_schedule(current))

    def delete_campaign(self, current: CampaignSnapshot) -> None:
        self._write(lambda: self.tenant.writer.delete_campaign(current))

    def _read(self) -> None:
        if self.reads:
            _act(self.reads.pop(0))

    def _write(self, write: Callable[[], Written]) -> Written:
        fault, self.before_write = self.before_write, None
        _act(fault)
        written = write()
        fault, self.after_write = self.after_write, None
        _act(fault)
        return written


def _act(fault: Fault | None) -> None:
    if isinstance(fault, Exception):
        raise fault
    if fault is not None:
        fault()


@dataclass
class ReviewDesk:
    """Everything that a proposal meets on its way."""

    clock: FrozenClock = field(default_factory=lambda: FrozenClock(NOON))
    store: UnitOfWorkFactory = field(default_factory=MemoryStore)
    roles: Mapping[str, str] = field(default_factory=dict)
    four_eyes: bool = True
    naps: list[float] = field(default_factory=list)
    on_platform: bool = False

    def __post_init__(self) -> None:
        self.tenant: MemoryTenant = (
            PlatformTenant(self.clock, [platform_document()])
            if self.on_platform
            else MemoryTenant(self.clock, [campaign_document()])
        )
        self.moody = MoodyTenant(self.tenant)

    @property
    def people(self) -> People:
        return People(self.roles)

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.clock.move(timedelta(seconds=seconds))

    @property
    def submitting(self) -> SubmitProposal:
        return SubmitProposal(self.store, self.clock, self.people)

    @property
    def reviewing(self) -> ReviewProposal:
        return ReviewProposal(self.store, self.clock, self.people, self.four_eyes)

    @property
    def pushing(self) -> PushProposal:
        return PushProposal(self.store, self.clock, self.people, self.moody, self.moody, self.sleep)

    @property
    def verifying(self) -> VerifyProposal:
        return VerifyProposal(self.store, self.clock, self.people, self.moody, self.sleep)

    def plan(self, proposed: Mapping[str, Any] | None = None) -> Plan:
        """Return a plan against the campaign as it is now."""
        return pacing_plan(proposed, self.campaign())

    def campaign(self) -> JsonObject:
        """Return the campaign as it is now."""
        return self.tenant.read_campaign(CampaignId("c-1")).document

    def submitted(self, plan: Plan | None = None, author: str = "Ana") -> Proposal:
        return self.submitting.submit(plan or self.plan(), author, "Answers well.")

    def approved(self, plan: Plan | None = None) -> Proposal:
        proposal = self.submitted(plan)
        return self.reviewing.approve(proposal.proposal_id, "Mara", "Fits the day.")

    def proposal(self, proposal_id: str = "P-1001") -> Proposal:
        with self.store() as work:
            return work.proposals.get(proposal_id)

    def entries(self) -> tuple[AuditEntry, ...]:
        """Return the audit; its chain has to stand."""
        with self.store() as work:
            entries = work.audit.entries()
        assert verify_chain(entries).ok
        return entries

    def steps(self) -> list[str]:
        return [entry.event.step for entry in self.entries()]


def approved_desk() -> ReviewDesk:
    """Return a desk on which a change of pacing is approved."""
    desk = ReviewDesk()
    desk.approved()
    return desk


def approved_creation() -> ReviewDesk:
    """Return a desk on which a draft is approved."""
    desk = ReviewDesk()
    desk.approved(campaign_plan())
    return desk
