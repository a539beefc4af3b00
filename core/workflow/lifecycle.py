"""States and moves of a proposal: one table, from which tests, documentation and buttons derive.

::

    draft ─submit▶ submitted ─approve▶ approved ─start_push▶ pushing ─finish_push▶ pushed
                       │ reject            ▲ release_push ─────┤            │ confirm ▶ verified
                       ▼                   └── nothing applied └─fail_push  └─report_drift ▶ drifted
                   rejected                                       ▼
                                                              push_failed

    submitted, approved ─withdraw▶ withdrawn  ─expire▶ expired  ─supersede▶ superseded
    submitted, approved, pushing ─mark_stale▶ stale
    verified ─report_drift▶ drifted      drifted ─confirm▶ verified

Every move returns the next version of the proposal and the audit event that goes with it. A move
that the table lacks is refused, and no move begins a push whose plan is not the approved one.
Who may move is decided in `core.workflow.approval`; nothing is stored or sent here.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.errors import (
    PlanChangedAfterApproval,
    ProposalExpired,
    TransitionRefused,
    UsageError,
)
from core.workflow.audit import AuditEvent
from core.workflow.proposal import (
    Approval,
    Closing,
    Conflict,
    Proposal,
    ProposalState,
    PushRecord,
    clean_text,
)
from core.workflow.wording import NEXT_STEP, move_event, reread_event


class Move(StrEnum):
    """What can be done to a proposal."""

    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    SUPERSEDE = "supersede"
    MARK_STALE = "mark_stale"
    START_PUSH = "start_push"
    RELEASE_PUSH = "release_push"
    FINISH_PUSH = "finish_push"
    FAIL_PUSH = "fail_push"
    CONFIRM = "confirm"
    REPORT_DRIFT = "report_drift"


TABLE: Mapping[ProposalState, Mapping[Move, ProposalState]] = {
    ProposalState.DRAFT: {Move.SUBMIT: ProposalState.SUBMITTED},
    ProposalState.SUBMITTED: {
        Move.APPROVE: ProposalState.APPROVED,
        Move.REJECT: ProposalState.REJECTED,
        Move.WITHDRAW: ProposalState.WITHDRAWN,
        Move.EXPIRE: ProposalState.EXPIRED,
        Move.SUPERSEDE: ProposalState.SUPERSEDED,
        Move.MARK_STALE: ProposalState.STALE,
    },
    ProposalState.APPROVED: {
        Move.START_PUSH: ProposalState.PUSHING,
        Move.WITHDRAW: ProposalState.WITHDRAWN,
        Move.EXPIRE: ProposalState.EXPIRED,
        Move.SUPERSEDE: ProposalState.SUPERSEDED,
        Move.MARK_STALE: ProposalState.STALE,
    },
    ProposalState.PUSHING: {
        Move.FINISH_PUSH: ProposalState.PUSHED,
        Move.RELEASE_PUSH: ProposalState.APPROVED,
        Move.FAIL_PUSH: ProposalState.PUSH_FAILED,
        Move.MARK_STALE: ProposalState.STALE,
    },
    ProposalState.PUSHED: {
        Move.CONFIRM: ProposalState.VERIFIED,
        Move.REPORT_DRIFT: ProposalState.DRIFTED,
    },
    ProposalState.VERIFIED: {Move.REPORT_DRIFT: ProposalState.DRIFTED},
    ProposalState.DRIFTED: {Move.CONFIRM: ProposalState.VERIFIED},
    ProposalState.REJECTED: {},
    ProposalState.WITHDRAWN: {},
    ProposalState.EXPIRED: {},
    ProposalState.SUPERSEDED: {},
    ProposalState.STALE: {},
    ProposalState.PUSH_FAILED: {},
}
"""Every state, the moves it has, and where each leads."""

STEP_OF: Mapping[Move, str] = {
    Move.SUBMIT: "proposal.submitted",
    Move.APPROVE: "proposal.approved",
    Move.REJECT: "proposal.rejected",
    Move.WITHDRAW: "proposal.withdrawn",
    Move.EXPIRE: "proposal.expired",
    Move.SUPERSEDE: "proposal.superseded",
    Move.MARK_STALE: "proposal.stale",
    Move.START_PUSH: "push.started",
    Move.RELEASE_PUSH: "push.released",
    Move.FINISH_PUSH: "push.finished",
    Move.FAIL_PUSH: "push.failed",
    Move.CONFIRM: "push.verified",
    Move.REPORT_DRIFT: "push.drifted",
}
"""The audit step that each move leaves behind."""

REASON_NEEDED = frozenset({Move.SUBMIT, Move.REJECT})
"""Moves that a person has to give a reason for."""

_IN_TIME_ONLY = frozenset({Move.APPROVE, Move.START_PUSH})
_CLOSING = frozenset({Move.REJECT, Move.WITHDRAW, Move.EXPIRE, Move.SUPERSEDE})


def moves_from(state: ProposalState) -> tuple[Move, ...]:
    """Return the moves that a state has.

    Examples
    --------
    >>> [move.value for move in moves_from(ProposalState.PUSHED)]
    ['confirm', 'report_drift']
    """
    return tuple(TABLE[state])


def is_settled(state: ProposalState) -> bool:
    """Whether a state has no move left.

    Examples
    --------
    >>> is_settled(ProposalState.STALE), is_settled(ProposalState.VERIFIED)
    (True, False)
    """
    return not TABLE[state]


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
    if name not in TABLE[proposal.state]:
        verb = name.value.replace("_", " ")
        raise TransitionRefused(
            f"{proposal.proposal_id} is {proposal.state.value}: there is no {verb!r} from there.",
            NEXT_STEP[proposal.state],
        )
    if name is Move.START_PUSH:
        _check_digest(proposal)
    if name in _IN_TIME_ONLY and proposal.is_expired(at):
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
        closing=Closing(by, at, reason) if name in _CLOSING else proposal.closing,
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
