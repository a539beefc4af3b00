"""A campaign as it runs today, beside its forecast: four numbers, renewed on their own."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.charts.numbers import GAP, calls_per_agent, count, points, share
from core.charts.picture import Look
from core.charts.times import clock_time, day_time
from core.forecasting.forecast import Forecast, SeriesKind
from core.permissions import Need
from core.screens.context import Context
from core.screens.live_window import Counted, counted_over, last_change
from core.screens.recent import Reading, Recent
from core.services.live import CampaignToday

RENEW_SECONDS = 30
"""How often the numbers are read again."""


@dataclass(frozen=True, slots=True)
class LiveFact:
    """One number of today: its name, its value with unit, and what to know of it."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class LiveView:
    """What the strip shows.

    Parameters
    ----------
    title : str
        What is the case, in a sentence.
    facts : sequence of LiveFact
        In the order in which they are shown; empty where the tenant tells nothing.
    note : str
        Unit, window and time.
    trouble : str
        Why it is not of now; empty where it is.
    """

    title: str
    facts: Sequence[LiveFact]
    note: str
    trouble: str = ""


def read_today(context: Context, recent: Recent, campaign_id: str) -> Reading[CampaignToday]:
    """Return the campaign as it runs, read at most every half minute."""
    return recent.read(("today", campaign_id), lambda: context.live.today(campaign_id))


def view(context: Context, recent: Recent, campaign_id: str, look: Look) -> LiveView | None:
    """Return the strip of a campaign; None where the tenant tells nothing of its dialler."""
    reading = read_today(context, recent, campaign_id)
    today = reading.value
    if today is None:
        trouble = str(reading.trouble) if reading.trouble else ""
        return (
            LiveView("How the campaign runs now is not known", (), "", trouble) if trouble else None
        )
    if today.hours is None and today.live is None and not today.lacks:
        return None
    with context.unit_of_work() as work:
        forecast = work.forecasts.latest(SeriesKind.ANSWER_RATE, campaign_id)
        earlier = work.forecasts.made_before(SeriesKind.ANSWER_RATE, campaign_id, today.since)
    limits = context.recommending.guardrails(today.settings)
    counted = counted_over(context, recent, today, limits, look)
    return LiveView(
        title_of(counted, is_hidden=bool(today.lacks)),
        (
            _answer_rate(today, tuple(each for each in (earlier, forecast) if each)),
            _pace(today, last_change(context, recent, today)),
            _idle(today),
            _abandons(today, counted),
        ),
        f"Today since {clock_time(today.since, look.zone)}, read"
        f" {clock_time(today.read_at, look.zone)} · {_denominator(today)}"
        f"{counted.note if counted else ''} · renewed every {RENEW_SECONDS} s",
        f"Showing the state of {day_time(today.read_at, look.zone)}. {reading.trouble}"
        if reading.trouble
        else "",
    )


def title_of(counted: Counted | None, *, is_hidden: bool = False) -> str:
    """Return how the campaign stands to its limit, in a sentence; `is_hidden` where parts are."""
    if counted is None:
        return "Today, as far as it may be read" if is_hidden else "Today, as the dialler tells it"
    allowance, limit = counted.allowance, share(counted.allowance.limit)
    if allowance.rate is None:
        return f"No live answer yet {counted.span}"
    told = f"{share(allowance.rate)} abandoned {counted.span}"
    if allowance.left < 0:
        return f"{told}: over the limit of {limit}"
    return f"{told}, room for {count(allowance.left)} more within {limit}"


def expected_rate(today: CampaignToday, forecasts: Sequence[Forecast]) -> float | None:
    """Return the answer rate that was forecast for the hours of today, weighted by its attempts.

    Parameters
    ----------
    today : CampaignToday
        With its hours.
    forecasts : sequence of Forecast
        The earliest made first: what was forecast before an hour came is what counts.
    """
    if today.hours is None or today.hours.empty or not forecasts:
        return None
    known = pd.concat([each.rows[["ds", "yhat"]] for each in forecasts]).drop_duplicates("ds")
    hours = today.hours.merge(known, on="ds")
    attempts = float(hours["attempts"].sum())
    return float((hours["attempts"] * hours["yhat"]).sum()) / attempts if attempts else None


def _answer_rate(today: CampaignToday, forecasts: Sequence[Forecast]) -> LiveFact:
    rate, expected = today.answer_rate, expected_rate(today, forecasts)
    if lack := today.lacks.get(Need.DAY):
        return LiveFact("Answer rate today", GAP, lack.words)
    note = f"{count(today.live_answers)} of {count(today.attempts)} calls"
    if rate is not None and expected is not None:
        note += f"; {points(rate - expected)} against the forecast of {share(expected)}"
    return LiveFact("Answer rate today", share(rate), note)


def _pace(today: CampaignToday, change: str) -> LiveFact:
    if lack := today.lacks.get(Need.RUNNING):
        return LiveFact("Calls per idle agent now", GAP, lack.words)
    in_force = today.live.calls_per_agent if today.live else None
    allowed = calls_per_agent(today.calls_per_agent_set)
    note = {
        True: f"{allowed} is set: the platform's own control holds it lower",
        False: f"{allowed} is set: our setting is what holds it",
        None: f"{allowed} is set" if allowed != GAP else "not told by the tenant",
    }[today.is_platform_bound]
    if in_force == 0:
        note = f"{allowed} is set; nothing is dialled at the moment"
    return LiveFact(
        "Calls per idle agent now",
        calls_per_agent(in_force),
        f"{note}. {change}" if change else note,
    )


def _idle(today: CampaignToday) -> LiveFact:
    if lack := today.lacks.get(Need.RUNNING):
        return LiveFact("Agents idle now", GAP, lack.words)
    live = today.live
    note = f"{count(live.outstanding_calls)} calls are ringing" if live else ""
    return LiveFact("Agents idle now", count(live.idle_agents if live else None), note)


def _abandons(today: CampaignToday, counted: Counted | None) -> LiveFact:
    if counted is None:
        lack = today.lacks.get(Need.DAY)
        return LiveFact("Abandoned today", GAP, lack.words if lack else "not told by the tenant")
    allowance = counted.allowance
    left = allowance.left
    word = (
        f"{count(left)} more are allowed" if left >= 0 else f"{count(-left)} over what is allowed"
    )
    return LiveFact(
        f"Abandoned {counted.span}",
        share(allowance.rate),
        f"{count(allowance.abandoned)} of {count(allowance.live)} live answers; {word}",
    )


def _denominator(today: CampaignToday) -> str:
    counts_all = today.settings.counts_all_calls if today.settings else None
    ours = "abandoned over live answers"
    if lack := today.lacks.get(Need.SETTINGS):
        return f"{ours}; what the tenant counts its own rate over {lack.words}"
    if counts_all:
        return f"{ours}; the tenant's own rate is over all calls, so it reads lower"
    return ours
