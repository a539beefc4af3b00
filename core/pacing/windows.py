"""Low-volume windows: contiguous future stretches in which few contacts are expected.

The published tutorial takes the 25 % quantile over every hour of the forecast and spans from the
first low hour to the last. Two repairs here: a window is contiguous, ahead and within callable
hours; and the quantile is taken over the hours that could become a window, because over all hours
closed nights (exactly 0) push it down to 0 and no hour lies under it. The tutorial's own threshold
stays available (`ThresholdHours.ALL`). When a contact may be called is told by the caller.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from core.clock import hour_start
from core.errors import DataError, UsageError
from core.frames import FORECAST_ROWS
from core.pacing.recommendation import LowVolumeWindow
from core.pacing.wording import share_text

HOUR = timedelta(hours=1)


class ThresholdHours(StrEnum):
    """Over which hours the threshold's quantile is taken."""

    CALLABLE = "callable"
    """Future callable hours in which the centre is open (a closed hour is exactly 0)."""
    ALL = "all"
    """Every hour of the forecast, as the tutorial has it."""


class LowVolume(NamedTuple):
    """Low-volume windows and the threshold under which their hours lie.

    Parameters
    ----------
    windows : tuple of LowVolumeWindow
        In order of time; at least one.
    threshold : float
        Unit: contacts an hour.
    """

    windows: tuple[LowVolumeWindow, ...]
    threshold: float


def low_volume_windows(
    rows: pd.DataFrame,
    *,
    now: datetime,
    is_callable: Callable[[datetime], bool],
    quantile: float = 0.25,
    minimum_hours: int = 1,
    over: ThresholdHours = ThresholdHours.CALLABLE,
) -> LowVolume:
    """Return the contiguous future low-volume windows within callable hours.

    Parameters
    ----------
    rows : DataFrame
        Forecast of one volume, see `core.frames.FORECAST_ROWS`.
    now : datetime
        Aware; no window begins before it.
    is_callable : callable of datetime to bool
        Whether contacts may be called in the hour that begins at a moment.
    quantile : float
        Low hours lie strictly under this quantile of the expected contacts. Unit: share.
    minimum_hours : int
        Shorter windows are left out. Unit: hours.
    over : ThresholdHours
        Over which hours the quantile is taken.

    Returns
    -------
    LowVolume
        Windows split wherever an hour is not low, not callable or missing. Hours are counted in
        UTC, so the day of a clock change needs no rule of its own.

    Raises
    ------
    DataError
        If there is no callable hour ahead, no low hour, or no window of the minimum length.
    UsageError
        If quantile or minimum make no sense.

    Notes
    -----
    Over callable hours, hours of exactly 0 are closed (see `core.frames.FORECAST_ROWS`): nobody
    is there to call. They neither lower the threshold nor join a window. Over all hours they do
    both, as in the tutorial.
    """
    if not 0 < quantile < 1 or minimum_hours < 1:
        raise UsageError(
            f"Low-volume windows of at least {minimum_hours} h under the quantile {quantile:g}"
            " cannot be.",
            "Use a quantile between 0 and 1, and at least 1 hour.",
        )
    rows = FORECAST_ROWS.check(rows).sort_values("ds", ignore_index=True)
    eligible = rows[_is_eligible(rows["ds"], now, is_callable)]
    if over is ThresholdHours.CALLABLE:
        eligible = eligible[eligible["yhat"] != 0]
    if eligible.empty:
        raise DataError(
            "No hour of the forecast is ahead, callable and open.",
            "Make a new forecast, or widen the callable hours.",
        )
    basis = eligible if over is ThresholdHours.CALLABLE else rows
    threshold = float(basis["yhat"].quantile(quantile))
    windows = _windows(eligible[eligible["yhat"] < threshold])
    long_enough = tuple(window for window in windows if window.hours >= minimum_hours)
    if not long_enough:
        raise _no_window(threshold, quantile, minimum_hours, windows)
    return LowVolume(long_enough, threshold)


def _is_eligible(
    starts: "pd.Series[pd.Timestamp]", now: datetime, is_callable: Callable[[datetime], bool]
) -> list[bool]:
    first = hour_start(now + HOUR - timedelta(microseconds=1))
    return [
        start >= first and is_callable(start)
        for start in (stamp.to_pydatetime() for stamp in starts)
    ]


def _windows(low: pd.DataFrame) -> tuple[LowVolumeWindow, ...]:
    if low.empty:
        return ()
    stretch = (low["ds"].diff() != HOUR).cumsum()
    return tuple(
        LowVolumeWindow(
            start=hours["ds"].iloc[0].to_pydatetime(),
            end=hours["ds"].iloc[-1].to_pydatetime() + HOUR,
            expected_contacts=float(hours["yhat"].mean()),
        )
        for _, hours in low.groupby(stretch)
    )


def _no_window(
    threshold: float,
    quantile: float,
    minimum_hours: int,
    windows: Sequence[LowVolumeWindow],
) -> DataError:
    if not windows:
        return DataError(
            "The forecast has no low-volume hour: no callable hour ahead lies under its"
            f" {share_text(quantile)} quantile, {threshold:.1f} contacts an hour.",
            "Forecast further ahead, raise the quantile, or change the callable hours.",
        )
    longest = max(window.hours for window in windows)
    return DataError(
        f"The longest low-volume window has {longest:g} h; {minimum_hours} h are asked for.",
        "Lower the minimum length, raise the quantile, or forecast further ahead.",
    )
