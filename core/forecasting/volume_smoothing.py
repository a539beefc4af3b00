"""Volume by a level that moves from hour to hour, and daily and weekly shapes around it.

For lines that never close, whose level wanders: shapes are means of the latest days and weeks
around a moving average, the level is smoothed over hours with a weight that each series chooses by
its own errors up to two days ahead. Closed hours count 0, so it does badly where centres close.
"""

import numpy as np
import numpy.typing as npt

from core.forecasting.day_effects import CLOSED, ORDINARY
from core.forecasting.panel import Panel

NAME = "smoothing"
MEMORY_HOURS = 6 * 168
"""Older hours tell nothing of a level that wanders."""
DAILY_HALF_LIFE, WEEKLY_HALF_LIFE = 2.0, 2.0
WEEKLY_SHARE = 0.3
WEIGHTS = (0.02, 0.06, 0.15, 0.35, 0.7, 0.95)
"""Of the latest hour in the level."""
LEADS = (1, 6, 12, 24, 36, 48)
EVERY = 5
"""The level is judged at each fifth hour, so that all hours of the day are."""
PARAMETERS = {
    "daily_half_life_days": DAILY_HALF_LIFE,
    "weekly_half_life_weeks": WEEKLY_HALF_LIFE,
    "weekly_share": WEEKLY_SHARE,
    "level_weights": ", ".join(f"{weight:g}" for weight in WEIGHTS),
}

Floats = npt.NDArray[np.float64]


def forecast(panel: Panel) -> Floats:
    """Return level and shapes of each hour to forecast, shape (n_series, horizon)."""
    counts = _remembered(panel)
    shape = _shape(counts)
    phase = np.arange(-counts.shape[1], panel.horizon) % 168
    level = _level(counts - shape[:, phase[: counts.shape[1]]], panel.horizon)
    values: Floats = level[:, None] + shape[:, phase[counts.shape[1] :]]
    return values


def filled(panel: Panel) -> Floats:
    """Return counts without a gap: a missing hour has the usual of its hour of the week."""
    usual = panel.cleaned.profile(4.0)[:, panel.week[: panel.hours]]
    is_odd = ~np.isin(panel.kinds[: panel.hours], (ORDINARY, CLOSED))
    known = np.where(is_odd, np.nan, panel.with_closed)
    return np.where(np.isnan(known), usual, known)


def _remembered(panel: Panel) -> Floats:
    """The latest hours; what lies before a short history is taken as usual.

    So a series is forecast the same beside a longer one as alone.
    """
    counts = filled(panel)[:, -MEMORY_HOURS:]
    lacking = MEMORY_HOURS - counts.shape[1]
    if lacking <= 0:
        return counts
    before = (panel.week[0] - np.arange(lacking, 0, -1)) % 168
    return np.concatenate([panel.cleaned.profile(4.0)[:, before], counts], axis=1)


def _shape(counts: Floats) -> Floats:
    """Deviation from the level by place in the week that ends with the history."""
    hours = counts.shape[1]
    around = counts - _day_around(counts)
    days, weeks = hours // 24, hours // 168
    by_day = around[:, hours - days * 24 :].reshape(len(counts), days, 24)
    shape = np.tile(_recent_mean(by_day, DAILY_HALF_LIFE), 7)
    if weeks < 2:
        return shape
    by_week = around[:, hours - weeks * 168 :].reshape(len(counts), weeks, 168)
    steady = np.tile(_recent_mean(by_day, weeks * 3.5), 7)
    return shape + WEEKLY_SHARE * (_recent_mean(by_week, WEEKLY_HALF_LIFE) - steady)


def _recent_mean(values: Floats, half_life: float) -> Floats:
    count = values.shape[1]
    weight = 0.5 ** (np.arange(count - 1, -1, -1) / half_life)
    mean: Floats = np.einsum("nkp,k->np", values, weight / weight.sum())
    return mean


def _day_around(counts: Floats) -> Floats:
    """Mean over the 24 hours around each, two windows apart by one hour; the ends stand still."""
    hours = counts.shape[1]
    total = np.concatenate([np.zeros((len(counts), 1)), np.cumsum(counts, axis=1)], axis=1)
    place = np.arange(hours)
    means = []
    for shift in (12, 11):
        low = np.clip(place - shift, 0, max(hours - 24, 0))
        high = np.minimum(low + 24, hours)
        means.append((total[:, high] - total[:, low]) / (high - low))
    around: Floats = (means[0] + means[1]) / 2.0
    return around


def _level(around: Floats, horizon: int) -> Floats:
    """Level after the last hour, with the weight that erred least, shape (n_series,)."""
    hours = around.shape[1]
    origins = np.arange(hours // 2, hours, EVERY)
    levels, last = _levels(around, origins)
    error = np.zeros(last.shape)
    for lead in (lead for lead in LEADS if lead <= max(horizon, 24)):
        fits = origins + lead < hours
        ahead = around[:, origins[fits] + lead].T[:, :, None]
        error += np.abs(ahead - levels[fits]).mean(axis=0)
    best = np.argmin(error, axis=1)
    level: Floats = np.take_along_axis(last, best[:, None], axis=1)[:, 0]
    return level


def _levels(around: Floats, origins: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the level by each weight at some hours, and after the last.

    Shapes (n_origins, n_series, n_weights) and (n_series, n_weights). Hour by hour, for products of
    large matrices wait for one another's threads where the machine is shared.
    """
    weight = np.array(WEIGHTS)
    level = np.repeat(around[:, :24].mean(axis=1)[:, None], len(WEIGHTS), axis=1)
    judged = np.empty((len(origins), *level.shape))
    place = 0
    for hour, came in enumerate(around.T[:, :, None]):
        level = level + weight * (came - level)
        if place < len(origins) and hour == origins[place]:
            judged[place] = level
            place += 1
    return judged, level
