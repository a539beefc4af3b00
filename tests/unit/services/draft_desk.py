"""Drafts on a tenant in memory that schedules apart: plans, and what is pushed of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from core.documents import JsonObject
from core.services.reading import read_present
from core.services.scheduling import plan_schedule
from core.workflow.plan import FieldChange, Plan, PlanKind
from core.workflow.proposal import Proposal
from tests.support.platform_tenant import PlatformTenant
from tests.unit.services.review_desk import ReviewDesk

TOMORROW = datetime(2026, 11, 26, tzinfo=UTC)
WINDOWS = [
    {
        "start": (TOMORROW + timedelta(hours=hour)).isoformat(),
        "end": (TOMORROW + timedelta(hours=hour + 2)).isoformat(),
        "expectedContacts": 3.5,
    }
    for hour in (9, 14)
]


def draft_payload(name: str = "Quiet hours") -> JsonObject:
    """Return a campaign that is a copy, off."""
    return {
        "name": name,
        "contactList": {"id": "l-1"},
        "queue": {"id": "q-1"},
        "dialingMode": "predictive",
        "abandonRate": 2.5,
        "maxCallsPerAgent": 2.35,
        "campaignStatus": "off",
    }


def draft_plan(name: str = "Quiet hours") -> Plan:
    """Return a plan that creates a draft whose windows need a schedule of their own."""
    return Plan(
        kind=PlanKind.CAMPAIGN,
        target_id="",
        target_name=name,
        base=None,
        changes=(FieldChange("name", "Name", "text", None, name),),
        payload=draft_payload(name),
        evidence={"queueId": "q-1", "threshold": 4.0, "windows": WINDOWS},
        checks=(),
    )


class DraftDesk(ReviewDesk):
    """A desk whose tenant copies drafts."""

    def __init__(self) -> None:
        super().__init__(on_platform=True)

    @property
    def platform(self) -> PlatformTenant:
        assert isinstance(self.tenant, PlatformTenant)
        return self.tenant

    def created(self) -> Proposal:
        """Return a draft that was created; its schedule waits as P-1002."""
        approved = self.approved(draft_plan())
        return self.pushing.push(approved.proposal_id, "Mara")

    def approve(self, proposal_id: str) -> Proposal:
        return self.reviewing.approve(proposal_id, "Mara")

    def pushed(self, proposal: Proposal) -> Proposal:
        self.approve(proposal.proposal_id)
        return self.pushing.push(proposal.proposal_id, "Mara")

    def scheduled(self) -> Proposal:
        """Return the schedule of a draft, pushed."""
        self.created()
        return self.pushed(self.proposal("P-1002"))

    def undone(self, proposal_id: str) -> Proposal:
        """Return the undo of a proposal, up for decision."""
        present = read_present(self.moody, self.proposal(proposal_id))
        return self.submitting.undo(proposal_id, "Ana", "Changed our minds.", present)

    def schedule_again(self) -> Proposal:
        plan = plan_schedule(self.store, self.moody, self.clock, "P-1001")
        return self.submitting.submit(plan, "Ana", "Once more.")


Make = Callable[[DraftDesk], Proposal]


def approved_schedule(desk: DraftDesk) -> Proposal:
    """Return a schedule that may be pushed."""
    desk.created()
    return desk.approve("P-1002")


def approved_unscheduling(desk: DraftDesk) -> Proposal:
    """Return the removal of a schedule that may be pushed."""
    desk.scheduled()
    return desk.approve(desk.undone("P-1002").proposal_id)


def approved_deletion(desk: DraftDesk) -> Proposal:
    """Return the deletion of a draft that may be pushed."""
    desk.created()
    desk.reviewing.reject("P-1002", "Mara", "Not these hours.")
    return desk.approve(desk.undone("P-1001").proposal_id)
