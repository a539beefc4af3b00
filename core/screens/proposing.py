"""Offering a plan for review, the same on every page: what it would do, what stands in its way.

The service checks all of it again; here it decides which words and whether there is a button.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from core.charts.numbers import change, value_text
from core.screens.context import Context, may
from core.workflow.approval import Person, Step
from core.workflow.plan import Check, CheckState, FieldChange, Plan
from core.workflow.proposal import OPEN_STATES, Proposal, ProposalState
from core.workflow.verification import changes_nothing


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of what a plan does: what, the value now and then, and what to know of it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that is open already, instead of a button."""

    proposal_id: str
    state: ProposalState
    sentence: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan on a page, and whether it may be proposed.

    Parameters
    ----------
    plan : Plan
        With its checks.
    effects : tuple of Effect
        What it does.
    waiting : Waiting or None
        The open proposal that stands in its place.
    obstacle : str
        Why it cannot be proposed here and now; empty where it can.
    footnote : str
        What happens when it is proposed.
    """

    plan: Plan
    effects: tuple[Effect, ...]
    waiting: Waiting | None
    obstacle: str
    footnote: str

    @property
    def is_open(self) -> bool:
        """Whether there is a button."""
        return self.waiting is None and not self.obstacle

    @property
    def warnings(self) -> tuple[str, ...]:
        """What whoever proposes should know."""
        return tuple(c.message for c in self.plan.checks if c.state is CheckState.WARNING)


def offer(
    context: Context,
    person: Person,
    plan: Plan,
    effects: tuple[Effect, ...],
    waiting: Waiting | None,
    obstacle: str = "",
) -> Offer:
    """Return a plan as it stands on a page.

    Parameters
    ----------
    context, person : Context, Person
        Which rules are in force, and who sits here.
    plan : Plan
        With its checks.
    effects : tuple of Effect
        What it does.
    waiting : Waiting or None
        The open proposal that stands in its place.
    obstacle : str
        What the page itself knows to stand in the way.
    """
    plan = context.permission.checked(plan)
    other = "another person approves it" if context.settings.four_eyes else "it is approved"
    return Offer(
        plan,
        effects,
        waiting,
        obstacle or _obstacle(person, plan),
        f"Nothing reaches the tenant until {other}.",
    )


def propose(context: Context, plan: Plan, person: str, reason: str) -> str:
    """Store a plan as a proposal and return the sentence that says so.

    Raises
    ------
    WorkflowError, UsageError
        As `core.services.submit.SubmitProposal.submit`.
    """
    return submitted_words(context, context.submit.submit(plan, person, reason))


def submitted_words(context: Context, proposal: Proposal) -> str:
    """Return what is said of a proposal that was just sent for review."""
    whom = "another person" if context.settings.four_eyes else "a decision"
    return f"{proposal.proposal_id} waits for {whom}."


def waiting_on(
    proposals: Iterable[Proposal], is_same: Callable[[Plan], bool], now: datetime
) -> Waiting | None:
    """Return the open proposal on the same object, if there is one that is still in time.

    Parameters
    ----------
    proposals : iterable of Proposal
        Of any state.
    is_same : callable
        Whether a plan is on that object.
    now : datetime
        Aware.
    """
    for each in proposals:
        is_late = each.state is not ProposalState.PUSHING and each.is_expired(now)
        if each.state in OPEN_STATES and not is_late and is_same(each.plan):
            return Waiting(each.proposal_id, each.state, _waiting_words(each))
    return None


def field_effects(changes: Iterable[FieldChange]) -> tuple[Effect, ...]:
    """Return what a change of fields does, line by line; a value that stays says so."""
    return tuple(
        Effect(each.label, value_text(each.proposed, each.unit), "as it is")
        if each.now == each.proposed
        else Effect(
            each.label,
            change(value_text(each.now, each.unit), value_text(each.proposed, each.unit)),
            f"limit: {each.limit}" if each.limit else "",
        )
        for each in changes
    )


def checks_title(checks: Iterable[Check]) -> str:
    """Return a title that counts checks by their outcome.

    Examples
    --------
    >>> checks_title([Check("a", CheckState.PASS, ""), Check("b", CheckState.BLOCK, "")])
    'Checks: 1 pass, 0 warnings, 1 block'
    """
    states = [check.state for check in checks]
    warnings, blocks = states.count(CheckState.WARNING), states.count(CheckState.BLOCK)
    return (
        f"Checks: {states.count(CheckState.PASS)} pass,"
        f" {warnings} {'warning' if warnings == 1 else 'warnings'},"
        f" {blocks} {'block' if blocks == 1 else 'blocks'}"
    )


def _obstacle(person: Person, plan: Plan) -> str:
    if changes_nothing(plan):
        return "The campaign has these values already: there is nothing to propose."
    if plan.is_blocked:
        return "A check blocks this plan, so it cannot be proposed."
    if not person.name:
        return "Give your name at the top to propose this plan."
    if not may(person, Step.PROPOSE):
        return f"You are a {person.role}: somebody who is a planner or more can propose this plan."
    return ""


def _waiting_words(proposal: Proposal) -> str:
    by = f"{proposal.proposal_id} by {proposal.author}"
    if proposal.state is ProposalState.SUBMITTED:
        return f"{by} waits for a decision."
    if proposal.state is ProposalState.APPROVED:
        return f"{by} is approved and waits to be pushed."
    return f"{by} is being pushed."
