"""Volume by Prophet, with what Prophet needs to be told of contact centres.

Hours that are always closed, odd days and lost records are left out of training; the week has an
order high enough to draw half Fridays; counts are fitted on the square-root scale and the mean that
is lost there is added back, for staffing needs the mean. Days unlike others and closed hours are
put in afterwards as for every method, and nothing is below 0. Prophet is fitted on the centre's own
clock. It has no band of its own: its futures know nothing of counts, past errors do.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import DataError
from core.forecasting.day_effects import day_factors
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import MINIMUM_HOURS, ForecastParts, LocalTime
from core.forecasting.panel import Panel, panel_of
from core.forecasting.prophet import FIT_FAILURES, fit_quietly, not_fitted
from core.forecasting.series import usable

if TYPE_CHECKING:
    from prophet import Prophet

NAME = "prophet"
WEEKLY_ORDER, DAILY_ORDER = 40, 4
CHANGEPOINT_PRIOR_SCALE = 0.01
SETTINGS = {
    "growth": "linear",
    "weekly_seasonality": WEEKLY_ORDER,
    "daily_seasonality": DAILY_ORDER,
    "yearly_seasonality": False,
    "changepoint_prior_scale": CHANGEPOINT_PRIOR_SCALE,
    "uncertainty_samples": 0,
}
LEAST_TRAINED = 24
"""Hours with something to learn from; with fewer there is nothing to fit."""
MONDAY = pd.Timestamp("2001-01-01")
"""Any Monday: the model sees the centre's clock and no date."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CleanedProphet:
    """Prophet on cleaned counts.

    Parameters
    ----------
    centre : LocalTime
        The centre's clock and calendar.
    """

    centre: LocalTime

    @property
    def name(self) -> str:
        """What it is called in results."""
        return NAME

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
        parts = _parts(panel, str(history["unique_id"].iloc[0]))
        values = parts.drop(columns="ds").sum(axis=1).to_numpy()[panel.hours :]
        rows = pd.DataFrame(
            {"ds": panel.ahead, "yhat": np.maximum(values, 0.0), "closed": panel.shut[0]}
        ).assign(yhat_lower=np.nan, yhat_upper=np.nan)
        parameters = {
            "weekly_order": WEEKLY_ORDER,
            "daily_order": DAILY_ORDER,
            "changepoint_prior_scale": CHANGEPOINT_PRIOR_SCALE,
            "scale": "square root, mean added back",
            "left_out": "closed hours, odd days, missing records",
        }
        return ForecastParts(rows, parameters, explain=lambda: parts)


def _parts(panel: Panel, series_id: str) -> pd.DataFrame:
    """Return what the volume is made of, over history and forecast; the sum is the forecast."""
    trained = np.flatnonzero(panel.cleaned.weight[0].ravel()[panel.cleaned.place] > 0)
    if len(trained) < LEAST_TRAINED:
        raise DataError(
            f"{series_id} has {len(trained)} open hours to learn from, too few for Prophet.",
            "Choose another method, or read a longer span.",
        )
    clock = _clock(panel)
    counts = panel.counts[0, trained]
    prepared = pd.DataFrame({"ds": clock[trained], "y": np.sqrt(counts)})
    try:
        model = fit_quietly(prepared, SETTINGS)
    except FIT_FAILURES as error:
        raise not_fitted(series_id, error) from error
    return _in_contacts(model, panel, clock, trained)


def _clock(panel: Panel) -> pd.DatetimeIndex:
    new_week = np.diff(panel.week, prepend=panel.week[0]) < -84
    hours = np.cumsum(new_week) * 168 + panel.week
    return pd.DatetimeIndex(MONDAY + pd.to_timedelta(hours, unit="h"))


def _in_contacts(
    model: "Prophet", panel: Panel, clock: pd.DatetimeIndex, trained: npt.NDArray[np.intp]
) -> pd.DataFrame:
    """Return terms of the square-root scale as contacts.

    With the trend t and the root r = t + w + d, the square r² is t² + (w + d)(r + t), so each term
    has a share of its own, and the shares add up.
    """
    explained = model.predict(pd.DataFrame({"ds": clock}))
    trend, weekly, daily = (
        explained[name].to_numpy(dtype="float64") for name in ("trend", "weekly", "daily")
    )
    # Below 0 on this scale there are no contacts, and a square would make some.
    root = np.maximum(trend + weekly + daily, 0.0)
    cut = root - (trend + weekly + daily)
    both = root + trend
    lost = float(np.mean(panel.counts[0, trained] - root[trained] ** 2))
    is_open = ~np.concatenate([panel.closed[0], panel.shut[0]])
    parts = pd.DataFrame(
        {
            "ds": panel.ds,
            "trend": is_open * (trend**2 + max(lost, 0.0)),
            "weekly": is_open * weekly * both,
            "daily": is_open * (daily + cut) * both,
        }
    )
    ordinary = parts.drop(columns="ds").sum(axis=1).to_numpy()
    factors = np.concatenate([np.ones(panel.hours), day_factors(panel)[0]])
    return parts.assign(special_days=ordinary * (factors - 1.0))
