"""UTC hours to the wall clock; stretches and gaps of an hourly series.

The only place where a chart's times lose their zone. On the day that the clocks go back, one wall
clock hour is drawn twice, which is what the clock on the wall shows.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

HOUR = timedelta(hours=1)
HOUR_MS = 3_600_000
Span = tuple[datetime, datetime]
"""From, to; `to` is not part of it."""


def wall_clock(times: Iterable[datetime], zone: ZoneInfo) -> NDArray[np.datetime64]:
    """Return naive wall-clock minutes of aware times.

    Examples
    --------
    >>> wall_clock(pd.to_datetime(["2026-11-25T10:20Z"]), ZoneInfo("Europe/Berlin")).tolist()
    [datetime.datetime(2026, 11, 25, 11, 20)]
    """
    index = pd.DatetimeIndex(pd.to_datetime(pd.Index(times), utc=True))
    return index.tz_convert(zone).tz_localize(None).to_numpy().astype("datetime64[m]")


def wall_texts(times: Iterable[datetime], zone: ZoneInfo) -> list[str]:
    """Return wall-clock times as the short texts that Plotly reads."""
    texts: list[str] = np.datetime_as_string(wall_clock(times, zone)).tolist()
    return texts


def wall_text(moment: datetime, zone: ZoneInfo) -> str:
    """Return one wall-clock time as Plotly reads it.

    Examples
    --------
    >>> wall_text(pd.Timestamp("2026-11-25T10:20Z"), ZoneInfo("Europe/Berlin"))
    '2026-11-25T11:20'
    """
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def day_start(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the midnight that begins the centre's day around a moment.

    Examples
    --------
    >>> day_start(pd.Timestamp("2026-11-24T23:30Z"), ZoneInfo("Europe/Berlin")).isoformat()
    '2026-11-25T00:00:00+01:00'
    """
    local = datetime.fromtimestamp(moment.timestamp(), zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def midnights(view: Span, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the midnights that begin the days in view."""
    midnight = day_start(view[0], zone)
    while midnight < view[1]:
        yield midnight
        # Wall-clock arithmetic: the same time on the next calendar day, whatever lies between.
        midnight += timedelta(days=1)


def time_values(times: Iterable[datetime], zone: ZoneInfo) -> dict[str, Any]:
    """Return the keys of a trace that place values in time: start and step where hours are even.

    Start and step are a sixth of the bytes of a list. A clock change makes the hours uneven on
    the wall clock; then it is the list.

    Examples
    --------
    >>> hours = pd.date_range("2026-11-25T10:00Z", periods=3, freq="h")
    >>> time_values(hours, ZoneInfo("Europe/Berlin"))
    {'x0': '2026-11-25T11:00', 'dx': 3600000}
    """
    clock = wall_clock(times, zone)
    if len(clock) > 2 and (np.diff(clock) == np.timedelta64(60, "m")).all():
        return {"x0": str(clock[0]), "dx": HOUR_MS}
    return {"x": np.datetime_as_string(clock).tolist() if len(clock) else []}


def whole_hours(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with one row for every hour from first to last, absent ones empty.

    A line drawn from it breaks where hours are absent, instead of running across.
    """
    frame = frame.sort_values("ds").drop_duplicates("ds")
    if frame.empty:
        return frame
    index = pd.date_range(frame["ds"].iloc[0], frame["ds"].iloc[-1], freq="h", name="ds")
    return frame.set_index("ds").reindex(index).reset_index()


def plain_values(values: Iterable[float], digits: int) -> list[float | None]:
    """Return values rounded for the wire, with None for what is missing.

    Examples
    --------
    >>> plain_values([0.12345678, float("nan"), float("inf")], 3)
    [0.123, None, None]
    """
    array = np.asarray(pd.Series(values, dtype="float64"), dtype="float64").round(digits)
    return [
        value if ok else None for value, ok in zip(array.tolist(), np.isfinite(array), strict=True)
    ]


def stretches(frame: pd.DataFrame, needed: Sequence[str]) -> list[pd.DataFrame]:
    """Return the unbroken runs of hours in which all needed columns have a value."""
    if frame.empty:
        return []
    whole = frame.dropna(subset=list(needed)).sort_values("ds")
    breaks = whole["ds"].diff() != HOUR
    return [run for _, run in whole.groupby(breaks.cumsum())]


def spans_of(hours: Iterable[datetime]) -> list[Span]:
    """Return the spans that some hours cover, touching ones joined.

    Examples
    --------
    >>> hours = pd.to_datetime(["2026-11-25T10:00Z", "2026-11-25T11:00Z", "2026-11-25T20:00Z"])
    >>> [(a.hour, b.hour) for a, b in spans_of(hours)]
    [(10, 12), (20, 21)]
    """
    spans: list[Span] = []
    for hour in sorted(set(hours)):
        if spans and spans[-1][1] == hour:
            spans[-1] = (spans[-1][0], hour + HOUR)
        else:
            spans.append((hour, hour + HOUR))
    return spans


def closed_hours(history: pd.DataFrame, forecast: pd.DataFrame) -> list[Span]:
    """Return the closed spans that history and forecast tell of.

    History says so by its status. A forecast leaves closed hours out, or holds exactly 0 without
    any band in a centre that has closed hours; in a centre that never closes, 0 is just few.
    """
    hours: set[datetime] = set()
    if "status" in history:
        hours |= set(history.loc[history["status"] == "closed", "ds"])
    if forecast.empty:
        return spans_of(hours)
    first, last = forecast["ds"].min(), forecast["ds"].max()
    start = first if history.empty else min(first, history["ds"].max() + HOUR)
    hours |= set(pd.date_range(start, last, freq="h")) - set(forecast["ds"])
    if hours:
        nothing = (forecast["yhat"] == 0) & (forecast["yhat_upper"].fillna(0) == 0)
        hours |= set(forecast.loc[nothing, "ds"])
    return spans_of(hours)


def view_of(*frames: pd.DataFrame) -> Span | None:
    """Return the first hour and the end of the last one over some frames, or None without any."""
    filled = [frame["ds"] for frame in frames if len(frame)]
    if not filled:
        return None
    return min(ds.min() for ds in filled), max(ds.max() for ds in filled) + HOUR
