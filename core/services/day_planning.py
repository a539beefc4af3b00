"""From advice to a plan of the day: one row for each hour ahead in which somebody dials.

It is proposed, reviewed and approved as one; `core.services.day_plans` carries it out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.charts.times import day as day_text
from core.charts.times import hour_span
from core.clock import Clock
from core.documents import JsonObject
from core.errors import DataError
from core.pacing.fields import ABANDON_FIELD
from core.pacing.recommendation import PacingHour
from core.pacing.stepping import CALLS_FIELD
from core.services.plan import plan_pacing
from core.services.recommend import PacingAdvice
from core.workflow.day_plan import (
    Bounds,
    DayHour,
    DayPlan,
    Replanning,
    change_path,
    check_day,
    day_payload,
)
from core.workflow.plan import FieldChange, Plan, PlanKind

HOUR = timedelta(hours=1)
LOWER_PART, HIGHER_PART = 0.5, 1.3
"""Of the lowest and the highest calls per agent planned: how far planning anew may go, unless
somebody chooses otherwise."""


def plan_day(
    advice: PacingAdvice, clock: Clock, zone: ZoneInfo, replanning: Replanning | None = None
) -> Plan:
    """Return the plan that brings each hour of a recommendation to its campaign in its time.

    Parameters
    ----------
    advice : PacingAdvice
        A recommendation in calls per agent, and the campaign as it was read for it.
    clock : Clock
        Tells which hours are ahead.
    zone : ZoneInfo
        Whose clock the hours are shown in.
    replanning : Replanning, optional
        Leave to plan the rest of the day anew.

    Raises
    ------
    DataError
        If no hour ahead has calls per agent: the policy or the tenant knows none.
    UsageError
        If the bounds are none.
    """
    whole = plan_pacing(advice, clock)
    hours = _hours(advice, clock)
    if not hours or CALLS_FIELD not in whole.payload:
        raise DataError(
            f"There is no hour ahead to plan for {advice.snapshot.name}.",
            "A day is planned in calls per agent: choose policy compliant, on hours with agents.",
        )
    day = DayPlan(
        tuple(DayHour(hour.ds, _fields(hour, whole.payload)) for hour in hours), replanning
    )
    check_day(day)
    by_path = {change.path: change for change in whole.changes}
    return replace(
        whole,
        kind=PlanKind.DAY,
        changes=(
            *_leave(replanning, by_path),
            *(
                _change(by_path[path], hour, path, _hour_name(hour, day, zone))
                for hour in day.hours
                for path in hour.fields
                if path in by_path
            ),
        ),
        payload=day_payload(day),
    )


def usual_bounds(advice: PacingAdvice, clock: Clock) -> dict[str, Bounds]:
    """Return how far planning anew may go, unless somebody chooses otherwise.

    Calls per agent may fall to half of the lowest hour, never under 1, and rise by 30 % of the
    highest, never over the ceiling in force. The abandon target keeps to what is approved.
    """
    planned = [hour.calls_per_agent or 1.0 for hour in _hours(advice, clock)] or [1.0]
    ceiling = advice.recommendation.limits.guardrails.calls_ceiling
    lowest = max(1.0, round(LOWER_PART * min(planned), 2))
    return {CALLS_FIELD: Bounds(lowest, min(ceiling, round(HIGHER_PART * max(planned), 2)))}


def _hours(advice: PacingAdvice, clock: Clock) -> list[PacingHour]:
    now = clock.now()
    return [
        hour
        for hour in advice.recommendation.hours
        if hour.calls_per_agent is not None and hour.ds + HOUR > now
    ]


def _fields(hour: PacingHour, payload: JsonObject) -> JsonObject:
    fields: JsonObject = {CALLS_FIELD: hour.calls_per_agent}
    if ABANDON_FIELD in payload:
        fields[ABANDON_FIELD] = payload[ABANDON_FIELD]
    return fields


def _leave(
    replanning: Replanning | None, by_path: Mapping[str, FieldChange]
) -> tuple[FieldChange, ...]:
    """Return what the approver is asked to allow besides the hours."""
    if replanning is None:
        return ()
    return tuple(
        FieldChange(
            path=f"replanning/{path}",
            label=f"May be planned anew every {replanning.every_minutes} min,"
            f" {by_path[path].label if path in by_path else path}",
            unit="text",
            now=None,
            proposed=f"{bounds.lowest:.2f} to {bounds.highest:.2f}",
            limit="anything else needs a new approval",
        )
        for path, bounds in replanning.bounds.items()
    )


def _hour_name(hour: DayHour, day: DayPlan, zone: ZoneInfo) -> str:
    """Name an hour by its clock, and by its day where that is not the first's."""
    first, own = day.hours[0].ds.astimezone(zone).date(), hour.ds.astimezone(zone).date()
    span = hour_span(hour.ds, zone)
    return span if own == first else f"{day_text(hour.ds, zone)} {span}"


def _change(change: FieldChange, hour: DayHour, path: str, name: str) -> FieldChange:
    return replace(
        change,
        path=change_path(hour.ds, path),
        label=f"{name}, {change.label}",
        proposed=hour.fields[path],
    )
