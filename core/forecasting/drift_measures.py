"""What drift is judged by: errors, spreads and shifts of level, with chance allowed for.

Hours of one day resemble each other, so that each counts for a third of itself. Nothing here has
a limit of its own or says a word; that is for `core.forecasting.drift_triggers`.
"""

from math import exp, lgamma, log, sqrt

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.forecast import Forecast, SeriesKind

ALIKE = 3.0
"""So many neighbouring hours say as much as one."""
RARE = 0.001
"""A chance below it is no excuse."""
SHIFT_HOURS = 10
"""The least on either side of a shift."""

Numbers = npt.NDArray[np.float64]


def chance_of_at_most(held: int, tried: int, level: float) -> float:
    """Return the chance that so few of some hours lie within a band that keeps its promise.

    Examples
    --------
    >>> round(chance_of_at_most(1, 2, 0.5), 2), chance_of_at_most(5, 5, 0.95) > 0.999
    (0.75, True)
    """
    return sum(
        exp(
            lgamma(tried + 1)
            - lgamma(k + 1)
            - lgamma(tried - k + 1)
            + k * log(level)
            + (tried - k) * log(1.0 - level)
        )
        for k in range(held + 1)
    )


def least_held(tried: int, level: float) -> float:
    """Return the least share that a band may hold of some hours before chance is no excuse."""
    held = next(k for k in range(tried + 1) if chance_of_at_most(k, tried, level) >= RARE)
    return held / tried


def open_share(forecast: Forecast) -> float:
    """Return the share of hours forecast open: a backtest counts closed ones too, as no error."""
    rows = forecast.rows
    closed = (rows["yhat"] == 0) & ~(rows["yhat_upper"] > 0)
    return max(1.0 - float(closed.mean()), 1.0 / max(1, len(rows)))


def numbers_of(frame: pd.DataFrame, name: str) -> Numbers:
    """Return a column as plain numbers."""
    return frame[name].to_numpy(dtype="float64")


def weighed(kind: SeriesKind, compared: pd.DataFrame) -> tuple[Numbers, Numbers, float]:
    """Return weights, deviations, and what a sum of them is to be divided by."""
    weight, actual = numbers_of(compared, "weight"), numbers_of(compared, "actual")
    size = weight * actual if kind is SeriesKind.VOLUME else weight
    return weight, numbers_of(compared, "yhat") - actual, float(size.sum())


def error_and_hours(kind: SeriesKind, compared: pd.DataFrame) -> tuple[float, float]:
    """Return the error, and how many even hours the uneven ones are worth."""
    weight, deviation, size = weighed(kind, compared)
    if size <= 0:
        return 0.0, 1.0
    worth = weight * (numbers_of(compared, "actual") if kind is SeriesKind.VOLUME else 1.0)
    return float((weight * np.abs(deviation)).sum() / size), size**2 / float((worth**2).sum())


def spread_of(centred: Numbers, size: float) -> float:
    """Return the standard error of a weighted mean whose neighbouring terms are alike."""
    return sqrt(ALIKE * float((centred**2).sum())) / size if size > 0 else float("inf")


def strongest_split(residuals: Numbers) -> tuple[int, float]:
    """Return the place at which the means before and after differ most, and by how much."""
    hours = len(residuals)
    if hours < 2 * SHIFT_HOURS:
        return 0, 0.0
    places = np.arange(SHIFT_HOURS, hours - SHIFT_HOURS + 1)
    sums = np.concatenate([[0.0], np.cumsum(residuals)])
    before = sums[places] / places
    after = (sums[-1] - sums[places]) / (hours - places)
    reach = np.sqrt(places * (hours - places) / hours)
    gap = np.abs(after - before) * reach
    best = int(np.argmax(gap))
    place = int(places[best])
    within = np.concatenate([residuals[:place] - before[best], residuals[place:] - after[best]])
    noise = sqrt(ALIKE * float((within**2).sum()) / max(1, hours - 2))
    if noise > 0:
        return place, float(gap[best]) / noise
    return place, float("inf") if gap[best] > 0 else 0.0


def levels(kind: SeriesKind, compared: pd.DataFrame, split: int) -> tuple[float, float]:
    """Return how far actuals lay from the forecast before and after a place."""
    return _level(kind, compared.iloc[:split]), _level(kind, compared.iloc[split:])


def _level(kind: SeriesKind, part: pd.DataFrame) -> float:
    weight, deviation, _ = weighed(kind, part)
    size = float(numbers_of(part, "yhat").sum() if kind is SeriesKind.VOLUME else weight.sum())
    return -float((weight * deviation).sum()) / size if size > 0 else 0.0
