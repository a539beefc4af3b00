"""Lines, bands, steps and bars, each from one column of a frame of hours.

What is missing breaks a line; it is never joined across and never drawn as 0.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from core.charts.canvas import Trace
from core.charts.picture import Look
from core.charts.timeline import (
    HOUR,
    HOUR_MS,
    plain_values,
    stretches,
    time_values,
    wall_texts,
    whole_hours,
)

DIGITS = 3


def line_trace(
    frame: pd.DataFrame,
    column: str,
    look: Look,
    *,
    colour: str,
    hover: str,
    dash: str = "solid",
    width: float = 2.0,
    dots: bool = False,
    axis: str = "y",
) -> Trace:
    """Return a line over hours that breaks where an hour is absent or has no value.

    Parameters
    ----------
    frame : DataFrame
        `ds` and `column`, in the axis's unit.
    column : str
        What is drawn.
    look : Look
        Zone and palette.
    colour, dash, width, dots
        How the line looks; an hour with gaps on both sides gets a dot in any case.
    hover : str
        Plotly's template of the exact value.
    axis : str
        Plotly's name of the value axis.
    """
    whole = whole_hours(frame[["ds", column]])
    values = plain_values(whole[column], DIGITS)
    sizes = [5 if dots or lone else 0 for lone in _lone(values)]
    has_dots = any(size and value is not None for size, value in zip(sizes, values, strict=True))
    marker = {"size": 5 if dots else sizes, "color": colour} if has_dots else None
    return {
        "type": "scatter",
        **time_values(whole["ds"], look.zone),
        "y": values,
        "yaxis": axis,
        "mode": "lines+markers" if has_dots else "lines",
        "line": {"color": colour, "width": width, "dash": dash},
        "marker": marker,
        "hovertemplate": hover,
        "connectgaps": False,
    }


def _lone(values: Sequence[float | None]) -> list[bool]:
    padded = [None, *values, None]
    return [
        here is not None and before is None and after is None
        for before, here, after in zip(padded, padded[1:], padded[2:], strict=False)
    ]


def band_trace(
    frame: pd.DataFrame, lower: str, upper: str, look: Look, *, fill: str, axis: str = "y"
) -> Trace | None:
    """Return a band as one closed polygon for each open stretch, or None without bounds.

    A fill "to the next trace" would run across closed hours; closed polygons cannot. A stretch of
    a single hour is widened by a quarter of an hour to both sides, or nothing of it would show.
    """
    times: list[str | None] = []
    values: list[float | None] = []
    for run in stretches(frame, (lower, upper)):
        ds = run["ds"]
        if len(run) == 1:
            run = pd.concat([run, run])
            ds = pd.Series([ds.iloc[0] - HOUR / 4, ds.iloc[0] + HOUR / 4])
        clock = wall_texts(ds, look.zone)
        times += [*clock, *reversed(clock), clock[0], None]
        up = plain_values(run[upper], DIGITS)
        values += [*up, *reversed(plain_values(run[lower], DIGITS)), up[0], None]
    if not times:
        return None
    return {
        "type": "scatter",
        "x": times[:-1],
        "y": values[:-1],
        "yaxis": axis,
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": fill,
        "hoverinfo": "skip",
    }


def step_trace(
    frame: pd.DataFrame,
    column: str,
    look: Look,
    *,
    colour: str,
    hover: str,
    width: float = 2.2,
    axis: str = "y",
) -> Trace:
    """Return steps: each value holds for its whole hour, the last one included."""
    times: list[str | None] = []
    values: list[float | None] = []
    for run in stretches(frame, (column,)):
        times += [*wall_texts([*run["ds"], run["ds"].iloc[-1] + HOUR], look.zone), None]
        held = plain_values(run[column], DIGITS)
        values += [*held, held[-1], None]
    return {
        "type": "scatter",
        "x": times[:-1],
        "y": values[:-1],
        "yaxis": axis,
        "mode": "lines",
        "line": {"color": colour, "width": width, "shape": "hv"},
        "hovertemplate": hover,
    }


def bar_trace(
    starts: Iterable[Any],
    values: Iterable[float],
    look: Look,
    *,
    fill: str,
    outline: str,
    hover: str,
    hours: float | Sequence[float] = 1.0,
    texts: Sequence[str] | None = None,
    axis: str = "y",
) -> Trace:
    """Return bars that begin at an hour and are as wide as it lasts, less a hair."""
    lasting = [hours] if isinstance(hours, int | float) else list(hours)
    widths = [round(length * HOUR_MS * 0.94) for length in lasting]
    return {
        "type": "bar",
        "x": wall_texts(starts, look.zone),
        "y": plain_values(values, DIGITS),
        "yaxis": axis,
        "offset": HOUR_MS * 0.03,
        "width": widths[0] if len(widths) == 1 else widths,
        "text": list(texts) if texts is not None else None,
        "textposition": "inside",
        "insidetextanchor": "start",
        "insidetextfont": {"color": look.palette.text, "size": 11},
        "constraintext": "inside",
        "textangle": 0,
        "marker": {"color": fill, "line": {"color": outline, "width": 1.2}},
        "hovertemplate": hover,
    }
