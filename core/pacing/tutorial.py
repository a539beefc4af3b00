"""Policy ``tutorial``: the published tutorial's formula, exactly, and what must be said about it.

One answer rate and one drop rate for all hours of the forecast. The formula plans with rates
between 10 % and 95 %, counts an hour without a schedule as no agents, and may aim at an abandon
rate of up to 9.5 %: it is reproduced here as published. Nothing here judges it (that is for
`core.pacing.limits`) and nothing here sends anything. Where the schedule is silent on every hour
there is nothing to compute from: unknown is not zero, and no field is offered for sending.
"""

from collections.abc import Hashable
from dataclasses import asdict
from typing import Any

import pandas as pd

from core.documents import ABSENT, JsonObject, value_at
from core.pacing.dialling_law import Team, abandon_rate
from core.pacing.fields import tutorial_as_platform_fields
from core.pacing.forecast_source import ForecastSource
from core.pacing.order import PacingOrder, TenantFields, hours_with_agents
from core.pacing.recommendation import PacingHour, PacingLimits, Recommendation
from core.pacing.timing import CAUTIOUS_LINE_SECONDS
from core.pacing.wording import hour_text, share_text

RATE_FLOOR = 0.1
RATE_CEILING = 0.95
USABLE_SHARE = 0.8
"""The part of the agents' capacity that the formula plans with."""
DROP_SHARE = 0.1
"""Abandon target over safe rate."""
ATTEMPTS_WHERE_ABSENT = 3
NUMBERS_OF_HOURS = dict.fromkeys(("rate", "lower", "upper", "agents"), "float64")
HANDLE_SECONDS_WHERE_ABSENT = 180.0
"""For the warning only, and said in it; the formula itself knows no handle time."""


def safe_rates(
    predicted: "pd.Series[float]", agents: "pd.Series[float]", max_offers_per_hour: float
) -> "pd.Series[float]":
    """Return the rate that the tutorial plans with in each hour.

    Parameters
    ----------
    predicted : Series of float, shape (n_hours,)
        Forecast answer rate. Unit: share.
    agents : Series of float, shape (n_hours,)
        Agents scheduled, 0 where the schedule says nothing.
    max_offers_per_hour : float
        Unit: calls.

    Returns
    -------
    Series of float, shape (n_hours,)
        ``clip(min(predicted, agents / max_offers_per_hour * 0.8), 0.1, 0.95)``. Unit: share.

    Examples
    --------
    >>> predicted = pd.Series([0.3, 0.3, 0.05, 0.99])
    >>> safe_rates(predicted, pd.Series([900.0, 250.0, 900.0, 2000.0]), 1000.0).tolist()
    [0.3, 0.2, 0.1, 0.95]
    """
    usable = usable_rates(agents, max_offers_per_hour)
    return predicted.where(predicted <= usable, usable).clip(RATE_FLOOR, RATE_CEILING)


def usable_rates(agents: "pd.Series[float]", max_offers_per_hour: float) -> "pd.Series[float]":
    """Return the rate that the agents of each hour allow for, by the tutorial."""
    return agents / max_offers_per_hour * USABLE_SHARE


def recommend_tutorial(
    forecast: ForecastSource, capacity: pd.DataFrame, order: PacingOrder
) -> Recommendation:
    """Return what the tutorial would set on a campaign, hour by hour with what limits it.

    Parameters
    ----------
    forecast : ForecastSource
        Of an answer rate.
    capacity : DataFrame
        See `core.frames.CAPACITY`. No row at all, or none for any hour of the forecast: the
        capacity is unknown, `push` is empty and `capacity_known` is False.
    order : PacingOrder
        The limit on abandonment in it is recorded and not applied.

    Returns
    -------
    Recommendation
        `push` holds only what the policy sets: ``predictive.answerRate``,
        ``predictive.dropRate`` and ``predictive.maxAttempts`` (the campaign's own, 3 where it
        has none); on a tenant without them, what the two rates mean read literally.

    Raises
    ------
    UsageError
        If the forecast is of another kind.
    DataError
        If the forecast has no hour, or a rate outside 0 to 1.
    FrameContractBroken
        If a frame lacks a column.
    """
    told = hours_with_agents(forecast, capacity)
    hours = pd.DataFrame([asdict(hour) for hour in told]).astype(NUMBERS_OF_HOURS)
    capacity_known = bool(hours["agents"].notna().any())
    counted = hours["agents"].fillna(0.0)
    hours["usable"] = usable_rates(counted, order.max_offers.value)
    hours["safe"] = safe_rates(hours["rate"], counted, order.max_offers.value)
    pushed = _push(hours["safe"], order) if capacity_known else {}
    return Recommendation(
        policy=order.policy,
        campaign_id=order.campaign_id,
        generated_at=order.generated_at,
        limits=PacingLimits(
            order.max_offers.value,
            order.max_offers.origin,
            order.guardrails.limit,
            RATE_FLOOR,
            RATE_CEILING,
            order.guardrails,
            order.timing,
        ),
        hours=tuple(_pacing_hour(row, capacity_known) for row in hours.to_dict("records")),
        push=pushed,
        forecast_id=forecast.forecast_id,
        forecast_method=forecast.method,
        forecast_cutoff=forecast.cutoff,
        forecast_made_at=forecast.made_at,
        capacity_known=capacity_known,
        warnings=(*forecast.warnings, *_warnings(hours, capacity_known, order)),
    )


def _push(safe: "pd.Series[float]", order: PacingOrder) -> JsonObject:
    answer_rate = round(float(safe.mean()), 4)
    drop_rate = round(float(safe.max()) * DROP_SHARE, 4)
    if order.fields is TenantFields.PLATFORM:
        return tutorial_as_platform_fields(answer_rate, drop_rate, order.guardrails)
    attempts = value_at(order.current or {}, "predictive.maxAttempts")
    return {
        "predictive": {
            "answerRate": answer_rate,
            "dropRate": drop_rate,
            "maxAttempts": ATTEMPTS_WHERE_ABSENT if attempts is ABSENT else attempts,
        }
    }


def _pacing_hour(row: "dict[Hashable, Any]", capacity_known: bool) -> PacingHour:
    return PacingHour(
        ds=row["ds"].to_pydatetime(),
        agents=_or_none(row["agents"]),
        answer_rate=float(row["rate"]),
        answer_rate_lower=_or_none(row["lower"]),
        answer_rate_upper=_or_none(row["upper"]),
        safe_rate=float(row["safe"]),
        abandon_target=round(float(row["safe"]) * DROP_SHARE, 4),
        binding_limit=_binding_limit(row["rate"], row["usable"])
        if capacity_known
        else "capacity unknown",
    )


def _or_none(number: float) -> float | None:
    return None if pd.isna(number) else float(number)


def _binding_limit(predicted: float, usable: float) -> str:
    if min(predicted, usable) < RATE_FLOOR:
        return f"floor {share_text(RATE_FLOOR)}"
    if min(predicted, usable) > RATE_CEILING:
        return f"ceiling {share_text(RATE_CEILING)}"
    return "forecast answer rate" if predicted <= usable else "agents scheduled"


def _warnings(hours: pd.DataFrame, capacity_known: bool, order: PacingOrder) -> list[str]:
    if not capacity_known:
        return [
            "Capacity is unknown, not zero: the schedule has no entry for any of the"
            f" {len(hours)} hours from {hour_text(hours['ds'].min(), order.zone)}. Nothing can be"
            " proposed until agents are scheduled."
        ]
    told = _what_it_would_do(hours, order)
    silent = hours[hours["agents"].isna()]
    if not silent.empty:
        told.append(
            f"The schedule has no entry for {len(silent)} of {len(hours)} hours, the first"
            f" {hour_text(silent['ds'].min(), order.zone)}; policy tutorial counts them as no"
            " agents."
        )
    if (hours["usable"] <= RATE_FLOOR).all():
        told.append(
            f"With so few agents for so many calls every hour is at the floor of"
            f" {share_text(RATE_FLOOR)}: what is recommended does not depend on the forecast."
        )
    return told


def _what_it_would_do(hours: pd.DataFrame, order: PacingOrder) -> list[str]:
    """Tell what abandonment the rates mean, read literally: one over the answer rate in flight."""
    staffed = hours[(hours["agents"] > 0) & (hours["rate"] > 0)]
    if staffed.empty:
        return []
    calls = 1 / round(float(hours["safe"].mean()), 4)
    timing = order.timing
    handle = timing.handle_seconds if timing else HANDLE_SECONDS_WHERE_ABSENT
    line = timing.line_seconds if timing else CAUTIOUS_LINE_SECONDS
    lost = live = 0.0
    for agents, rate in zip(staffed["agents"], staffed["rate"], strict=True):
        team = Team(float(agents), line, handle)
        share = abandon_rate(calls, float(rate), team)
        # Agents talk with those who are not lost: the worse the hour, the more answers it takes.
        answers = team.conversations_per_hour / max(1.0 - share, 0.01)
        live += answers
        lost += answers * share
    said = "" if timing else f" (at an assumed {handle:g} s of handle time; --aht tells it)"
    aim = share_text(float(hours["safe"].max()) * DROP_SHARE)
    return [
        f"Policy tutorial aims at {aim} abandoned. Read literally its answer rate means"
        f" {calls:.1f} calls in flight for each idle agent, which would abandon about"
        f" {share_text(lost / live)} of the people who answer{said}; the limit in force is"
        f" {share_text(order.guardrails.limit)}. Policy compliant keeps it."
    ]
