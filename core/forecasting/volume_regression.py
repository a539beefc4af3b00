"""Volume by robust ridge regression: what the latest weeks add to the usual week.

The usual week is a slow profile; what remains of the counts, in units of chance, is regressed on
Fourier terms of the day and the week and on a trend that ends at the cutoff, so nothing is carried
on beyond what was seen. Recent days count more (half after 28 days), large misses less. What the
last hours were above the fit fades out as fast as such misses did in the past.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from core.forecasting.cleaned import HOURS_PER_WEEK, WeekCounts
from core.forecasting.panel import Panel

NAME = "regression"
PROFILE_HALF_LIFE_WEEKS = 6.0
HALF_LIFE_WEEKS = 4.0
DAILY_ORDER, WEEKLY_ORDER = 4, 12
RIDGE = 8.0
ROUNDS = 2
LARGE_MISS = 2.5
LONGEST_MEMORY = 0.98
TREND_WEEKS = 4.0
PARAMETERS = {
    "half_life_days": HALF_LIFE_WEEKS * 7,
    "daily_order": DAILY_ORDER,
    "weekly_order": WEEKLY_ORDER,
    "ridge": RIDGE,
    "trend": "flat beyond the cutoff",
}

Floats = npt.NDArray[np.float64]


def forecast(panel: Panel) -> Floats:
    """Return the usual week and what is regressed on top, shape (n_series, horizon)."""
    weeks = panel.cleaned
    profile = weeks.profile(PROFILE_HALF_LIFE_WEEKS)
    mean = _overall(weeks, profile)
    chance = np.sqrt(np.maximum(profile, 0.25 * mean)) + 1e-3
    remains = np.where(
        weeks.weight > 0, (np.nan_to_num(weeks.counts) - profile[:, None]) / chance[:, None], 0.0
    )
    fitted, miss = _fit(weeks, remains)
    lingering = _lingering(weeks, miss, panel.horizon)
    added = fitted[:, weeks.week_ahead] + lingering
    values: Floats = profile[:, weeks.week_ahead] + added * chance[:, weeks.week_ahead]
    return values


def _overall(weeks: WeekCounts, profile: Floats) -> Floats:
    used = (weeks.weight > 0).any(axis=1)
    return np.asarray((profile * used).sum(axis=1) / np.maximum(used.sum(axis=1), 1))[:, None]


@cache
def _terms() -> tuple[Floats, Floats]:
    """Intercept and Fourier terms by hour of the week, and the products of any two.

    Shapes (168, n_terms) and (168, n_terms * n_terms).
    """
    hour = np.arange(HOURS_PER_WEEK)
    columns = [np.ones(HOURS_PER_WEEK)]
    for period, order in ((24, DAILY_ORDER), (HOURS_PER_WEEK, WEEKLY_ORDER)):
        for wave in range(1, order + 1):
            angle = 2 * np.pi * wave * hour / period
            columns += [np.sin(angle), np.cos(angle)]
    terms = np.stack(columns, axis=1)
    return terms, (terms[:, :, None] * terms[:, None, :]).reshape(HOURS_PER_WEEK, -1)


def _fit(weeks: WeekCounts, remains: Floats) -> tuple[Floats, Floats]:
    """Return the fit by hour of the week at the cutoff, and what it misses in each past hour."""
    terms, _ = _terms()
    trend = -np.maximum(weeks.age, 0.0) / TREND_WEEKS
    weight = weeks.weight * 0.5 ** (np.maximum(weeks.age, 0.0) / HALF_LIFE_WEEKS)
    belief = np.ones(remains.shape)
    fitted = np.zeros((len(remains), HOURS_PER_WEEK))
    miss = remains
    for _ in range(ROUNDS):
        believed = weight * belief
        beta = _solve(believed, remains, trend)
        fitted = beta[:, :-1] @ terms.T
        miss = remains - fitted[:, None] - beta[:, -1, None, None] * trend
        size = np.maximum(believed.sum(axis=(1, 2)), 1.0)
        usual = np.sqrt((believed * miss**2).sum(axis=(1, 2)) / size)[:, None, None] + 1e-9
        belief = np.minimum(1.0, LARGE_MISS * usual / np.maximum(np.abs(miss), 1e-9))
    return fitted, np.where(weeks.weight > 0, miss, 0.0)


def _solve(weight: Floats, remains: Floats, trend: Floats) -> Floats:
    """Ridge coefficients of each series, the trend's last, shape (n_series, n_terms + 1).

    Terms depend on the hour of the week alone, so weights are first summed over weeks.
    """
    terms, products = _terms()
    count = terms.shape[1]
    by_hour = weight.sum(axis=1)
    gram = np.empty((len(weight), count + 1, count + 1))
    # Not by @: this product is just large enough for the linear-algebra library to start threads,
    # which cost more than they save, and far more where a machine is shared.
    weighed_products = np.einsum("nh,hk->nk", by_hour, products)
    gram[:, :count, :count] = weighed_products.reshape(-1, count, count)
    trended = weight * trend
    gram[:, :count, count] = trended.sum(axis=1) @ terms
    gram[:, count, :count] = gram[:, :count, count]
    gram[:, count, count] = (trended * trend).sum(axis=(1, 2))
    gram += RIDGE * np.eye(count + 1)
    weighed = weight * remains
    target = np.empty((len(weight), count + 1))
    target[:, :count] = weighed.sum(axis=1) @ terms
    target[:, count] = (weighed * trend).sum(axis=(1, 2))
    beta: Floats = np.linalg.solve(gram, target[:, :, None])[:, :, 0]
    return beta


def _lingering(weeks: WeekCounts, miss: Floats, horizon: int) -> Floats:
    """What the last hour's miss still adds, shape (n_series, horizon)."""
    series = miss.reshape(len(miss), -1)[:, weeks.place]
    known = (weeks.weight > 0).reshape(len(miss), -1)[:, weeks.place]
    both = known[:, 1:] & known[:, :-1]
    carried = (series[:, 1:] * series[:, :-1] * both).sum(axis=1)
    size = (series[:, :-1] ** 2 * both).sum(axis=1)
    memory = np.clip(carried / np.maximum(size, 1e-9), 0.0, LONGEST_MEMORY)
    since = np.argmax(known[:, ::-1], axis=1)
    last = np.take_along_axis(series, (series.shape[1] - 1 - since)[:, None], axis=1)
    lead = since[:, None] + np.arange(1, horizon + 1)
    added: Floats = memory[:, None] ** lead * last
    return added
