"""Review's tables: a diff field by field, and three ways where the tenant changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.charts.numbers import (
    GAP,
    per_hour,
    points,
    signed_calls_per_agent,
    signed_count,
    value_text,
)
from core.charts.times import clock_span, day
from core.documents import ABSENT
from core.workflow.comparison import means_the_same
from core.workflow.plan import FieldChange, Plan, PlanKind
from core.workflow.proposal import Proposal, ProposalState
from core.workflow.schedules import spans_in
from core.workflow.three_way import ThreeWayRow, three_way

LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class DiffRow:
    """A field of a plan: what is now, what is proposed, the limit that applies."""

    label: str
    path: str
    now: str
    proposed: str
    change: str
    limit: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class WayRow:
    """A field three ways: then, at the tenant now, proposed; and what comes of it."""

    label: str
    then: str
    now: str
    proposed: str
    result: str
    is_changed: bool
    is_conflict: bool


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A low-volume window of a campaign draft."""

    day: str
    window: str
    expected: str


def diff_of(plan: Plan, zone: ZoneInfo) -> tuple[DiffRow, ...]:
    """Return a plan field by field, windows on the centre's clock."""
    return tuple(
        DiffRow(
            each.label,
            each.path,
            _text(each.now, each.unit, zone),
            _text(each.proposed, each.unit, zone),
            _change(each, plan.kind),
            each.limit,
            not means_the_same(each.now, each.proposed),
        )
        for each in plan.changes
    )


def ways_of(proposal: Proposal, zone: ZoneInfo) -> tuple[WayRow, ...]:
    """Return the three-way comparison of a proposal; empty where there is nothing to compare."""
    plan, seen = proposal.plan, proposal.conflict
    if plan.base is None or seen is None or not seen.document:
        return ()
    units = {change.path: change.unit for change in plan.changes}
    was_pushed = proposal.state is ProposalState.DRIFTED
    return tuple(
        _way(row, units.get(row.path, ""), was_pushed, zone)
        for row in three_way(plan, seen.document)
    )


def windows_of(plan: Plan, zone: ZoneInfo) -> tuple[WindowRow, ...]:
    """Return the low-volume windows that a campaign draft would dial in."""
    rows = []
    for window in plan.evidence.get("windows", ()):
        start, end = (datetime.fromisoformat(window[key]) for key in ("start", "end"))
        rows.append(
            WindowRow(
                day(start, zone),
                clock_span(start, end, zone),
                per_hour(window["expectedContacts"]),
            )
        )
    return tuple(rows)


def spans_words(intervals: Any, zone: ZoneInfo) -> str:
    """Return the intervals of a schedule day by day in one line, on the centre's clock."""
    spans = spans_in(intervals) if isinstance(intervals, list) else ()
    return windows_words(
        tuple(WindowRow(day(start, zone), clock_span(start, end, zone), "") for start, end in spans)
    )


def windows_words(rows: tuple[WindowRow, ...]) -> str:
    """Return windows day by day in one line.

    Examples
    --------
    >>> windows_words((WindowRow("Sat", "12:00–14:00", "1"), WindowRow("Sat", "16:00–17:00", "2")))
    'Sat 12:00–14:00, 16:00–17:00'
    """
    days: dict[str, list[str]] = {}
    for row in rows:
        days.setdefault(row.day, []).append(row.window)
    return "; ".join(f"{name} {', '.join(windows)}" for name, windows in days.items())


def _text(value: Any, unit: str, zone: ZoneInfo) -> str:
    if unit == "windows" and isinstance(value, list):
        number = f"{len(value)} {'window' if len(value) == 1 else 'windows'}"
        return spans_words(value, zone) or number
    text = GAP if value is ABSENT else value_text(value, unit)
    return text if len(text) <= LONGEST_VALUE or unit == "text" else f"{text[:LONGEST_VALUE]}…"


def _change(each: FieldChange, kind: PlanKind) -> str:
    if kind is PlanKind.CAMPAIGN or each.now is None:
        return "new"
    if means_the_same(each.now, each.proposed):
        return "kept"
    both = (each.now, each.proposed)
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in both):
        return "changed"
    difference = each.proposed - each.now
    if each.unit in ("share", "percent"):
        return points(difference if each.unit == "share" else difference / 100)
    if each.unit == "calls per agent":
        return signed_calls_per_agent(difference)
    return signed_count(difference)


def _way(row: ThreeWayRow, unit: str, was_pushed: bool, zone: ZoneInfo) -> WayRow:
    now = _text(row.now, unit, zone)
    is_conflict = row.is_in_plan and row.is_changed and row.result != "has the proposed value"
    if was_pushed and row.is_in_plan:
        is_conflict = not means_the_same(row.proposed, row.now)
        result = "differs from the push" if is_conflict else "as pushed"
    elif row.is_in_plan:
        result = row.result
    else:
        result = "stays absent" if row.now is ABSENT else "keeps the tenant's"
    return WayRow(
        row.label,
        _text(row.then, unit, zone),
        now,
        _text(row.proposed, unit, zone) if row.is_in_plan else "not in plan",
        result,
        is_conflict if was_pushed and row.is_in_plan else row.is_changed,
        is_conflict,
    )
