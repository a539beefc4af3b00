"""Making a move: the next version of a proposal, and the audit event that goes with it.

A move that the table of `core.workflow.lifecycle` lacks is refused, and no move begins a push whose
plan is not the approved one. Nothing is stored or sent here.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.errors import (
    PlanChangedAfterApproval,
    ProposalExpired,
    TransitionRefused,
    UsageError,
)
from core.workflow.audit import AuditEvent
from core.workflow.lifecycle import (
    CLOSING,
    IN_TIME_ONLY,
    REASON_NEEDED,
    STEP_OF,
    TABLE,
    Move,
    belongs,
)
from core.workflow.plan import PlanKind
from core.workflow.proposal import Approval, Closing, Conflict, Proposal, PushRecord, clean_text
from core.workflow.wording import NEXT_STEP, move_event, reread_event


def check_move(proposal: Proposal, name: Move, at: datetime) -> None:
    """Raise the error that says why a proposal cannot move now; return where it can.

    Checked in this order: state, digest (for a push), expiry.

    Raises
    ------
    TransitionRefused
        If the state has no such move.
    PlanChangedAfterApproval
        If the plan to be pushed is not the approved one.
    ProposalExpired
        If it is too late to approve or to push.
    """
    is_day = proposal.plan.kind is PlanKind.DAY
    if is_day and name is Move.START_PUSH and name in TABLE[proposal.state]:
        raise TransitionRefused(
            f"{proposal.proposal_id} is a plan of a day: it is not pushed as a whole.",
            "`dialcast worker` pushes each of its hours in its time.",
        )
    if name not in TABLE[proposal.state] or not belongs(name, proposal.plan.kind):
        verb = name.value.replace("_", " ")
        raise TransitionRefused(
            f"{proposal.proposal_id} is {proposal.state.value}: there is no {verb!r} from there.",
            NEXT_STEP[proposal.state],
        )
    if name is Move.START_PUSH:
        _check_digest(proposal)
    if name in IN_TIME_ONLY and proposal.is_expired(at):
        raise ProposalExpired(
            f"{proposal.proposal_id} expired at {proposal.expires_at:%Y-%m-%d %H:%M} UTC.",
            "Propose again on the present forecast.",
        )


def move(
    proposal: Proposal,
    name: Move,
    *,
    by: str,
    at: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    push: PushRecord | None = None,
    conflict: Conflict | None = None,
) -> tuple[Proposal, AuditEvent]:
    """Return a proposal after a move, and the audit event of that move.

    Parameters
    ----------
    proposal : Proposal
        As it is stored.
    name : Move
        What is done.
    by : str
        Who does it.
    at : datetime
        When; aware.
    reason : str
        Why; needed to submit and to reject.
    facts : mapping, optional
        JSON values that the audit keeps beside digest, states and revision.
    push : PushRecord, optional
        What is known of the attempt from now on.
    conflict : Conflict, optional
        What was found at the tenant. Dropped by `confirm`, when all fits again.

    Raises
    ------
    TransitionRefused, PlanChangedAfterApproval, ProposalExpired
        As `check_move`.
    UsageError
        If a reason is needed and none is given.
    """
    check_move(proposal, name, at)
    reason = clean_text(reason)
    if name in REASON_NEEDED and not reason:
        raise UsageError(
            f"To {name.value} {proposal.proposal_id} needs a reason.",
            "Say why in a sentence; it goes into the audit.",
        )
    moved = replace(
        proposal,
        state=TABLE[proposal.state][name],
        version=proposal.version + 1,
        approval=(
            Approval(proposal.plan.digest, by, at, reason)
            if name is Move.APPROVE
            else proposal.approval
        ),
        closing=Closing(by, at, reason) if name in CLOSING else proposal.closing,
        push=push or proposal.push,
        conflict=None if name is Move.CONFIRM else (conflict or proposal.conflict),
    )
    event = move_event(
        proposal, moved.state, STEP_OF[name], by=by, at=at, reason=reason, facts=facts or {}
    )
    return moved, event


def note_reread(
    proposal: Proposal,
    *,
    by: str,
    at: datetime,
    what: str,
    facts: Mapping[str, Any],
    push: PushRecord | None = None,
    conflict: Conflict | None = None,
) -> tuple[Proposal, AuditEvent]:
    """Return a proposal after the tenant was read without a move, and the event of that.

    Parameters
    ----------
    proposal : Proposal
        As it is stored; its state stays.
    by, at, facts, push, conflict
        As `move`.
    what : str
        What was seen, in a sentence.
    """
    noted = replace(
        proposal,
        version=proposal.version + 1,
        push=push or proposal.push,
        conflict=conflict or proposal.conflict,
    )
    return noted, reread_event(proposal, by=by, at=at, what=what, facts=facts)


def _check_digest(proposal: Proposal) -> None:
    if proposal.approval is None or proposal.approval.digest != proposal.plan.digest:
        raise PlanChangedAfterApproval(
            f"What {proposal.proposal_id} would push is not what was approved.",
            "Propose it anew and have it approved.",
        )
