"""A fast volume method as one forecaster among others: a panel of a single series.

Many series are forecast together by `core.forecasting.volume_choice`; both use the same methods.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting import volume_decomposition
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import MINIMUM_HOURS, ForecastParts, LocalTime
from core.forecasting.panel import Panel, panel_of
from core.forecasting.rolled import AVERAGE, SHARPNESS, Rolled, roll
from core.forecasting.series import usable
from core.forecasting.volume_methods import NAMES, PARAMETERS, volumes

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FastVolume:
    """One of the fast volume methods, or their average.

    Parameters
    ----------
    name : str
        One of `core.forecasting.volume_methods.NAMES`, or ``average``.
    centre : LocalTime
        The centre's clock and calendar.
    """

    name: str
    centre: LocalTime

    @property
    def kind(self) -> SeriesKind:
        """What it forecasts."""
        return SeriesKind.VOLUME

    @property
    def minimum_hours(self) -> int:
        """How many hours of history it needs."""
        return MINIMUM_HOURS

    def forecast(
        self,
        history: pd.DataFrame,
        horizon: int,
        level: float,  # noqa: ARG002
        seed: int,  # noqa: ARG002
    ) -> ForecastParts:
        """Return the forecast; see `core.forecasting.forecaster.Forecaster.forecast`."""
        usable(history, self.kind, self.minimum_hours)
        panel = panel_of([history], self.centre, horizon)
        weights = None
        if self.name == AVERAGE:
            weights = roll(panel, NAMES).weights(NAMES)
            values = averaged(panel, weights)[0]
        else:
            values = volumes(panel, self.name)[0]
        rows = pd.DataFrame({"ds": panel.ahead, "yhat": values, "closed": panel.shut[0]}).assign(
            yhat_lower=np.nan, yhat_upper=np.nan
        )

        def explain() -> pd.DataFrame:
            parts = volume_decomposition.taken_apart(panel)
            return volume_decomposition.components(panel, parts, 0, values)

        return ForecastParts(
            rows,
            parameters_of(self.name, weights, 0),
            explain=explain,
        )


def averaged(panel: Panel, weights: Floats) -> Floats:
    """Return the weighted mean of all fast methods, shape (n_series, horizon).

    Parameters
    ----------
    panel : Panel
        The series.
    weights : array, shape (n_methods, n_series)
        Of each of `core.forecasting.volume_methods.NAMES`.
    """
    made = np.stack([volumes(panel, name) for name in NAMES])
    mean: Floats = (weights[:, :, None] * made).sum(axis=0)
    return mean


def parameters_of(name: str, weights: Floats | None, row: int) -> Mapping[str, Any]:
    """Return what a method ran with, for one series of a panel."""
    if name != AVERAGE or weights is None:
        return dict(PARAMETERS[name])
    parts = sorted(zip(weights[:, row].tolist(), NAMES, strict=True), reverse=True)
    told = ", ".join(f"{member} {weight:.2f}" for weight, member in parts if weight >= 0.005)
    return {"weights": told, "sharpness": SHARPNESS}


def tried(panel: Panel, names: tuple[str, ...]) -> Rolled:
    """Return past forecasts of some fast methods, the average among them if it is named."""
    if AVERAGE in names:
        return roll(panel, NAMES).with_average(NAMES)
    return roll(panel, names)
