"""A figure in the making: panels over one another on one time axis.

All panels share one x axis, so that one hover box can read them all at an hour. A figure is
gathered as plain values and handed to Plotly once: adding part by part checks everything that is
there already again, and takes five times as long.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from core.charts.picture import Look
from core.charts.theme import (
    FONT_SIZE,
    MARGIN_BOTTOM,
    house_layout,
    time_line,
    value_line,
)

TITLE_HEIGHT = 22
PLAIN_GAP = 8

Trace = dict[str, Any]
"""A trace as Plotly's JSON has it."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel.

    Parameters
    ----------
    title : str
        Its name and unit, above its left edge; empty for none.
    height : int
        Of the plot itself. Unit: pixels.
    axis : dict
        Plotly's settings of its value axis.
    """

    title: str
    height: int
    axis: dict[str, Any] = field(default_factory=dict)


def axis_name(row: int) -> str:
    """Return Plotly's name of the value axis of a row, from 0.

    Examples
    --------
    >>> axis_name(0), axis_name(2)
    ('y', 'y3')
    """
    return "y" if row == 0 else f"y{row + 1}"


@dataclass(slots=True)
class Canvas:
    """What is drawn so far.

    Parameters
    ----------
    look : Look
        Zone, palette, now.
    axes : tuple of str
        Plotly's names of the value axes, from the top.
    layout : dict
        Plotly's layout; its `xaxis` is the time axis.
    traces, shapes, words : list of dict
        Traces, shapes and annotations, as Plotly's JSON has them.
    """

    look: Look
    axes: tuple[str, ...]
    layout: dict[str, Any]
    traces: list[Trace] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)

    def figure(self) -> go.Figure:
        """Return the figure."""
        layout = self.layout | {"shapes": self.shapes, "annotations": self.words}
        return go.Figure({"data": self.traces, "layout": layout})


def small_canvas(look: Look, height: int) -> Canvas:
    """Return a canvas of one untitled panel without a time axis, of a height in all."""
    layout = house_layout(look.palette, height)
    layout |= {"xaxis": time_line(look.palette), "yaxis": value_line(look.palette)}
    return Canvas(look, ("y",), layout)


def stacked_canvas(panels: Sequence[Panel], look: Look) -> Canvas:
    """Return a canvas of panels, one under the other, each named above its left edge."""
    above = [TITLE_HEIGHT if panel.title else PLAIN_GAP for panel in panels]
    plot_height = sum(panel.height for panel in panels) + sum(above[1:])
    layout = house_layout(look.palette, plot_height + above[0] + MARGIN_BOTTOM)
    layout["margin"] |= {"t": above[0]}
    layout["hoversubplots"] = "axis"
    axes = tuple(axis_name(row) for row in range(len(panels)))
    layout["xaxis"] = time_line(look.palette) | {"type": "date", "anchor": axes[-1]}
    canvas = Canvas(look, axes, layout)
    top = plot_height
    for row, panel in enumerate(panels):
        bottom = top - panel.height
        layout["yaxis" + axes[row][1:]] = (
            value_line(look.palette)
            | {"anchor": "x", "domain": [bottom / plot_height, top / plot_height]}
            | panel.axis
        )
        if panel.title:
            canvas.words.append(_title(panel.title, top / plot_height, look))
        top = bottom - (above[row + 1] if row + 1 < len(panels) else 0)
    return canvas


def _title(text: str, top: float, look: Look) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0,
        "y": top,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": -1,
        "showarrow": False,
        "font": {"size": FONT_SIZE, "color": look.palette.text},
    }
