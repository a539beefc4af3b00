"""One series in a panel: actuals, forecast, band, earlier forecast, baseline.

Answer rates and volumes are drawn alike here; what differs between them is a `Unit`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
import pandas as pd

from core.charts.bands import Band, band_legend, band_traces
from core.charts.canvas import Canvas, Trace
from core.charts.numbers import NARROW, count_band, share_band
from core.charts.picture import Form, LegendEntry, Look
from core.charts.timeline import Span, whole_hours
from core.charts.times import day, hour_span
from core.charts.traces import line_trace
from core.forecasting.adjustments import VALUE_PREFIXES

MANY_HOURS = 21 * 24
ADJUSTED = "adjusted by hand"


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
    bands : tuple of Band
        What is drawn around the forecast, the widest first; see `core.charts.bands`.
    level : float
        Of the band that words and hover tell the bounds of.
    tabled : tuple of Band
        Further ones, for the table alone.
    earlier, baseline : DataFrame or None
        Likewise; stored before the hours came, and of the seasonal-naive method.
    adjusted : DataFrame or None
        `core.frames.FORECAST_ROWS` as people adjusted them; drawn where they differ.
    is_under : bool
        Whether the forecast lies under the actuals, dashed, and not only after them.
    """

    actual: pd.DataFrame
    forecast: pd.DataFrame
    bands: tuple[Band, ...] = ()
    level: float = 0.95
    tabled: tuple[Band, ...] = ()
    earlier: pd.DataFrame | None = None
    baseline: pd.DataFrame | None = None
    is_under: bool = False
    adjusted: pd.DataFrame | None = None

    @property
    def told_band(self) -> Band | None:
        """The band that words and hover tell the bounds of."""
        return next((band for band in self.bands if band.level == self.level), None)


def without_closed(forecast: pd.DataFrame, closed: list[Span]) -> pd.DataFrame:
    """Return a forecast whose closed hours hold no value, so that its line breaks there."""
    hidden = pd.Series(False, index=forecast.index)
    first, last = forecast["ds"].min(), forecast["ds"].max()
    for start, end in closed:
        if end <= first or start > last:
            continue
        hidden |= (forecast["ds"] >= start) & (forecast["ds"] < end)
    values = [name for name in forecast.columns if name.startswith(VALUE_PREFIXES)]
    return forecast.assign(**{name: forecast[name].mask(hidden) for name in values})


def draw_story(canvas: Canvas, story: Story, unit: Unit, *, axis: str = "y") -> list[LegendEntry]:
    """Draw a series into a panel and return its legend, in reading order."""
    look, palette = canvas.look, canvas.look.palette
    rows = _scaled(story.forecast, unit, story.bands)
    canvas.traces += band_traces(rows, story.bands, look, axis=axis)
    for frame, name, dash, colour in (
        (story.baseline, "baseline", "dash", palette.baseline),
        (story.earlier, "forecast made before", "dot", palette.forecast),
        (_differing(story), ADJUSTED, "dashdot", palette.agents),
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
    return _legend(story, look)


def _differing(story: Story) -> pd.DataFrame | None:
    """Return the adjusted rows without the hours that nobody adjusted."""
    if story.adjusted is None or story.adjusted.empty:
        return None
    own = story.forecast.set_index("ds")["yhat"].reindex(story.adjusted["ds"]).to_numpy()
    same = (story.adjusted["yhat"] == own) | np.isnan(own)
    return story.adjusted.assign(yhat=story.adjusted["yhat"].mask(same))


def _scaled(frame: pd.DataFrame, unit: Unit, bands: Sequence[Band] = ()) -> pd.DataFrame:
    names = ["yhat", *(name for band in bands for name in (band.lower, band.upper))]
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
    band = story.told_band
    if band is None:
        return trace | {"text": ""}
    names = ["yhat", band.lower, band.upper]
    whole = whole_hours(story.forecast[["ds", *names]])[names]
    return trace | {
        "text": [_bounds_text(*values, unit=unit) for values in whole.itertuples(index=False)]
    }


def _bounds_text(value: float, lower: float, upper: float, *, unit: Unit) -> str:
    _, bracket, bounds = unit.band_text(value, lower, upper).partition(" (")
    return bracket + bounds


def _legend(story: Story, look: Look) -> list[LegendEntry]:
    palette = look.palette
    entries = []
    if story.actual["value"].notna().any():
        entries.append(LegendEntry("actual", "line", palette.actual))
    form: Form = "dashed" if story.is_under else "line"
    entries.append(LegendEntry("forecast", form, palette.forecast))
    entries += band_legend(story.bands, look)
    if story.earlier is not None and len(story.earlier):
        entries.append(LegendEntry("forecast made before", "dotted", palette.forecast))
    if story.adjusted is not None and len(story.adjusted):
        entries.append(LegendEntry(ADJUSTED, "dashdot", palette.agents))
    if story.baseline is not None and len(story.baseline):
        entries.append(LegendEntry("baseline", "dashed", palette.baseline))
    return entries


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
        band = story.told_band
        bounds = (None, None) if band is None else (peak[band.lower], peak[band.upper])
        peak_text = unit.band_text(peak["yhat"], *bounds)
        parts.append(
            f". Forecast to {_day(ahead['ds'].max(), look)}; highest {peak_text} on"
            f" {_day(peak['ds'], look)}, {hour_span(peak['ds'], look.zone)}"
        )
    elif not len(seen):
        parts.append(": nothing to show")
    return "".join(parts) + "."


def _day(moment: datetime, look: Look) -> str:
    return day(moment, look.zone)
