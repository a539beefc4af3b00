"""What a proposal does, in a line: for lists, where there is little room."""

from collections.abc import Mapping
from types import MappingProxyType

from core.charts.numbers import change, value_text
from core.screens.review_day import day_words
from core.workflow.plan import Plan, PlanKind

SHORT: Mapping[str, str] = MappingProxyType(
    {
        "predictive.answerRate": "Answer rate",
        "predictive.dropRate": "Abandon target",
        "predictive.maxAttempts": "Attempts",
        "maxCallsPerAgent": "Calls per agent",
        "abandonRate": "Abandon target",
    }
)
"""What the fields are called where there is little room."""
_WHOLE: Mapping[PlanKind, str] = MappingProxyType(
    {
        PlanKind.SCHEDULE: "Schedule: arms the dialler",
        PlanKind.UNSCHEDULING: "Removal of the schedule",
        PlanKind.DELETION: "Deletion of the campaign",
    }
)


def subject_of(plan: Plan) -> str:
    """Return what a plan does, in a line."""
    if plan.kind is PlanKind.CAMPAIGN:
        windows = len(plan.evidence.get("windows", ()))
        return f"Campaign draft, {windows} low-volume {'window' if windows == 1 else 'windows'}"
    if plan.kind in _WHOLE:
        of = f", undo of {plan.reverses}" if plan.reverses else ""
        return f"{_WHOLE[plan.kind]}{of}"
    if plan.kind is PlanKind.DAY:
        return f"Plan of a day: {day_words(plan, SHORT)}"
    if plan.reverses:
        return f"Undo of {plan.reverses}"
    moved = [each for each in plan.changes if each.now != each.proposed]
    if not moved:
        return "Nothing changes"
    first, *others = moved
    more = f", {len(others)} more" if others else ""
    told = change(value_text(first.now, first.unit), value_text(first.proposed, first.unit))
    return f"{SHORT.get(first.path, first.label)} {told}{more}"
