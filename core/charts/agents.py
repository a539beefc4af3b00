"""Agents by hour: outlined bars with their number, and hours of which nothing is known."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pandas as pd

from core.charts.canvas import Canvas
from core.charts.numbers import count
from core.charts.theme import see_through
from core.charts.timeline import HOUR, spans_of, wall_text
from core.charts.traces import bar_trace


def agents_axis(agents: "pd.Series[float]", ticks: int) -> dict[str, Any]:
    """Return the settings of an axis of agents, from 0, with head room for what stands above."""
    most = max(1.0, float(agents.max())) if agents.notna().any() else 1.0
    return {"range": [0, round(most * 1.16, 2)], "nticks": ticks}


def draw_agents(
    canvas: Canvas, known: pd.DataFrame, unknown: Iterable[datetime], *, axis: str = "y"
) -> None:
    """Draw agents scheduled into a panel.

    Parameters
    ----------
    canvas : Canvas
        Drawn on.
    known : DataFrame
        `core.frames.CAPACITY`.
    unknown : iterable of datetime
        Hours of which the schedule says nothing: marked so, and never drawn as no agents.
    axis : str
        Plotly's name of the value axis.
    """
    look = canvas.look
    palette = look.palette
    canvas.traces.append(
        bar_trace(
            known["ds"],
            known["agents"],
            look,
            fill=see_through(palette.agents, palette.agents_fill),
            outline=palette.agents,
            hover="%{y:,.0f} agents<extra></extra>",
            texts=[count(agents) for agents in known["agents"]],
            axis=axis,
        )
    )
    for start, end in spans_of(unknown):
        where = {"xref": "x", "yref": f"{axis} domain"}
        canvas.shapes.append(
            {
                "type": "rect",
                "x0": wall_text(start, look.zone),
                "x1": wall_text(end, look.zone),
                "y0": 0.02,
                "y1": 0.9,
                "line": {"color": palette.muted, "width": 1, "dash": "dot"},
                **where,
            }
        )
        canvas.words.append(
            {
                "text": "unknown",
                "x": wall_text(start + (end - start) / 2, look.zone),
                "y": 0.46,
                "showarrow": False,
                "font": {"size": 11, "color": palette.muted},
                "textangle": 0 if end - start > 2 * HOUR else -90,
                **where,
            }
        )
