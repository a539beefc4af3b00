"""Agents scheduled today over all campaigns, from the schedule as it was read a moment ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd

from core.campaigns import Campaign
from core.charts.numbers import count
from core.charts.overview import capacity_today_chart
from core.charts.picture import Look, Picture
from core.charts.timeline import day_start
from core.charts.times import hour_span
from core.frames import CAPACITY
from core.screens.context import Context
from core.screens.recent import Reading, Recent
from core.staffing import CapacityOrigin


@dataclass(frozen=True, slots=True)
class Schedule:
    """The agents of a day, summed over skills.

    Parameters
    ----------
    agents : DataFrame
        `core.frames.CAPACITY`; an hour that no skill tells of is absent.
    without : tuple of str
        Names of the campaigns whose schedule says nothing of the day.
    otherwise : tuple of str
        Names of the campaigns whose agents are known in another way, each with that way.
    """

    agents: pd.DataFrame
    without: tuple[str, ...]
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgentsWords:
    """What the page says of the schedule, with its picture where there is one."""

    title: str
    note: str
    picture: Picture | None


def agents_today(
    context: Context, recent: Recent, campaigns: Sequence[Campaign], look: Look
) -> AgentsWords:
    """Return the agents of today; the tenant is asked at most every half minute.

    Parameters
    ----------
    context : Context
        What is looked through.
    recent : Recent
        Keeps what the tenant told a moment ago.
    campaigns : sequence of Campaign
        Whose schedule it is; none while the tenant is known not to answer.
    look : Look
        Zone, palette, now.
    """
    if not campaigns:
        return AgentsWords("Agents scheduled: unknown", _UNREAD, None)
    start = day_start(look.now, look.zone)
    # Wall-clock arithmetic: the next midnight, whatever lies between.
    span = start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)
    reading: Reading[Schedule] = recent.read(
        ("agents", start), lambda: read_schedule(context, campaigns, *span)
    )
    if reading.value is None:
        why = f" {reading.trouble.what}" if reading.trouble else ""
        return AgentsWords("Agents scheduled: unknown", f"{_UNREAD}{why}", None)
    schedule = reading.value
    return AgentsWords(
        _title(schedule, look),
        _note(schedule, len(campaigns)),
        capacity_today_chart(schedule.agents, look) if len(schedule.agents) else None,
    )


def read_schedule(
    context: Context, campaigns: Sequence[Campaign], start: datetime, end: datetime
) -> Schedule:
    """Return the schedule of the campaigns' skills, each skill once; asks the tenant."""
    skills = {each.skill_id: each.name for each in campaigns if each.skill_id}
    told = {skill: context.staffing.agents(skill, start, end) for skill in skills}
    frames = pd.concat([CAPACITY.empty(), *(each.frame for each in told.values())])
    summed = frames.groupby("ds")[["agents"]].sum().reset_index()
    silent = {skill for skill, capacity in told.items() if not capacity.is_known}
    without = [each.name for each in campaigns if not each.skill_id or each.skill_id in silent]
    otherwise = [
        f"{each.name} {_WAYS[told[each.skill_id].origin]}"
        for each in campaigns
        if each.skill_id and told[each.skill_id].origin in _WAYS
    ]
    return Schedule(CAPACITY.check(summed), tuple(without), tuple(otherwise))


_WAYS = {
    CapacityOrigin.BY_HAND: "partly by hand",
    CapacityOrigin.ON_QUEUE_NOW: "by those on the queue now, for want of a schedule",
}
_UNREAD = "The schedule could not be read."


def _title(schedule: Schedule, look: Look) -> str:
    staffed = schedule.agents[schedule.agents["agents"] > 0]
    if staffed.empty:
        return "Nobody is scheduled today"
    most = staffed.iloc[int(staffed["agents"].argmax())]
    peak = f"{count(most['agents'])} agents at most, {hour_span(most['ds'], look.zone)}"
    now = staffed[staffed["ds"] == pd.Timestamp(look.now).floor("h")]
    if now.empty:
        return f"Outbound is not staffed now; {peak}"
    return f"Outbound has {count(now['agents'].iloc[0])} agents now; {peak}"


def _note(schedule: Schedule, campaigns: int) -> str:
    told = campaigns - len(schedule.without)
    note = f"Agents scheduled by hour, {told} of {campaigns} campaigns"
    if schedule.without:
        note += f" · no schedule for {', '.join(schedule.without)}"
    if schedule.otherwise:
        note += f" · {', '.join(schedule.otherwise)}"
    return note
