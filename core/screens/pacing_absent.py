"""Capacity & pacing where something is missing: campaign, forecast, tenant, handle time."""

from dataclasses import replace

from core.charts.picture import Look
from core.charts.times import day_time, moment_text
from core.errors import UsageError
from core.forecasting.forecast import Forecast
from core.frames import CAPACITY
from core.pacing.guardrails import guardrails_named
from core.pacing.max_offers import max_offers_from_history
from core.pacing.order import PacingOrder
from core.pacing.recommend import TUTORIAL, recommend_pacing
from core.screens import pacing_words as words
from core.screens.context import Context
from core.screens.names import Names, silence_of
from core.screens.pacing_hours import hours_of, picture_of
from core.screens.pacing_view import PacingView
from core.screens.recent import Reading
from core.services.recommend import PacingAdvice


def trouble_of(reading: Reading[PacingAdvice], look: Look) -> str:
    """Return what stands in the way of the present state; empty where nothing does."""
    if reading.trouble is None:
        return ""
    if reading.read_at is None:
        return str(reading.trouble)
    return f"Showing the state of {day_time(reading.read_at, look.zone)}. {reading.trouble}"


def without_advice(
    context: Context,
    forecast: Forecast,
    policy: str,
    look: Look,
    reading: Reading[PacingAdvice],
) -> PacingView:
    """Return the stored forecast alone, and what kept the recommendation from being made."""
    shown = without_tenant(context, forecast, policy, look, reading)
    if not isinstance(reading.trouble, UsageError):
        return shown
    return replace(
        shown,
        headline=f"{forecast.series_name}: how long its calls last is not known",
        trouble="",
        instead=f"{reading.trouble.what} Type in the handle time, talk and after-call work"
        " together.",
        asks_handle_time=True,
    )


def without_tenant(
    context: Context,
    forecast: Forecast,
    policy: str,
    look: Look,
    reading: Reading[PacingAdvice] | None,
) -> PacingView:
    """Return what the stored forecast alone can show: no agents, no recommendation."""
    bare = recommend_pacing(
        forecast,
        CAPACITY.empty(),
        PacingOrder(
            policy=TUTORIAL,
            campaign_id=forecast.series_id,
            generated_at=look.now,
            max_offers=max_offers_from_history(None),
            guardrails=guardrails_named(
                context.settings.pacing.regime, abandon_cap=context.settings.abandon_cap
            ),
        ),
    )
    return PacingView(
        headline=f"{forecast.series_name}: no recommendation, because the tenant could not be read",
        provenance=words.provenance_of(forecast, policy, look.now, None, look.zone),
        trouble=trouble_of(reading, look) if reading else "",
        chart_title=words.chart_title_of(bare),
        picture=picture_of(bare, {}, look),
        hours=hours_of(bare, look),
        instead="Nothing can be proposed until the tenant answers.",
        known=words.known_of(bare, forecast),
    )


def without_forecast(name: str, policy: str, look: Look) -> PacingView:
    """Return that there is nothing to plan from yet."""
    return PacingView(
        headline=f"{name} has no stored forecast to plan from",
        provenance=f"Policy {policy} · {moment_text(look.now, look.zone)}",
        instead="A forecast of its answer rate takes some seconds; who may propose may make one.",
        needs_forecast=True,
    )


def without_campaign(names: Names, policy: str, look: Look) -> PacingView:
    """Return that there is nobody to plan for."""
    return PacingView(
        headline="There is no campaign to pace",
        provenance=f"Policy {policy} · {moment_text(look.now, look.zone)}",
        trouble=silence_of(names, look.now, look.zone),
        instead="The page Connection says how the tenant stands.",
    )
