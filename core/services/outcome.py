"""How a push that did not simply succeed is told: stale, lost, or not to be known any more."""

from core.errors import OutcomeUnknown, ProposalStale, TenantUnreachable
from core.workflow.plan import PlanKind
from core.workflow.proposal import Proposal, ProposalState
from core.workflow.three_way import last_change


def stale_error(proposal: Proposal) -> ProposalStale:
    """Return the error that says that the tenant changed, with who and when where it tells."""
    plan, seen = proposal.plan, proposal.conflict
    if plan.base is None or plan.kind is PlanKind.CAMPAIGN:
        return ProposalStale(
            f"{proposal.proposal_id} is stale: a campaign named {plan.target_name} exists already."
            " Nothing was created.",
            "Propose it under another name.",
        )
    change = last_change(seen.document) if seen else None
    by = f" by {change.by}" if change and change.by else ""
    at = f" at {change.at:%Y-%m-%d %H:%M} UTC" if change and change.at else ""
    revisions = f" (revision {plan.base.revision} → {seen.revision})" if seen else ""
    what = plan.target_name
    if plan.kind in (PlanKind.SCHEDULE, PlanKind.UNSCHEDULING):
        what = f"{what} or its schedule"
    return ProposalStale(
        f"{proposal.proposal_id} is stale: {what} was changed at the tenant{by}{at}"
        f"{revisions} after this was proposed. Nothing was changed by this push.",
        "Compare the two, then propose again on the present values.",
    )


def unless_ended(settled: Proposal) -> Proposal:
    """Return a settled proposal, unless its push can come to nothing any more.

    Raises
    ------
    ProposalStale
        If somebody else changed the campaign instead.
    OutcomeUnknown
        If what became of the push cannot be told any more.
    """
    if settled.state is ProposalState.STALE:
        raise stale_error(settled)
    if settled.state is ProposalState.PUSH_FAILED:
        message = settled.push.message if settled.push else ""
        raise OutcomeUnknown(
            f"The push of {settled.proposal_id} failed. {message}",
            "Compare the campaign with the plan, then propose again on the present values.",
        )
    return settled


def only_where_applied(settled: Proposal) -> Proposal:
    """Return a settled proposal whose push was applied.

    Raises
    ------
    TenantUnreachable
        If nothing was applied; it can be pushed again.
    ProposalStale, OutcomeUnknown
        As `unless_ended`.
    """
    if settled.state is ProposalState.APPROVED:
        raise TenantUnreachable(
            f"The answer to the push of {settled.proposal_id} was lost, and reading back shows"
            " that nothing was applied.",
            "It is still approved: push it again.",
        )
    return unless_ended(settled)
