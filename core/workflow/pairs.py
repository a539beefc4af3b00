"""A draft and its schedule: two proposals that belong together, and whether both were pushed.

Where a tenant creates a campaign and takes its schedule in two steps, the second is a proposal of
its own. Between the two the pair is half done, and somebody has to see that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.workflow.plan import Plan, PlanKind
from core.workflow.proposal import OPEN_STATES, Proposal, ProposalState

AT_THE_TENANT = (ProposalState.PUSHED, ProposalState.VERIFIED, ProposalState.DRIFTED)
"""States of a proposal that was applied."""


@dataclass(frozen=True, slots=True)
class HalfDone:
    """A draft that was created and has no schedule.

    Parameters
    ----------
    draft : Proposal
        Of the campaign that was created.
    schedule : Proposal or None
        The newest proposal of its schedule; None where there is none.
    """

    draft: Proposal
    schedule: Proposal | None

    @property
    def is_waiting(self) -> bool:
        """Whether the schedule only waits for its own decision and push."""
        return self.schedule is not None and self.schedule.state in OPEN_STATES

    def needs_somebody(self, at: datetime) -> bool:
        """Whether nobody has proposed the schedule while a window of it is still ahead."""
        windows = self.draft.plan.evidence["windows"]
        is_ahead = any(datetime.fromisoformat(each["start"]) >= at for each in windows)
        return is_ahead and not self.is_waiting

    @property
    def sentence(self) -> str:
        """How the pair stands, and what may be done."""
        created = f"{self.draft.proposal_id} created {self.draft.plan.target_name}"
        if self.schedule is None:
            return f"{created}, and nobody has proposed its schedule. {_WAYS_ON}"
        told = f"{self.schedule.proposal_id}, {self.schedule.state.value.replace('_', ' ')}"
        if self.is_waiting:
            return f"{created}; its schedule waits as a proposal of its own ({told})."
        return f"{created}; its schedule came to nothing ({told}). {_WAYS_ON}"


_WAYS_ON = "Propose its schedule, or undo the draft."


def is_scheduled_apart(plan: Plan) -> bool:
    """Whether a plan creates a draft whose windows need a second proposal."""
    return (
        plan.kind is PlanKind.CAMPAIGN
        and "schedule" not in plan.payload
        and bool(plan.evidence.get("windows"))
    )


def half_done(proposals: Iterable[Proposal]) -> tuple[HalfDone, ...]:
    """Return the drafts that stand at the tenant without a schedule of their own.

    Parameters
    ----------
    proposals : iterable of Proposal
        All of them, newest first.

    Returns
    -------
    tuple of HalfDone
        Newest first. Without those whose deletion was pushed or that were found gone; one whose
        schedule was pushed and removed again counts as having none.
    """
    known = tuple(proposals)
    pairs = (
        HalfDone(each, schedule_of(each, known))
        for each in known
        if each.state in AT_THE_TENANT and is_scheduled_apart(each.plan)
    )
    return tuple(each for each in pairs if not _is_settled(each, known))


def schedule_of(draft: Proposal, proposals: Iterable[Proposal]) -> Proposal | None:
    """Return the newest proposal that schedules a draft; None where there is none."""
    return next((each for each in proposals if each.plan.follows == draft.proposal_id), None)


def _is_settled(pair: HalfDone, proposals: tuple[Proposal, ...]) -> bool:
    undone = {each.plan.reverses for each in proposals if each.state in AT_THE_TENANT}
    found = pair.draft.conflict
    is_gone = found is not None and not found.document
    if is_gone or pair.draft.proposal_id in undone:
        return True
    schedule = pair.schedule
    return (
        schedule is not None
        and schedule.state in AT_THE_TENANT
        and schedule.proposal_id not in undone
    )
