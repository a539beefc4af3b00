"""How a proposal stands, in words: what its badge alone does not say."""

from dataclasses import dataclass
from typing import Literal

from core.screens.moments import Moment
from core.screens.review_kinds import words_of
from core.workflow.pairs import HalfDone
from core.workflow.plan import Plan, PlanKind
from core.workflow.proposal import Closing, Proposal, ProposalState
from core.workflow.three_way import last_change

Tone = Literal["good", "plain", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Banner:
    """How a proposal stands, where its badge does not say enough."""

    tone: Tone
    title: str
    text: str = ""


def banner_of(proposal: Proposal, told: Moment, pair: HalfDone | None = None) -> Banner | None:
    """Return how a proposal stands; None where it simply waits.

    Parameters
    ----------
    proposal : Proposal
        In any state.
    told : Moment
        Now, on the reader's clock.
    pair : HalfDone, optional
        The draft with its schedule, where only the draft is at the tenant.
    """
    state = proposal.state
    if pair is not None and state is ProposalState.VERIFIED:
        tone: Tone = "plain" if pair.is_waiting else "warning"
        return Banner(tone, "The draft is created, its schedule is not written.", pair.sentence)
    if state is ProposalState.SUBMITTED:
        return None
    if state is ProposalState.STALE:
        return _stale(proposal, told)
    if state is ProposalState.DRIFTED:
        return Banner(
            "warning",
            "The tenant differs from what was pushed.",
            f"{_who_changed(proposal, told)} Propose again, or undo it, if that is not meant.",
        )
    if proposal.closing is not None and state is not ProposalState.PUSHING:
        return _closed(state, proposal.closing, told)
    return _pushed(proposal, told)


def _stale(proposal: Proposal, told: Moment) -> Banner:
    plan = proposal.plan
    if plan.kind is PlanKind.CAMPAIGN:
        return Banner(
            "warning",
            f"Not created: the tenant has a campaign named {plan.target_name} already.",
            "Nothing was sent. Propose it under another name.",
        )
    return Banner(
        "warning",
        f"Not pushed: {words_of(plan).changed} after this was proposed.",
        f"{_who_changed(proposal, told)} Nothing was changed by Dialcast; propose again on the"
        " values of now.",
    )


def _who_changed(proposal: Proposal, told: Moment) -> str:
    seen, base = proposal.conflict, proposal.plan.base
    if seen is None:
        return "What it is now could not be read."
    if not seen.document:
        return "It is not there any more."
    change = last_change(seen.document)
    by = f" by {change.by}" if change.by else ""
    at = f" {told.at(change.at)}" if change.at else ""
    before = (proposal.push.revision_after if proposal.push else None) or (
        base.revision if base else None
    )
    revisions = f", revision {before} → {seen.revision}" if before and seen.revision else ""
    return f"Last changed there{at}{by}{revisions}."


def _closed(state: ProposalState, closing: Closing, told: Moment) -> Banner:
    reason = f"“{closing.reason}”" if closing.reason else ""
    if state is ProposalState.EXPIRED:
        return Banner(
            "plain",
            f"Expired {told.at(closing.at)}, before it was pushed.",
            "Nothing was sent. Propose again on the present forecast.",
        )
    verb = {
        ProposalState.REJECTED: "Rejected",
        ProposalState.WITHDRAWN: "Withdrawn",
        ProposalState.SUPERSEDED: "Superseded by a newer proposal",
    }.get(state, state.value)
    return Banner("plain", f"{verb} {told.at(closing.at)} by {closing.by}.", reason)


def _pushed(proposal: Proposal, told: Moment) -> Banner | None:
    push, state = proposal.push, proposal.state
    if state is ProposalState.PUSH_FAILED:
        return Banner("bad", "The push failed.", push.message if push else "")
    if state is ProposalState.APPROVED and proposal.approval is not None:
        approval = proposal.approval
        reason = f" “{approval.reason}”" if approval.reason else ""
        if push is not None and push.finished_at is not None:
            message = _named(push.message, proposal.plan)
            return Banner("warning", "Approved; the last push applied nothing.", message)
        return Banner(
            "plain",
            f"Approved {told.at(approval.at)} by {approval.approver}.{reason}",
            "Nothing has been sent yet.",
        )
    if state is ProposalState.VERIFIED and push is not None and push.finished_at is not None:
        when = f"{told.at(push.finished_at)} by {push.by}"
        verified, verb = words_of(proposal.plan).verified, "Pushed"
        if proposal.plan.kind is PlanKind.CAMPAIGN:
            verb = "Created"
        before, after = push.revision_before, push.revision_after
        moved = f" (revision {before} → {after})" if before and after else ""
        return Banner("good", f"{verb} {when}, and verified: {verified}{moved}.")
    if state is ProposalState.PUSHED:
        message = push.message if push else ""
        return Banner("warning", "Pushed, and not compared with the tenant yet.", message)
    if state is ProposalState.PUSHING and push is not None:
        return Banner(
            "warning",
            f"{push.by} began to push this {told.at(push.intent_at)}; how it ended is not on"
            " record.",
            "Verify reads the tenant and settles it. Nothing is sent twice.",
        )
    return None


def _named(message: str, plan: Plan) -> str:
    """Return a message with the campaign's name where it has the id."""
    return message.replace(plan.target_id, plan.target_name) if plan.target_id else message
