"""Calls per agent hour by hour: setting in force and recommended, agents, conversations, abandons.

Four panels on one hour axis. What happened is solid, what is expected is open.
"""

from dataclasses import dataclass

import pandas as pd

from core.charts.agents import agents_axis, draw_agents
from core.charts.canvas import Canvas, Panel, axis_name, stacked_canvas
from core.charts.ground import LEVEL_GUTTER, Level, add_closed, add_levels, add_now
from core.charts.numbers import calls_per_agent, count, share
from core.charts.pacing_panels import draw_abandon, draw_taken
from core.charts.picture import Column, LegendEntry, Look, Picture
from core.charts.series import SHARE
from core.charts.time_axis import folds_of, set_folded_axis
from core.charts.timeline import HOUR, spans_of, view_of
from core.charts.times import day_time
from core.charts.traces import step_trace

CALLS_ROW, AGENTS_ROW, CALLS_TAKEN_ROW, ABANDON_ROW = 126, 78, 86, 104
CALLS, AGENTS, TAKEN, ABANDON = (axis_name(row) for row in range(4))
HOUR_COLUMNS = (
    *("ds", "agents", "by_hand", "calls", "limit", "answer", "lower", "upper"),
    *("taken_now", "taken", "abandon_now", "abandon", "abandon_low", "abandon_high"),
)
"""Of `CallsByHour.hours`: shares 0 to 1, calls an hour, NaN where nothing is known."""


@dataclass(frozen=True, slots=True)
class CallsByHour:
    """A recommendation in calls per agent, beside the setting in force.

    Parameters
    ----------
    hours : DataFrame
        `HOUR_COLUMNS`, sorted; `by_hand` is true where somebody entered the agents.
    seen : DataFrame
        `ds`, `taken`, `abandon` of the hours of today that are over.
    calls_now : float or None
        Calls per agent in force.
    limit : float
        Highest abandon rate, a share.
    agents_title : str
        Names the panel of agents, and how they are known.
    """

    hours: pd.DataFrame
    seen: pd.DataFrame
    calls_now: float | None
    limit: float
    agents_title: str


def calls_chart(story: CallsByHour, look: Look) -> Picture:
    """Draw a recommendation in calls per agent.

    Parameters
    ----------
    story : CallsByHour
        Hours without known agents are marked so; they are never drawn as no agents.
    look : Look
        Zone, palette, now.

    Returns
    -------
    Picture
        Its table holds shares; its figure per cent.
    """
    hours, seen = story.hours, story.seen
    panels = [
        Panel("calls per agent", CALLS_ROW, {"tickformat": ".2f", "nticks": 5}),
        Panel(story.agents_title, AGENTS_ROW, agents_axis(hours["agents"], 4)),
        Panel(
            "conversations an hour: as set now, and gained",
            CALLS_TAKEN_ROW,
            {"range": [0, _most_taken(story) * 1.25], "nticks": 4},
        ),
        Panel(
            "abandon rate: ● actual, ○ expected with band",
            ABANDON_ROW,
            {**SHARE.axis, "rangemode": "tozero", "nticks": 5},
        ),
    ]
    canvas = stacked_canvas(panels, look)
    canvas.layout["margin"] |= {"r": LEVEL_GUTTER}
    canvas.layout["barmode"] = "overlay"
    view = view_of(seen, hours)
    if view is not None:
        known = set(hours["ds"]) | set(seen["ds"])
        closed = spans_of(set(pd.date_range(view[0], view[1] - HOUR, freq="h")) - known)
        add_closed(canvas, closed, view)
        set_folded_axis(canvas, view, closed)
        add_now(canvas, view, folds_of(closed))
    _draw_calls(canvas, story)
    _draw_staffing(canvas, hours)
    draw_taken(canvas, hours, seen, TAKEN)
    draw_abandon(canvas, hours, seen, story.limit, ABANDON)
    return Picture(canvas.figure(), _words(story, look), _legend(story, look), hours, _COLUMNS)


def _draw_calls(canvas: Canvas, story: CallsByHour) -> None:
    palette = canvas.look.palette
    hover = "%{y:.2f} recommended<extra></extra>"
    canvas.traces.append(
        step_trace(story.hours, "calls", canvas.look, colour=palette.forecast, hover=hover)
    )
    if story.calls_now is not None:
        now = Level(story.calls_now, calls_per_agent(story.calls_now), palette.in_force)
        add_levels(canvas, [now], CALLS)
    # One call for each agent is the least there is: a scale of hundredths would mislead.
    told = [*story.hours["calls"].dropna(), story.calls_now or 1.0]
    low, high = min(told), max(told)
    slack = max(0.25, 0.15 * (high - low))
    canvas.layout["yaxis"] |= {"range": [max(0.0, low - slack), high + slack]}


def _draw_staffing(canvas: Canvas, hours: pd.DataFrame) -> None:
    unknown = hours["agents"].isna()
    draw_agents(canvas, hours[~unknown], hours.loc[unknown, "ds"], axis=AGENTS)
    by_hand = hours["by_hand"].to_numpy(dtype=bool)[~unknown.to_numpy()]
    if by_hand.any():
        bars = canvas.traces[-1]
        colour = canvas.look.palette.agents
        bars["marker"] = bars["marker"] | {
            "pattern": {
                "shape": ["/" if each else "" for each in by_hand.tolist()],
                "fgcolor": colour,
                "fgopacity": 0.55,
                "size": 6,
                "solidity": 0.2,
                "fillmode": "overlay",
            }
        }


def _most_taken(story: CallsByHour) -> float:
    told = pd.concat([story.hours["taken"], story.hours["taken_now"], story.seen["taken"]])
    return max(1.0, float(told.max())) if told.notna().any() else 1.0


def _legend(story: CallsByHour, look: Look) -> tuple[LegendEntry, ...]:
    palette = look.palette
    entries = [LegendEntry("recommended", "line", palette.forecast)]
    if story.calls_now is not None:
        entries.insert(0, LegendEntry("now", "dashed", palette.in_force))
    return tuple(entries)


def _words(story: CallsByHour, look: Look) -> str:
    hours = story.hours
    if hours.empty:
        return "Pacing by hour: nothing to show."
    unknown = int(hours["agents"].isna().sum())
    agents = (
        f"agents {count(hours['agents'].min())} to {count(hours['agents'].max())}"
        if unknown < len(hours)
        else "agents unknown"
    )
    partly = f", unknown in {unknown} of {len(hours)} hours" if 0 < unknown < len(hours) else ""
    calls, told = hours["calls"].dropna(), ""
    if len(calls):
        low, high = calls_per_agent(calls.min()), calls_per_agent(calls.max())
        told = (
            f" calls per agent {low if low == high else f'{low} to {high}'} recommended,"
            f" {calls_per_agent(story.calls_now)} now; abandon rate expected"
            f" {share(hours['abandon'].min())} to {share(hours['abandon'].max())},"
            f" limit {share(story.limit)};"
        )
    start = day_time(hours["ds"].iloc[0], look.zone)
    return f"Pacing by hour from {start}:{told} {agents}{partly}."


_COLUMNS = (
    Column("ds", "Hour", "time"),
    Column("calls", "Calls per agent recommended", "text"),
    Column("limit", "What limits it", "text"),
    Column("agents", "Agents", "count"),
    Column("taken_now", "Conversations as it is set now", "count"),
    Column("taken", "Conversations expected", "count"),
    Column("abandon_now", "Abandon rate as it is set now", "share"),
    Column("abandon", "Abandon rate expected", "share"),
    Column("answer", "Answer rate", "share"),
    Column("lower", "Band from", "share"),
    Column("upper", "Band to", "share"),
)
