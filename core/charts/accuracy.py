"""Errors of forecasts: by lead time beside the baseline, and by hour of the centre's week."""

from collections.abc import Sequence

import pandas as pd

from core.charts.canvas import Canvas, small_canvas
from core.charts.numbers import NARROW, share
from core.charts.picture import Column, LegendEntry, Look, Picture
from core.charts.theme import see_through
from core.charts.timeline import plain_values

LEAD_HEIGHT = 214
WEEK_HEIGHT = 190
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PALEST, DEEPEST = 0.06, 0.95


def lead_chart(
    labels: Sequence[str],
    own: Sequence[float | None],
    baseline: Sequence[float | None],
    look: Look,
    *,
    method: str,
    measure: str,
) -> Picture:
    """Draw the error by lead time, the baseline beside it.

    Parameters
    ----------
    labels : sequence of str
        Lead times in words.
    own, baseline : sequence of float or None
        Errors as shares; None where nothing was compared. An empty baseline is not drawn.
    look : Look
        Zone, palette, now.
    method, measure : str
        Whose error, and what it is, in words.

    Returns
    -------
    Picture
        Its table holds shares; its figure per cent.
    """
    palette = look.palette
    canvas = _small(look, LEAD_HEIGHT)
    legend = [LegendEntry(method, "line", palette.forecast)]
    lines = [(own, method, palette.forecast, "solid", "circle")]
    if any(value is not None for value in baseline):
        legend.append(LegendEntry("baseline", "dashed", palette.baseline))
        lines.insert(0, (baseline, "baseline", palette.baseline, "dash", "diamond"))
    for values, name, colour, dash, symbol in lines:
        canvas.traces.append(
            {
                "type": "scatter",
                "x": list(labels),
                "y": _percent(values),
                "mode": "lines+markers",
                "line": {"color": colour, "width": 2.2, "dash": dash},
                "marker": {"color": colour, "size": 7, "symbol": symbol},
                "hovertemplate": f"%{{y:.1f}}{NARROW}% {name}<extra></extra>",
            }
        )
    canvas.layout["xaxis"] |= {"type": "category"}
    canvas.layout["yaxis"] |= {"ticksuffix": f"{NARROW}%", "rangemode": "tozero", "nticks": 5}
    table = pd.DataFrame(
        {"lead": list(labels), "error": list(own), "baseline": list(baseline) or None},
    ).astype({"error": "float64", "baseline": "float64"})
    told = [f"{label} {share(value)}" for label, value in zip(labels, own, strict=True)]
    alt = f"{measure} by lead time: {'; '.join(told)}." if told else f"{measure}: nothing to show."
    columns = (
        Column("lead", "Lead time", "text"),
        Column("error", method, "share"),
        Column("baseline", "Baseline", "share"),
    )
    return Picture(canvas.figure(), alt, tuple(legend), table, columns)


def week_chart(by_hour: Sequence[float | None], look: Look, *, measure: str) -> Picture:
    """Draw the error of each hour of the centre's week: the darker, the larger.

    Parameters
    ----------
    by_hour : sequence of float or None, 168 of them
        Errors as shares, Monday 00:00 first; None is left bare.
    look : Look
        Zone, palette, now.
    measure : str
        What the error is, in words.

    Returns
    -------
    Picture
        Its table holds a row for each hour that has an error.
    """
    palette = look.palette
    values = pd.Series(list(by_hour), dtype="float64")
    hours = [hour for hour in range(24) if values[hour::24].notna().any()] or list(range(24))
    first, last = hours[0], hours[-1]
    canvas = _small(look, WEEK_HEIGHT)
    canvas.traces.append(
        {
            "type": "heatmap",
            "x": [f"{hour:02d}" for hour in range(first, last + 1)],
            "y": list(DAYS),
            "z": [
                plain_values(values[day * 24 + first : day * 24 + last + 1] * 100, 2)
                for day in range(7)
            ],
            "xgap": 1,
            "ygap": 1,
            "zmin": 0,
            "colorscale": [
                [0, see_through(palette.forecast, PALEST)],
                [1, see_through(palette.forecast, DEEPEST)],
            ],
            "showscale": False,
            "hoverongaps": False,
            "hovertemplate": f"%{{y}} %{{x}}:00, %{{z:.1f}}{NARROW}%<extra></extra>",
        }
    )
    canvas.layout["hovermode"] = "closest"
    canvas.layout["xaxis"] |= {"type": "category", "showline": False, "ticks": ""}
    canvas.layout["yaxis"] |= {"type": "category", "autorange": "reversed", "showgrid": False}
    table = pd.DataFrame(
        {
            "hour": [f"{DAYS[place // 24]} {place % 24:02d}:00" for place in values.dropna().index],
            "error": values.dropna().to_numpy(),
        }
    )
    columns = (Column("hour", "Hour", "text"), Column("error", "Error", "share"))
    return Picture(canvas.figure(), _week_words(values, measure), (), table, columns)


def hour_words(place: int) -> str:
    """Return an hour of the week by its number.

    Examples
    --------
    >>> hour_words(0), hour_words(167)
    ('Mon 00:00–01:00', 'Sun 23:00–24:00')
    """
    hour = place % 24
    return f"{DAYS[place // 24]} {hour:02d}:00–{hour + 1:02d}:00"


def _small(look: Look, height: int) -> Canvas:
    canvas = small_canvas(look, height)
    canvas.layout |= {"margin": {"l": 48, "r": 8, "t": 8, "b": 26}}
    return canvas


def _percent(values: Sequence[float | None]) -> list[float | None]:
    return plain_values(pd.Series(list(values), dtype="float64") * 100, 2)


def _week_words(values: "pd.Series[float]", measure: str) -> str:
    told = sorted((error, place) for place, error in enumerate(values.tolist()) if error == error)
    if not told:
        return f"{measure} by hour of the week: nothing to show."
    (least, low), (most, high) = told[0], told[-1]
    return (
        f"{measure} by hour of the week: smallest {hour_words(low)}, {share(least)}; largest"
        f" {hour_words(high)}, {share(most)}."
    )
