"""A recommendation in calls per agent, hour by hour: as a picture and as a table."""

from collections.abc import Collection, Mapping
from datetime import datetime

import pandas as pd

from core.charts.numbers import GAP, calls_per_agent, change, count, share, share_band
from core.charts.pacing_calls import HOUR_COLUMNS, CallsByHour, calls_chart
from core.charts.picture import Look, Picture
from core.charts.timeline import day_start
from core.charts.times import day, hour_span
from core.clock import hour_start
from core.pacing.observed import HOUR, Observed
from core.pacing.recommendation import PacingHour, Recommendation
from core.screens.pacing_effect import HourEffect, PlanEffect
from core.staffing import Capacity, CapacityOrigin

CALLS_HEADINGS: Mapping[str, str] = {
    "hour": "Hour",
    "recommended": "Recommended",
    "now": "Calls per agent now",
    "limit": "What limits it",
    "taken": "Conversations",
    "abandon": "Abandon rate",
    "agents": "Agents",
    "forecast": "Answer rate, with its band",
}
AGENTS_TITLES: Mapping[CapacityOrigin, str] = {
    CapacityOrigin.SCHEDULE: "agents scheduled",
    CapacityOrigin.ON_QUEUE_NOW: "agents: those on the queue now stand in for the schedule",
    CapacityOrigin.BY_HAND: "agents: hatched hours by hand, the others scheduled",
    CapacityOrigin.UNKNOWN: "agents: capacity unknown",
}


def calls_picture(
    made: Recommendation,
    effect: PlanEffect,
    staffing: Capacity,
    by_hand: Collection[datetime],
    observed: Observed | None,
    look: Look,
) -> Picture:
    """Draw a recommendation in calls per agent.

    Parameters
    ----------
    made : Recommendation
        Of policy compliant.
    effect : PlanEffect
        What it changes.
    staffing : Capacity
        Tells how the agents are known.
    by_hand : collection of datetime
        Hours whose agents somebody entered.
    observed : Observed or None
        What the campaign has done today.
    look : Look
        Zone, palette, now.
    """
    changed = {each.hour.ds: each for each in effect.hours}
    rows = [_row(hour, changed.get(hour.ds), hour.ds in by_hand) for hour in made.hours]
    hours = pd.DataFrame(rows, columns=list(HOUR_COLUMNS))
    hours["ds"] = pd.to_datetime(hours["ds"], utc=True)
    now = next((each.now.calls for each in effect.hours if each.now), None)
    title = agents_title(staffing, {hour.ds for hour in made.hours}, by_hand)
    return calls_chart(
        CallsByHour(hours, _seen(observed, look), now, made.limits.abandon_cap, title), look
    )


def agents_title(
    staffing: Capacity, hours: Collection[datetime], by_hand: Collection[datetime]
) -> str:
    """Return what the panel of agents shows, and how they are known."""
    if staffing.origin is CapacityOrigin.BY_HAND and set(hours) <= set(by_hand):
        return "agents, by hand"
    return AGENTS_TITLES[staffing.origin]


def calls_table(
    made: Recommendation, effect: PlanEffect, by_hand: Collection[datetime], look: Look
) -> pd.DataFrame:
    """Return a row of texts for each hour, with what limits it; columns of `CALLS_HEADINGS`."""
    changed = {each.hour.ds: each for each in effect.hours}
    rows = []
    for hour in made.hours:
        found = changed.get(hour.ds)
        rows.append(
            {
                "hour": f"{day(hour.ds, look.zone)}, {hour_span(hour.ds, look.zone)}",
                "recommended": calls_per_agent(hour.calls_per_agent),
                "now": calls_per_agent(found.now.calls) if found and found.now else GAP,
                "limit": hour.binding_limit,
                "taken": _taken(found),
                "abandon": _abandoned(found),
                "agents": count(hour.agents) + (" by hand" if hour.ds in by_hand else ""),
                "forecast": share_band(
                    hour.answer_rate, hour.answer_rate_lower, hour.answer_rate_upper
                ),
            }
        )
    return pd.DataFrame(rows, columns=list(CALLS_HEADINGS))


def _taken(effect: HourEffect | None) -> str:
    if effect is None:
        return GAP
    planned = count(effect.planned.conversations)
    return change(count(effect.now.conversations), planned) if effect.now else planned


def _abandoned(effect: HourEffect | None) -> str:
    if effect is None:
        return GAP
    planned = share(effect.planned.abandon_rate)
    return change(share(effect.now.abandon_rate), planned) if effect.now else planned


def _row(hour: PacingHour, effect: HourEffect | None, is_by_hand: bool) -> tuple[object, ...]:
    gap = float("nan")
    agents = gap if hour.agents is None else hour.agents
    lower = gap if hour.answer_rate_lower is None else hour.answer_rate_lower
    upper = gap if hour.answer_rate_upper is None else hour.answer_rate_upper
    told = (hour.ds, agents, is_by_hand)
    forecast = (hour.binding_limit, hour.answer_rate, lower, upper)
    if effect is None:
        return (*told, gap, *forecast, *(gap,) * 6)
    planned, now = effect.planned, effect.now
    return (
        *told,
        planned.calls,
        *forecast,
        now.conversations if now else gap,
        planned.conversations,
        now.abandon_rate if now else gap,
        planned.abandon_rate,
        effect.low,
        effect.high,
    )


def _seen(observed: Observed | None, look: Look) -> pd.DataFrame:
    """Return the hours of today that are over, from intervals of any length."""
    intervals = observed.since(day_start(look.now, look.zone)) if observed else ()
    frame = pd.DataFrame(
        [(hour_start(each.ds), each.live, each.abandoned) for each in intervals if each.attempts],
        columns=["ds", "live", "abandoned"],
    )
    frame["ds"] = pd.to_datetime(frame["ds"], utc=True)
    summed = frame.groupby("ds", as_index=False)[["live", "abandoned"]].sum()
    over = summed[summed["ds"] + HOUR <= look.now].reset_index(drop=True)
    # Counts were summed; the rate comes last, and an hour without answers has none.
    rate = over["abandoned"] / over["live"].where(over["live"] > 0)
    return pd.DataFrame(
        {"ds": over["ds"], "taken": over["live"] - over["abandoned"], "abandon": rate}
    ).astype({"taken": "float64", "abandon": "float64"})
