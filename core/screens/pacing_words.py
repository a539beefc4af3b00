"""The sentences of Capacity & pacing, each built from what a recommendation holds."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from core.charts.numbers import calls_per_agent, count, share, value_text
from core.charts.times import clock_time, day_time, moment_text
from core.documents import JsonObject, value_at
from core.forecasting.forecast import Forecast
from core.pacing.recommendation import Recommendation
from core.pacing.stepping import CALLS_FIELD, calls_in
from core.screens.forecast_page import method_words
from core.screens.worth import worth_of
from core.workflow.plan import CheckState, Plan
from core.workflow.verification import changes_nothing

ANSWER_RATE = "predictive.answerRate"
ABANDON_TARGET = "predictive.dropRate"


def share_at(document: JsonObject, path: str) -> float | None:
    """Return the share at a path of a campaign; None where there is none.

    Examples
    --------
    >>> share_at({"predictive": {"answerRate": 0.4}}, "predictive.answerRate")
    0.4
    >>> share_at({"predictive": {"answerRate": "much"}}, "predictive.answerRate") is None
    True
    """
    value = value_at(document, path)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value <= 1 else None


def headline_of(name: str, plan: Plan, recommendation: Recommendation) -> str:
    """Return what a recommendation comes to, in one sentence."""
    if not recommendation.capacity_known:
        return f"{name}: capacity is unknown, so nothing is recommended"
    blocked = {check.name for check in plan.checks if check.state is CheckState.BLOCK}
    if CALLS_FIELD in recommendation.push:
        return _read_literally(name, plan, recommendation)
    target = _exact(share_at(recommendation.push, ABANDON_TARGET))
    rate = _exact(share_at(recommendation.push, ANSWER_RATE))
    cap = share(recommendation.limits.abandon_cap)
    if "abandon target" in blocked:
        return f"{name}: the plan would aim at {target} abandoned, above the cap of {cap}"
    if blocked & {"forecast age", "forecast hours"}:
        return f"{name}: the forecast is too old to plan with"
    if blocked:
        return f"{name}: a limit forbids what is recommended"
    if changes_nothing(plan):
        return f"{name} has what is recommended: answer rate {rate}, abandon target {target}"
    before = share_at(plan.base.document if plan.base else {}, ANSWER_RATE)
    instead = "" if before is None else f", not {_exact(before)}"
    aim = f"abandon target {target} of {cap} allowed"
    return f"{name}: plan with {rate} answered{instead}; {aim}"


def _read_literally(name: str, plan: Plan, recommendation: Recommendation) -> str:
    """Return what the tutorial's rates would set on a tenant that has calls per agent."""
    calls = calls_per_agent(calls_in(recommendation.push))
    now = calls_in(plan.base.document) if plan.base else None
    instead = "" if now is None else f", not {calls_per_agent(now)}"
    verdict = "; a limit forbids it" if plan.is_blocked else ""
    return f"{name}: policy tutorial would set {calls} calls per agent{instead}{verdict}"


def provenance_of(
    forecast: Forecast, policy: str, now: datetime, read_at: datetime | None, zone: ZoneInfo
) -> str:
    """Return where a page's numbers come from, in one line."""
    read = f"campaign and schedule read {clock_time(read_at, zone)}" if read_at else "tenant unread"
    model = method_words(forecast.kind, forecast.method)
    return " · ".join(
        (
            "Shares by hour",
            moment_text(now, zone),
            f"policy {policy}",
            f"answer rate by {model}, cutoff {day_time(forecast.cutoff, zone)}",
            read,
        )
    )


def chart_title_of(recommendation: Recommendation) -> str:
    """Return what the picture shows: what holds the rate, and in how many hours."""
    hours = recommendation.hours
    if not recommendation.capacity_known:
        return f"Answer rate forecast for {_hours(len(hours))}; agents unknown"
    limits = Counter(_limit_words(hour.binding_limit) for hour in hours).most_common()
    first, times = limits[0]
    if times == len(hours):
        return f"{first} sets the safe rate in all {_hours(len(hours))}".capitalize()
    rest = ", ".join(f"{limit} in {number}" for limit, number in limits[1:])
    return f"The safe rate is set by {first} in {times} of {_hours(len(hours))}, by {rest}"


def cautions_of(recommendation: Recommendation, forecast: Forecast) -> tuple[str, ...]:
    """Return what the policy itself warns of, unless a blocked check says it already."""
    if not recommendation.capacity_known:
        return ()
    return tuple(each for each in recommendation.warnings if each not in forecast.warnings)


def known_of(recommendation: Recommendation, forecast: Forecast) -> tuple[str, ...]:
    """Return what else whoever proposes should know."""
    limits = recommendation.limits
    own = (
        f"Policy {recommendation.policy} sets one answer rate and one abandon target for all"
        f" {_hours(len(recommendation.hours))}, not one for each.",
        f"{count(limits.max_offers_per_hour)} offered calls an hour stand for full use of the"
        f" agents: {limits.max_offers_origin}.",
    )
    told = own if recommendation.capacity_known else ()
    return (*told, worth_of(forecast), *forecast.warnings)


def _exact(value: float | None) -> str:
    return value_text(value, "share")


def _limit_words(limit: str) -> str:
    """Return what bound an hour, for the middle of a sentence.

    Examples
    --------
    >>> _limit_words("floor 10 %"), _limit_words("agents scheduled")
    ('the floor of 10 %', 'the agents scheduled')
    """
    kind, _, value = limit.partition(" ")
    return f"the {kind} of {value}" if kind in ("floor", "ceiling") else f"the {limit}"


def _hours(number: int) -> str:
    return "1 hour" if number == 1 else f"{count(number)} hours"
