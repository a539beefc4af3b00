"""Whether what a plan would do may be done at the tenant, as far as its answers have told.

It warns and never forbids: an administrator may have added the permission since, and only the next
push can tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from core.charts.times import day_time
from core.permissions import Lack, Lacking, Need, nothing_lacks
from core.ports import TenantProbe
from core.workflow.plan import Check, CheckState, Plan, PlanKind
from core.workflow.proposal import Proposal, ProposalState

CHECK_NAME = "permission"
UTC_ZONE = ZoneInfo("UTC")
NEED_OF: Mapping[PlanKind, Need] = {
    PlanKind.PACING: Need.PACE,
    PlanKind.DAY: Need.PACE,
    PlanKind.CAMPAIGN: Need.CREATE,
    PlanKind.SCHEDULE: Need.SCHEDULE,
    PlanKind.UNSCHEDULING: Need.UNSCHEDULE,
    PlanKind.DELETION: Need.DELETE,
}
"""What the push of a plan takes."""

WAITING = (ProposalState.SUBMITTED, ProposalState.APPROVED)
"""In these a push is still to come."""


def lacks_of(tenant: TenantProbe, told: Mapping[Need, object]) -> dict[Need, Lack]:
    """Return which permissions are missing of what a tenant did not tell.

    Parameters
    ----------
    tenant : TenantProbe
        Just asked.
    told : mapping
        What it was asked for, to its answer: None or nothing where it has no such thing, or where
        that may not be read.
    """
    found = {
        need: tenant.lacking(need)
        for need, answer in told.items()
        # A frame has no truth of its own.
        if answer is None or (isinstance(answer, tuple) and not answer)
    }
    return {need: lack for need, lack in found.items() if lack is not None}


@dataclass(frozen=True, slots=True)
class PushPermission:
    """Tells whether plans may be pushed.

    Parameters
    ----------
    lacking : callable
        Tells what is lacking for a need.
    zone : ZoneInfo
        Of the centre's clock, for words.
    """

    lacking: Lacking = nothing_lacks
    zone: ZoneInfo = UTC_ZONE

    def checked(self, plan: Plan) -> Plan:
        """Return a plan with how it stands now to the permission that its push takes.

        Parameters
        ----------
        plan : Plan
            What it said of the permission before is replaced; its digest stays.

        Returns
        -------
        Plan
            With a warning where the permission is known to be missing, with nothing on it else.

        Examples
        --------
        >>> plan = Plan(PlanKind.PACING, "c-1", "Winback", None, (), {}, {}, ())
        >>> PushPermission(lambda need: Lack(f"may-{need.value}")).checked(plan).checks[0].message
        'Pushing this takes may-pace, which is missing; it can be approved, and pushed once the \
administrator has added it.'
        >>> PushPermission().checked(plan) == plan
        True
        """
        others = tuple(check for check in plan.checks if check.name != CHECK_NAME)
        lack = self.lacking(NEED_OF[plan.kind])
        return replace(plan, checks=others if lack is None else (*others, self._warning(lack)))

    def plan_of(self, proposal: Proposal) -> Plan:
        """Return a proposal's plan; of one that waits, with what is known of its permission now."""
        plan = proposal.plan
        return self.checked(plan) if proposal.state in WAITING else plan

    def _warning(self, lack: Lack) -> Check:
        told = (
            f"takes {lack.permission}, which is missing"
            if lack.since is None
            else f"was refused on {day_time(lack.since, self.zone)} for want of {lack.permission}"
        )
        return Check(
            CHECK_NAME,
            CheckState.WARNING,
            f"Pushing this {told}; it can be approved, and pushed once the administrator has added"
            " it.",
        )
