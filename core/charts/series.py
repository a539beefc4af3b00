"""One series in a panel: actuals, forecast, band, earlier forecast, baseline.

Answer rates and volumes are drawn alike here; what differs between them is a `Unit`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pandas as pd

from core.charts.canvas import Canvas, Trace
from core.charts.numbers import NARROW, count_band, share_band
from core.charts.picture import Column, Form, LegendEntry, Look
from core.charts.timeline import Span, whole_hours
from core.charts.times import day, hour_span
from core.charts.traces import band_trace, line_trace

MANY_HOURS = 21 * 24


@dataclass(frozen=True, slots=True)
class Unit:
    """How a series' values are drawn.

    Parameters
    ----------
    name : {"share", "count"}
        What the frame holds.
    factor : float
        From the frame's unit to the axis's: shares are drawn as per cent.
    axis : dict
        Plotly's settings of the axis.
    hover : str
        Plotly's template of a value.
    band_text : callable
        Value, lower and upper bound (frame's unit) to text.
    """

    name: Literal["share", "count"]
    factor: float
    axis: dict[str, Any]
    hover: str
    band_text: Callable[[float | None, float | None, float | None], str]


SHARE = Unit(
    "share",
    100.0,
    {"ticksuffix": f"{NARROW}%", "rangemode": "nonnegative", "nticks": 6},
    f"%{{y:.1f}}{NARROW}%",
    share_band,
)
CONTACTS = Unit(
    "count",
    1.0,
    {"rangemode": "tozero", "nticks": 6, "separatethousands": True},
    "%{y:,.0f}",
    count_band,
)


@dataclass(frozen=True, slots=True)
class Story:
    """The frames of one series, in the frame's unit.

    Parameters
    ----------
    actual : DataFrame
        `ds`, `value` (NaN where closed or missing) and `status`.
    forecast : DataFrame
        `core.frames.FORECAST_ROWS` of one method, closed hours NaN or absent.
    level : float
        The band's claim, a share.
    earlier, baseline : DataFrame or None
        Likewise; stored before the hours came, and of the seasonal-naive method.
    is_under : bool
        Whether the forecast lies under the actuals, dashed, and not only after them.
    """

    actual: pd.DataFrame
    forecast: pd.DataFrame
    level: float = 0.95
    earlier: pd.DataFrame | None = None
    baseline: pd.DataFrame | None = None
    is_under: bool = False


def without_closed(forecast: pd.DataFrame, closed: list[Span]) -> pd.DataFrame:
    """Return a forecast whose closed hours hold no value, so that its line breaks there."""
    hidden = pd.Series(False, index=forecast.index)
    first, last = forecast["ds"].min(), forecast["ds"].max()
    for start, end in closed:
        if end <= first or start > last:
            continue
        hidden |= (forecast["ds"] >= start) & (forecast["ds"] < end)
    bounds = ["yhat", "yhat_lower", "yhat_upper"]
    return forecast.assign(**{name: forecast[name].mask(hidden) for name in bounds})


def draw_story(canvas: Canvas, story: Story, unit: Unit, *, axis: str = "y") -> list[LegendEntry]:
    """Draw a series into a panel and return its legend, in reading order."""
    look, palette = canvas.look, canvas.look.palette
    rows = _scaled(story.forecast, unit)
    band = band_trace(
        rows, "yhat_lower", "yhat_upper", look, fill=palette.band_fill(story.level), axis=axis
    )
    if band is not None:
        canvas.traces.append(band)
    for frame, name, dash, colour in (
        (story.baseline, "baseline", "dash", palette.baseline),
        (story.earlier, "forecast made before", "dot", palette.forecast),
    ):
        if frame is not None and len(frame):
            hover = f"{unit.hover} {name}<extra></extra>"
            canvas.traces.append(
                line_trace(
                    _scaled(frame, unit),
                    "yhat",
                    look,
                    colour=colour,
                    dash=dash,
                    width=1.6,
                    hover=hover,
                    axis=axis,
                )
            )
    actual = story.actual.assign(value=story.actual["value"] * unit.factor)
    hover = f"{unit.hover} actual<extra></extra>"
    # Weeks of hours lie so close that thick lines would run into one another.
    width = 2.0 if len(actual) <= MANY_HOURS else 1.2
    lines = [
        line_trace(
            actual, "value", look, colour=palette.actual, width=width, hover=hover, axis=axis
        ),
        _forecast_line(rows, story, unit, look, axis),
    ]
    canvas.traces += reversed(lines) if story.is_under else lines
    return _legend(story, band is not None, look)


def _scaled(frame: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    names = ["yhat", "yhat_lower", "yhat_upper"]
    return pd.DataFrame({"ds": frame["ds"]} | {n: frame[n] * unit.factor for n in names})


def _forecast_line(rows: pd.DataFrame, story: Story, unit: Unit, look: Look, axis: str) -> Trace:
    trace = line_trace(
        rows,
        "yhat",
        look,
        colour=look.palette.forecast,
        width=2.2,
        dash="dash" if story.is_under else "solid",
        dots=len(rows) <= 48 and not story.is_under,
        hover=f"{unit.hover}%{{text}} forecast<extra></extra>",
        axis=axis,
    )
    whole = whole_hours(story.forecast[["ds", "yhat", "yhat_lower", "yhat_upper"]])
    return trace | {"text": [_bounds_text(row, unit) for row in whole.itertuples()]}


def _bounds_text(row: Any, unit: Unit) -> str:
    _, bracket, bounds = unit.band_text(row.yhat, row.yhat_lower, row.yhat_upper).partition(" (")
    return bracket + bounds


def _legend(story: Story, has_band: bool, look: Look) -> list[LegendEntry]:
    palette = look.palette
    entries = []
    if story.actual["value"].notna().any():
        entries.append(LegendEntry("actual", "line", palette.actual))
    form: Form = "dashed" if story.is_under else "line"
    entries.append(LegendEntry("forecast", form, palette.forecast))
    if has_band:
        band = f"{story.level * 100:g}{NARROW}% band"
        entries.append(LegendEntry(band, "band", palette.forecast))
    if story.earlier is not None and len(story.earlier):
        entries.append(LegendEntry("forecast made before", "dotted", palette.forecast))
    if story.baseline is not None and len(story.baseline):
        entries.append(LegendEntry("baseline", "dashed", palette.baseline))
    return entries


def story_columns(unit: Unit) -> tuple[Column, ...]:
    """Return how the table of a series is read."""
    return (
        Column("ds", "Hour", "time"),
        Column("actual", "Actual", unit.name),
        Column("forecast", "Forecast", unit.name),
        Column("lower", "Band from", unit.name),
        Column("upper", "Band to", unit.name),
        Column("note", "Why empty", "text"),
    )


def story_table(story: Story) -> pd.DataFrame:
    """Return a series hour by hour: actual, forecast, bounds, and why an actual is absent."""
    past = story.actual.rename(columns={"value": "actual"})
    past = past.assign(note=past["status"].where(past["status"] != "open", ""))
    names = {"yhat": "forecast", "yhat_lower": "lower", "yhat_upper": "upper"}
    ahead = story.forecast[["ds", *names]].rename(columns=names)
    table = past[["ds", "actual", "note"]].merge(ahead, on="ds", how="outer").sort_values("ds")
    table["note"] = table["note"].fillna("").astype("str")
    return table[["ds", "actual", "forecast", "lower", "upper", "note"]].reset_index(drop=True)


def story_words(story: Story, unit: Unit, look: Look, subject: str) -> str:
    """Return what a picture of a series shows, in two sentences."""
    parts = [subject]
    seen = story.actual.dropna(subset=["value"])
    if len(seen):
        low, high = (unit.band_text(seen["value"].agg(how), None, None) for how in ("min", "max"))
        parts.append(
            f" from {_day(seen['ds'].min(), look)} to {_day(seen['ds'].max(), look)},"
            f" {low} to {high}"
        )
    ahead = story.forecast.dropna(subset=["yhat"])
    if len(ahead):
        peak = ahead.iloc[int(ahead["yhat"].argmax())]
        peak_text = unit.band_text(peak["yhat"], peak["yhat_lower"], peak["yhat_upper"])
        parts.append(
            f". Forecast to {_day(ahead['ds'].max(), look)}; highest {peak_text} on"
            f" {_day(peak['ds'], look)}, {hour_span(peak['ds'], look.zone)}"
        )
    elif not len(seen):
        parts.append(": nothing to show")
    return "".join(parts) + "."


def _day(moment: datetime, look: Look) -> str:
    return day(moment, look.zone)
