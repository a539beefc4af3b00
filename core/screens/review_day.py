"""A plan of a day under review: an hour a row, a field a column, and the leave to plan anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.charts.numbers import value_text
from core.charts.times import clock_time, day
from core.workflow.comparison import means_the_same
from core.workflow.day_plan import DayPlan, change_path, day_of
from core.workflow.plan import FieldChange, Plan, PlanKind


@dataclass(frozen=True, slots=True)
class DayValue:
    """A value of an hour, and whether it is another than now."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class DayHours:
    """What a plan of a day sets.

    Parameters
    ----------
    title : str
        How many hours and fields.
    headings : tuple of str
        The hour, then each field.
    now : tuple of str
        The values at the tenant, in the order of the fields.
    rows : tuple
        Each hour's name, and its values in the order of the fields.
    limits : str
        Of the fields, in a sentence; empty where there are none.
    leave : tuple of str
        What may be set without a new approval, in sentences.
    fields : tuple of str
        As the tenant calls them.
    """

    title: str
    headings: tuple[str, ...]
    now: tuple[str, ...]
    rows: tuple[tuple[str, tuple[DayValue, ...]], ...]
    limits: str
    leave: tuple[str, ...]
    fields: tuple[str, ...]


def day_hours_of(plan: Plan) -> DayHours | None:
    """Return a plan of a day hour by hour; None for other plans."""
    if plan.kind is not PlanKind.DAY:
        return None
    planned = day_of(plan.payload)
    by_path = {each.path: each for each in plan.changes}
    fields = tuple(dict.fromkeys(path for hour in planned.hours for path in hour.fields))
    first = [by_path[change_path(planned.hours[0].ds, path)] for path in fields]
    rows = tuple(
        (
            by_path[change_path(hour.ds, fields[0])].label.partition(", ")[0],
            tuple(_value(by_path[change_path(hour.ds, path)]) for path in fields),
        )
        for hour in planned.hours
    )
    number = len(fields)
    return DayHours(
        title=f"What changes: {len(rows)} hours, {number} {'field' if number == 1 else 'fields'}",
        headings=("Hour", *(_short(each) for each in first)),
        now=tuple(value_text(each.now, each.unit) for each in first),
        rows=rows,
        limits=_limits(first),
        leave=tuple(f"{each.label}: {each.proposed}." for each in _leave(plan.changes)),
        fields=fields,
    )


def does_in_a_day(plan: Plan, zone: ZoneInfo) -> tuple[str, ...]:
    """Return what a plan of a day does, in sentences."""
    planned = day_of(plan.payload)
    leave = tuple(_leave(plan.changes))
    anew = (
        f"{'; '.join(f'{each.label}: {each.proposed}' for each in leave)}. Anything outside needs"
        " a new approval."
        if leave
        else "It is not planned anew: each hour has exactly these values."
    )
    return (
        f"Sets these values on {plan.target_name} hour by hour, {_when(planned, zone)}.",
        anew,
        "Every other field goes back to the tenant as it was read.",
    )


def day_words(plan: Plan, names: Mapping[str, str]) -> str:
    """Return what a plan of a day does, in a line: its hours, and the span of its first field.

    Parameters
    ----------
    plan : Plan
        Of a day.
    names : mapping of str to str
        Short names of the tenant's fields.
    """
    planned = day_of(plan.payload)
    path = next(iter(planned.hours[0].fields))
    changes = {each.path: each for each in plan.changes}
    values = [changes[change_path(hour.ds, path)] for hour in planned.hours]
    first, numbers = values[0], [each.proposed for each in values]
    low, high = (value_text(pick(numbers), first.unit) for pick in (min, max))
    span = low if low == high else f"{low}–{high}"
    return (
        f"{len(values)} hours, {names.get(path, path)} {value_text(first.now, first.unit)} → {span}"
    )


def _when(planned: DayPlan, zone: ZoneInfo) -> str:
    start, end = planned.hours[0].ds, planned.end
    last = clock_time(end, zone)
    return (
        f"{day(start, zone)}, {clock_time(start, zone)} to {'24:00' if last == '00:00' else last}"
    )


def _leave(changes: Iterable[FieldChange]) -> Iterable[FieldChange]:
    return (each for each in changes if each.path.startswith("replanning/"))


def _value(change: FieldChange) -> DayValue:
    return DayValue(
        value_text(change.proposed, change.unit), not means_the_same(change.now, change.proposed)
    )


def _short(change: FieldChange) -> str:
    """Return a field's name without the hour that stands before it."""
    return change.label.partition(", ")[2] or change.label


def _limits(fields: Sequence[FieldChange]) -> str:
    limited = [f"{_short(each)}: {each.limit}" for each in fields if each.limit]
    return f"Limits: {'; '.join(limited)}." if limited else ""
