"""The fast volume methods by name: one pass over any number of series.

Each method gives what an ordinary week would bring; here days unlike others are put in, closed
hours set to exactly 0 and everything kept finite and at least 0. Nothing is chosen or scored here.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from core.forecasting import (
    seasonal_naive,
    volume_decomposition,
    volume_profile,
    volume_regression,
    volume_smoothing,
)
from core.forecasting.day_effects import day_factors
from core.forecasting.panel import Panel

DAILY_NAIVE = "daily-naive"
BASELINE = seasonal_naive.NAME

Floats = npt.NDArray[np.float64]


def yesterday(panel: Panel) -> Floats:
    """Return the same hour of the latest day that has it, shape (n_series, horizon)."""
    counts = volume_smoothing.filled(panel)
    hours = counts.shape[1]
    place = hours - 24 + np.arange(panel.horizon) % 24
    return counts[:, np.maximum(place, 0)]


def last_week(panel: Panel) -> seasonal_naive.Copies:
    """Return the same hour of the latest week that has it: the baseline."""
    counted = (~np.isnan(panel.counts)).sum(axis=1)
    mean = np.nan_to_num(panel.counts).sum(axis=1) / np.maximum(counted, 1)
    return seasonal_naive.copied(
        panel.counts, mean, panel.ds[0], panel.ahead, panel.shut, panel.centre
    )


METHODS: Mapping[str, Callable[[Panel], Floats]] = {
    volume_profile.NAME: volume_profile.forecast,
    volume_regression.NAME: volume_regression.forecast,
    volume_decomposition.NAME: volume_decomposition.forecast,
    volume_smoothing.NAME: volume_smoothing.forecast,
    DAILY_NAIVE: yesterday,
}
"""What an ordinary week brings, by each method but the baseline."""
NAMES = (*METHODS, BASELINE)
PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    volume_profile.NAME: volume_profile.PARAMETERS,
    volume_regression.NAME: volume_regression.PARAMETERS,
    volume_decomposition.NAME: volume_decomposition.PARAMETERS,
    volume_smoothing.NAME: volume_smoothing.PARAMETERS,
    DAILY_NAIVE: {"lag_days": 1},
    BASELINE: seasonal_naive.PARAMETERS,
}


def volumes(panel: Panel, name: str) -> Floats:
    """Return the forecast of a method for each series.

    Parameters
    ----------
    panel : Panel
        The series.
    name : str
        One of `NAMES`.

    Returns
    -------
    array, shape (n_series, horizon)
        Finite, at least 0, and exactly 0 where the centre is expected closed. Unit: contacts an
        hour.
    """
    if name == BASELINE:
        values = last_week(panel).values
    else:
        values = METHODS[name](panel) * day_factors(panel)
    kept: Floats = np.where(panel.shut, 0.0, np.maximum(np.nan_to_num(values), 0.0))
    return kept
