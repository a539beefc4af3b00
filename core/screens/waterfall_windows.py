"""The hours and days ahead that a reader may have taken apart."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pandas as pd

from core.charts.picture import Look
from core.charts.times import clock_time, day, hour_span
from core.forecasting.forecast import SeriesKind

BUSIEST = "busiest"
"""The window that opens unless another is chosen."""
HOUR = timedelta(hours=1)


def no_windows(kind: SeriesKind) -> Mapping[str, str]:
    """Return what may be chosen where nothing is forecast."""
    return {BUSIEST: _busiest_words(kind)}


def windows_of(
    kind: SeriesKind, rows: pd.DataFrame, look: Look
) -> tuple[dict[str, str], dict[str, tuple[datetime, datetime]]]:
    """Return the windows ahead that may be taken apart, and what they cover.

    Parameters
    ----------
    kind : SeriesKind
        Of volumes the busiest day comes first, of answer rates the peak hour.
    rows : DataFrame
        Open hours ahead, at least one.
    look : Look
        Zone, palette, now.

    Returns
    -------
    words : mapping of str to str
        What the address calls it to what is shown: the busiest, days, hours.
    spans : mapping of str to (datetime, datetime)
        Start of the first hour, end of the last.
    """
    spans: dict[str, tuple[datetime, datetime]] = {}
    local = rows["ds"].dt.tz_convert(look.zone)
    sums: dict[str, float] = {}
    for date, of_day in rows.groupby(local.dt.date):
        spans[str(date)] = (of_day["ds"].iloc[0], of_day["ds"].iloc[-1] + HOUR)
        sums[str(date)] = float(of_day["yhat"].sum())
    for moment in rows["ds"]:
        spans[_hour_key(moment)] = (moment, moment + HOUR)
    words = {key: _words(span, look) for key, span in spans.items()}
    if kind is SeriesKind.VOLUME:
        first = max(sums, key=lambda key: sums[key])
    else:
        first = _hour_key(rows["ds"].iloc[int(rows["yhat"].argmax())])
    busiest = f"{_busiest_words(kind)}: {when(spans[first], look)}"
    return {BUSIEST: busiest} | words, {BUSIEST: spans[first]} | spans


def when(span: tuple[datetime, datetime], look: Look) -> str:
    """Return a window in words: a day, or an hour of one."""
    start, end = span
    named = day(start, look.zone)
    return named if end - start > HOUR else f"{named}, {hour_span(start, look.zone)}"


def _hour_key(moment: pd.Timestamp) -> str:
    return f"{moment:%Y-%m-%dT%HZ}"


def _busiest_words(kind: SeriesKind) -> str:
    return "Busiest day ahead" if kind is SeriesKind.VOLUME else "Peak hour ahead"


def _words(span: tuple[datetime, datetime], look: Look) -> str:
    start, end = span
    if end - start <= HOUR:
        return when(span, look)
    last = clock_time(end, look.zone).replace("00:00", "24:00")
    return f"{day(start, look.zone)}, all its hours ahead ({clock_time(start, look.zone)}–{last})"
