"""What is done to a proposal from its page, and the sentence that says what came of it.

Two people, or two windows, may act at once: whoever comes second is told what is true now, and
nothing is done twice. A push runs in the background, because a page may be left at any time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from core.errors import ConcurrentEdit, ProposalExpired, TransitionRefused
from core.screens.context import Context
from core.screens.review import push_label, push_subject
from core.screens.review_kinds import words_of
from core.services.work import Report
from core.workflow.jobs import Job
from core.workflow.plan import PlanKind
from core.workflow.proposal import Proposal, ProposalState


@dataclass(frozen=True, slots=True)
class Said:
    """What is told after an action."""

    text: str
    tone: Literal["done", "warning"] = "done"


def approve(context: Context, seen: Proposal, person: str, reason: str, *, is_pushed: bool) -> Said:
    """Approve exactly the plan that was seen, and begin to push it where that is wanted.

    Parameters
    ----------
    context : Context
        What is acted through.
    seen : Proposal
        As the person saw it.
    person, reason : str
        Who, and why; the reason may be empty.
    is_pushed : bool
        Whether the push begins at once.
    """

    def work() -> Said:
        context.review.approve(seen.proposal_id, person, reason, seen.plan.digest)
        if seen.plan.kind is PlanKind.DAY:
            return Said(f"{seen.proposal_id} is approved: the worker pushes its hours.")
        if not is_pushed:
            return Said(f"{seen.proposal_id} is approved and waits to be pushed.")
        push(context, seen.proposal_id, person)
        return Said(f"{seen.proposal_id} is approved.")

    return _first_or_told(context, seen, work)


def reject(context: Context, seen: Proposal, person: str, reason: str) -> Said:
    """Reject a proposal."""

    def work() -> Said:
        context.review.reject(seen.proposal_id, person, reason)
        return Said(f"{seen.proposal_id} is rejected. Nothing was sent.")

    return _first_or_told(context, seen, work)


def withdraw(context: Context, seen: Proposal, person: str, reason: str) -> Said:
    """Take a proposal back."""

    def work() -> Said:
        context.review.withdraw(seen.proposal_id, person, reason)
        return Said(f"{seen.proposal_id} is withdrawn. Nothing was sent.")

    return _first_or_told(context, seen, work)


def push(context: Context, proposal_id: str, person: str) -> Job:
    """Begin to push an approved proposal; where that is at work already, return that work."""

    def action(report: Report) -> str:
        report(0, 0, "Reading the campaign again")
        try:
            return _outcome(context.push.push(proposal_id, person))
        except TransitionRefused:
            # Somebody else was faster; what they did is what there is to tell.
            return _standing(_stored(context, proposal_id))

    return context.work.begin(push_subject(proposal_id), push_label(proposal_id), person, action)


def verify(context: Context, proposal_id: str, person: str) -> Job:
    """Begin to compare a pushed proposal with the tenant, or to settle an interrupted push."""

    def action(report: Report) -> str:
        report(0, 0, "Reading the tenant")
        return _outcome(context.verify.verify(proposal_id, person))

    return context.work.begin(push_subject(proposal_id), f"Verify {proposal_id}", person, action)


def _first_or_told(context: Context, seen: Proposal, work: Callable[[], Said]) -> Said:
    try:
        return work()
    except (TransitionRefused, ConcurrentEdit, ProposalExpired):
        return Said(_standing(_stored(context, seen.proposal_id)), "warning")


def _stored(context: Context, proposal_id: str) -> Proposal:
    with context.unit_of_work() as work:
        return work.proposals.get(proposal_id)


def _standing(proposal: Proposal) -> str:
    """Return how a proposal stands that somebody else has moved meanwhile."""
    name, approval, closing = proposal.proposal_id, proposal.approval, proposal.closing
    if closing is not None and closing.by != proposal.author:
        what = f"{closing.by} closed it just before: it is {proposal.state.value}"
    elif approval is not None and proposal.state is ProposalState.APPROVED:
        what = f"{approval.approver} approved it just before"
    elif approval is not None and proposal.push is not None:
        word = proposal.state.value.replace("_", " ")
        what = f"{proposal.push.by} was first: it is {word}"
    else:
        what = f"it is {proposal.state.value.replace('_', ' ')}"
    return f"{name}: {what}. Nothing was done twice."


def _outcome(proposal: Proposal) -> str:
    name, target = proposal.proposal_id, proposal.plan.target_name
    if proposal.state is ProposalState.VERIFIED:
        return f"{name} is verified: {target} {words_of(proposal.plan).outcome}."
    if proposal.state is ProposalState.DRIFTED:
        return f"{name} drifted: {target} differs from what was pushed."
    if proposal.state is ProposalState.APPROVED:
        return f"{name}: nothing was applied. It is still approved and can be pushed again."
    message = proposal.push.message if proposal.push else ""
    return f"{name} is {proposal.state.value.replace('_', ' ')}. {message}".strip()
