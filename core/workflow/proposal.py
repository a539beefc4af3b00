"""A proposal: a plan that a person offers for review, and all that became of it.

These types hold facts and no rule. A proposal changes only by the moves of
`core.workflow.moving`, each of which returns a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.documents import JsonObject
from core.workflow.plan import Plan, PlanKind


class ProposalState(StrEnum):
    """Where a proposal stands. The words are the same on screens, in files and in the audit."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUSHING = "pushing"
    PUSHED = "pushed"
    VERIFIED = "verified"
    DRIFTED = "drifted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    STALE = "stale"
    PUSH_FAILED = "push_failed"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"


OPEN_STATES = (
    ProposalState.SUBMITTED,
    ProposalState.APPROVED,
    ProposalState.PUSHING,
    ProposalState.PAUSED,
)
"""Something is still to happen; a subject has at most one proposal in these: `Plan.subject`."""

LIFETIMES: Mapping[PlanKind, timedelta] = {
    PlanKind.PACING: timedelta(hours=4),
    PlanKind.CAMPAIGN: timedelta(hours=24),
    PlanKind.SCHEDULE: timedelta(hours=24),
    PlanKind.UNSCHEDULING: timedelta(hours=24),
    PlanKind.DELETION: timedelta(hours=24),
    PlanKind.DAY: timedelta(hours=36),
}
"""How long a proposal may be decided and pushed. Pacing follows the hours ahead; a draft's windows
lie days ahead."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's yes to exactly one plan.

    Parameters
    ----------
    digest : str
        Of the plan that was approved.
    approver : str
        Who.
    at : datetime
        Aware.
    reason : str
        Why; may be empty.
    """

    digest: str
    approver: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """How a proposal ended without a push: rejected, withdrawn, expired or superseded."""

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PushRecord:
    """One attempt to push, written before the tenant is called and completed afterwards.

    Parameters
    ----------
    attempt : str
        Unique for every attempt.
    by : str
        Who pushed.
    intent_at : datetime
        When the intent was stored; nothing had been sent by then.
    sending_at : datetime or None
        When the campaign had been read again and found fit, just before the one write. None:
        nothing was sent, whatever happened to the process.
    finished_at : datetime or None
        When the outcome was known.
    revision_before, revision_after : str or None
        The tenant's own version of the object before and after, where it keeps one.
    observed_digest : str
        Digest of the object as it was seen after the push; empty until then.
    object_id : str
        The id of what was changed or created; empty until a creation is known.
    sent_before : bool
        Whether an earlier attempt was sent and then read back as not applied.
    message : str
        What is to be said of it: how it ended, or why it cannot be told yet.
    """

    attempt: str
    by: str
    intent_at: datetime
    sending_at: datetime | None = None
    finished_at: datetime | None = None
    revision_before: str | None = None
    revision_after: str | None = None
    observed_digest: str = ""
    object_id: str = ""
    sent_before: bool = False
    message: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The tenant's object as it was found when it no longer fitted the plan.

    Parameters
    ----------
    document : JsonObject
        As read; empty where the object was gone.
    revision : str or None
        The tenant's own version of it.
    read_at : datetime
        Aware.
    """

    document: JsonObject
    revision: str | None
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan offered for review.

    Parameters
    ----------
    proposal_id : str
        ``P-1001`` and on.
    plan : Plan
        The exact changes; never edited.
    author, reason : str
        Who proposes it, and why.
    state : ProposalState
        Where it stands.
    version : int
        Counts every stored change; two people who change one version cannot both succeed.
    created_at, expires_at : datetime
        Aware.
    approval : Approval or None
        The yes in force.
    closing : Closing or None
        How it ended without a push.
    push : PushRecord or None
        The latest attempt to push.
    conflict : Conflict or None
        What was found at the tenant when the proposal went stale, failed or drifted.
    """

    proposal_id: str
    plan: Plan
    author: str
    reason: str
    state: ProposalState
    version: int
    created_at: datetime
    expires_at: datetime
    approval: Approval | None = None
    closing: Closing | None = None
    push: PushRecord | None = None
    conflict: Conflict | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to happen."""
        return self.state in OPEN_STATES

    def is_expired(self, at: datetime) -> bool:
        """Whether it is too old, at a moment, to be decided or pushed."""
        return at >= self.expires_at


def clean_text(text: str) -> str:
    r"""Return a person's text without what no store can hold: half characters, and NUL.

    Examples
    --------
    >>> clean_text(" B\x00y \udcff ear ")
    'By ? ear'
    """
    return text.replace("\x00", "").encode("utf-8", "replace").decode().strip()


def draft_proposal(
    proposal_id: str, plan: Plan, author: str, reason: str, at: datetime
) -> Proposal:
    """Return a proposal that nobody has seen yet, with the lifetime of its kind of plan."""
    return Proposal(
        proposal_id=proposal_id,
        plan=plan,
        author=author,
        reason=clean_text(reason),
        state=ProposalState.DRAFT,
        version=0,
        created_at=at,
        expires_at=at + LIFETIMES[plan.kind],
    )
