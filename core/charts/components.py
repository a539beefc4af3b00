"""What a queue's volume is made of: trend, weekday, hour of day, as small pictures."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pandas as pd

from core.charts.canvas import Canvas, small_canvas
from core.charts.numbers import count, signed_count
from core.charts.picture import Column, Look, Picture
from core.charts.ticks import signed_ticks
from core.charts.timeline import plain_values, wall_clock

HEIGHT = 168
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def volume_components_charts(components: pd.DataFrame, look: Look) -> Mapping[str, Picture]:
    """Draw the components of a volume forecast, each alone.

    Parameters
    ----------
    components : DataFrame
        `ds` and some of `trend`, `weekly`, `daily`, in contacts an hour, over history and
        forecast; a shape counts against the trend. Leave closed hours out: what a method says
        of them means nothing.
    look : Look
        Zone, palette, now.

    Returns
    -------
    mapping of str to Picture
        ``trend``, ``weekday``, ``hour``: those that the method has. Weekdays and hours are the
        centre's own; a shape is its mean over the hours that share it.
    """
    if components.empty:
        return {}
    pictures = {}
    if "trend" in components:
        pictures["trend"] = _trend(components, look)
    if "weekly" in components:
        means = _mean_by(components, "weekly", look.zone, "weekday")
        pictures["weekday"] = _shape(means, "weekday", look)
    if "daily" in components:
        means = _mean_by(components, "daily", look.zone, "hour")
        pictures["hour"] = _shape(means, "hour", look)
    return pictures


def _mean_by(
    components: pd.DataFrame, column: str, zone: ZoneInfo, unit: str
) -> "pd.Series[float]":
    local = pd.DatetimeIndex(wall_clock(components["ds"], zone))
    keys = local.day_of_week if unit == "weekday" else local.hour
    return components[column].groupby(keys).mean()


def _trend(components: pd.DataFrame, look: Look) -> Picture:
    # A trend bends slowly: one value a day says it all.
    local = pd.DatetimeIndex(wall_clock(components["ds"], look.zone)).normalize()
    daily = components["trend"].groupby(local).mean()
    canvas = _small(look)
    canvas.traces.append(
        {
            "type": "scatter",
            "x": [moment.strftime("%Y-%m-%d") for moment in daily.index],
            "y": plain_values(daily, 2),
            "mode": "lines",
            "line": {"color": look.palette.forecast, "width": 2},
            "hovertemplate": "%{y:,.1f}<extra></extra>",
        }
    )
    canvas.layout["yaxis"] |= {"rangemode": "tozero", "nticks": 5}
    canvas.layout["xaxis"] |= {
        "type": "date",
        "tickformat": "%-d %b",
        "nticks": 4,
        "hoverformat": "%a %-d %b",
    }
    alt = f"Trend, contacts an hour: from {count(daily.iloc[0])} to {count(daily.iloc[-1])}."
    table = pd.DataFrame({"day": [f"{d:%Y-%m-%d}" for d in daily.index], "trend": daily.to_numpy()})
    columns = (Column("day", "Day", "text"), Column("trend", "Trend", "count"))
    return Picture(canvas.figure(), alt, (), table, columns)


def _shape(means: "pd.Series[float]", unit: str, look: Look) -> Picture:
    is_weekday = unit == "weekday"
    names = [WEEKDAYS[key] if is_weekday else f"{key:02d}:00" for key in means.index]
    canvas = _small(look)
    canvas.traces.append(
        {
            "type": "bar",
            "x": names if is_weekday else [int(key) for key in means.index],
            "y": plain_values(means, 2),
            "marker": {"color": look.palette.forecast},
            "hovertemplate": "%{y:+,.1f}<extra></extra>",
        }
    )
    canvas.layout["yaxis"] |= {
        **signed_ticks(means, room=4),
        "zeroline": True,
        "zerolinecolor": look.palette.muted,
    }
    ticks = {"type": "category"} if is_weekday else {"tick0": 0, "dtick": 4, "ticksuffix": " h"}
    canvas.layout["xaxis"] |= ticks
    high, low = names[int(means.argmax())], names[int(means.argmin())]
    alt = (
        f"{'Weekday' if is_weekday else 'Hour of day'} against the trend, contacts an hour:"
        f" highest {high} {signed_count(means.max())}, lowest {low} {signed_count(means.min())}."
    )
    heading = "Weekday" if is_weekday else "Hour"
    table = pd.DataFrame({unit: names, "against_trend": means.to_numpy()})
    columns = (Column(unit, heading, "text"), Column("against_trend", "Against trend", "count"))
    return Picture(canvas.figure(), alt, (), table, columns)


def _small(look: Look) -> Canvas:
    canvas = small_canvas(look, HEIGHT)
    canvas.layout |= {"margin": {"l": 44, "r": 8, "t": 8, "b": 24}, "bargap": 0.28}
    return canvas
