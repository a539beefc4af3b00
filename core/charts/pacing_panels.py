"""Two panels by the hour: conversations with what is gained, abandon rates under their limit."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from core.charts.canvas import Canvas, Trace
from core.charts.ground import Level, add_levels
from core.charts.numbers import share, signed_count
from core.charts.series import SHARE
from core.charts.theme import see_through
from core.charts.timeline import HOUR, plain_values, wall_texts
from core.charts.traces import bar_trace

HALF_HOUR = HOUR / 2


def draw_taken(canvas: Canvas, hours: pd.DataFrame, seen: pd.DataFrame, axis: str) -> None:
    """Draw conversations: seen ones outlined, expected ones filled, the change on top."""
    look, palette = canvas.look, canvas.look.palette
    if len(seen):
        canvas.traces.append(
            bar_trace(
                seen["ds"],
                seen["taken"],
                look,
                fill=see_through(palette.actual, 0.14),
                outline=palette.actual,
                hover="%{y:,.0f} conversations<extra></extra>",
                axis=axis,
            )
        )
    hours = hours.dropna(subset=["taken"])
    if hours.empty:
        return
    before = hours["taken_now"].fillna(hours["taken"])
    base = before.clip(upper=hours["taken"])
    canvas.traces.append(
        bar_trace(
            hours["ds"],
            base,
            look,
            fill=see_through(palette.forecast, 0.28),
            outline=see_through(palette.forecast, 0.28),
            hover="%{y:,.0f} conversations expected<extra></extra>",
            axis=axis,
        )
    )
    canvas.traces.append(_gain_trace(canvas, hours, before, base, axis))


def _gain_trace(
    canvas: Canvas,
    hours: pd.DataFrame,
    before: "pd.Series[float]",
    base: "pd.Series[float]",
    axis: str,
) -> Trace:
    """Return what is gained as solid bars on top, and what is lost as outlined ones."""
    palette, gain = canvas.look.palette, hours["taken"] - before
    texts = [signed_count(each) if abs(each) >= 0.5 else "" for each in gain.tolist()]
    bars = bar_trace(
        hours["ds"],
        gain.abs(),
        canvas.look,
        fill=palette.forecast,
        outline=palette.forecast,
        hover="%{customdata} conversations against now<extra></extra>",
        axis=axis,
    )
    fills = [palette.forecast if each >= 0 else "rgba(0,0,0,0)" for each in gain.tolist()]
    lines = [palette.forecast if each >= 0 else palette.in_force for each in gain.tolist()]
    return bars | {
        "base": plain_values(base, 3),
        "customdata": [signed_count(each) for each in gain.tolist()],
        "text": texts,
        "textposition": "outside",
        "outsidetextfont": {"color": palette.forecast, "size": 11},
        "cliponaxis": False,
        # On a narrow screen a number that does not fit over its bar is left to the table.
        "constraintext": "both",
        "marker": {"color": fills, "line": {"color": lines, "width": 1.2}},
    }


def draw_abandon(
    canvas: Canvas, hours: pd.DataFrame, seen: pd.DataFrame, limit: float, axis: str
) -> None:
    """Draw abandon rates: seen ones as dots, expected ones open with their band, and the limit."""
    palette = canvas.look.palette
    if len(seen):
        canvas.traces.append(
            _dots(canvas, seen, axis, palette.actual, "circle")
            | {"hovertemplate": f"{SHARE.hover} abandoned<extra></extra>"}
        )
    hours = hours.dropna(subset=["abandon"])
    if len(hours):
        up = (hours["abandon_high"] - hours["abandon"]).clip(lower=0)
        down = (hours["abandon"] - hours["abandon_low"]).clip(lower=0)
        canvas.traces.append(
            _dots(canvas, hours, axis, palette.forecast, "circle-open")
            | {
                "error_y": {
                    "type": "data",
                    "symmetric": False,
                    "array": plain_values(up * 100, 3),
                    "arrayminus": plain_values(down * 100, 3),
                    "color": palette.forecast,
                    "thickness": 1.6,
                    "width": 0,
                },
                "hovertemplate": f"{SHARE.hover} expected<extra></extra>",
            }
        )
    add_levels(canvas, [Level(limit * 100, share(limit), palette.limit)], axis)


def _dots(canvas: Canvas, frame: pd.DataFrame, axis: str, colour: str, symbol: str) -> Trace:
    middles: Sequence[Any] = [each + HALF_HOUR for each in frame["ds"]]
    return {
        "type": "scatter",
        "x": wall_texts(middles, canvas.look.zone),
        "y": plain_values(frame["abandon"] * 100, 3),
        "yaxis": axis,
        "mode": "markers",
        "marker": {"symbol": symbol, "size": 8, "color": colour, "line": {"width": 2}},
    }
