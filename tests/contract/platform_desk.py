"""A desk over HTTP in the platform's dialect: drafts, their schedules, and what takes them back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from core.pacing.platform_draft import copied_fields
from core.services.plan_fields import PACING_FIELDS, changes_of
from core.services.reading import read_present
from core.services.review import ReviewProposal
from core.services.scheduling import plan_schedule
from core.services.submit import SubmitProposal
from core.tenants.genesys import connect_genesys
from core.workflow.plan import Plan, PlanKind, base_of
from core.workflow.proposal import Proposal
from tests.contract.http_desk import HttpDesk
from tests.unit.services.draft_desk import draft_plan

PACE = {"maxCallsPerAgent": 2.35, "abandonRate": 2.1}


@dataclass
class PlatformDesk(HttpDesk):
    """One process at a store and a tenant that speaks the platform's dialect."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.reader, self.writer = connect_genesys(
            self.tenant_url,
            self.tenant_url,
            "demo-client",
            "demo-secret",
            self.clock,
            sleeper=self.sleeper,
        )

    def approved(self, kind: PlanKind = PlanKind.PACING) -> Proposal:
        """Return an approved proposal of a kind; what has to come before it is pushed."""
        return self._approve(_WAYS[kind](self))

    def pace(self) -> Proposal:
        current = self.reader.read_campaign(self.reader.campaigns()[0].campaign_id)
        plan = Plan(
            kind=PlanKind.PACING,
            target_id=current.campaign_id,
            target_name=current.name,
            base=base_of(current),
            changes=changes_of(PACING_FIELDS, current.document, PACE, {}),
            payload=dict(PACE),
            evidence={},
            checks=(),
        )
        return self._submit(plan)

    def draft(self) -> Proposal:
        template = self.reader.read_campaign(self.reader.campaigns()[0].campaign_id)
        payload = {
            **copied_fields(template.document),
            "name": "Quiet hours",
            "campaignStatus": "off",
        }
        return self._submit(replace(draft_plan(), payload=payload))

    def schedule(self) -> Proposal:
        """Return the schedule that waits since its draft was verified."""
        self._push(self.draft())
        return self.proposal("P-1002")

    def unscheduling(self) -> Proposal:
        self._push(self.schedule())
        return self._undo("P-1002")

    def deletion(self) -> Proposal:
        self._push(self.draft())
        return self._undo("P-1001")

    def schedule_again(self) -> Proposal:
        """Return the schedule of a draft, offered once more."""
        return self._submit(plan_schedule(self.store, self.reader, self.clock, "P-1001"))

    def _submit(self, plan: Plan) -> Proposal:
        return SubmitProposal(self.store, self.clock, self.people).submit(plan, "Ana", "Why not.")

    def _undo(self, proposal_id: str) -> Proposal:
        undone = self.proposal(proposal_id)
        submitting = SubmitProposal(self.store, self.clock, self.people)
        present = read_present(self.reader, undone)
        return submitting.undo(proposal_id, "Ana", "Back.", present)

    def _approve(self, proposal: Proposal) -> Proposal:
        reviewing = ReviewProposal(self.store, self.clock, self.people)
        return reviewing.approve(proposal.proposal_id, "Mara")

    def _push(self, proposal: Proposal) -> Proposal:
        self._approve(proposal)
        return self.push(proposal.proposal_id)


_WAYS: Mapping[PlanKind, Callable[[PlatformDesk], Proposal]] = {
    PlanKind.PACING: PlatformDesk.pace,
    PlanKind.CAMPAIGN: PlatformDesk.draft,
    PlanKind.SCHEDULE: PlatformDesk.schedule,
    PlanKind.UNSCHEDULING: PlatformDesk.unscheduling,
    PlanKind.DELETION: PlatformDesk.deletion,
}
KINDS = tuple(_WAYS)
