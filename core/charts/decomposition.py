"""What an answer rate is made of: observed, trend, shape of the day, remainder."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from core.charts.canvas import Panel, Trace, stacked_canvas
from core.charts.ground import add_closed
from core.charts.numbers import NARROW, share
from core.charts.picture import Column, Look, Picture
from core.charts.ticks import signed_ticks
from core.charts.time_axis import set_time_axis
from core.charts.timeline import Span, view_of
from core.charts.traces import bar_trace, line_trace

TALL, LOW = 76, 52
TITLES: Mapping[str, str] = MappingProxyType(
    {
        "observed": "observed",
        "trend": "trend",
        "seasonal": "daily shape, points around the trend",
        "daily": "daily shape, points around the trend",
        "weekly": "weekly shape, points around the trend",
        "remainder": "remainder, points: what neither explains",
        "residual": "remainder, points: what neither explains",
        "resid": "remainder, points: what neither explains",
    }
)
"""Panels in reading order, by the column that fills them."""
_LEVELS = ("observed", "trend")
_REMAINDERS = ("remainder", "residual", "resid")


def decomposition_chart(
    components: pd.DataFrame, look: Look, *, closed: Sequence[Span] = ()
) -> Picture:
    """Draw the components of an answer rate, one panel each, on one time axis.

    Parameters
    ----------
    components : DataFrame
        `ds` and some of the columns of `TITLES`, shares; other columns are left out.
    look : Look
        Zone, palette, now.
    closed : sequence of (start, end)
        Closed spans, for the grey ground.

    Returns
    -------
    Picture
        Its table holds shares; its figure per cent and points.
    """
    names = [name for name in TITLES if name in components.columns]
    canvas = stacked_canvas([_panel(name, components) for name in names] or [Panel("", LOW)], look)
    view = view_of(components)
    if view is not None:
        set_time_axis(canvas, view)
        add_closed(canvas, closed, view)
    for name, axis in zip(names, canvas.axes, strict=False):
        canvas.traces.append(_trace(components, name, look, axis))
    columns = (Column("ds", "Hour", "time"), *(Column(n, n.title(), "share") for n in names))
    table = components[["ds", *names]].reset_index(drop=True)
    return Picture(canvas.figure(), _words(components, names), (), table, columns)


def _panel(name: str, components: pd.DataFrame) -> Panel:
    if name in _LEVELS:
        axis = {"ticksuffix": f"{NARROW}%", "nticks": 4}
        return Panel(TITLES[name], TALL if name == "observed" else LOW, axis)
    return Panel(TITLES[name], LOW, signed_ticks(components[name] * 100))


def _trace(components: pd.DataFrame, name: str, look: Look, axis: str) -> Trace:
    shown = pd.DataFrame({"ds": components["ds"], name: components[name] * 100})
    if name in _REMAINDERS:
        grey = look.palette.in_force
        return bar_trace(
            shown["ds"], shown[name], look, fill=grey, outline=grey, hover=_hover(name), axis=axis
        )
    colour = look.palette.actual if name == "observed" else look.palette.forecast
    return line_trace(shown, name, look, colour=colour, hover=_hover(name), width=1.6, axis=axis)


def _hover(name: str) -> str:
    if name in _LEVELS:
        return f"%{{y:.1f}}{NARROW}% {name}<extra></extra>"
    return f"%{{y:+.1f}} points {name}<extra></extra>"


def _words(components: pd.DataFrame, names: Sequence[str]) -> str:
    if components.empty or not names:
        return "What the answer rate is made of: nothing to show."
    ranges = [
        f"{name} {share(components[name].min())} to {share(components[name].max())}"
        for name in names
    ]
    return f"What the answer rate is made of, panel by panel: {'; '.join(ranges)}."
