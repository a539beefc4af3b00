"""What if: an hour with other agents, handle time, answer rate, limit or calls per agent.

Arithmetic on what the page has read already: the tenant is not asked and nothing is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from core.charts.numbers import calls_per_agent, change, count, share, signed_count
from core.charts.picture import Look, Picture
from core.charts.times import day, hour_span
from core.charts.what_if import what_if_chart
from core.exports.json_values import time_text
from core.pacing.recommend import recommend_pacing
from core.pacing.recommendation import PacingHour
from core.pacing.stepping import calls_in
from core.pacing.timing import DialTiming
from core.pacing.what_if import Setting, WhatIf, setting_at, what_if
from core.screens.pacing_view import PacingView
from core.screens.proposing import Effect
from core.services.recommend import PacingAdvice

WHERE_NO_BAND = 0.25
"""The answer rate can be moved by this part where the forecast has no band."""
LEAST_LIMIT = 0.001


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is assumed of an hour.

    Parameters
    ----------
    agents : float
        Unit: agents.
    handle_seconds : float
        Mean handle time.
    answer_rate : float
        A quantile of the forecast. Unit: share.
    limit : float
        Abandon rate to aim at, at most that in force. Unit: share.
    calls : float
        Calls per agent that are tried.
    """

    agents: float
    handle_seconds: float
    answer_rate: float
    limit: float
    calls: float


@dataclass(frozen=True, slots=True)
class Bench:
    """An hour as forecast, and how far each assumption can be moved.

    Parameters
    ----------
    hour : PacingHour
        As recommended.
    forecast : Assumed
        What holds while nothing is moved.
    lowest, highest : Assumed
        The ends of the sliders.
    is_next : bool
        Whether it is the hour that a change sent now would fall into.
    """

    hour: PacingHour
    forecast: Assumed
    lowest: Assumed
    highest: Assumed
    is_next: bool


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """What is shown of a what-if: its picture, what it comes to, and the setting recommended."""

    picture: Picture
    effects: tuple[Effect, ...]
    note: str


def hours_to_try(view: PacingView, look: Look) -> Mapping[str, str]:
    """Return the hours in which somebody dials, by their start, for choosing."""
    advice = view.advice
    if advice is None or not view.is_in_calls:
        return {}
    return {
        time_text(hour.ds): f"{day(hour.ds, look.zone)}, {hour_span(hour.ds, look.zone)}"
        for hour in advice.recommendation.hours
        if hour.calls_per_agent is not None and hour.agents
    }


def bench_of(advice: PacingAdvice, key: str) -> Bench:
    """Return an hour as forecast, with the ends of the sliders.

    Parameters
    ----------
    advice : PacingAdvice
        Of policy compliant.
    key : str
        One of `hours_to_try`.
    """
    made, timing = advice.recommendation, timing_of(advice)
    dialled = [hour for hour in made.hours if hour.calls_per_agent is not None and hour.agents]
    hour = next(each for each in dialled if time_text(each.ds) == key)
    agents, rate, limit = hour.agents or 1.0, hour.answer_rate, made.limits.abandon_cap
    lower, upper = hour.answer_rate_lower, hour.answer_rate_upper
    low = rate * (1 - WHERE_NO_BAND) if lower is None else min(lower, rate)
    high = rate * (1 + WHERE_NO_BAND) if upper is None else max(upper, rate)
    calls = hour.calls_per_agent or 1.0
    now = calls_in(advice.snapshot.document) or 1.0
    most = min(made.limits.guardrails.calls_ceiling, max(4.0, 2 * calls, 1.5 * now))
    handle = timing.handle_seconds
    return Bench(
        hour,
        Assumed(agents, handle, rate, limit, calls),
        Assumed(min(1.0, agents), min(max(10.0, handle / 2), handle), low, LEAST_LIMIT, 1.0),
        Assumed(max(2 * agents, agents + 10), 2 * handle, high, limit, max(most, now, calls)),
        hour is dialled[0],
    )


def what_if_view(advice: PacingAdvice, bench: Bench, assumed: Assumed, look: Look) -> WhatIfView:
    """Return what an hour comes to under assumptions.

    Parameters
    ----------
    advice : PacingAdvice
        With the setting in force.
    bench : Bench
        The hour.
    assumed : Assumed
        Where the sliders stand.
    look : Look
        Zone, palette, now.
    """
    timing = replace(timing_of(advice), handle_seconds=assumed.handle_seconds)
    team = timing.team(assumed.agents)
    recommended = recommended_under(advice, bench, assumed)
    hour = what_if(
        team,
        assumed.answer_rate,
        assumed.limit,
        today=calls_in(advice.snapshot.document),
        recommended=recommended,
        highest=advice.recommendation.limits.guardrails.calls_ceiling,
    )
    chosen = setting_at(assumed.calls, assumed.answer_rate, team)
    advised = "nothing" if recommended is None else calls_per_agent(recommended)
    return WhatIfView(
        what_if_chart(hour, chosen, look),
        _effects(hour, chosen),
        f"So assumed, {advised} would be recommended, and {calls_per_agent(hour.at_limit.calls)}"
        f" would be at {share(assumed.limit)} if the answer rate were known to be"
        f" {share(assumed.answer_rate)}.",
    )


def recommended_under(advice: PacingAdvice, bench: Bench, assumed: Assumed) -> float | None:
    """Return what would be recommended for the hour with other agents, handle time or limit.

    The answer rate stays as forecast: what it turns out to be is not known when a plan is made.
    """
    order, start = advice.order, bench.hour.ds
    frame = advice.staffing.frame
    agents = (
        frame["agents"].astype("float64").mask(frame["ds"] == pd.Timestamp(start), assumed.agents)
    )
    guardrails = replace(
        order.guardrails, abandon_cap=min(order.guardrails.abandon_cap, assumed.limit)
    )
    timing = replace(timing_of(advice), handle_seconds=assumed.handle_seconds)
    made = recommend_pacing(
        advice.forecast,
        frame.assign(agents=agents),
        replace(order, guardrails=guardrails, timing=timing),
    )
    return next((hour.calls_per_agent for hour in made.hours if hour.ds == start), None)


def unmoved(bench: Bench, shown: Assumed) -> Assumed:
    """Return what the sliders say, exact where a slider only shows the forecast rounded.

    A forecast of 20.04 % is shown as 20.0 %: that slider has not been moved.
    """
    start = bench.forecast

    def told(value: float, before: float, half_step: float) -> float:
        return before if abs(value - before) <= half_step else value

    return Assumed(
        shown.agents,
        told(shown.handle_seconds, start.handle_seconds, 0.5),
        told(shown.answer_rate, start.answer_rate, 0.00051),
        told(shown.limit, start.limit, 0.00051),
        told(shown.calls, start.calls, 0.0051),
    )


def timing_of(advice: PacingAdvice) -> DialTiming:
    """Return how long calls hold agents and lines; policy compliant always knows."""
    timing = advice.recommendation.limits.timing
    if timing is None:
        raise ValueError("a recommendation in calls per agent has a handle time")
    return timing


def _effects(hour: WhatIf, chosen: Setting) -> tuple[Effect, ...]:
    now, gain = hour.today, hour.gain(chosen)

    def told(before: str, after: str) -> str:
        return after if now is None else change(before, after)

    moved = gain or (None, None)
    return (
        Effect(
            "Calls per agent",
            told(calls_per_agent(now.calls) if now else "", calls_per_agent(chosen.calls)),
        ),
        Effect(
            "Conversations an hour",
            told(count(now.conversations) if now else "", count(chosen.conversations)),
            f"({signed_count(moved[0])})" if moved[0] is not None else "",
        ),
        Effect(
            "Agent minutes waited",
            told(count(now.waiting_minutes) if now else "", count(chosen.waiting_minutes)),
            f"({signed_count(-moved[1])})" if moved[1] is not None else "",
        ),
        Effect("Occupancy", told(share(now.occupancy) if now else "", share(chosen.occupancy))),
        Effect(
            "Abandon rate",
            told(share(now.abandon_rate) if now else "", share(chosen.abandon_rate)),
            f"of {share(hour.limit)} allowed",
        ),
    )
