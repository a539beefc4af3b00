"""Campaign drafts: where there is room for calls, and the campaign that would be made of it.

Rendered from the newest stored forecast of a queue. A draft is created off: it dials nobody, and
nothing is stored or sent by looking.
"""

from dataclasses import dataclass, replace

from core.charts.picture import Look
from core.charts.times import moment_text
from core.charts.volumes import windows_chart
from core.errors import DashboardError, DataError, TenantError, TooLittleHistory
from core.forecasting.forecast import Forecast, SeriesKind
from core.frames import VOLUME_HISTORY
from core.pacing.recommendation import CampaignDraft
from core.pacing.windows import LowVolume, low_volume_windows
from core.screens import draft_words as words
from core.screens.context import Context, may
from core.screens.draft_templates import UNCHOSEN
from core.screens.draft_view import DraftView, Wanted
from core.screens.forecast_page import Wanted as SeriesWanted
from core.screens.names import Names, silence_of
from core.screens.proposing import offer, waiting_on
from core.screens.recent import Reading, Recent
from core.services.history import DEFAULT_DAYS
from core.services.plan import plan_campaign
from core.workflow.approval import Person, Step
from core.workflow.pairs import HalfDone, half_done
from core.workflow.plan import CheckState, PlanKind
from core.workflow.proposal import Proposal

UNANSWERED = "Nothing can be proposed until the tenant answers."


def view(
    context: Context,
    recent: Recent,
    names: Names,
    wanted: Wanted,
    person: Person,
    look: Look,
) -> DraftView:
    """Return the page for a queue.

    Parameters
    ----------
    context : Context
        What is looked through.
    recent : Recent
        Keeps what the tenant told a moment ago.
    names : Names
        The queues that there are.
    wanted : Wanted
        What the address asks for.
    person : Person
        Who sits here.
    look : Look
        Zone, palette, now.
    """
    queue_id = wanted.queue_id
    if queue_id is None or queue_id not in names.options:
        return DraftView(
            "There is no queue to draft a campaign for",
            moment_text(look.now, look.zone),
            trouble=silence_of(names, look.now, look.zone),
            instead="The page Connection says how the tenant stands.",
        )
    name = names.options[queue_id]
    return replace(
        _of_queue(context, recent, queue_id, name, wanted, person, look),
        complaint=wanted.complaint,
        pairs=_pairs(context, look),
        is_copy=context.drafting.needs_template,
        series=SeriesWanted(
            SeriesKind.VOLUME, queue_id, name, learn_days=DEFAULT_DAYS[SeriesKind.VOLUME]
        ),
        may_forecast=may(person, Step.PROPOSE),
    )


def _of_queue(
    context: Context,
    recent: Recent,
    queue_id: str,
    name: str,
    wanted: Wanted,
    person: Person,
    look: Look,
) -> DraftView:
    with context.unit_of_work() as work:
        forecast = work.forecasts.latest(SeriesKind.VOLUME, queue_id)
        proposals = work.proposals.all()
    if forecast is None:
        return DraftView(
            f"{name} has no stored forecast to find windows in",
            moment_text(look.now, look.zone),
            instead="A forecast of its contacts takes some seconds; who may propose may make one.",
            needs_forecast=True,
        )
    forecast = context.adjusting.over(forecast)
    try:
        low = _low(context, forecast, look)
    except DataError as error:
        return _without_windows(error, forecast, look)
    if context.drafting.needs_template and not wanted.template_id:
        return replace(_windowed(context, low, forecast, look), instead=UNCHOSEN)
    reading = _read(context, recent, wanted, forecast, proposals)
    if reading.value is None:
        return _undrafted(context, low, reading.trouble, forecast, look)
    return _drafted(context, reading, reading.value, forecast, proposals, person, look)


@dataclass(frozen=True, slots=True)
class _Found:
    """A draft, whether the tenant has a campaign of that name, and what bounds its windows."""

    draft: CampaignDraft
    is_taken: bool
    callable_time: str


def _read(
    context: Context,
    recent: Recent,
    wanted: Wanted,
    forecast: Forecast,
    proposals: tuple[Proposal, ...],
) -> Reading[_Found]:
    """Draft the campaign; the tenant tells the organisation, and which names are taken."""
    others = tuple(each for each in proposals if each.plan.kind is PlanKind.CAMPAIGN)
    promised = {
        each.plan.target_name
        for each in others
        if each.is_open and not words.is_on_queue(each.plan, forecast.series_id)
    }

    def ask() -> _Found:
        draft = _draft(context, wanted, forecast, wanted.name or None)
        if not wanted.name and draft.name in promised:
            draft = _draft(context, wanted, forecast, f"{draft.name}, {forecast.series_name}")
        is_taken = bool(context.tenant.find_campaigns(draft.name))
        return _Found(draft, is_taken, context.drafting.callable(draft.template).told)

    return recent.read(
        ("draft", forecast.series_id, wanted.name, wanted.calls_per_hour, wanted.template_id),
        ask,
        stamp=(
            forecast.forecast_id,
            forecast.warnings,
            tuple((each.proposal_id, each.version) for each in others),
        ),
    )


def _draft(context: Context, wanted: Wanted, forecast: Forecast, name: str | None) -> CampaignDraft:
    return context.drafting.draft(
        forecast.series_id,
        name=name,
        max_calls_per_hour=wanted.calls_per_hour,
        template_id=wanted.template_id,
    )


def _drafted(
    context: Context,
    reading: Reading[_Found],
    found: _Found,
    forecast: Forecast,
    proposals: tuple[Proposal, ...],
    person: Person,
    look: Look,
) -> DraftView:
    draft = found.draft
    plan = context.permission.checked(plan_campaign(draft, look.now, context.settings.abandon_cap))
    obstacle = "The tenant has a campaign of this name: choose another." if found.is_taken else ""
    waiting = waiting_on(
        proposals, lambda other: words.is_on_queue(other, draft.queue_id), look.now
    )
    blocked = {check.name for check in plan.checks if check.state is CheckState.BLOCK}
    low = LowVolume(draft.windows, draft.threshold)
    shown = replace(
        _windowed(context, low, forecast, look, found.callable_time),
        draft=draft,
        checks=plan.checks,
        needs_forecast="forecast age" in blocked,
    )
    if reading.trouble is not None:
        return replace(shown, trouble=str(reading.trouble), instead=UNANSWERED)
    made = offer(context, person, plan, words.effects_of(draft), waiting, obstacle)
    return replace(shown, headline=words.headline_of(forecast, draft), offer=made)


def _undrafted(
    context: Context,
    low: LowVolume,
    trouble: DashboardError | None,
    forecast: Forecast,
    look: Look,
) -> DraftView:
    """Return what the stored forecast alone can show: windows, and no draft."""
    return replace(
        _windowed(context, low, forecast, look),
        trouble=str(trouble) if trouble else "",
        instead=UNANSWERED if isinstance(trouble, TenantError) else "No draft can be made so.",
    )


def _windowed(
    context: Context, low: LowVolume, forecast: Forecast, look: Look, callable_time: str = ""
) -> DraftView:
    try:
        history = context.history.stored(SeriesKind.VOLUME, forecast.series_id)
    except TooLittleHistory:
        history = VOLUME_HISTORY.empty()
    return DraftView(
        headline=f"{forecast.series_name}: {words.room_of(low.windows)}",
        provenance=words.provenance_of(forecast, look),
        chart_title=words.chart_title_of(low),
        picture=windows_chart(
            history, forecast.rows, low.windows, low.threshold, look, level=forecast.level
        ),
        windows=words.windows_of(low, look.zone),
        known=words.known_of(
            forecast, callable_time or f"the callable hours, {context.settings.callable_hours}"
        ),
    )


def _without_windows(error: DataError, forecast: Forecast, look: Look) -> DraftView:
    """Return what is said where no window is ahead; a newer forecast may have one."""
    return DraftView(
        headline=f"{forecast.series_name}: {words.lowered(error.what)}",
        provenance=words.provenance_of(forecast, look),
        instead=error.next_step,
        known=words.known_of(forecast, ""),
        needs_forecast=True,
    )


def _low(context: Context, forecast: Forecast, look: Look) -> LowVolume:
    hours = context.drafting.callable()
    return low_volume_windows(forecast.rows, now=look.now, is_callable=hours.is_callable)


def _pairs(context: Context, look: Look) -> tuple[HalfDone, ...]:
    with context.unit_of_work() as work:
        pairs = half_done(work.proposals.all())
    return tuple(each for each in pairs if each.is_waiting or each.needs_somebody(look.now))
