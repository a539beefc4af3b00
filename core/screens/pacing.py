"""Capacity & pacing: what the dialler should do, what limits it, and whether it may be proposed.

Rendered from the newest stored forecast; campaign and schedule are read of the tenant at most
every half minute. Nothing is forecast, stored or sent by looking.
"""

from collections.abc import Iterable
from dataclasses import replace

from core.campaigns import Campaign
from core.charts.picture import Look
from core.charts.times import day_time, moment_text
from core.forecasting.forecast import Forecast, SeriesKind
from core.frames import CAPACITY
from core.pacing.max_offers import max_offers_from_history
from core.pacing.tutorial import recommend_pacing
from core.screens import pacing_words as words
from core.screens.context import Context, may
from core.screens.forecast_page import Wanted as SeriesWanted
from core.screens.names import Names, silence_of
from core.screens.pacing_hours import hours_of, picture_of
from core.screens.pacing_view import PacingView, Wanted
from core.screens.proposing import Offer, field_effects, offer, waiting_on
from core.screens.recent import Reading, Recent
from core.services.history import DEFAULT_DAYS
from core.services.plan import plan_pacing
from core.services.recommend import PacingAdvice
from core.workflow.approval import Person, Step
from core.workflow.plan import CheckState, Plan, PlanKind
from core.workflow.proposal import Proposal

POLICY = "tutorial"


def view(
    context: Context,
    recent: Recent,
    names: Names,
    wanted: Wanted,
    person: Person,
    look: Look,
) -> PacingView:
    """Return the page for a campaign.

    Parameters
    ----------
    context : Context
        What is looked through.
    recent : Recent
        Keeps what the tenant told a moment ago.
    names : Names
        The campaigns that there are.
    wanted : Wanted
        What the address asks for.
    person : Person
        Who sits here.
    look : Look
        Zone, palette, now.
    """
    campaign_id = wanted.campaign_id
    if campaign_id is None or campaign_id not in names.options:
        return _without_campaign(names, look)
    return replace(
        _of_campaign(context, recent, names, campaign_id, wanted.skill, person, look),
        series=SeriesWanted(
            SeriesKind.ANSWER_RATE,
            campaign_id,
            names.options[campaign_id],
            learn_days=DEFAULT_DAYS[SeriesKind.ANSWER_RATE],
        ),
        may_forecast=may(person, Step.PROPOSE),
    )


def skill_of(context: Context, campaigns: Iterable[Campaign], campaign_id: str) -> str:
    """Return the skill that a campaign dials for; empty where nobody tells it."""
    campaign = next((each for each in campaigns if each.campaign_id == campaign_id), None)
    return str((campaign and campaign.skill_id) or context.settings.skill_id or "")


def _of_campaign(
    context: Context,
    recent: Recent,
    names: Names,
    campaign_id: str,
    typed_skill: str,
    person: Person,
    look: Look,
) -> PacingView:
    name = names.options[campaign_id]
    with context.unit_of_work() as work:
        forecast = work.forecasts.latest(SeriesKind.ANSWER_RATE, campaign_id)
        proposals = work.proposals.all()
    if forecast is None:
        return _without_forecast(name, look)
    known_skill = skill_of(context, names.campaigns, campaign_id)
    skill = known_skill or typed_skill
    if not skill:
        shown = _without_tenant(context, forecast, look, None)
        silence = silence_of(names, look.now, look.zone)
        if silence:
            return replace(shown, trouble=f"{silence}. Showing the stored forecast.")
        return replace(
            shown,
            headline=f"{name}: whose schedule serves it is not known",
            instead="Type in the id of the skill that the campaign dials for, or set"
            " GENESYS_SKILL_ID.",
            asks_skill=True,
        )
    reading = _read(context, recent, campaign_id, skill, forecast, proposals)
    shown = (
        _without_tenant(context, forecast, look, reading)
        if reading.value is None
        else _advised(context, reading.value, reading, proposals, person, look)
    )
    return replace(shown, asks_skill=not known_skill)


def _read(
    context: Context,
    recent: Recent,
    campaign_id: str,
    skill: str,
    forecast: Forecast,
    proposals: tuple[Proposal, ...],
) -> Reading[PacingAdvice]:
    """Read campaign and schedule; anew as soon as a forecast or a proposal moved."""
    versions = tuple(
        (each.proposal_id, each.version) for each in proposals if each.plan.target_id == campaign_id
    )
    return recent.read(
        ("advice", campaign_id, skill),
        lambda: context.recommending.pacing(campaign_id, skill, POLICY),
        stamp=(forecast.forecast_id, versions),
    )


def _advised(
    context: Context,
    advice: PacingAdvice,
    reading: Reading[PacingAdvice],
    proposals: tuple[Proposal, ...],
    person: Person,
    look: Look,
) -> PacingView:
    made, forecast = advice.recommendation, advice.forecast
    plan = plan_pacing(advice, context.clock)
    stale = reading.trouble is not None
    blocked = {check.name for check in plan.checks if check.state is CheckState.BLOCK}
    return PacingView(
        headline=words.headline_of(advice.snapshot.name, plan, made),
        provenance=words.provenance_of(forecast, made.policy, look.now, reading.read_at, look.zone),
        trouble=_trouble(reading, look),
        chart_title=words.chart_title_of(made),
        picture=picture_of(made, advice.snapshot.document, look),
        hours=hours_of(made, look),
        offer=None if stale or not made.push else _offer(context, plan, proposals, person, look),
        instead="Nothing can be proposed until the tenant answers."
        if stale
        else "Nothing can be proposed until agents are scheduled."
        if not made.push
        else "",
        checks=plan.checks,
        cautions=words.cautions_of(made, forecast),
        known=words.known_of(made, forecast),
        recommendation=made,
        needs_forecast=bool(blocked & {"forecast age", "forecast hours"}),
    )


def _offer(
    context: Context,
    plan: Plan,
    proposals: tuple[Proposal, ...],
    person: Person,
    look: Look,
) -> Offer:
    waiting = waiting_on(
        proposals,
        lambda other: other.kind is PlanKind.PACING and other.target_id == plan.target_id,
        look.now,
    )
    return offer(context, person, plan, field_effects(plan.changes), waiting)


def _trouble(reading: Reading[PacingAdvice], look: Look) -> str:
    if reading.trouble is None:
        return ""
    if reading.read_at is None:
        return str(reading.trouble)
    return f"Showing the state of {day_time(reading.read_at, look.zone)}. {reading.trouble}"


def _without_tenant(
    context: Context,
    forecast: Forecast,
    look: Look,
    reading: Reading[PacingAdvice] | None,
) -> PacingView:
    """Return what the stored forecast alone can show: no agents, no recommendation."""
    bare = recommend_pacing(
        forecast,
        CAPACITY.empty(),
        policy=POLICY,
        campaign_id=forecast.series_id,
        current=None,
        max_offers=max_offers_from_history(None),
        abandon_cap=context.settings.abandon_cap,
        generated_at=look.now,
    )
    return PacingView(
        headline=f"{forecast.series_name}: no recommendation, because the tenant could not be read",
        provenance=words.provenance_of(forecast, POLICY, look.now, None, look.zone),
        trouble=_trouble(reading, look) if reading else "",
        chart_title=words.chart_title_of(bare),
        picture=picture_of(bare, {}, look),
        hours=hours_of(bare, look),
        instead="Nothing can be proposed until the tenant answers.",
        known=words.known_of(bare, forecast),
    )


def _without_forecast(name: str, look: Look) -> PacingView:
    return PacingView(
        headline=f"{name} has no stored forecast to plan from",
        provenance=f"Policy {POLICY} · {moment_text(look.now, look.zone)}",
        instead="A forecast of its answer rate takes some seconds; who may propose may make one.",
        needs_forecast=True,
    )


def _without_campaign(names: Names, look: Look) -> PacingView:
    return PacingView(
        headline="There is no campaign to pace",
        provenance=f"Policy {POLICY} · {moment_text(look.now, look.zone)}",
        trouble=silence_of(names, look.now, look.zone),
        instead="The page Connection says how the tenant stands.",
    )
