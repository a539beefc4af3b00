"""Overview: whether anything is wrong, what needs somebody, what comes next.

Drawn from what is stored; only names and the schedule are read of the tenant, and not waited for
long. Work that is due is begun in the background, by `core.screens.overview_work`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.charts.numbers import count
from core.charts.picture import Look
from core.charts.times import clock_time, day_time, moment_text
from core.screens.context import Context, may
from core.screens.names import silence_of
from core.screens.overview_agents import agents_today
from core.screens.overview_campaigns import BestHour, best_hour, campaign_frame, read_campaigns
from core.screens.overview_day import Day, Reference, read_day
from core.screens.overview_needs import fit, needs, state_sentence, waiting_proposals
from core.screens.overview_queues import (
    BANDS,
    QueueRow,
    headings,
    queue_frame,
    queue_rows,
    today_picture,
    today_title,
)
from core.screens.overview_tiles import contacts_tile, forecasts_tile, next_tile, proposals_tile
from core.screens.overview_view import LOOK_SOON_SECONDS, OverviewView
from core.screens.overview_work import Listed
from core.screens.recent import Recent
from core.services.desk import EVERYTHING, READING
from core.workflow.approval import Person, Step
from core.workflow.jobs import Job
from core.workflow.pairs import half_done

LATE = timedelta(minutes=70)
"""Data that ends earlier is late: the last whole hour, and ten minutes to read it."""


def view(
    context: Context, recent: Recent, there: Listed, person: Person, look: Look
) -> OverviewView:
    """Return the page.

    Parameters
    ----------
    context : Context
        What is looked through.
    recent : Recent
        Keeps what the tenant told a moment ago.
    there : Listed
        From `core.screens.overview_work.listed`.
    person : Person
        Who sits here.
    look : Look
        Zone, palette, now.
    """
    job = context.work.running(EVERYTHING)
    shown = (
        _drawn(context, recent, there, job, look)
        if there.forecasts
        else _empty(there, job, person, look)
    )
    if job is not None or context.work.running(READING) is not None:
        shown = replace(shown, look_again_seconds=LOOK_SOON_SECONDS)
    unfit = _series(there, shown.silent) - len(fit(there.forecasts, look.now))
    is_silent = there.campaigns.is_stale or there.queues.is_stale
    is_offered = job is not None or (may(person, Step.PROPOSE) and unfit > 0 and not is_silent)
    return replace(shown, forecast_label="Forecast everything" if is_offered else "")


def _empty(there: Listed, job: Job | None, person: Person, look: Look) -> OverviewView:
    silence = silence_of(there.campaigns, look.now, look.zone)
    series = len(there.campaigns.options) + len(there.queues.options)
    next_step = (
        f"“Forecast everything” reads the history of {series} campaigns and queues and forecasts"
        " each; the page fills as it goes."
    )
    if job is not None:
        next_step = "The first forecasts are being made; the page fills as they come."
    elif silence:
        next_step = "Look at Connection for what the tenant answers."
    elif not may(person, Step.PROPOSE):
        next_step = "Somebody who may propose can make the first ones here."
    return OverviewView(
        headline=silence or "Nothing is forecast yet",
        provenance=moment_text(look.now, look.zone),
        is_empty=True,
        instead=("There is nothing stored to show.", next_step),
    )


def _drawn(
    context: Context, recent: Recent, there: Listed, job: Job | None, look: Look
) -> OverviewView:
    now = look.now
    latest = {each.series_id: each for each in there.forecasts}
    day = read_day(context, list(there.queues.options), latest, now, look.zone)
    rows = queue_rows(day, there.queues.options, now)
    campaigns = read_campaigns(context, there.campaigns.options, latest, look)
    with context.unit_of_work() as work:
        proposals = work.proposals.all()
    waiting = waiting_proposals(proposals, now)
    unscheduled = sum(pair.needs_somebody(now) for pair in half_done(proposals))
    best = best_hour(campaigns, look)
    series = _series(there, day.silent)
    old = len(there.forecasts) - len(fit(there.forecasts, now))
    missing = 0 if job is not None else series - len(there.forecasts)
    told = needs(waiting, _outside(rows), old, missing, unscheduled)
    sentence = state_sentence(told, _next(best))
    first = _first_of_all(there, day, job, look)
    is_silent = there.campaigns.is_stale or there.queues.is_stale
    agents = agents_today(context, recent, () if is_silent else there.campaigns.campaigns, look)
    return OverviewView(
        headline=first or sentence,
        provenance=_provenance(there, day, look),
        needs=f"{sentence}." if first else "",
        tiles=(
            proposals_tile(waiting, now),
            forecasts_tile(there.forecasts, series, now),
            contacts_tile(day, (rows[0].queue_id, rows[0].name) if rows else None, look),
            next_tile(best),
        ),
        today_title=today_title(day, look.zone),
        today_note=_today_note(day, set(there.queues.options)),
        today=today_picture(day, look),
        agents_title=agents.title,
        agents_note=agents.note,
        agents=agents.picture,
        queues=queue_frame(rows),
        queue_ids=tuple(row.queue_id for row in rows),
        queue_headings=headings(day, look.zone),
        campaigns=campaign_frame(campaigns, look),
        campaign_ids=tuple(each.campaign_id for each in campaigns),
        silent=day.silent,
    )


def _series(there: Listed, silent: frozenset[str]) -> int:
    """Count what can be forecast: whatever has any contacts, or placed any calls."""
    campaigns = set(there.campaigns.options) - there.undialled
    return len(campaigns) + len(set(there.queues.options) - silent)


def _outside(rows: Sequence[QueueRow]) -> tuple[str, ...]:
    sides = {BANDS[0]: "runs above its band", BANDS[1]: "runs below its band"}
    return tuple(f"{row.name} {sides[row.state]}" for row in rows if row.state in sides)


def _next(best: BestHour | None) -> str:
    return f"next, {best.name} answers best, {best.rate} at {best.hour}" if best else ""


def _first_of_all(there: Listed, day: Day, job: Job | None, look: Look) -> str:
    """Return what has to be said before anything else: that the page shows not all, or the past."""
    state_of = _moment(day.complete_to, look) if day.complete_to else "an earlier time"
    stale = there.campaigns if there.campaigns.is_stale else there.queues
    silence = silence_of(stale, look.now, look.zone)
    if silence:
        return f"{silence}; showing the stored state of {state_of}"
    if job is not None and job.all_steps > len(there.forecasts):
        return f"Forecasting everything: {job.done_steps} of {job.all_steps} done, the rest follows"
    if day.complete_to is not None and look.now - day.complete_to > LATE:
        return f"Data is complete only to {state_of}; figures are of that time"
    return ""


def _moment(moment: datetime, look: Look) -> str:
    is_today = moment.astimezone(look.zone).date() == look.now.astimezone(look.zone).date()
    return (clock_time if is_today else day_time)(moment, look.zone)


def _provenance(there: Listed, day: Day, look: Look) -> str:
    parts = [
        f"{count(len(set(there.queues.options) - day.silent))} queues with contacts",
        f"{count(len(there.campaigns.options))} campaigns",
        moment_text(look.now, look.zone),
    ]
    if day.complete_to is not None:
        parts.append(f"data complete to {_moment(day.complete_to, look)}")
    parts.append("forecasts as stored, by the method that auto chose for each")
    return " · ".join(parts)


def _today_note(day: Day, queues: set[str]) -> str:
    parts = [f"Contacts per hour, {count(len(queues - day.late - day.silent))} queues"]
    if day.reference is Reference.FORECAST:
        parts.append("forecast: the newest made before the hour")
    parts += ["baseline: last week", "no band: bands of queues do not add up"]
    return " · ".join(parts)
