"""Volume taken apart: a level that moves from day to day, times the shape of the week.

The level of past days is a mean over a week; the shape is what is left when it is divided out, so a
shift of the level does not smear the shape. The level is carried on flat, by exponential smoothing
over days whose weight each series chooses by its own errors one to seven days ahead.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.cleaned import WeekCounts
from core.forecasting.panel import Panel

NAME = "decomposition"
HALF_LIFE_WEEKS = 6.0
ROUNDS = 2
WEIGHTS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5)
"""Of the latest day in the level."""
LEADS = (1, 3, 5, 7)
LEVELS = (0.2, 5.0)
"""Beyond these shares of the usual a level is not believed."""
PARAMETERS = {
    "half_life_weeks": HALF_LIFE_WEEKS,
    "level_weights": ", ".join(f"{weight:g}" for weight in WEIGHTS),
}

Floats = npt.NDArray[np.float64]


def forecast(panel: Panel) -> Floats:
    """Return level times shape for each hour to forecast, shape (n_series, horizon)."""
    weeks = panel.cleaned
    shape, _ = shape_and_level(weeks)
    values: Floats = (shape * level_ahead(weeks, shape)[:, None])[:, weeks.week_ahead]
    return values


def shape_and_level(weeks: WeekCounts) -> tuple[Floats, Floats]:
    """Return the shape of the week, and the level of each past day against it.

    Returns
    -------
    shape : array, shape (n_series, 168)
        Contacts an hour at level 1.
    level : array, shape (n_series, n_weeks * 7)
        Around 1.
    """
    shape = weeks.profile(HALF_LIFE_WEEKS)
    level = np.ones((shape.shape[0], weeks.counts.shape[1] * 7))
    for _ in range(ROUNDS):
        level = _centred_level(weeks, shape)
        hourly = np.repeat(level, 24, axis=1).reshape(weeks.counts.shape)
        shape = weeks.profile(HALF_LIFE_WEEKS, hourly)
    return shape, level


def level_ahead(weeks: WeekCounts, shape: Floats) -> Floats:
    """Return the level after the last day, shape (n_series,)."""
    came, usual = day_sums(weeks, shape)
    start = 1e-6 * usual.max(axis=1, keepdims=True) + 1.0
    days = came.shape[1]
    first = np.argmax(usual > 0, axis=1)[:, None]
    age = np.maximum(np.arange(days + 1) - first, 0)
    is_judged = np.arange(days) >= first + (days - first) // 3
    best_error = np.full(len(came), np.inf)
    best = np.ones(len(came))
    for weight in WEIGHTS:
        decay = _decay(days, 1.0 - weight)
        began = start * (1.0 - weight) ** age
        level = (began + came @ decay) / (began + usual @ decay)
        error = _error_ahead(level, came, usual, is_judged)
        # A hair's breadth is no reason to forget faster.
        is_better = error < best_error * 0.995
        best = np.where(is_better, level[:, -1], best)
        best_error = np.where(is_better, error, best_error)
    return np.clip(best, *LEVELS)


def day_sums(weeks: WeekCounts, shape: Floats) -> tuple[Floats, Floats]:
    """Return what came on each day and what is usual for the same hours."""
    came = weeks.by_day(weeks.known)
    return came, weeks.by_day(weeks.weight * shape[:, None])


@dataclass(frozen=True)
class VolumeParts:
    """What volumes are made of, over history and forecast, by what share of the level they move.

    Parameters
    ----------
    moving : array, shape (n_series, n_hours + horizon)
        The level, around 1.
    overall : array, shape (n_series,)
        Mean of the hours of the week in use, at level 1. Unit: contacts an hour.
    by_weekday : array, shape (n_series, 7)
        Likewise of each weekday.
    shape : array, shape (n_series, 168)
        Contacts an hour at level 1.
    """

    moving: Floats
    overall: Floats
    by_weekday: Floats
    shape: Floats


def taken_apart(panel: Panel) -> VolumeParts:
    """Return what the volumes of a panel are made of."""
    weeks = panel.cleaned
    shape, level = shape_and_level(weeks)
    ahead = np.repeat(level_ahead(weeks, shape)[:, None], panel.horizon, axis=1)
    moving = np.concatenate([level[:, weeks.place // 24], ahead], axis=1)
    used = (weeks.weight > 0).any(axis=1)
    by_day, used_by_day = (each.reshape(-1, 7, 24) for each in (shape * used, used))
    overall = (shape * used).sum(axis=1) / np.maximum(used.sum(axis=1), 1)
    by_weekday = by_day.sum(axis=2) / np.maximum(used_by_day.sum(axis=2), 1)
    return VolumeParts(moving, overall, by_weekday, shape)


def components(panel: Panel, parts: VolumeParts, row: int, values: Floats) -> pd.DataFrame:
    """Return what the volume of one series is made of, over history and forecast.

    Parameters
    ----------
    panel : Panel
        The series.
    parts : VolumeParts
        Of the panel.
    row : int
        Which series.
    values : array, shape (horizon,)
        The forecast that is explained, by whatever method.

    Returns
    -------
    DataFrame
        ``ds``, ``trend``, ``weekly``, ``daily`` and ``remainder``. Unit: contacts an hour. They add
        up to the count where there is one, and to the forecast ahead, and are 0 where closed; the
        remainder holds what level and shape leave over.
    """
    first = panel.hours - panel.lengths[row]
    week = panel.week[first:]
    moving = parts.moving[row, first:]
    overall = parts.overall[row]
    weekly = parts.by_weekday[row, week // 24] - overall
    daily = parts.shape[row, week] - parts.by_weekday[row, week // 24]
    came = np.concatenate([panel.counts[row, first:], values])
    moving = np.where(np.concatenate([panel.closed[row, first:], panel.shut[row]]), 0.0, moving)
    fitted = moving * (overall + weekly + daily)
    return pd.DataFrame(
        {
            "ds": panel.ds[first:],
            "trend": moving * overall,
            "weekly": moving * weekly,
            "daily": moving * daily,
            "remainder": np.where(np.isnan(came), 0.0, came - fitted),
        }
    )


def _centred_level(weeks: WeekCounts, shape: Floats) -> Floats:
    series, count = weeks.counts.shape[:2]
    came = weeks.known.reshape(series, count * 7, 24).sum(axis=2)
    usual = (weeks.weight * shape[:, None]).reshape(series, count * 7, 24).sum(axis=2)
    least = np.maximum(0.02 * usual.max(axis=1, keepdims=True), 1.0)
    level: Floats = (_week_around(came) + least) / (_week_around(usual) + least)
    return level


def _week_around(by_day: Floats) -> Floats:
    total = np.cumsum(np.pad(by_day, ((0, 0), (4, 3))), axis=1)
    around: Floats = total[:, 7:] - total[:, :-7]
    return around


def _decay(days: int, kept: float) -> Floats:
    """Weights of each day in the sums before each later day, shape (n_days, n_days + 1)."""
    lag = np.arange(days + 1)[None, :] - 1 - np.arange(days)[:, None]
    weights: Floats = np.where(lag >= 0, kept ** np.maximum(lag, 0), 0.0)
    return weights


def _error_ahead(
    level: Floats, came: Floats, usual: Floats, is_judged: npt.NDArray[np.bool_]
) -> Floats:
    """Sum of errors at some leads; the level at column d knows the days before d."""
    days = came.shape[1]
    error = np.zeros(len(came))
    for lead in LEADS:
        known = level[:, : max(days - lead + 1, 0)]
        off = np.abs(came[:, lead - 1 :] - known * usual[:, lead - 1 :])
        error += (off * is_judged[:, : off.shape[1]]).sum(axis=1)
    return error
