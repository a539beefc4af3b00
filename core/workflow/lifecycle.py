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

    A plan of a day is in force while it is approved, and is not pushed itself: its hours are.

    approved ─pause▶ paused ─resume▶ approved   approved, paused ─stop▶ stopped ─finish▶ finished

The table alone stands here: a move is made by `core.workflow.moving`, and who may make it is
decided in `core.workflow.approval`.
"""

from collections.abc import Mapping
from enum import StrEnum

from core.workflow.plan import PlanKind
from core.workflow.proposal import ProposalState


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
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    FINISH = "finish"


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
        Move.PAUSE: ProposalState.PAUSED,
        Move.STOP: ProposalState.STOPPED,
        Move.FINISH: ProposalState.FINISHED,
    },
    ProposalState.PAUSED: {
        Move.RESUME: ProposalState.APPROVED,
        Move.STOP: ProposalState.STOPPED,
        Move.FINISH: ProposalState.FINISHED,
        Move.MARK_STALE: ProposalState.STALE,
        Move.EXPIRE: ProposalState.EXPIRED,
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
    ProposalState.STOPPED: {},
    ProposalState.FINISHED: {},
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
    Move.PAUSE: "day.paused",
    Move.RESUME: "day.resumed",
    Move.STOP: "day.stopped",
    Move.FINISH: "day.finished",
}
"""The audit step that each move leaves behind."""

REASON_NEEDED = frozenset({Move.SUBMIT, Move.REJECT})
"""Moves that a person has to give a reason for."""

IN_TIME_ONLY = frozenset({Move.APPROVE, Move.START_PUSH})
"""Moves that a proposal too old does not have any more."""
_OF_A_DAY = frozenset({Move.PAUSE, Move.RESUME, Move.STOP, Move.FINISH})
_NOT_OF_A_DAY = frozenset({Move.START_PUSH})
CLOSING = frozenset({Move.REJECT, Move.WITHDRAW, Move.EXPIRE, Move.SUPERSEDE})
"""Moves that end a proposal without a push."""


def belongs(name: Move, kind: PlanKind) -> bool:
    """Whether proposals of a kind have a move: a plan of a day is halted, and never pushed whole.

    Examples
    --------
    >>> belongs(Move.PAUSE, PlanKind.PACING), belongs(Move.START_PUSH, PlanKind.DAY)
    (False, False)
    """
    return name not in (_NOT_OF_A_DAY if kind is PlanKind.DAY else _OF_A_DAY)


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
