"""Small pictures for the first page and the margin: agents today, error by lead time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pandas as pd

from core.charts.agents import agents_axis, draw_agents
from core.charts.canvas import Panel, Trace, small_canvas, stacked_canvas
from core.charts.ground import add_closed, add_now
from core.charts.numbers import count, share
from core.charts.picture import Column, LegendEntry, Look, Picture
from core.charts.time_axis import set_time_axis
from core.charts.timeline import plain_values, spans_of, view_of
from core.charts.times import hour_span

AGENTS_HEIGHT = 206
LEAD_ROW = 30


def capacity_today_chart(
    capacity: pd.DataFrame, look: Look, *, unknown: Iterable[datetime] = ()
) -> Picture:
    """Draw agents scheduled by hour.

    Parameters
    ----------
    capacity : DataFrame
        `core.frames.CAPACITY`, already summed over what it is to cover. Unit: agents.
    look : Look
        Zone, palette, now.
    unknown : iterable of datetime
        Starts of hours of which the schedule says nothing.

    Returns
    -------
    Picture
        Hours of no agents at the edges are left out.
    """
    unknown = list(unknown)
    staffed = capacity[capacity["agents"] > 0]
    canvas = stacked_canvas([Panel("", AGENTS_HEIGHT, agents_axis(capacity["agents"], 5))], look)
    told = view_of(staffed, pd.DataFrame({"ds": pd.to_datetime(unknown, utc=True)}))
    if told is not None:
        view = told[0] - timedelta(hours=1), told[1] + timedelta(hours=1)
        hours = set(pd.date_range(view[0], view[1], freq="h", inclusive="left"))
        nobody = hours - set(staffed["ds"]) - {pd.Timestamp(hour) for hour in unknown}
        set_time_axis(canvas, view)
        add_closed(canvas, spans_of(nobody), view)
        draw_agents(canvas, staffed, unknown)
        add_now(canvas, view)
    legend = (LegendEntry("agents scheduled", "outline", look.palette.agents),)
    table = capacity[["ds", "agents"]].reset_index(drop=True)
    columns = (Column("ds", "Hour", "time"), Column("agents", "Agents", "count"))
    return Picture(canvas.figure(), _agents_words(staffed, unknown, look), legend, table, columns)


def _agents_words(staffed: pd.DataFrame, unknown: list[datetime], look: Look) -> str:
    if staffed.empty:
        return "Agents scheduled: unknown." if unknown else "Agents scheduled: none."
    most = staffed.iloc[int(staffed["agents"].argmax())]
    gaps = f" Unknown in {len(unknown)} hours." if unknown else ""
    return (
        f"Agents scheduled by hour: most {count(most['agents'])} at"
        f" {hour_span(most['ds'], look.zone)}, fewest {count(staffed['agents'].min())}.{gaps}"
    )


def error_by_lead_chart(errors: pd.DataFrame, look: Look) -> Picture:
    """Draw the error by lead time as bars, the baseline's as an upright tick on each.

    Parameters
    ----------
    errors : DataFrame
        `lead` (text, such as "2–4 h"), `error`, `baseline`; shares, NaN where not compared.
    look : Look
        Zone, palette, now.

    Returns
    -------
    Picture
        Unit of the figure: points.
    """
    palette = look.palette
    errors = errors.reset_index(drop=True)
    leads = errors["lead"].tolist()
    canvas = small_canvas(look, height=LEAD_ROW * max(1, len(leads)) + 34)
    canvas.traces += [
        _lead_bars(leads, plain_values(errors["error"] * 100, 2), look),
        _lead_ticks(leads, plain_values(errors["baseline"] * 100, 2), look),
    ]
    canvas.layout |= {
        "margin": {"t": 6, "b": 28, "l": 56, "r": 12},
        "bargap": 0.4,
        "hovermode": "closest",
    }
    grid = {"showgrid": True, "gridcolor": palette.line}
    canvas.layout["xaxis"] |= {"rangemode": "tozero", "nticks": 5, "showline": False, **grid}
    canvas.layout["yaxis"] |= {"autorange": "reversed", "showgrid": False, "type": "category"}
    legend = (
        LegendEntry("model", "bar", palette.forecast),
        LegendEntry("baseline", "tick", palette.baseline),
    )
    words = "; ".join(
        f"{lead} {share(error)}, baseline {share(baseline)}"
        for lead, error, baseline in zip(
            leads, errors["error"].tolist(), errors["baseline"].tolist(), strict=True
        )
    )
    columns = (
        Column("lead", "Lead time", "text"),
        Column("error", "Error", "share"),
        Column("baseline", "Baseline", "share"),
    )
    return Picture(
        canvas.figure(),
        f"Error by lead time: {words or 'nothing to show'}.",
        legend,
        errors,
        columns,
    )


def _lead_bars(leads: list[str], errors: list[float | None], look: Look) -> Trace:
    return {
        "type": "bar",
        "x": errors,
        "y": leads,
        "orientation": "h",
        "marker": {"color": look.palette.forecast},
        "text": ["" if value is None else f"{value:.1f}" for value in errors],
        "textposition": "inside",
        "insidetextanchor": "end",
        "insidetextfont": {"color": look.palette.page},
        "constraintext": "none",
        "textangle": 0,
        "hovertemplate": "%{x:.1f} points<extra>model</extra>",
    }


def _lead_ticks(leads: list[str], errors: list[float | None], look: Look) -> Trace:
    colour = look.palette.baseline
    return {
        "type": "scatter",
        "x": errors,
        "y": leads,
        "mode": "markers",
        "marker": {"symbol": "line-ns", "size": 18, "line": {"width": 3, "color": colour}},
        "hovertemplate": "%{x:.1f} points<extra>baseline</extra>",
    }
