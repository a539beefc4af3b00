"""What Review shows of one proposal, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.screens.proposing import checks_title
from core.screens.review_day import DayHours
from core.screens.review_kinds import words_of
from core.screens.review_rows import DiffRow, WayRow, WindowRow
from core.screens.review_words import Banner
from core.workflow.lifecycle import Move
from core.workflow.plan import Check, CheckState
from core.workflow.proposal import Proposal, ProposalState

CAME_TO_NOTHING = (
    ProposalState.REJECTED,
    ProposalState.WITHDRAWN,
    ProposalState.EXPIRED,
    ProposalState.SUPERSEDED,
)
"""Closed without anything sent."""


@dataclass(frozen=True, slots=True)
class Link:
    """A way on: what it says, the page, and what is selected there."""

    label: str
    page: str
    selection: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What somebody may do with a proposal now: the buttons.

    Parameters
    ----------
    moves : tuple of Move
        Of the lifecycle: approve, reject, withdraw, start_push.
    can_verify, can_undo, can_renew, can_schedule : bool
        Compare with the tenant; propose to take it back; propose again on what is there now;
        propose the schedule of a draft.
    note : str
        Why a button is not there that one may look for.
    """

    moves: tuple[Move, ...] = ()
    can_verify: bool = False
    can_undo: bool = False
    can_renew: bool = False
    can_schedule: bool = False
    note: str = ""

    @property
    def is_more(self) -> bool:
        """Whether there is something that may follow a decision."""
        return self.can_verify or self.can_undo or self.can_renew or self.can_schedule

    def has(self, move: Move) -> bool:
        """Whether a move is among them."""
        return move in self.moves


@dataclass(frozen=True, slots=True)
class Detail:
    """One proposal as the page shows it.

    Parameters
    ----------
    proposal : Proposal
        As it is stored.
    title : str
        Id, campaign, and what it does.
    said_at : str
        When it was proposed: "at 10:42".
    banner : Banner or None
        How it stands, where the badge does not say enough.
    walk : tuple
        The states since the approval, each with its time.
    diff : tuple of DiffRow
        Field by field.
    diff_title : str
        How many fields change.
    day_hours : DayHours or None
        Of a plan of a day, instead of its long diff.
    ways : tuple of WayRow
        Three ways; empty where nothing was found changed.
    windows : tuple of WindowRow
        Of a campaign draft.
    does : tuple of str
        What it does, in sentences.
    consequence : str
        What happens on approval.
    checks : tuple of Check
        How it stood when it was proposed, and how the tenant stands to it now.
    history : tuple
        Time and what was done, oldest first.
    digest : str
        Short, to be compared by eye.
    allowed : Allowed
        The buttons.
    links : tuple of Link
        Ways on.
    document : str
        The proposal's whole JSON document.
    is_busy : bool
        Whether a push or a verification is at work.
    """

    proposal: Proposal
    title: str
    said_at: str
    banner: Banner | None
    walk: tuple[tuple[ProposalState, str], ...]
    diff: tuple[DiffRow, ...]
    diff_title: str
    day_hours: DayHours | None
    ways: tuple[WayRow, ...]
    windows: tuple[WindowRow, ...]
    does: tuple[str, ...]
    consequence: str
    checks: tuple[Check, ...]
    history: tuple[tuple[str, str], ...]
    digest: str
    allowed: Allowed
    links: tuple[Link, ...]
    document: str
    is_busy: bool

    @property
    def checks_title(self) -> str:
        """How the checks came out, counted."""
        return checks_title(self.checks)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What whoever approves should have read."""
        return tuple(c.message for c in self.checks if c.state is CheckState.WARNING)

    @property
    def now_heading(self) -> str:
        """What the values are that the plan was made against."""
        is_open = self.proposal.state in (ProposalState.SUBMITTED, ProposalState.APPROVED)
        return "Now" if is_open else "Before"

    @property
    def ways_headings(self) -> tuple[str, str, str, str, str]:
        """The headings of the three-way comparison."""
        if self.proposal.state is ProposalState.DRIFTED:
            return ("Field", "Before", "Tenant now", "Pushed", "Result")
        return ("Field", "Then", "Tenant now", "Proposed", "Result")

    @property
    def does_title(self) -> str:
        """Whether the plan has an effect, or would have had one."""
        came_to_nothing = (*CAME_TO_NOTHING, ProposalState.STALE)
        is_void = self.proposal.state in came_to_nothing
        return "What it would have done" if is_void else "What it does"

    @property
    def undo_label(self) -> str:
        """What the button that proposes to take it back says."""
        if told := words_of(self.proposal.plan).undo:
            return f"Undo: propose to {told}"
        old = next((row.now for row in self.diff if row.is_changed), "the old values")
        return f"Undo: propose {old} again"

    @property
    def renew_label(self) -> str:
        """What the button that proposes once more says."""
        now = next((row.now for row in self.ways if row.is_conflict), "the tenant's values")
        return f"Propose again on {now}"

    @property
    def is_decision(self) -> bool:
        """Whether there is something to decide for whoever looks."""
        return self.allowed.has(Move.APPROVE) or self.allowed.has(Move.REJECT)
