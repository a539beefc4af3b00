"""Policy ``compliant``: the most talk time within the abandonment limit, hour by hour.

A day that nobody will plan anew is planned for answer rates near the upper edge of their band. On a
day that is watched the next interval uses what the day has taught and saved, and the hours after
it are planned as if nobody watched, so that a plan that is never made anew stays within its limit.
Each local day has an allowance of its own; a window that is longer than a day can only hold a day
back. Nothing here judges the result (that is for `core.pacing.limits`) and nothing here sends
anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pandas as pd

from core.errors import UsageError
from core.pacing.allowance import Allowance
from core.pacing.answer_band import AnswerBand, answer_band
from core.pacing.compliant_words import plan_warnings
from core.pacing.day_control import (
    Choice,
    HourAhead,
    unwatched_choices,
    usual_conversations,
    watched_choice,
)
from core.pacing.dialling_law import abandon_rate, occupancy
from core.pacing.fields import platform_fields
from core.pacing.forecast_source import ForecastSource
from core.pacing.lessons import Lessons, own_error
from core.pacing.observed import HOUR
from core.pacing.order import ForecastHour, PacingOrder, hours_with_agents
from core.pacing.recommendation import PacingHour, PacingLimits, Recommendation, SoFar
from core.pacing.seen_day import present_of, what_was_seen
from core.pacing.stepping import Bound, bounded
from core.pacing.timing import DialTiming


@dataclass(frozen=True, slots=True)
class _Hour:
    """An hour of the forecast, and who dials in it; `ahead` is None where nobody does."""

    told: ForecastHour
    day: date
    ahead: HourAhead | None


def recommend_compliant(
    forecast: ForecastSource, capacity: pd.DataFrame, order: PacingOrder
) -> Recommendation:
    """Return calls per agent for each hour that is still ahead.

    Parameters
    ----------
    forecast : ForecastSource
        Of an answer rate.
    capacity : DataFrame
        See `core.frames.CAPACITY`. An hour without a row is unknown, not empty.
    order : PacingOrder
        With its timing.

    Returns
    -------
    Recommendation
        `push` holds ``maxCallsPerAgent`` of the first hour in which somebody dials and
        ``abandonRate`` in per cent; it is empty where nobody does, or where the tenant has no such
        fields.

    Raises
    ------
    UsageError
        If no handle time is known, or the forecast is of another kind.
    DataError
        If the forecast has no hour ahead, or a rate outside 0 to 1.
    """
    if order.timing is None:
        raise UsageError(
            "Policy compliant plans with the handle time, and nobody told it.",
            "Give it with --aht SECONDS, or choose --policy tutorial.",
        )
    told = hours_with_agents(forecast, capacity)
    so_far = what_was_seen(told, forecast.level, order)
    hours = _hours_ahead(told, forecast.level, order, order.timing, so_far)
    planned = _plan(hours, so_far, order)
    return Recommendation(
        policy=order.policy,
        campaign_id=order.campaign_id,
        generated_at=order.generated_at,
        limits=_limits(order),
        hours=planned,
        push=platform_fields(planned, order, _backstop(hours, so_far, order)),
        forecast_id=forecast.forecast_id,
        forecast_method=forecast.method,
        forecast_cutoff=forecast.cutoff,
        forecast_made_at=forecast.made_at,
        capacity_known=any(hour.agents is not None for hour in planned),
        warnings=(*forecast.warnings, *plan_warnings(planned, order, so_far)),
        so_far=so_far,
    )


def _plan(
    hours: Sequence[_Hour], so_far: SoFar | None, order: PacingOrder
) -> tuple[PacingHour, ...]:
    """Return what is recommended for every hour: chosen by the day, then held to the limits."""
    choices = _choices(hours, so_far, order)
    dialled = [
        None if hour.ahead is None else choice for hour, choice in zip(hours, choices, strict=True)
    ]
    bounds = bounded(dialled, order, so_far)
    return tuple(
        _planned(hour, choice, bound, so_far)
        for hour, choice, bound in zip(hours, choices, bounds, strict=True)
    )


def _limits(order: PacingOrder) -> PacingLimits:
    return PacingLimits(
        order.max_offers.value,
        order.max_offers.origin,
        order.guardrails.limit,
        0.0,
        1.0,
        order.guardrails,
        order.timing,
    )


def _hours_ahead(
    told: Sequence[ForecastHour],
    level: float,
    order: PacingOrder,
    timing: DialTiming,
    so_far: SoFar | None,
) -> list[_Hour]:
    begins = present_of(order)
    hours = []
    for hour in told:
        part = 1.0 if begins is None else min(1.0, (hour.ds + HOUR - begins) / HOUR)
        if part <= 0:
            continue
        ahead = None
        if hour.agents:
            team = timing.team(hour.agents)
            band = answer_band(hour, level, usual_conversations(team))
            ahead = HourAhead(part, band.rate, band.high_rate, band.error, team)
        hours.append(_Hour(hour, hour.ds.astimezone(order.zone).date(), ahead))
    return _taught(hours, so_far)


def _taught(hours: list[_Hour], so_far: SoFar | None) -> list[_Hour]:
    """Return the hours of the first day with rates as the day so far corrects them."""
    if so_far is None:
        return hours
    lessons = so_far.lessons
    return [
        replace(hour, ahead=_corrected(hour.ahead, lessons))
        if hour.ahead is not None and hour.day == hours[0].day
        else hour
        for hour in hours
    ]


def _corrected(ahead: HourAhead, lessons: Lessons) -> HourAhead:
    remaining = (lessons.common_error**2 + own_error(ahead.error) ** 2) ** 0.5
    band = AnswerBand(ahead.rate, ahead.high_rate, ahead.error)
    corrected = band.corrected(lessons.rate_factor, remaining)
    # The hour's own error stays what it was; what is left of the common one is in the lessons.
    return replace(ahead, rate=corrected.rate, high_rate=corrected.high_rate)


def _choices(hours: Sequence[_Hour], so_far: SoFar | None, order: PacingOrder) -> list[Choice]:
    """Return a choice for every hour; meaningless where nobody dials."""
    limit = order.guardrails.limit
    chosen: dict[datetime, Choice] = {}
    for day in dict.fromkeys(hour.day for hour in hours):
        dialled = [hour for hour in hours if hour.day == day and hour.ahead is not None]
        ahead = [hour.ahead for hour in dialled if hour.ahead is not None]
        if not ahead:
            continue
        allowance, factor = Allowance(limit), 1.0
        if so_far is not None and day == hours[0].day:
            factor = so_far.lessons.abandon_factor
            allowance = _tighter(so_far, sum(hour.live_answers for hour in ahead))
        if so_far is not None and order.is_watched and day == hours[0].day:
            first = watched_choice(
                ahead, allowance, so_far.lessons, so_far.interval / timedelta(hours=1)
            )
            chosen[dialled[0].told.ds] = first
            live = allowance.live + ahead[0].live_answers
            lost = allowance.abandoned + first.target * ahead[0].live_answers
            allowance = Allowance(limit, live, lost)
            dialled, ahead = dialled[1:], ahead[1:]
        pairs = zip(dialled, unwatched_choices(ahead, allowance, factor), strict=True)
        chosen.update((hour.told.ds, choice) for hour, choice in pairs)
    return [chosen.get(hour.told.ds, Choice(1.0, 0.0)) for hour in hours]


def _tighter(so_far: SoFar, live_ahead: float) -> Allowance:
    """Return the allowance that leaves less: that of the day, or that of the regime's window."""
    return min(so_far.day, so_far.window, key=lambda each: each.rate_over(live_ahead))


def _backstop(hours: Sequence[_Hour], so_far: SoFar | None, order: PacingOrder) -> float:
    """Return the abandon rate at which the tenant's own control should step in, a share."""
    if so_far is None:
        return order.guardrails.limit
    ahead = [hour.ahead for hour in hours if hour.day == hours[0].day and hour.ahead is not None]
    live = sum(hour.live_answers for hour in ahead)
    return min(order.guardrails.limit, _tighter(so_far, live).rate_over(live))


def _planned(hour: _Hour, choice: Choice, bound: Bound, so_far: SoFar | None) -> PacingHour:
    ahead, calls = hour.ahead, bound.calls
    expected: dict[str, float | None] = {}
    if ahead is not None and calls is not None:
        factor = so_far.lessons.abandon_factor if so_far else 1.0
        busy = occupancy(calls, ahead.rate, ahead.team)
        expected = {
            "calls_per_agent": calls,
            "expected_occupancy": busy,
            "expected_abandon_rate": min(1.0, factor * abandon_rate(calls, ahead.rate, ahead.team)),
            "expected_conversations": ahead.part * ahead.team.conversations_per_hour * busy,
        }
    return PacingHour(
        ds=hour.told.ds,
        agents=hour.told.agents,
        answer_rate=hour.told.rate,
        answer_rate_lower=hour.told.lower,
        answer_rate_upper=hour.told.upper,
        safe_rate=None if ahead is None else ahead.high_rate,
        abandon_target=None if ahead is None else choice.target,
        binding_limit=bound.reason if ahead is not None else _why_nobody(hour.told.agents),
        **expected,
    )


def _why_nobody(agents: float | None) -> str:
    return "capacity unknown" if agents is None else "no agents scheduled"
