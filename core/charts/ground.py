"""The ground that values stand on: closed hours, "now", levels, clock changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from core.charts.canvas import Canvas
from core.charts.theme import FONT_SIZE
from core.charts.time_axis import MANY_DAYS
from core.charts.timeline import Span, midnights, wall_text
from core.charts.times import clock_time

DAY_CLOSED = timedelta(hours=30)
"""In a long view a span this long is a closed day; a shorter one is a night, and one of many."""
NO_NAMES: Mapping[date, str] = MappingProxyType({})
NAMES_ABREAST = 7
"""So many names of days fit beside one another."""
LONGEST_NAME = 20
NAMED_LOWER = -13
"""Under "now" and clock changes, so that none covers another. Unit: pixels."""
MINUTE, NOTHING = timedelta(minutes=1), timedelta(0)
LEVEL_GUTTER = 50
"""Margin at the right that a level's text takes. Unit: pixels."""


def add_closed(canvas: Canvas, spans: Iterable[Span], view: Span) -> None:
    """Lay the grey ground of closed hours under all panels."""
    start, end = view
    look = canvas.look
    for opening, closing in spans:
        left, right = max(opening, start), min(closing, end)
        if left >= right or (end - start > MANY_DAYS and closing - opening < DAY_CLOSED):
            continue
        shape = {
            "type": "rect",
            "xref": "x",
            "x0": wall_text(left, look.zone),
            "x1": wall_text(right, look.zone),
            "y0": 0,
            "y1": 1,
            "fillcolor": look.palette.closed,
            "line": {"width": 0},
            "layer": "below",
        }
        canvas.shapes += [shape | {"yref": f"{axis} domain"} for axis in canvas.axes]


def add_now(canvas: Canvas, view: Span, folds: Sequence[Span] = ()) -> None:
    """Draw "now" through all panels, named at the top of the first, where it is in view.

    Within a fold it stands where the axis is folded: Plotly would draw it hours later.
    """
    start, end = view
    look = canvas.look
    if not start <= look.now <= end:
        return
    shown = next((fold[0] - MINUTE for fold in folds if fold[0] <= look.now < fold[1]), look.now)
    at = wall_text(shown, look.zone)
    line = {
        "type": "line",
        "xref": "x",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "line": {"color": look.palette.text, "width": 1},
    }
    canvas.shapes += [line | {"yref": f"{axis} domain"} for axis in canvas.axes]
    is_late = _unfolded((start, shown), folds) / _unfolded(view, folds) > 0.85
    name = f"now {clock_time(look.now, look.zone)}"
    canvas.words.append(
        _at_top(canvas, at, name)
        | {"xanchor": "right" if is_late else "left", "xshift": -3 if is_late else 3}
    )


def _unfolded(span: Span, folds: Sequence[Span]) -> timedelta:
    """Return how much of a span an axis shows."""
    start, end = span
    hidden = (min(end, fold[1]) - max(start, fold[0]) for fold in folds)
    return end - start - sum((each for each in hidden if each > NOTHING), NOTHING)


def add_clock_changes(canvas: Canvas, view: Span) -> None:
    """Name the days in view that have 23 or 25 hours, at the top of the first panel."""
    zone = canvas.look.zone
    for midnight in midnights(view, zone):
        following = midnight + timedelta(days=1)
        hours = round((following.timestamp() - midnight.timestamp()) / 3600)
        if hours != 24:
            noon = wall_text(midnight + timedelta(hours=12), zone)
            canvas.words.append(_at_top(canvas, noon, f"{hours} h day"))


def add_named_days(canvas: Canvas, named: Mapping[date, str], view: Span) -> None:
    """Name holidays and special days in view at the top of the first panel.

    Of days so near to one another that their names would meet, the first is named and the others
    are counted.
    """
    zone = canvas.look.zone
    apart = (view[1] - view[0]) / NAMES_ABREAST
    groups: list[list[datetime]] = []
    for midnight in midnights(view, zone):
        if midnight.date() not in named:
            continue
        if groups and midnight - groups[-1][0] < apart:
            groups[-1].append(midnight)
        else:
            groups.append([midnight])
    for first, *others in groups:
        text = shortened(named[first.date()]) + (f" +{len(others)}" if others else "")
        word = _at_top(canvas, wall_text(first + timedelta(hours=12), zone), text)
        word["font"] = word["font"] | {"color": canvas.look.palette.baseline}
        canvas.words.append(word | {"yshift": NAMED_LOWER})


def named_words(named: Mapping[date, str]) -> str:
    """Return a sentence on named days, to follow others; empty where there are none."""
    if not named:
        return ""
    days = ", ".join(f"{day:%a} {day.day} {day:%b} {named[day]}" for day in sorted(named))
    return f" Days unlike others: {days}."


def shortened(name: str) -> str:
    """Return a day's name, short enough to stand over its day.

    Examples
    --------
    >>> shortened("Juneteenth National Independence Day")
    'Juneteenth National…'
    """
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Level:
    """A value that holds across a panel, in the axis's unit; its text stands at its right end."""

    value: float
    text: str
    colour: str
    dash: str = "dash"


def add_levels(canvas: Canvas, levels: Sequence[Level], axis: str = "y") -> None:
    """Draw levels across a panel, each with its value beside the plot, in its colour.

    The highest has its text above its end and the lowest below, so that near ones stay apart.
    Invisible points stretch the axis to hold them, since shapes alone would not.
    """
    ranked = sorted(levels, key=lambda level: level.value)
    for level in ranked:
        width = 2 if level.dash == "dash" else 1.6
        canvas.shapes.append(
            {
                "type": "line",
                "xref": "x domain",
                "yref": axis,
                "x0": 0,
                "x1": 1,
                "y0": level.value,
                "y1": level.value,
                "line": {"color": level.colour, "width": width, "dash": level.dash},
            }
        )
        canvas.words.append(
            {
                "text": level.text,
                "x": 1,
                "y": level.value,
                "xref": "x domain",
                "yref": axis,
                "xanchor": "left",
                "xshift": 3,
                "yanchor": _anchor(level, ranked),
                "showarrow": False,
                "font": {"size": FONT_SIZE, "color": level.colour},
            }
        )
    canvas.traces.append(
        {
            "type": "scatter",
            "x": canvas.layout["xaxis"].get("range", [None])[:1] * len(ranked),
            "y": [level.value for level in ranked],
            "yaxis": axis,
            "mode": "markers",
            "marker": {"opacity": 0},
            "hoverinfo": "skip",
        }
    )


def _anchor(level: Level, ranked: Sequence[Level]) -> str:
    if len(ranked) == 1:
        return "middle"
    if level is ranked[-1]:
        return "bottom"
    return "top" if level is ranked[0] else "middle"


def _at_top(canvas: Canvas, at: str, text: str) -> dict[str, Any]:
    return {
        "text": text,
        "x": at,
        "y": 1,
        "xref": "x",
        "yref": f"{canvas.axes[0]} domain",
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": 11, "color": canvas.look.palette.text},
        "bgcolor": canvas.look.palette.page,
        "borderpad": 1,
    }
