"""The time axis: hours of a few days, days of weeks, or open hours only."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from core.charts.canvas import Canvas
from core.charts.theme import FONT_SIZE
from core.charts.timeline import Span, midnights, wall_text
from core.charts.times import day

MILLISECOND = timedelta(milliseconds=1)
TICK = timedelta(hours=2)
FEW_DAYS = timedelta(days=4)
MANY_DAYS = timedelta(days=21)
HOUR_HOVER = "%a %-d %b, %H:%M"


def set_time_axis(canvas: Canvas, view: Span) -> None:
    """Set the one time axis to a view: hours with the day below in a short one, days in a long.

    There are as many ticks as a desk screen has room for; `core.ui.style` thins them on a
    narrow one.
    """
    start, end = view
    zone = canvas.look.zone
    is_long = end - start > FEW_DAYS
    canvas.layout["xaxis"] |= {
        "range": [wall_text(start, zone), wall_text(end, zone)],
        "tickformat": "%a %-d\n%b" if is_long else "%H:%M",
        "hoverformat": HOUR_HOVER,
        "ticklabelmode": "period" if FEW_DAYS < end - start <= MANY_DAYS else "instant",
        "nticks": 17,
    }
    if not is_long:
        for midnight in midnights(view, zone):
            following = min(midnight + timedelta(days=1), end)
            if following - max(midnight, start) > (end - start) / 9:
                _name_day(canvas, max(midnight, start))


def folds_of(closed: Sequence[Span]) -> list[Span]:
    """Return what an axis leaves out of closed spans: all but a strip of an hour of each."""
    edge = timedelta(minutes=30)
    return [(start + edge, end - edge) for start, end in closed if end - start > 3 * edge]


def set_folded_axis(canvas: Canvas, view: Span, closed: Sequence[Span]) -> None:
    """Set the time axis to a view of a day or so, closed spans folded to a strip of an hour.

    Open hours get the width; each stretch of them begins with a tick and, after midnight, with
    its day.
    """
    zone = canvas.look.zone
    openings = [view[0], *(end for _, end in closed if end < view[1])]
    ends = [*(start for start, _ in closed if start > view[0]), view[1]]
    ticks: list[datetime] = []
    for opening, ending in zip(openings, ends, strict=False):
        ticks += [opening + step * TICK for step in range(ceil((ending - opening) / TICK))]
    canvas.layout["xaxis"] |= {
        "range": [wall_text(view[0], zone), wall_text(view[1], zone)],
        "tickvals": [wall_text(tick, zone) for tick in ticks],
        "tickformat": "%H:%M",
        "hoverformat": HOUR_HOVER,
        "rangebreaks": [
            {"values": [wall_text(start, zone)], "dvalue": (end - start) // MILLISECOND}
            for start, end in folds_of(closed)
        ],
    }
    named: set[str] = set()
    for opening in openings:
        if day(opening, zone) not in named:
            _name_day(canvas, opening)
            named.add(day(opening, zone))


def _name_day(canvas: Canvas, at: datetime) -> None:
    canvas.words.append(
        {
            "text": day(at, canvas.look.zone),
            "x": wall_text(at, canvas.look.zone),
            "y": 0,
            "xref": "x",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "top",
            "yshift": -19,
            "showarrow": False,
            "font": {"size": FONT_SIZE, "color": canvas.look.palette.muted},
        }
    )
