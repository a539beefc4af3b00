"""A push as it goes: the states it has passed, and what it waits for now."""

from dataclasses import dataclass
from datetime import timedelta

from core.screens.context import Context
from core.screens.moments import Moment
from core.screens.review import own_entries, push_label, push_subject
from core.screens.review_story import walk_of
from core.workflow.jobs import Job, JobState
from core.workflow.proposal import Proposal, ProposalState

READING = "Reading the tenant…"
BEFORE = "Reading the campaign again, before anything is sent…"
USUAL_ANSWER = timedelta(seconds=3)
"""A write is answered within this, or its answer may be lost."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a push or a verification is.

    Parameters
    ----------
    state : ProposalState
        Of the proposal.
    walk : tuple
        The states since the approval, each with its time.
    sentence : str
        What it waits for, or what came of it.
    is_over : bool
        Whether nothing is at work any more.
    is_good : bool
        Whether what came of it is what was wanted.
    is_told : bool
        Whether the proposal itself tells what came of it.
    """

    state: ProposalState
    walk: tuple[tuple[ProposalState, str], ...]
    sentence: str
    is_over: bool
    is_good: bool
    is_told: bool


def progress(context: Context, proposal_id: str) -> Progress:
    """Return how far the work on a proposal is."""
    job = context.work.latest(push_subject(proposal_id))
    with context.unit_of_work() as work:
        proposal = work.proposals.get(proposal_id)
        entries = own_entries(work.audit.entries(), proposal_id)
    told = Moment(context.clock.now(), context.settings.time_zone)
    is_over = job is None or job.is_over
    return Progress(
        state=proposal.state,
        walk=walk_of(entries, told),
        sentence=_ending(job) if is_over else _waiting(proposal, told),
        is_over=is_over,
        is_good=job is not None and job.state is JobState.DONE,
        # A push leaves a record, and the proposal's page tells of it.
        is_told=job is not None
        and job.label == push_label(proposal_id)
        and proposal.push is not None,
    )


def _ending(job: Job | None) -> str:
    return job.message if job else ""


def _waiting(proposal: Proposal, told: Moment) -> str:
    push = proposal.push
    if proposal.state is ProposalState.PUSHED:
        return "Pushed; reading it back…"
    if proposal.state is ProposalState.APPROVED:
        return BEFORE
    if proposal.state is not ProposalState.PUSHING or push is None:
        return READING
    if push.sending_at is None:
        return BEFORE
    if told.now - push.sending_at < USUAL_ANSWER:
        return f"Sent at {told.exact(push.sending_at)}; waiting for the answer…"
    return "Not known yet whether it arrived; reading back…"
