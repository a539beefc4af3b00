"""From a level to a forecast, step by step: a bar for what each component adds or takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from core.charts.canvas import Canvas, Trace, small_canvas
from core.charts.numbers import NARROW, count, points, share, signed_count
from core.charts.picture import Column, Look, Picture
from core.charts.theme import see_through
from core.charts.traces import DIGITS

ROW = 27
ROOM = 0.24
"""Of the axis, right of the longest bar: for its number, also on a phone."""
LONGEST_NAME = 22


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One bar.

    Parameters
    ----------
    name : str
        What adds or takes, or what is reached.
    value : float
        What it adds, or the sum where `is_sum`; in the frame's unit.
    kind : {"part", "sum", "calendar", "by hand"}
        What it is drawn as; a sum starts at 0.
    """

    name: str
    value: float
    kind: Literal["part", "sum", "calendar", "by hand"] = "part"


def waterfall_chart(
    steps: Sequence[WaterfallStep], unit: Literal["share", "count"], subject: str, look: Look
) -> Picture:
    """Draw steps from a level to a forecast, one bar below the other, with their numbers.

    Parameters
    ----------
    steps : sequence of WaterfallStep
        The first is a sum: the level. A later sum is what the steps before it have reached.
    unit : {"share", "count"}
        Of the values. Shares are drawn as per cent, and their differences as points.
    subject : str
        What is taken apart, to begin the words for those who do not see it.
    look : Look
        Zone, palette, now.

    Returns
    -------
    Picture
        Its table holds the steps in the frame's unit.
    """
    spans = _spans([step if unit == "count" else _per_cent(step) for step in steps])
    texts = [step_text(step, unit) for step in steps]
    names = [step.name for step in steps]
    canvas = small_canvas(look, ROW * len(steps) + 30)
    canvas.traces += [_bars(steps, spans, texts, look), _numbers(names, spans, texts, look)]
    canvas.shapes += _joints(spans, look)
    _set_axes(canvas, spans, names, unit)
    told = "; ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    table = pd.DataFrame({"part": names, "value": [step.value for step in steps]})
    columns = (Column("part", "Part", "text"), Column("value", "Value", unit))
    return Picture(canvas.figure(), f"{subject}: {told}.", (), table, columns)


def step_text(step: WaterfallStep, unit: Literal["share", "count"]) -> str:
    r"""Return the number of a step: signed where it adds or takes.

    Examples
    --------
    >>> step_text(WaterfallStep("weekday", -0.012), "share")
    '−1.2 points'
    >>> step_text(WaterfallStep("level", 54, "sum"), "count")
    '54'
    """
    if step.kind == "sum":
        return share(step.value) if unit == "share" else count(step.value)
    return points(step.value) if unit == "share" else signed_count(step.value)


def _per_cent(step: WaterfallStep) -> WaterfallStep:
    return WaterfallStep(step.name, step.value * 100, step.kind)


def _spans(steps: Sequence[WaterfallStep]) -> list[tuple[float, float]]:
    """Return where each bar starts and ends."""
    spans: list[tuple[float, float]] = []
    reached = 0.0
    for step in steps:
        start = 0.0 if step.kind == "sum" else reached
        reached = start + step.value
        spans.append((start, reached))
    return spans


def _bars(
    steps: Sequence[WaterfallStep], spans: list[tuple[float, float]], texts: list[str], look: Look
) -> Trace:
    palette = look.palette
    outlines = {
        "part": palette.forecast,
        "sum": palette.forecast,
        "calendar": palette.baseline,
        "by hand": palette.agents,
    }
    lines = [outlines[step.kind] for step in steps]
    fills = [
        line if step.kind == "sum" else see_through(line, 0.35)
        for step, line in zip(steps, lines, strict=True)
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(steps))),
        "base": [round(start, DIGITS) for start, _ in spans],
        "x": [round(end - start, DIGITS) for start, end in spans],
        "width": 0.62,
        "marker": {"color": fills, "line": {"color": lines, "width": 1.2}},
        "hovertext": [f"{step.name} {text}" for step, text in zip(steps, texts, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _numbers(
    names: list[str], spans: list[tuple[float, float]], texts: list[str], look: Look
) -> Trace:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [round(max(span), DIGITS) for span in spans],
        "y": list(range(len(names))),
        "text": [f" {text}" for text in texts],
        "textposition": "middle right",
        "textfont": {"color": look.palette.text},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _joints(spans: list[tuple[float, float]], look: Look) -> list[dict[str, Any]]:
    """Join the end of each bar to the next one, so that the eye follows the sum."""
    return [
        {
            "type": "line",
            "x0": end,
            "x1": end,
            "y0": row,
            "y1": row + 1,
            "layer": "below",
            "line": {"color": look.palette.muted, "width": 1, "dash": "dot"},
        }
        for row, (_, end) in enumerate(spans[:-1])
    ]


def _set_axes(
    canvas: Canvas, spans: list[tuple[float, float]], names: list[str], unit: str
) -> None:
    low = min(0.0, *(min(span) for span in spans)) if spans else 0.0
    high = max(1e-6, *(max(span) for span in spans)) if spans else 1.0
    suffix = f"{NARROW}%" if unit == "share" else ""
    canvas.layout["xaxis"] |= {
        "range": [low, high + (high - low) * ROOM],
        "nticks": 6,
        "ticksuffix": suffix,
        "separatethousands": True,
    }
    canvas.layout["yaxis"] |= {
        "range": [len(names) - 0.5, -0.5],
        "tickvals": list(range(len(names))),
        "ticktext": [_shortened(name) for name in names],
        "tickfont": {"color": canvas.look.palette.text, "size": 12},
        "showgrid": False,
    }
    widest = max((len(_shortened(name)) for name in names), default=0)
    canvas.layout |= {
        "margin": {"l": 14 + round(6.2 * widest), "r": 8, "t": 4, "b": 26},
        "hovermode": "closest",
    }


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
