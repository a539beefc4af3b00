"""The sentences of a recommendation in calls per agent, each built from what it holds."""

from datetime import datetime

from core.charts.numbers import calls_per_agent, count, share
from core.charts.picture import Look
from core.charts.times import clock_time, day, day_time, moment_text
from core.forecasting.forecast import Forecast
from core.pacing.recommendation import Recommendation
from core.screens.forecast_page import method_words
from core.screens.pacing_consequence import span_of
from core.screens.pacing_effect import PlanEffect
from core.screens.worth import worth_of
from core.services.recommend import PacingAdvice
from core.workflow.plan import CheckState, Plan
from core.workflow.verification import changes_nothing

NOTABLE_CALLS = 1.0
"""A change of fewer conversations than this is none to speak of."""
BLOCKED_WORDS = {
    "forecast age": "the forecast is too old to plan with",
    "forecast hours": "the forecast is too old to plan with",
    "freeze": "pacing is frozen, so nothing may be proposed",
    "dialling mode": "it dials in a mode that takes no calls per agent",
}


def calls_headline(plan: Plan, made: Recommendation, effect: PlanEffect, look: Look) -> str:
    """Return what a recommendation in calls per agent comes to, in one sentence."""
    name, limit = plan.target_name, share(made.limits.abandon_cap)
    if not made.capacity_known:
        return f"{name}: capacity is unknown, so nothing is recommended"
    if not effect.hours:
        return f"{name}: no agents are scheduled ahead, so nobody dials"
    blocked = [check.name for check in plan.checks if check.state is CheckState.BLOCK]
    known = next((BLOCKED_WORDS[each] for each in blocked if each in BLOCKED_WORDS), "")
    if blocked:
        return f"{name}: {known or 'a limit forbids what is recommended'}"
    if made.so_far and made.so_far.day.left < 0:
        return (
            f"{name}: {share(made.so_far.day.rate)} abandoned today, over the limit of {limit}; one"
            " call for each idle agent until that is made good"
        )
    return f"{name}: {_gain_words(plan, effect, limit, look)}"


def calls_title(made: Recommendation, effect: PlanEffect) -> str:
    """Return what the picture shows: how the recommendation lies to the setting in force."""
    if not made.capacity_known:
        return f"Answer rate forecast for {_hours(len(made.hours))}; agents unknown"
    if not effect.hours:
        return f"No agents in the {_hours(len(made.hours))} ahead"
    told = [each.planned.calls for each in effect.hours]
    span = span_of(told)
    now = effect.hours[0].now
    if now is None:
        return f"Calls per agent: {span} recommended; what is set now is not known"
    set_now = calls_per_agent(now.calls)
    above = sum(round(each - now.calls, 2) > 0 for each in told)
    below = sum(round(each - now.calls, 2) < 0 for each in told)
    parts = [
        f"{word} {set_now} in {_of_hours(number, len(told))}"
        for word, number in (("above", above), ("below", below))
        if number
    ]
    if not parts:
        return f"Calls per agent: {set_now} is what is recommended in all {_hours(len(told))}"
    return f"Calls per agent: {span} recommended, {' and '.join(parts)}"


def calls_provenance(advice: PacingAdvice, read_at: datetime | None, look: Look) -> str:
    """Return where a page's numbers come from, in one line."""
    made, forecast = advice.recommendation, advice.forecast
    limits = made.limits
    agents = advice.staffing.origin.words
    return " · ".join(
        (
            "Calls per idle agent by hour",
            moment_text(look.now, look.zone),
            f"policy {made.policy}",
            f"answer rate by {method_words(forecast.kind, forecast.method)}, cutoff"
            f" {day_time(forecast.cutoff, look.zone)}",
            f"{agents}, read {clock_time(read_at, look.zone)}" if read_at else agents,
            f"limit {share(limits.abandon_cap)} of live answers per"
            f" {limits.guardrails.regime.window.value}",
        )
    )


def calls_known(advice: PacingAdvice, forecast: Forecast) -> tuple[str, ...]:
    """Return what else whoever proposes should know."""
    limits, told = advice.recommendation.limits, []
    if limits.timing is not None:
        told.append(
            f"Handle time {count(limits.timing.handle_seconds)} s: {limits.timing.handle_origin};"
            f" an attempt holds a line {count(limits.timing.line_seconds)} s:"
            f" {limits.timing.line_origin}."
        )
    told.append(
        f"The limit is {limits.guardrails.limit_origin}: {share(limits.abandon_cap)} of live"
        f" answers. Ceiling {calls_per_agent(limits.guardrails.calls_ceiling)} calls per agent,"
        f" at most {share(limits.guardrails.largest_step, 0)} more from one setting to the next."
    )
    return (*told, *advice.staffing.notes, worth_of(forecast), *forecast.warnings)


def _gain_words(plan: Plan, effect: PlanEffect, limit: str, look: Look) -> str:
    planned, now, when = effect.planned, effect.now, _when(effect, look)
    if planned is None or now is None:
        span = span_of([each.planned.calls for each in effect.hours])
        return f"{span} calls per agent keep within {limit} {when}; what is set now is not known"
    if changes_nothing(plan) and not _moves(effect):
        return (
            f"what is recommended is set, {calls_per_agent(now.calls)} calls per agent; abandon"
            f" rate expected {share(planned.abandon_rate)} of {limit} allowed"
        )
    gain = planned.conversations - now.conversations
    direction = _direction(effect)
    kept = f"abandon rate expected {share(planned.abandon_rate)}, not {share(now.abandon_rate)}"
    if gain >= NOTABLE_CALLS:
        return (
            f"{direction} calls per agent {when} brings about {count(gain)} more"
            f" conversations within the limit of {limit}"
        )
    if gain <= -NOTABLE_CALLS:
        return (
            f"{direction} calls per agent {when} costs about {count(-gain)} conversations; {kept},"
            f" of {limit} allowed"
        )
    return f"{direction} calls per agent {when} costs no conversation; {kept}, of {limit} allowed"


def _moves(effect: PlanEffect) -> bool:
    return any(
        each.now is None or round(each.planned.calls - each.now.calls, 2) != 0
        for each in effect.hours
    )


def _direction(effect: PlanEffect) -> str:
    steps = [round(each.planned.calls - each.now.calls, 2) for each in effect.hours if each.now]
    if min(steps) >= 0:
        return "raising"
    return "lowering" if max(steps) <= 0 else "changing"


def _when(effect: PlanEffect, look: Look) -> str:
    """Return over which time a plan acts: "today", or by the number of hours."""
    days = {day(each.hour.ds, look.zone) for each in effect.hours}
    if days == {day(look.now, look.zone)}:
        return "today"
    if len(days) == 1:
        return f"on {days.pop()}"
    return f"over the {_hours(len(effect.hours))} ahead"


def _of_hours(number: int, all_hours: int) -> str:
    return f"all {_hours(number)}" if number == all_hours else f"{number} of {_hours(all_hours)}"


def _hours(number: int) -> str:
    return "1 hour" if number == 1 else f"{count(number)} hours"
