"""Storing a move of a proposal: the new state and its audit event, in one transaction."""

from core.clock import Clock
from core.documents import JsonObject
from core.errors import TransitionRefused
from core.ports import UnitOfWork, UnitOfWorkFactory
from core.workflow.approval import PROGRAM
from core.workflow.lifecycle import Move
from core.workflow.moving import move, note_reread
from core.workflow.proposal import Conflict, Proposal, ProposalState, PushRecord


def record_move(
    work: UnitOfWork,
    clock: Clock,
    proposal: Proposal,
    name: Move,
    by: str,
    *,
    reason: str = "",
    facts: JsonObject | None = None,
    push: PushRecord | None = None,
    conflict: Conflict | None = None,
) -> Proposal:
    """Return a proposal after a move, stored with its audit event; the caller commits.

    Parameters
    ----------
    work : UnitOfWork
        The transaction.
    clock : Clock
        Tells when.
    proposal, name, by, reason, facts, push, conflict
        As `core.workflow.moving.move`.

    Raises
    ------
    WorkflowError
        If the lifecycle refuses the move.
    ConcurrentEdit
        If somebody else changed the proposal meanwhile.
    """
    moved, event = move(
        proposal,
        name,
        by=by,
        at=clock.now(),
        reason=reason,
        facts=facts,
        push=push,
        conflict=conflict,
    )
    work.proposals.save(moved)
    work.audit.append(event)
    return moved


def record_reread(
    work: UnitOfWork,
    clock: Clock,
    proposal: Proposal,
    by: str,
    what: str,
    *,
    facts: JsonObject,
    push: PushRecord | None = None,
    conflict: Conflict | None = None,
) -> Proposal:
    """Return a proposal after the tenant was read again without a move; the caller commits."""
    noted, event = note_reread(
        proposal,
        by=by,
        at=clock.now(),
        what=what,
        facts=facts,
        push=push,
        conflict=conflict,
    )
    work.proposals.save(noted)
    work.audit.append(event)
    return noted


def record_expiry(work: UnitOfWork, clock: Clock, proposal: Proposal) -> Proposal:
    """Return a proposal marked as expired, stored; the caller commits."""
    return record_move(work, clock, proposal, Move.EXPIRE, PROGRAM.name)


def push_lock(proposal_id: str) -> str:
    """Return the name of the lock that whoever pushes or settles a proposal holds."""
    return f"push {proposal_id}"


def being_pushed(unit_of_work: UnitOfWorkFactory, proposal_id: str) -> TransitionRefused:
    """Return the error that says who is at a proposal right now."""
    with unit_of_work() as work:
        proposal = work.proposals.get(proposal_id)
    who = ""
    if proposal.state is ProposalState.PUSHING and proposal.push is not None:
        who = f" by {proposal.push.by} since {proposal.push.intent_at:%H:%M:%S} UTC"
    return TransitionRefused(
        f"{proposal_id} is being pushed or verified at this moment{who}.",
        "Wait until that is done, then look at its state.",
    )
