"""What a queue's volume is made of: trend, weekday and hour of day, as pictures and in words."""

from collections.abc import Mapping

import pandas as pd

from core.charts.components import volume_components_charts
from core.charts.numbers import relative, signed_count
from core.charts.picture import Look, Picture
from core.forecasting.forecast import Forecast
from core.history.centre import Centre

WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
TITLES: Mapping[str, str] = {
    "trend": "Trend, contacts an hour",
    "weekday": "Weekday, against the trend",
    "hour": "Hour of day, against the trend",
}


def parts_of(
    forecast: Forecast, history: pd.DataFrame, centre: Centre, look: Look
) -> Mapping[str, Picture]:
    """Return the pictures of trend, weekday and hour, those that a method tells of.

    Parameters
    ----------
    forecast : Forecast
        With its components, or without.
    history : DataFrame
        Tidy; hours in which the centre is closed are left out, they mean nothing.
    centre : Centre
        Tells when the centre is closed.
    look : Look
        Zone, palette, now.
    """
    parts = forecast.components
    if parts.empty:
        return {}
    is_open = ~centre.expected_closed(history, pd.DatetimeIndex(parts["ds"]))
    closed = set(history.loc[history["status"] == "closed", "ds"])
    shown = parts[is_open & ~parts["ds"].isin(closed)].reset_index(drop=True)
    return volume_components_charts(shown, look)


def parts_title(parts: Mapping[str, Picture]) -> str:
    """Return what stands out in the pictures of `parts_of`."""
    if not parts:
        return "This method does not take the volume apart"
    highest = []
    if "weekday" in parts:
        name, size = _highest(parts["weekday"])
        full = next(each for each in WEEKDAYS if each.startswith(name))
        highest.append(f"{full} {size}")
    if "hour" in parts:
        name, size = _highest(parts["hour"])
        highest.append(f"{name} {size}")
    told = [f"{' and '.join(highest)} contacts an hour"] if highest else []
    if "trend" in parts:
        trend = [float(value) for value in parts["trend"].table["trend"]]
        if trend[0] > 0:
            told.append(f"the trend moved {relative(trend[-1] / trend[0] - 1)}")
    return f"What it is made of: {'; '.join(told)}" if told else "What it is made of"


def _highest(picture: Picture) -> tuple[str, str]:
    table = picture.table
    row = table.iloc[int(table["against_trend"].argmax())]
    return str(row.iloc[0]), signed_count(float(row["against_trend"]))
