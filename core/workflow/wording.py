"""What is said of proposals: the audit event of each step, and what to do next from each state.

Words and facts only; which moves there are is decided in `core.workflow.lifecycle`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.documents import JsonObject
from core.workflow.audit import AuditEvent
from core.workflow.plan import PlanKind
from core.workflow.proposal import Proposal, ProposalState

APPROVED_BY_AUTHOR = "approvedByAuthor"
"""The fact of an approval by the author, where settings allow that."""
FOLLOWS = "follows"
"""The fact of a schedule that was proposed because its draft was verified: that draft."""

NEXT_STEP: Mapping[ProposalState, str] = {
    ProposalState.DRAFT: "Submit it first.",
    ProposalState.SUBMITTED: "It waits for a decision.",
    ProposalState.APPROVED: "It waits to be pushed.",
    ProposalState.PUSHING: "Verify it: reading the tenant settles what became of the push.",
    ProposalState.PUSHED: "It was pushed already; verify it to compare it with the tenant.",
    ProposalState.VERIFIED: "It was pushed already; undo it with a new proposal.",
    ProposalState.DRIFTED: "It was pushed already; propose again on the tenant's present values.",
    ProposalState.REJECTED: "Propose again.",
    ProposalState.WITHDRAWN: "Propose again.",
    ProposalState.EXPIRED: "Propose again on the present forecast.",
    ProposalState.SUPERSEDED: "Look at the proposal that took its place.",
    ProposalState.STALE: "The tenant changed since; propose again on its present values.",
    ProposalState.PUSH_FAILED: "Propose again on the tenant's present values.",
    ProposalState.PAUSED: "Resume it, or stop it.",
    ProposalState.STOPPED: "Propose the rest of the day anew.",
    ProposalState.FINISHED: "Propose the next day.",
}
"""What can be done instead, where a move is refused."""

_WORDS: Mapping[str, str] = {
    "proposal.submitted": "Proposed",
    "proposal.approved": "Approved.",
    "proposal.rejected": "Rejected.",
    "proposal.withdrawn": "Withdrawn.",
    "proposal.expired": "Expired before it was pushed.",
    "proposal.superseded": "Superseded by a newer proposal.",
    "proposal.stale": "Found stale: the tenant changed since it was proposed.",
    "push.started": "Push started.",
    "push.released": "Push released: nothing was applied.",
    "push.finished": "Pushed.",
    "push.failed": "Push failed: what became of it cannot be told.",
    "push.verified": "Verified: the tenant has the proposed values.",
    "push.drifted": "Drifted: the tenant differs from what was pushed.",
    "day.paused": "Paused: nothing further is pushed until it is resumed.",
    "day.resumed": "Resumed: the hours ahead are pushed again.",
    "day.stopped": "Stopped: nothing of it is pushed any more.",
    "day.finished": "Finished: its last hour is over.",
}


_WHOLE: Mapping[PlanKind, str] = {
    PlanKind.CAMPAIGN: "create the campaign",
    PlanKind.SCHEDULE: "write the schedule, which arms the dialler, of",
    PlanKind.UNSCHEDULING: "remove the schedule of",
    PlanKind.DELETION: "delete the campaign",
    PlanKind.DAY: "pace, hour by hour for a day, the campaign",
}
"""What is done to a whole object; other plans name their fields."""


def move_event(
    before: Proposal,
    reached: ProposalState,
    step: str,
    *,
    by: str,
    at: datetime,
    reason: str,
    facts: Mapping[str, Any],
) -> AuditEvent:
    """Return the audit event of a move.

    Parameters
    ----------
    before : Proposal
        As it was.
    reached : ProposalState
        The state it moved to.
    step : str
        One of `core.workflow.audit.STEPS`.
    by, at, reason : str, datetime, str
        Who, when (aware) and why.
    facts : mapping
        JSON values, kept beside digest, states, revision and fields.
    """
    plan = before.plan
    kept: JsonObject = {
        "digest": plan.digest,
        "from": before.state.value,
        "to": reached.value,
        "revision": plan.base.revision if plan.base else None,
    }
    if step == "proposal.submitted":
        kept["changes"] = [
            {"path": change.path, "now": change.now, "proposed": change.proposed}
            for change in plan.changes
        ]
    return AuditEvent(
        at=at,
        step=step,
        proposal_id=before.proposal_id,
        person=by,
        object_name=plan.target_name,
        what=_sentence(before, step, facts),
        reason=reason,
        facts={**kept, **facts},
    )


def reread_event(
    proposal: Proposal, *, by: str, at: datetime, what: str, facts: Mapping[str, Any]
) -> AuditEvent:
    """Return the audit event of reading the tenant again without a move."""
    return AuditEvent(
        at=at,
        step="proposal.reread",
        proposal_id=proposal.proposal_id,
        person=by,
        object_name=proposal.plan.target_name,
        what=what,
        facts={"state": proposal.state.value, **facts},
    )


def _sentence(proposal: Proposal, step: str, facts: Mapping[str, Any]) -> str:
    if step == "proposal.submitted":
        return f"{_offered(facts)}: {_changes_in_words(proposal)}."
    if facts.get(APPROVED_BY_AUTHOR):
        return "Approved by its author: four-eyes review is switched off."
    return _WORDS[step]


def _offered(facts: Mapping[str, Any]) -> str:
    """How it came to be proposed: by its author, or as the second half of a draft."""
    draft = facts.get(FOLLOWS)
    return f"Proposed by itself, as {draft} was verified" if draft else _WORDS["proposal.submitted"]


def _changes_in_words(proposal: Proposal) -> str:
    plan = proposal.plan
    if plan.kind in _WHOLE:
        return f"{_WHOLE[plan.kind]} {plan.target_name}"
    return "; ".join(
        f"{each.label} {'absent' if each.now is None else each.now} → {each.proposed}"
        for each in plan.changes
    )
