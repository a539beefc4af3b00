"""The hours of a week as seven rows of 24: how often contacts came, and what counts as open."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.charts.canvas import small_canvas
from core.charts.numbers import GAP, share
from core.charts.picture import Column, LegendEntry, Look, Picture

HEIGHT = 250
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def week_chart(
    used: npt.NDArray[np.float64], is_open: npt.NDArray[np.bool_], look: Look
) -> Picture:
    """Return the picture of a week.

    Parameters
    ----------
    used : array of float, shape (168,)
        In what share of the weeks an hour had a contact, Monday 00:00 first; NaN where unknown.
    is_open : array of bool, shape (168,)
        Whether the hour counts as open: outlined.
    look : Look
        Palette.
    """
    canvas = small_canvas(look, HEIGHT)
    canvas.layout["hovermode"] = "closest"
    canvas.layout["margin"] |= {"b": 26}
    canvas.layout["xaxis"] |= {
        "range": [0, 24],
        "tickvals": list(range(0, 25, 2)),
        "ticktext": [f"{hour:02d}" for hour in range(0, 25, 2)],
    }
    canvas.layout["yaxis"] |= {
        "range": [6.5, -0.5],
        "tickvals": list(range(7)),
        "ticktext": list(DAYS),
        "showgrid": False,
    }
    canvas.traces.append(_shares(used, is_open, look))
    canvas.shapes += [_outline(*each, look) for each in _open_spans(is_open)]
    ink = look.palette
    table = _table(used, is_open)
    open_hours = int(is_open.sum())
    return Picture(
        canvas.figure(),
        alt=f"Hours of the week: {open_hours} of 168 count as open; the darker an hour, the more"
        " weeks had contacts in it.",
        legend=(
            LegendEntry("contacts in every week", "bar", ink.forecast),
            LegendEntry("in some weeks", "band", ink.forecast),
            LegendEntry("outlined: counts as open", "outline", ink.text),
        ),
        table=table,
        columns=(
            Column("day", "Day", "text"),
            Column("hour", "Hour", "text"),
            Column("used", "Weeks with contacts", "share"),
            Column("counts_as", "Counts as", "text"),
        ),
    )


def _shares(
    used: npt.NDArray[np.float64], is_open: npt.NDArray[np.bool_], look: Look
) -> dict[str, object]:
    ink = look.palette
    words = [
        [
            f"{DAYS[day]} {hour:02d}:00–{hour + 1:02d}:00: {_share_text(used[day * 24 + hour])},"
            f" counts as {_open_word(is_open[day * 24 + hour])}"
            for hour in range(24)
        ]
        for day in range(7)
    ]
    return {
        "type": "heatmap",
        "z": [[None if value != value else value for value in row] for row in used.reshape(7, 24)],
        "x0": 0.5,
        "dx": 1,
        "y": list(range(7)),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, ink.page], [1, ink.forecast]],
        "showscale": False,
        "hoverinfo": "text",
        "text": words,
        "xgap": 1,
        "ygap": 1,
    }


def _share_text(value: float) -> str:
    return "not read" if value != value else f"contacts in {share(value)} of the weeks"


def _open_word(is_open: bool) -> str:
    return "open" if is_open else "closed"


def _open_spans(is_open: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int, int]]:
    """Yield day, first hour and hour past the last of each open stretch."""
    for day, hours in enumerate(is_open.reshape(7, 24)):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], hours, [False]]).astype(int)))
        for first, past_last in zip(edges[::2], edges[1::2], strict=True):
            yield day, int(first), int(past_last)


def _outline(day: int, first: int, past_last: int, look: Look) -> dict[str, object]:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "y",
        "x0": first + 0.05,
        "x1": past_last - 0.05,
        "y0": day - 0.45,
        "y1": day + 0.45,
        "line": {"color": look.palette.text, "width": 2},
        "fillcolor": "rgba(0,0,0,0)",
    }


def _table(used: npt.NDArray[np.float64], is_open: npt.NDArray[np.bool_]) -> pd.DataFrame:
    places = range(len(used))
    return pd.DataFrame(
        {
            "day": [DAYS[place // 24] for place in places],
            "hour": [f"{place % 24:02d}:00–{place % 24 + 1:02d}:00" for place in places],
            "used": [GAP if used[place] != used[place] else float(used[place]) for place in places],
            "counts_as": [_open_word(bool(is_open[place])) for place in places],
        }
    )
