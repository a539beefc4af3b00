"""What a plan in calls per agent comes to, line by line: the next hour, and the whole day."""

from collections.abc import Sequence
from datetime import timedelta

from core.charts.numbers import calls_per_agent, change, count, share, signed_count
from core.charts.picture import Look
from core.charts.timeline import day_start
from core.charts.times import clock_time, day, hour_span
from core.pacing.recommendation import Recommendation
from core.screens.moments import Moment
from core.screens.pacing_effect import Outcome, PlanEffect
from core.screens.proposing import Effect, field_effects
from core.workflow.plan import Plan


def span_of(told: Sequence[float]) -> str:
    """Return the calls per agent of some hours, from the lowest to the highest."""
    low, high = calls_per_agent(min(told)), calls_per_agent(max(told))
    return low if low == high else f"{low}–{high}"


def next_hour_title(effect: PlanEffect, look: Look) -> str:
    """Return over what the consequence of a change is told: the hour that it falls into."""
    if not effect.hours:
        return "If approved"
    start = effect.hours[0].hour.ds
    is_begun = start < look.now
    where = (
        "" if day(start, look.zone) == day(look.now, look.zone) else f"{day(start, look.zone)}, "
    )
    return f"If approved, {'rest of ' if is_begun else ''}{where}{hour_span(start, look.zone)}"


def next_hour_effects(plan: Plan, effect: PlanEffect, made: Recommendation) -> tuple[Effect, ...]:
    """Return what the change does to the campaign, and to the hour that it falls into."""
    return (*field_effects(plan.changes), *_consequence(effect.first(), made))


def day_effects(made: Recommendation, effect: PlanEffect, look: Look) -> tuple[Effect, ...]:
    """Return what the plan of all hours ahead does."""
    told = [each.planned.calls for each in effect.hours]
    now = effect.now
    span = span_of(told)
    calls = change(calls_per_agent(now.calls), span) if now else span
    by_hour = "by hour" if "–" in span else ""
    return (
        Effect("Calls per agent", calls, by_hour),
        *_consequence(effect, made),
        *_whole_day(made, effect, look),
    )


def day_title(effect: PlanEffect, look: Look) -> str:
    """Return which hours a plan of the day covers, each end with its day where that is needed."""
    if not effect.hours:
        return "The whole day"
    first, last = effect.hours[0].hour.ds, effect.hours[-1].hour.ds + timedelta(hours=1)
    told = Moment(look.now, look.zone)
    until = clock_time(last, look.zone)
    if day(first, look.zone) != day(last, look.zone):
        until = told.short(last)
    return f"The whole day: {told.short(first)} to {until}"


def _consequence(effect: PlanEffect, made: Recommendation) -> tuple[Effect, ...]:
    planned, now = effect.planned, effect.now
    if planned is None:
        return ()
    allowed = f"of {share(made.limits.abandon_cap)} allowed"
    return (
        Effect(
            "Conversations", *_counts(now.conversations if now else None, planned.conversations)
        ),
        Effect(
            "Agent minutes waited",
            *_counts(now.waiting_minutes if now else None, planned.waiting_minutes),
        ),
        Effect(
            "Abandon rate expected",
            change(share(now.abandon_rate), share(planned.abandon_rate))
            if now
            else share(planned.abandon_rate),
            allowed,
        ),
    )


def _counts(before: float | None, after: float) -> tuple[str, str]:
    if before is None:
        return count(after), ""
    return change(count(before), count(after)), f"({signed_count(after - before)})"


def _whole_day(made: Recommendation, effect: PlanEffect, look: Look) -> tuple[Effect, ...]:
    """Return how the abandon rate of the present day ends, with what it has seen so far."""
    if made.so_far is None or not made.so_far.day.live:
        return ()
    midnight = day_start(look.now, look.zone) + timedelta(days=1)
    rest = effect.of_day(midnight)
    planned, now, seen = rest.planned, rest.now, made.so_far.day

    def ends(outcome: Outcome) -> str:
        lost = seen.abandoned + outcome.abandoned
        return share(lost / (seen.live + outcome.conversations + outcome.abandoned))

    if planned is None:
        return ()
    value = change(ends(now), ends(planned)) if now else ends(planned)
    return (Effect("Abandon rate, today in all", value, f"{share(seen.rate)} so far"),)
