"""Offering a plan of the whole day: its consequence, the leave to plan anew, and who may propose.

The service checks all of it again, and nothing is sent by proposing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.charts.picture import Look
from core.errors import DataError
from core.pacing.recommend import COMPLIANT
from core.pacing.stepping import CALLS_FIELD
from core.screens.context import Context
from core.screens.day_plan import IN_FORCE, standing_words
from core.screens.pacing_consequence import day_effects, day_title
from core.screens.pacing_effect import PlanEffect
from core.screens.proposing import Effect, Offer, offer, submitted_words, waiting_on
from core.services.day_planning import plan_day, usual_bounds
from core.services.recommend import PacingAdvice
from core.workflow.approval import Person
from core.workflow.day_plan import Bounds, Replanning
from core.workflow.plan import Plan, PlanKind
from core.workflow.proposal import Proposal

LEAST_CALLS = 1.0
EVERY_WORDS = {0: "Keep to these values", 60: "Plan anew every hour", 15: "Plan anew every 15 min"}
"""What an approver can be asked for, by minutes; 0 for none."""


@dataclass(frozen=True, slots=True)
class DayOffer:
    """A plan of the day on the page.

    Parameters
    ----------
    offer : Offer
        The plan without leave to plan anew, with its consequence.
    title : str
        Which hours it covers.
    usual : Bounds
        How far planning anew may go, unless somebody chooses otherwise.
    highest : float
        No bound lies above: the ceiling in force. Unit: calls per agent.
    """

    offer: Offer
    title: str
    usual: Bounds
    highest: float


def day_offer(
    context: Context,
    advice: PacingAdvice,
    effect: PlanEffect,
    proposals: Iterable[Proposal],
    person: Person,
    look: Look,
) -> DayOffer | None:
    """Return the plan of the hours ahead as it stands on the page; None where there is none.

    Parameters
    ----------
    context : Context
        What is looked through.
    advice : PacingAdvice
        The recommendation and what it was made from.
    effect : PlanEffect
        What it changes.
    proposals : iterable of Proposal
        Of any state.
    person : Person
        Who sits here.
    look : Look
        Zone, palette, now.
    """
    if advice.recommendation.policy != COMPLIANT:
        return None
    try:
        plan = plan_day(advice, context.clock, look.zone)
    except DataError:
        return None
    known = tuple(proposals)
    waiting = waiting_on(
        known,
        lambda other: other.kind is PlanKind.DAY and other.target_id == plan.target_id,
        look.now,
    )
    if waiting is not None:
        proposal = next(each for each in known if each.proposal_id == waiting.proposal_id)
        waiting = replace(waiting, sentence=standing_words(proposal, look))
    return DayOffer(
        offer(context, person, plan, day_effects(advice.recommendation, effect, look), waiting),
        day_title(effect, look),
        usual_bounds(advice, context.clock)[CALLS_FIELD],
        advice.recommendation.limits.guardrails.calls_ceiling,
    )


def leave_of(every_minutes: int, lowest: float, highest: float) -> Replanning | None:
    """Return the leave to plan anew that somebody chose; None where none is wanted.

    Examples
    --------
    >>> leave_of(0, 1.0, 3.0) is None, leave_of(15, 1.0, 3.0).every_minutes
    (True, 15)
    """
    if not every_minutes:
        return None
    return Replanning(every_minutes, {CALLS_FIELD: Bounds(round(lowest, 2), round(highest, 2))})


def propose_day(
    context: Context, advice: PacingAdvice, leave: Replanning | None, person: Person, reason: str
) -> str:
    """Store the plan of the day as a proposal and return the sentence that says so.

    Raises
    ------
    WorkflowError, UsageError
        As `core.services.submit.SubmitProposal.submit`, and where the bounds are none.
    """
    plan = plan_day(advice, context.clock, context.settings.time_zone, leave)
    return submitted_words(context, context.submit.submit(plan, person.name, reason))


def single_offer(
    context: Context,
    plan: Plan,
    told: tuple[Effect, ...],
    proposals: tuple[Proposal, ...],
    person: Person,
    look: Look,
) -> Offer:
    """Return a single change as it stands on the page; a plan of the day in force forbids it."""
    waiting = waiting_on(
        proposals,
        lambda other: other.kind is PlanKind.PACING and other.target_id == plan.target_id,
        look.now,
    )
    return offer(context, person, plan, told, waiting, _day_in_force(proposals, plan, look))


def _day_in_force(proposals: tuple[Proposal, ...], plan: Plan, look: Look) -> str:
    """Return that a plan of the day sets the campaign already; empty where none does."""
    for each in proposals:
        is_same = each.plan.kind is PlanKind.DAY and each.plan.target_id == plan.target_id
        if is_same and each.state in IN_FORCE:
            return (
                f"{standing_words(each, look)} It sets these values by the hour: stop it to"
                " propose a single change."
            )
    return ""
