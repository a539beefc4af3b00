"""Answer rate: what was, what is expected, and how sure that is."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from core.charts.bands import BandOf, rate_bands_of
from core.charts.canvas import Panel, stacked_canvas
from core.charts.ground import (
    NO_NAMES,
    add_clock_changes,
    add_closed,
    add_named_days,
    add_now,
    named_words,
)
from core.charts.picture import Look, Picture
from core.charts.series import (
    SHARE,
    Story,
    draw_story,
    story_words,
)
from core.charts.series_table import story_columns, story_table
from core.charts.time_axis import set_time_axis
from core.charts.timeline import closed_hours, view_of

HEIGHT = 206


def rate_forecast_chart(
    history: pd.DataFrame,
    forecast: pd.DataFrame,
    look: Look,
    *,
    level: float = 0.95,
    of: BandOf = BandOf.OBSERVED,
    earlier: pd.DataFrame | None = None,
    baseline: pd.DataFrame | None = None,
    adjusted: pd.DataFrame | None = None,
    named: Mapping[date, str] = NO_NAMES,
) -> Picture:
    """Draw the answer rate: history, forecast with its bands, and what was forecast before.

    Parameters
    ----------
    history : DataFrame
        `core.frames.RATE_HISTORY` of one campaign, cut to what is to be seen.
    forecast : DataFrame
        `core.frames.FORECAST_ROWS` of one method; without bounds there is no band.
    look : Look
        Zone, palette, now.
    level : float
        What ``yhat_lower`` and ``yhat_upper`` claim, a share; the bands of other levels that the
        rows hold are drawn too.
    of : BandOf
        Whether the bands of the observed share are drawn, or that of the probability; the table
        has both.
    earlier : DataFrame, optional
        `core.frames.FORECAST_ROWS` that were stored before the hours came; dotted under the
        actuals.
    baseline : DataFrame, optional
        `core.frames.FORECAST_ROWS` of the seasonal-naive method.
    adjusted : DataFrame, optional
        `core.frames.FORECAST_ROWS` as people adjusted them.
    named : mapping of date to str
        Holidays and special days of the centre's clock, named at the top.

    Returns
    -------
    Picture
        Its table holds shares; its figure per cent.
    """
    # An hour in which nothing was offered has no rate: 0 over 0 is a gap, not 0.
    rate = history["answered"] / history["offered"]
    actual = pd.DataFrame({"ds": history["ds"], "value": rate, "status": history["status"]})
    drawn, tabled = rate_bands_of(forecast, level, of)
    story = Story(
        actual,
        forecast,
        drawn,
        level,
        tabled,
        earlier=earlier,
        baseline=baseline,
        adjusted=adjusted,
    )
    canvas = stacked_canvas([Panel("", HEIGHT, SHARE.axis)], look)
    view = view_of(history, forecast)
    if view is not None:
        set_time_axis(canvas, view)
        add_closed(canvas, closed_hours(history, forecast), view)
        add_clock_changes(canvas, view)
        add_now(canvas, view)
        add_named_days(canvas, named, view)
    legend = draw_story(canvas, story, SHARE)
    words = story_words(story, SHARE, look, "Answer rate by hour") + named_words(named)
    return Picture(
        canvas.figure(), words, tuple(legend), story_table(story), story_columns(SHARE, story)
    )
