"""A what-if as a plan: the chosen calls per agent, with what was assumed kept beside it.

It is held to the limits both as it assumes and as the forecast says, so that an assumption cannot
talk a limit away.
"""

from dataclasses import replace

from core.charts.numbers import calls_per_agent, share
from core.documents import JsonObject
from core.exports.json_values import time_text
from core.pacing.fields import ABANDON_FIELD, tenant_percent
from core.pacing.recommendation import PacingHour, Recommendation
from core.pacing.stepping import CALLS_FIELD
from core.pacing.what_if import Setting, setting_at
from core.screens.context import Context
from core.screens.day_plan import IN_FORCE
from core.screens.pacing_view import PacingView
from core.screens.proposing import Offer, field_effects, offer
from core.screens.what_if import Assumed, Bench, timing_of
from core.services.plan import plan_pacing
from core.services.recommend import PacingAdvice
from core.workflow.approval import Person
from core.workflow.plan import Check, CheckState, Plan

EVIDENCE = "whatIf"
BY_HAND = "chosen in a what-if"


def what_if_offer(
    context: Context, view: PacingView, bench: Bench, assumed: Assumed, person: Person
) -> Offer | None:
    """Return the what-if as a plan for the next hour; None where nothing can be offered.

    Parameters
    ----------
    context : Context
        Which rules are in force; nothing is read through it.
    view : PacingView
        The page, with what waits already.
    bench, assumed : Bench, Assumed
        The hour, and where the sliders stand.
    person : Person
        Who sits here.
    """
    if view.advice is None or view.offer is None or not bench.is_next:
        return None
    plan = what_if_plan(context, view.advice, bench, assumed)
    day_plan = view.day.offer.waiting if view.day else None
    return offer(
        context,
        person,
        plan,
        field_effects(plan.changes),
        view.offer.waiting,
        f"{day_plan.sentence} Stop it to propose a single change."
        if day_plan is not None and day_plan.state in IN_FORCE
        else "",
    )


def what_if_plan(context: Context, advice: PacingAdvice, bench: Bench, assumed: Assumed) -> Plan:
    """Return the plan that sets the chosen calls per agent, and keeps what was assumed."""
    made, timing = advice.recommendation, timing_of(advice)
    forecast = bench.forecast
    own = replace(timing, handle_seconds=assumed.handle_seconds).team(assumed.agents)
    as_assumed = setting_at(assumed.calls, assumed.answer_rate, own)
    as_forecast = setting_at(assumed.calls, forecast.answer_rate, timing.team(forecast.agents))
    worse = max(as_assumed, as_forecast, key=lambda each: each.abandon_rate)
    hour = replace(
        bench.hour,
        calls_per_agent=round(assumed.calls, 2),
        expected_occupancy=worse.occupancy,
        expected_abandon_rate=worse.abandon_rate,
        expected_conversations=worse.conversations,
        binding_limit=BY_HAND,
    )
    target = tenant_percent(assumed.limit, bench.hour.answer_rate, made.limits.guardrails)
    push: JsonObject = {
        CALLS_FIELD: round(assumed.calls, 2),
        ABANDON_FIELD: min(float(made.push.get(ABANDON_FIELD, target)), target),
    }
    hours = tuple(hour if each is bench.hour else each for each in made.hours)
    chosen = replace(made, hours=hours, push=push)
    plan = plan_pacing(replace(advice, recommendation=chosen), context.clock)
    return replace(
        plan,
        evidence={**plan.evidence, EVIDENCE: _evidence(bench, assumed, as_assumed)},
        checks=(*plan.checks, _limit_check(made, bench, hour, worse)),
    )


def _limit_check(made: Recommendation, bench: Bench, hour: PacingHour, worse: Setting) -> Check:
    """Return how the chosen setting stands to the limit, as assumed and as forecast.

    Only the policy itself may pay an hour above the limit out of what the day has saved.
    """
    limit = made.limits.abandon_cap
    told = (
        f"{calls_per_agent(hour.calls_per_agent)} calls per agent would abandon"
        f" {share(worse.abandon_rate)}, at the worse of what is assumed and what is forecast"
    )
    is_more = (hour.calls_per_agent or 0) > (bench.hour.calls_per_agent or 0)
    if is_more and worse.abandon_rate > limit:
        return Check("what-if", CheckState.BLOCK, f"{told}: above the limit of {share(limit)}.")
    return Check("what-if", CheckState.PASS, f"{told}.")


def blocked_words(offer: Offer) -> str:
    """Return which checks forbid a what-if, in their words; empty where none does."""
    blocks = [c.message for c in offer.plan.checks if c.state is CheckState.BLOCK]
    return " ".join(blocks)


def _evidence(bench: Bench, assumed: Assumed, outcome: Setting) -> JsonObject:
    """Return what was assumed beside what was forecast, as JSON values."""
    forecast = bench.forecast
    return {
        "hour": time_text(bench.hour.ds),
        "assumed": _values(assumed),
        "forecast": _values(forecast),
        "expectedOccupancy": outcome.occupancy,
        "expectedAbandonRate": outcome.abandon_rate,
        "expectedConversations": outcome.conversations,
    }


def _values(assumed: Assumed) -> JsonObject:
    return {
        "agents": assumed.agents,
        "handleSeconds": assumed.handle_seconds,
        "answerRate": assumed.answer_rate,
        "abandonLimit": assumed.limit,
        "callsPerAgent": assumed.calls,
    }
