"""Contacts of a queue: what came, what is expected, and where there is room."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from core.charts.bands import bands_of
from core.charts.canvas import Canvas, Panel, Trace, stacked_canvas
from core.charts.ground import (
    LEVEL_GUTTER,
    NO_NAMES,
    Level,
    add_clock_changes,
    add_closed,
    add_levels,
    add_named_days,
    add_now,
    named_words,
)
from core.charts.numbers import count, per_hour
from core.charts.picture import LegendEntry, Look, Picture
from core.charts.series import (
    CONTACTS,
    Story,
    draw_story,
    story_words,
    without_closed,
)
from core.charts.series_table import story_columns, story_table
from core.charts.time_axis import set_time_axis
from core.charts.timeline import Span, closed_hours, day_start, view_of
from core.charts.times import clock_span, day, duration
from core.charts.traces import bar_trace
from core.pacing.recommendation import LowVolumeWindow

HEIGHT = 220
WINDOW_ROW = 22


def volume_forecast_chart(
    history: pd.DataFrame,
    forecast: pd.DataFrame,
    look: Look,
    *,
    level: float = 0.95,
    windows: Sequence[LowVolumeWindow] = (),
    earlier: pd.DataFrame | None = None,
    baseline: pd.DataFrame | None = None,
    adjusted: pd.DataFrame | None = None,
    named: Mapping[date, str] = NO_NAMES,
) -> Picture:
    """Draw a queue's contacts by hour, with low-volume windows in a row of their own.

    Parameters
    ----------
    history : DataFrame
        `core.frames.VOLUME_HISTORY` of one queue, cut to what is to be seen.
    forecast : DataFrame
        `core.frames.FORECAST_ROWS` of one method; closed hours hold exactly 0.
    look : Look
        Zone, palette, now.
    level : float
        What ``yhat_lower`` and ``yhat_upper`` claim, a share; the bands of other levels that the
        rows hold are drawn too.
    windows : sequence of LowVolumeWindow
        Drawn under the time line; without any there is no such row.
    earlier, baseline : DataFrame, optional
        `core.frames.FORECAST_ROWS`: stored before the hours came, and seasonal naive.
    adjusted : DataFrame, optional
        `core.frames.FORECAST_ROWS` as people adjusted them.
    named : mapping of date to str
        Holidays and special days of the centre's clock, named at the top.

    Returns
    -------
    Picture
        Unit: contacts an hour.
    """
    closed = closed_hours(history, forecast)
    story = Story(
        _actual(history),
        without_closed(forecast, closed),
        bands_of(forecast, level),
        level,
        earlier=earlier,
        baseline=baseline,
        adjusted=adjusted,
    )
    canvas, legend = _drawn(story, closed, windows, look)
    view = view_of(story.actual, story.forecast)
    if view is not None:
        add_named_days(canvas, named, view)
    words = story_words(story, CONTACTS, look, "Contacts by hour")
    words += named_words(named)
    if windows:
        words += f" {_window_words(windows, look)}"
    return Picture(
        canvas.figure(), words, legend, story_table(story), story_columns(CONTACTS, story)
    )


def windows_chart(
    history: pd.DataFrame,
    forecast: pd.DataFrame,
    windows: Sequence[LowVolumeWindow],
    threshold: float,
    look: Look,
    *,
    level: float = 0.95,
) -> Picture:
    """Draw the windows of a campaign draft under the forecast that they were found in.

    Parameters
    ----------
    history : DataFrame
        `core.frames.VOLUME_HISTORY` of the queue: tells whether it closes; not drawn.
    forecast : DataFrame
        `core.frames.FORECAST_ROWS` of the queue.
    windows : sequence of LowVolumeWindow
        The draft's.
    threshold : float
        Hours under it are low. Unit: contacts an hour.
    look : Look
        Zone, palette, now.
    level : float
        The band's claim, a share.

    Returns
    -------
    Picture
        Unit: contacts an hour.
    """
    closed = closed_hours(history, forecast)
    shown = without_closed(forecast, closed)
    story = Story(_actual(history[:0]), shown, bands_of(forecast, level), level)
    canvas, legend = _drawn(story, closed, windows, look)
    low = Level(threshold, per_hour(threshold), look.palette.window)
    add_levels(canvas, [low])
    canvas.layout["margin"] |= {"r": LEVEL_GUTTER}
    legend = (
        *legend,
        LegendEntry(f"low under {low.text} an hour", "dashed", look.palette.window),
    )
    words = story_words(story, CONTACTS, look, "Contacts by hour")
    words += f" Low under {per_hour(threshold)} contacts an hour. {_window_words(windows, look)}"
    return Picture(
        canvas.figure(), words, legend, story_table(story), story_columns(CONTACTS, story)
    )


def today_chart(
    history: pd.DataFrame, forecast: pd.DataFrame, look: Look, *, level: float = 0.95
) -> Picture:
    """Draw the centre's day around now: actuals over the forecast with its band.

    Parameters
    ----------
    history : DataFrame
        `core.frames.VOLUME_HISTORY`, of one queue or summed over many.
    forecast : DataFrame
        `core.frames.FORECAST_ROWS` for the same, over the whole day; a band is drawn only where
        there are bounds, and bounds of many queues do not simply add up.
    look : Look
        Zone, palette, now.
    level : float
        The band's claim, a share.

    Returns
    -------
    Picture
        Unit: contacts an hour.
    """
    start = day_start(look.now, look.zone)
    end = start + timedelta(days=1)
    history, forecast = _within(history, start, end), _within(forecast, start, end)
    closed = closed_hours(history, forecast)
    shown = without_closed(forecast, closed)
    story = Story(_actual(history), shown, bands_of(forecast, level), level, is_under=True)
    canvas, legend = _drawn(story, closed, (), look, view=_busy(story, (start, end)))
    words = story_words(story, CONTACTS, look, "Contacts of today by hour")
    return Picture(
        canvas.figure(), words, legend, story_table(story), story_columns(CONTACTS, story)
    )


def _actual(history: pd.DataFrame) -> pd.DataFrame:
    return history[["ds", "y", "status"]].rename(columns={"y": "value"})


def _within(frame: pd.DataFrame, start: object, end: object) -> pd.DataFrame:
    return frame[(frame["ds"] >= start) & (frame["ds"] < end)]


def _busy(story: Story, whole: Span) -> Span:
    """Return the hours with something to see and one more to either side."""
    told = [
        story.actual.dropna(subset=["value"]),
        story.forecast.dropna(subset=["yhat"]),
    ]
    view = view_of(*told)
    margin = timedelta(hours=1)
    if view is None:
        return whole
    return max(whole[0], view[0] - margin), min(whole[1], view[1] + margin)


def _drawn(
    story: Story,
    closed: Sequence[Span],
    windows: Sequence[LowVolumeWindow],
    look: Look,
    view: Span | None = None,
) -> tuple[Canvas, tuple[LegendEntry, ...]]:
    panels = [Panel("", HEIGHT, CONTACTS.axis)]
    if windows:
        panels.append(Panel("", WINDOW_ROW, {"visible": False, "range": [0, 1]}))
    canvas = stacked_canvas(panels, look)
    view = view or view_of(story.actual, story.forecast)
    if view is not None:
        set_time_axis(canvas, view)
        add_closed(canvas, closed, view)
        add_clock_changes(canvas, view)
        add_now(canvas, view)
    legend = draw_story(canvas, story, CONTACTS)
    if windows:
        canvas.traces.append(_window_bars(windows, look, canvas.axes[1]))
        legend.append(LegendEntry("low-volume window", "bar", look.palette.window))
    return canvas, tuple(legend)


def _window_bars(windows: Sequence[LowVolumeWindow], look: Look, axis: str) -> Trace:
    bars = bar_trace(
        [window.start for window in windows],
        [1.0] * len(windows),
        look,
        fill=look.palette.window,
        outline=look.palette.window,
        hover="low-volume window %{hovertext}<extra></extra>",
        hours=[window.hours for window in windows],
        axis=axis,
    )
    return bars | {
        "hovertext": [
            f"{clock_span(window.start, window.end, look.zone)},"
            f" {count(window.expected_contacts)} contacts an hour"
            for window in windows
        ]
    }


def _window_words(windows: Sequence[LowVolumeWindow], look: Look) -> str:
    if not windows:
        return "No low-volume window."
    first = windows[0]
    total = duration(timedelta(hours=sum(window.hours for window in windows)))
    return (
        f"Low-volume windows: {len(windows)}, {total} in all; the first on"
        f" {day(first.start, look.zone)}, {clock_span(first.start, first.end, look.zone)}."
    )
