"""Capacity & pacing: what the dialler should do, what limits it, and whether it may be proposed.

Rendered from the newest stored forecast; campaign and schedule are read of the tenant at most
every half minute. Nothing is forecast, stored or sent by looking.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.campaigns import Campaign
from core.charts.picture import Look
from core.charts.timeline import day_start
from core.clock import hour_start
from core.forecasting.forecast import Forecast, SeriesKind
from core.pacing.recommend import (
    COMPLIANT,
    POLICIES,
    usual_policy,
)
from core.pacing.stepping import calls_in
from core.screens import pacing_calls_words as calls_words
from core.screens import pacing_words as words
from core.screens.context import Context, may
from core.screens.day_plan_offer import day_offer, single_offer
from core.screens.forecast_page import Wanted as SeriesWanted
from core.screens.names import Names, silence_of
from core.screens.pacing_absent import (
    trouble_of,
    without_advice,
    without_campaign,
    without_forecast,
    without_tenant,
)
from core.screens.pacing_calls import calls_picture, calls_table
from core.screens.pacing_consequence import next_hour_effects, next_hour_title
from core.screens.pacing_effect import effect_of
from core.screens.pacing_hours import hours_of, picture_of
from core.screens.pacing_view import PacingView, Wanted
from core.screens.proposing import field_effects
from core.screens.recent import Reading, Recent
from core.services.history import DEFAULT_DAYS
from core.services.plan import plan_pacing
from core.services.recommend import PacingAdvice, TimingGiven
from core.workflow.approval import Person, Step
from core.workflow.plan import CheckState, Plan
from core.workflow.proposal import Proposal

MOST_AHEAD = timedelta(days=8)
"""No forecast of an answer rate reaches further."""
POLICY_WORDS: Mapping[str, str] = {name: f"Policy: {name}" for name in POLICIES}


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
    campaign_id, policy = wanted.campaign_id, wanted.policy or default_policy(context)
    if campaign_id is None or campaign_id not in names.options:
        return without_campaign(names, policy, look)
    return replace(
        _of_campaign(context, recent, names, campaign_id, policy, wanted, person, look),
        series=SeriesWanted(
            SeriesKind.ANSWER_RATE,
            campaign_id,
            names.options[campaign_id],
            learn_days=DEFAULT_DAYS[SeriesKind.ANSWER_RATE],
        ),
        may_forecast=may(person, Step.PROPOSE),
    )


def default_policy(context: Context) -> str:
    """Return the policy that suits the tenant, where nobody chose one."""
    return usual_policy(context.recommending.fields)


def skill_of(context: Context, campaigns: Iterable[Campaign], campaign_id: str) -> str:
    """Return the skill that a campaign dials for; empty where nobody tells it."""
    campaign = next((each for each in campaigns if each.campaign_id == campaign_id), None)
    return str((campaign and campaign.skill_id) or context.settings.skill_id or "")


def _of_campaign(
    context: Context,
    recent: Recent,
    names: Names,
    campaign_id: str,
    policy: str,
    wanted: Wanted,
    person: Person,
    look: Look,
) -> PacingView:
    name = names.options[campaign_id]
    with context.unit_of_work() as work:
        forecast = work.forecasts.latest(SeriesKind.ANSWER_RATE, campaign_id)
        proposals = work.proposals.all()
    if forecast is None:
        return without_forecast(name, policy, look)
    known_skill = skill_of(context, names.campaigns, campaign_id)
    skill = known_skill or wanted.skill
    if not skill:
        shown = without_tenant(context, forecast, policy, look, None)
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
    reading = _read(context, recent, campaign_id, skill, policy, wanted.timing, forecast, proposals)
    shown = (
        without_advice(context, forecast, policy, look, reading)
        if reading.value is None
        else _advised(context, reading.value, reading, proposals, skill, person, look)
    )
    return replace(shown, asks_skill=not known_skill, skill=skill)


def _read(
    context: Context,
    recent: Recent,
    campaign_id: str,
    skill: str,
    policy: str,
    timing: TimingGiven,
    forecast: Forecast,
    proposals: tuple[Proposal, ...],
) -> Reading[PacingAdvice]:
    """Read campaign and schedule; anew as soon as a forecast, a proposal or an agent moved."""
    versions = tuple(
        (each.proposal_id, each.version) for each in proposals if each.plan.target_id == campaign_id
    )
    first = hour_start(context.clock.now())
    entered = context.staffing.entered(skill, first, first + MOST_AHEAD)
    return recent.read(
        ("advice", campaign_id, skill, policy, timing),
        lambda: context.recommending.pacing(campaign_id, skill, policy, timing=timing),
        stamp=(forecast.forecast_id, versions, entered),
    )


def _advised(
    context: Context,
    advice: PacingAdvice,
    reading: Reading[PacingAdvice],
    proposals: tuple[Proposal, ...],
    skill: str,
    person: Person,
    look: Look,
) -> PacingView:
    made = advice.recommendation
    plan = context.permission.checked(plan_pacing(advice, context.clock))
    stale = reading.trouble is not None
    blocked = {check.name for check in plan.checks if check.state is CheckState.BLOCK}
    shown = PacingView(
        headline="",
        provenance="",
        trouble=trouble_of(reading, look),
        instead="Nothing can be proposed until the tenant answers."
        if stale
        else _until_agents(advice)
        if not made.push
        else "",
        checks=plan.checks,
        cautions=words.cautions_of(made, advice.forecast),
        recommendation=made,
        needs_forecast=bool(blocked & {"forecast age", "forecast hours"}),
        advice=advice,
    )
    offered = proposals if made.push and not stale else None
    if made.policy == COMPLIANT:
        return _in_calls(context, shown, plan, offered, skill, reading.read_at, person, look)
    return replace(
        shown,
        headline=words.headline_of(advice.snapshot.name, plan, made),
        provenance=words.provenance_of(
            advice.forecast, made.policy, look.now, reading.read_at, look.zone
        ),
        chart_title=words.chart_title_of(made),
        picture=picture_of(made, advice.snapshot.document, look),
        hours=hours_of(made, look),
        offer=None
        if offered is None
        else single_offer(context, plan, field_effects(plan.changes), offered, person, look),
        known=words.known_of(made, advice.forecast),
    )


def _in_calls(
    context: Context,
    shown: PacingView,
    plan: Plan,
    proposals: tuple[Proposal, ...] | None,
    skill: str,
    read_at: datetime | None,
    person: Person,
    look: Look,
) -> PacingView:
    """Return the page of a recommendation in calls per agent; no proposals: nothing is offered."""
    advice, made = shown.advice, shown.recommendation
    if advice is None or made is None:
        return shown
    midnight = day_start(look.now, look.zone) + timedelta(days=1)
    effect = effect_of(made, calls_in(advice.snapshot.document), midnight)
    first, last = made.hours[0].ds, made.hours[-1].ds + timedelta(hours=1)
    by_hand = {each.ds for each in context.staffing.entered(skill, first, last)}
    told = next_hour_effects(plan, effect, made)
    return replace(
        shown,
        headline=calls_words.calls_headline(plan, made, effect, look),
        provenance=calls_words.calls_provenance(advice, read_at, look),
        chart_title=calls_words.calls_title(made, effect),
        picture=calls_picture(made, effect, advice.staffing, by_hand, advice.order.observed, look),
        hours=calls_table(made, effect, by_hand, look),
        offer=None
        if proposals is None
        else single_offer(context, plan, told, proposals, person, look),
        offer_title=next_hour_title(effect, look),
        day=None
        if proposals is None
        else day_offer(context, advice, effect, proposals, person, look),
        known=calls_words.calls_known(advice, advice.forecast),
    )


def _until_agents(advice: PacingAdvice) -> str:
    """Return what has to happen before anything can be proposed, and why agents are unknown."""
    sentence = "Nothing can be proposed until agents are scheduled."
    if advice.recommendation.capacity_known:
        return sentence
    return " ".join((sentence, *advice.staffing.notes))
