"""Rolling origin over a whole panel: what each fast method would have forecast, and what came.

At each past cutoff a method sees only the counts before it. Which hours count as missing is judged
once, from the whole history before the forecast: `core.forecasting.backtest` judges even that anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from core.forecasting.backtest import hours_back
from core.forecasting.day_effects import unlike_factors
from core.forecasting.forecast import SeriesKind
from core.forecasting.panel import Panel
from core.forecasting.volume_methods import volumes

AVERAGE = "average"
SHARPNESS = 8.0
"""Weights are past errors to this power, inverted: a method that erred a tenth more counts half."""
LONGEST_TRIAL = 14 * 24
"""Longer horizons are tried out over this much only: a history has few that are longer."""

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rolled:
    """Past forecasts of a panel.

    Parameters
    ----------
    back : tuple of int
        How long before the panel's end each cutoff is, oldest first. Unit: hours.
    valid : array of bool, shape (n_series, n_cutoffs)
        Whether the series had enough history before the cutoff.
    came : array, shape (n_series, n_cutoffs, n_hours)
        What came, closed hours as 0; NaN where missing.
    shut : array of bool, shape (n_series, n_cutoffs, n_hours)
        Where the centre was expected closed.
    factors : array, shape (n_series, n_cutoffs, n_hours)
        What days unlike others were expected to do; NaN on ordinary days.
    forecasts : mapping of str to array, shape (n_series, n_cutoffs, n_hours)
        By method.
    """

    back: tuple[int, ...]
    valid: Flags
    came: Floats
    shut: Flags
    factors: Floats
    forecasts: Mapping[str, Floats]

    @property
    def compared(self) -> Flags:
        """Which hours can be compared."""
        return self.valid[:, :, None] & ~np.isnan(self.came)

    def misses(self, name: str) -> Floats:
        """Return the sum of absolute errors at each cutoff, shape (n_series, n_cutoffs)."""
        off = np.abs(self.forecasts[name] - self.came)
        missed: Floats = np.where(self.compared, off, 0.0).sum(axis=2)
        return missed

    def error(self, name: str) -> Floats:
        """Return the WAPE over all cutoffs, shape (n_series,); NaN where nothing came."""
        came = np.where(self.compared, self.came, 0.0).sum(axis=(1, 2))
        whole = np.where(came > 0, came, np.nan)
        error: Floats = self.misses(name).sum(axis=1) / whole
        return error

    def with_average(self, members: Sequence[str]) -> "Rolled":
        """Return the same with the average of some methods among the forecasts.

        At each cutoff the weights come from the errors at the other cutoffs.
        """
        missed = np.stack([self.misses(name) for name in members])
        others = missed.sum(axis=2, keepdims=True) - missed
        weights = _weights(others)
        made = np.stack([self.forecasts[name] for name in members])
        average = (weights[:, :, :, None] * made).sum(axis=0)
        forecasts = {**self.forecasts, AVERAGE: average}
        return replace(self, forecasts=forecasts)

    def weights(self, members: Sequence[str]) -> Floats:
        """Return the weight of each method in the average now, shape (n_methods, n_series)."""
        return _weights(np.stack([self.misses(name).sum(axis=1) for name in members]))


def roll(panel: Panel, names: Sequence[str]) -> Rolled:
    """Return what some methods would have forecast at past cutoffs of a panel.

    Parameters
    ----------
    panel : Panel
        The series.
    names : sequence of str
        Of `core.forecasting.volume_methods.NAMES`.
    """
    horizon = min(panel.horizon, LONGEST_TRIAL)
    by_series = [hours_back(length, SeriesKind.VOLUME, horizon) for length in panel.lengths]
    back = sorted({hours for each in by_series for hours in each}, reverse=True)
    valid = np.array([[hours in each for hours in back] for each in by_series], dtype=bool)
    shape = (len(panel.lengths), len(back), horizon)
    came, shut, factors = np.empty(shape), np.empty(shape, dtype=bool), np.empty(shape)
    forecasts = {name: np.empty(shape) for name in names}
    for place, hours in enumerate(back):
        then = panel.earlier(hours, horizon)
        came[:, place] = panel.came(hours, horizon)
        shut[:, place] = then.shut
        factors[:, place] = unlike_factors(then)
        for name in names:
            forecasts[name][:, place] = volumes(then, name)
    return Rolled(tuple(back), valid.reshape(shape[:2]), came, shut, factors, forecasts)


def _weights(missed: Floats) -> Floats:
    least = missed.min(axis=0)
    ratio = (least + 1e-9) / (missed + 1e-9)
    weights = ratio**SHARPNESS
    shared: Floats = weights / weights.sum(axis=0)
    return shared
