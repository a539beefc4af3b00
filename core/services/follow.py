"""The schedule of a draft as a proposal of its own, offered as soon as the draft is verified.

It belongs to the draft's author and waits for its own approval: writing a schedule arms the
dialler, and nobody approved that by approving a draft that is off.
"""

from contextlib import suppress

from core.campaigns import CampaignSnapshot
from core.clock import Clock
from core.errors import UsageError
from core.ports import UnitOfWork
from core.workflow.approval import PROGRAM
from core.workflow.lifecycle import Move
from core.workflow.moving import move
from core.workflow.pairs import is_scheduled_apart, schedule_of
from core.workflow.plan import Seen
from core.workflow.proposal import Proposal, draft_proposal
from core.workflow.scheduling import schedule_plan
from core.workflow.wording import FOLLOWS


def record_follow_up(
    work: UnitOfWork, clock: Clock, draft: Proposal, seen: Seen | None
) -> Proposal | None:
    """Return the proposal that schedules a draft, stored and up for decision; the caller commits.

    Parameters
    ----------
    work : UnitOfWork
        The transaction in which the draft is verified.
    clock : Clock
        Tells when.
    draft : Proposal
        Just verified.
    seen : CampaignSnapshot, CampaignSchedule or None
        What was found; a campaign where the proposal created one.

    Returns
    -------
    Proposal or None
        None where the proposal needs no schedule of its own, has one already, or all of its windows
        are past.
    """
    if not is_scheduled_apart(draft.plan) or not isinstance(seen, CampaignSnapshot):
        return None
    if schedule_of(draft, work.proposals.all()) is not None:
        return None
    now = clock.now()
    # The pair then stays half done, and Review says so.
    with suppress(UsageError):
        plan = schedule_plan(draft, seen, None, now)
        offered = draft_proposal(
            work.proposals.next_id(),
            plan,
            draft.author,
            f"Schedule of {draft.proposal_id}: {draft.reason}",
            now,
        )
        submitted, event = move(
            offered,
            Move.SUBMIT,
            by=PROGRAM.name,
            at=now,
            reason=f"{draft.proposal_id} by {draft.author} was verified: {draft.reason}",
            facts={FOLLOWS: draft.proposal_id, "author": draft.author},
        )
        work.proposals.add(submitted)
        work.audit.append(event)
        return submitted
    return None
