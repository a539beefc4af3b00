"""Proposing once more: the old values, or the same aim on what the tenant has now.

The plan that a dialog shows is made from what the tenant told a moment ago; what is sent for
review is made anew from a reading of that moment.
"""

from core.errors import UsageError
from core.screens.context import Context
from core.screens.names import campaign_names
from core.screens.pacing import skill_of
from core.screens.proposing import submitted_words
from core.screens.recent import Reading, Recent
from core.services.plan import plan_pacing
from core.services.reading import read_present
from core.services.scheduling import plan_schedule
from core.workflow.plan import Plan
from core.workflow.proposal import Proposal
from core.workflow.reversal import reversal


def undo_plan(context: Context, recent: Recent, proposal: Proposal) -> Reading[Plan]:
    """Return the plan that would take back what a proposal did."""
    return recent.read(
        ("undo", proposal.proposal_id),
        lambda: context.permission.checked(
            reversal(proposal, read_present(context.tenant, proposal))
        ),
        stamp=proposal.version,
    )


def undo(context: Context, proposal: Proposal, person: str, reason: str) -> str:
    """Send the undo for review and return the sentence on it."""
    present = read_present(context.tenant, proposal)
    return submitted_words(
        context, context.submit.undo(proposal.proposal_id, person, reason, present)
    )


def scheduling_plan(context: Context, recent: Recent, draft: Proposal) -> Reading[Plan]:
    """Return the plan that would put a draft's windows on the campaign that it created."""
    return recent.read(
        ("schedule", draft.proposal_id),
        lambda: context.permission.checked(_scheduling(context, draft.proposal_id)),
        stamp=draft.version,
    )


def schedule(context: Context, draft: Proposal, person: str, reason: str) -> str:
    """Send the schedule of a draft for review and return the sentence on it."""
    plan = _scheduling(context, draft.proposal_id)
    return submitted_words(context, context.submit.submit(plan, person, reason))


def renewed_plan(context: Context, recent: Recent, proposal: Proposal) -> Reading[Plan]:
    """Return a plan with the same aim, on the values that the tenant has now."""
    return recent.read(
        ("renewed", proposal.proposal_id),
        lambda: context.permission.checked(_renewed(context, recent, proposal)),
        stamp=proposal.version,
    )


def renew(context: Context, recent: Recent, proposal: Proposal, person: str, reason: str) -> str:
    """Send a plan with the same aim for review and return the sentence on it."""
    if proposal.plan.reverses:
        return undo(context, _undone(context, proposal), person, reason)
    plan = _renewed(context, recent, proposal)
    return submitted_words(context, context.submit.submit(plan, person, reason))


def _renewed(context: Context, recent: Recent, proposal: Proposal) -> Plan:
    if proposal.plan.reverses:
        undone = _undone(context, proposal)
        return reversal(undone, read_present(context.tenant, undone))
    if proposal.plan.follows:
        return _scheduling(context, proposal.plan.follows)
    campaign_id = proposal.plan.target_id
    skill = skill_of(context, campaign_names(context, recent).campaigns, campaign_id)
    if not skill:
        raise UsageError(
            f"Whose schedule serves {proposal.plan.target_name} is not known.",
            "Propose it from Capacity & pacing, where the skill can be typed in.",
        )
    policy = proposal.plan.evidence.get("recommendation", {}).get("policy")
    return plan_pacing(context.recommending.pacing(campaign_id, skill, policy), context.clock)


def _scheduling(context: Context, proposal_id: str) -> Plan:
    return plan_schedule(context.unit_of_work, context.tenant, context.clock, proposal_id)


def _undone(context: Context, proposal: Proposal) -> Proposal:
    with context.unit_of_work() as work:
        return work.proposals.get(proposal.plan.reverses)
