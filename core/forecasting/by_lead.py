"""Where a method's errors lie: by lead time, and by hour of the centre's week.

Reads comparisons of forecasts made before their hours came; fits nothing and looks at nothing
that a model was fitted on.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import LocalTime
from core.forecasting.scores import score

WEEK_HOURS = 168
SHORT_EDGES = (3, 6, 12, 24, 48)
"""Last lead time of each group of a short horizon. Unit: hours."""
DAYS_APART = 14
"""Up to so many days a long horizon is told by days, beyond by weeks."""


@dataclass(frozen=True, slots=True)
class LeadScore:
    """How far forecasts were off at some lead times.

    Parameters
    ----------
    first, last : int
        Lead times in it; 1 is the hour after the cutoff. Unit: hours.
    error, bias, coverage
        As in `core.forecasting.forecast.Scores`.
    hours : int
        How many hours were compared.
    """

    first: int
    last: int
    error: float | None
    bias: float | None
    coverage: float | None
    hours: int


def lead_groups(horizon: int) -> tuple[tuple[int, int], ...]:
    """Return the first and last lead time of each group that a horizon is told by.

    Examples
    --------
    >>> lead_groups(24)
    ((1, 3), (4, 6), (7, 12), (13, 24))
    >>> lead_groups(72)
    ((1, 24), (25, 48), (49, 72))
    """
    if horizon <= SHORT_EDGES[-1]:
        edges = [edge for edge in SHORT_EDGES if edge < horizon] + [horizon]
    else:
        step = 24 if horizon <= DAYS_APART * 24 else WEEK_HOURS
        edges = [*range(step, horizon, step), horizon]
    return tuple(zip([1, *(edge + 1 for edge in edges[:-1])], edges, strict=True))


def lead_hours(compared: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return how far ahead of its cutoff each hour lies; the hour after it is 1.

    Examples
    --------
    >>> ds = pd.date_range("2026-11-23T10:00Z", periods=2, freq="h")
    >>> lead_hours(pd.DataFrame({"ds": ds, "cutoff": ds[0] - pd.Timedelta("1h")})).tolist()
    [1, 2]
    """
    seconds = (compared["ds"] - compared["cutoff"]).dt.total_seconds().to_numpy(dtype="float64")
    leads: npt.NDArray[np.int64] = (seconds // 3600).astype("int64")
    return leads


def by_lead_time(
    compared: pd.DataFrame, kind: SeriesKind, level: float, horizon: int
) -> tuple[LeadScore, ...]:
    """Return scores by lead time, the groups of `lead_groups` that have an hour to compare.

    Parameters
    ----------
    compared : DataFrame
        As `core.forecasting.backtest.backtest` returns it.
    kind : SeriesKind
        What was forecast.
    level : float
        What the band claimed to cover, a share.
    horizon : int
        Unit: hours.
    """
    if compared.empty:
        return ()
    leads = lead_hours(compared)
    told = []
    for first, last in lead_groups(horizon):
        scores = score("", compared[(leads >= first) & (leads <= last)], kind, level)
        if scores.hours:
            told.append(
                LeadScore(first, last, scores.error, scores.bias, scores.coverage, scores.hours)
            )
    return tuple(told)


def by_hour_of_week(
    compared: pd.DataFrame, kind: SeriesKind, centre: LocalTime
) -> tuple[float | None, ...]:
    """Return the error of each hour of the centre's week, Monday 00:00 first.

    Parameters
    ----------
    compared : DataFrame
        As `core.forecasting.backtest.backtest` returns it.
    kind : SeriesKind
        What was forecast.
    centre : LocalTime
        The centre's clock.

    Returns
    -------
    tuple of float or None, 168 of them
        Volumes: absolute errors over contacts of that hour; answer rates: absolute error weighted
        by calls offered. None where nothing came, closed hours among them.
    """
    if compared.empty:
        return (None,) * WEEK_HOURS
    hours = centre.hour_of_week(pd.DatetimeIndex(compared["ds"]))
    weight = compared["weight"].to_numpy(dtype="float64")
    actual = compared["actual"].to_numpy(dtype="float64")
    deviation = np.abs(compared["yhat"].to_numpy(dtype="float64") - actual)
    size = weight * actual if kind is SeriesKind.VOLUME else weight
    wrong = np.bincount(hours, weight * deviation, minlength=WEEK_HOURS)
    whole = np.bincount(hours, size, minlength=WEEK_HOURS)
    return tuple(
        float(part / of) if of > 0 else None for part, of in zip(wrong, whole, strict=True)
    )
