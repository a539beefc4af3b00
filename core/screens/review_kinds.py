"""What a proposal is called and what a push of it means, by what it does to the tenant."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.workflow.plan import Plan, PlanKind


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words of one kind of plan.

    Parameters
    ----------
    name : str
        What the proposal is.
    consequence : str
        What happens on a push, in a line.
    changed : str
        What a push finds where it goes stale, of a target.
    verified : str
        What is true once it was verified, of a target.
    outcome : str
        The same after the name of the target, for a notice.
    undo : str
        What its undo proposes; empty where the old values are named instead.
    """

    name: str
    consequence: str
    changed: str
    verified: str
    outcome: str
    undo: str = ""


_WORDS: Mapping[PlanKind, KindWords] = MappingProxyType(
    {
        PlanKind.PACING: KindWords(
            "pacing",
            "",
            "the campaign was changed at the tenant",
            "the tenant has the proposed values",
            "has the proposed values",
        ),
        PlanKind.CAMPAIGN: KindWords(
            "campaign draft",
            "Dialcast looks whether the name is still free, creates the draft once and reads it"
            " back.",
            "the tenant has a campaign of that name",
            "the draft is at the tenant, off",
            "is at the tenant as it was proposed",
            "delete the draft",
        ),
        PlanKind.SCHEDULE: KindWords(
            "schedule",
            "Dialcast reads campaign and schedule again, writes the schedule once and reads it"
            " back. From then on the tenant switches the campaign on and off by itself.",
            "the campaign or its schedule was changed at the tenant",
            "the tenant has the schedule and switches the campaign on and off by it",
            "has the schedule",
            "take the schedule back",
        ),
        PlanKind.UNSCHEDULING: KindWords(
            "removal of the schedule",
            "Dialcast reads the schedule again, removes it once and looks that it is gone. The"
            " campaign stays on or off as it is then.",
            "the schedule was changed at the tenant",
            "the campaign has no schedule any more",
            "has no schedule any more",
            "bring the schedule back",
        ),
        PlanKind.DELETION: KindWords(
            "deletion",
            "Dialcast reads the campaign again, deletes it once where it is still off, and looks"
            " that it is gone. This cannot be undone.",
            "the campaign was changed or switched on at the tenant",
            "the campaign is gone",
            "is deleted",
        ),
        PlanKind.DAY: KindWords(
            "plan of a day",
            "Nothing is pushed now. From its approval on the worker pushes each hour in its time,"
            " reads the campaign before each, and pushes nothing late. Pausing and stopping need no"
            " approval.",
            "somebody else changed what the day sets",
            "each hour was pushed in its time",
            "is finished",
        ),
    }
)


def words_of(plan: Plan) -> KindWords:
    """Return the words of a plan's kind; those of pacing for plans that set fields."""
    return _WORDS.get(plan.kind, _WORDS[PlanKind.PACING])


def name_of(plan: Plan) -> str:
    """Return what a proposal is called, in a title."""
    if plan.reverses:
        return f"undo of {plan.reverses}"
    return words_of(plan).name
