"""The tutorial's volume forecast: Prophet on a completed, forward-filled hourly series.

Daily and weekly seasonality, additive, changepoint prior 0.05. It is kept exactly as the tutorial
has it, with what it does badly: a forward-filled night repeats the last busy hour, and volumes may
come out negative. Nothing is clipped here; negative hours are counted in a warning.

Prophet is slow to import and is imported where it is used.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.errors import DataError
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import MINIMUM_HOURS, ForecastParts
from core.forecasting.series import hours_ahead, to_last_record, usable

if TYPE_CHECKING:
    from prophet import Prophet

NAME = "tutorial"
CHANGEPOINT_PRIOR_SCALE = 0.05
DRAWS = 1000
TWO_WEEKS = 14 * 24
FIT_FAILURES = (RuntimeError, ValueError, OSError)
"""What Prophet raises where it cannot be fitted."""


@dataclass(frozen=True, slots=True)
class TutorialVolume:
    """Prophet as the tutorial sets it.

    Parameters
    ----------
    weekly, daily : bool
        Whether the model has a weekly and a daily shape. The tutorial has both, and offers to
        leave one out where there are fewer than two full weeks.
    """

    weekly: bool = True
    daily: bool = True

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
        self, history: pd.DataFrame, horizon: int, level: float, seed: int
    ) -> ForecastParts:
        """Return the forecast; see `core.forecasting.forecaster.Forecaster.forecast`."""
        usable(history, self.kind, self.minimum_hours)
        recorded = usable(to_last_record(history), self.kind, self.minimum_hours)
        prepared = prepare(recorded)
        model = self._fitted(prepared, level, str(recorded["unique_id"].iloc[0]))
        ahead = hours_ahead(history, horizon)
        predicted = predict(model, ahead, seed)
        rows = predicted[["yhat", "yhat_lower", "yhat_upper"]].assign(ds=ahead, closed=False)
        hours = pd.DatetimeIndex([*recorded["ds"], *ahead])
        return ForecastParts(
            rows,
            parameters={
                "daily_seasonality": self.daily,
                "weekly_seasonality": self.weekly,
                "seasonality_mode": "additive",
                "interval_width": level,
                "changepoint_prior_scale": CHANGEPOINT_PRIOR_SCALE,
                "uncertainty_samples": DRAWS,
                "gaps": "forward-filled",
            },
            band=f"Prophet's own {level * 100:g} % interval, from {DRAWS} drawn futures",
            seed=seed,
            warnings=self._warnings(prepared, rows),
            explain=lambda: components(model, hours),
        )

    def _fitted(self, prepared: pd.DataFrame, level: float, series_id: str) -> "Prophet":
        try:
            return fit(prepared, level, weekly=self.weekly, daily=self.daily)
        except FIT_FAILURES as error:
            raise not_fitted(series_id, error) from error

    def _warnings(self, prepared: pd.DataFrame, rows: pd.DataFrame) -> tuple[str, ...]:
        warnings = []
        if len(prepared) < TWO_WEEKS and (self.weekly or self.daily):
            warnings.append(
                f"There are {len(prepared)} hours of history, fewer than two full weeks: the model "
                "can be run without its weekly or its daily shape."
            )
        negative = int((rows["yhat"] < 0).sum())
        if negative:
            warnings.append(f"{negative} of {len(rows)} hours are forecast below 0 contacts.")
        return tuple(warnings)


def prepare(history: pd.DataFrame) -> pd.DataFrame:
    """Return the series as the tutorial prepares it for Prophet.

    What the tenant gave no record for is filled with the last hour before, night or not; ``y`` is
    whole and never negative.

    Parameters
    ----------
    history : DataFrame
        `core.frames.VOLUME_HISTORY` with ``recorded``; the first hour is a recorded one.

    Returns
    -------
    DataFrame
        ``ds`` (UTC, without a zone, for Prophet refuses one) and ``y``. Unit: contacts an hour.

    Examples
    --------
    >>> history = pd.DataFrame(
    ...     {
    ...         "ds": pd.date_range("2026-11-23T09:00Z", periods=3, freq="h"),
    ...         "y": [4.0, float("nan"), 6.0],
    ...         "recorded": [True, False, True],
    ...     }
    ... )
    >>> prepare(history)["y"].tolist()
    [4, 4, 6]
    """
    # A recorded hour that was judged closed had counted 0.
    counted = history["y"].fillna(0.0).where(history["recorded"].astype(bool))
    whole = counted.ffill().fillna(0.0).astype("int64").clip(lower=0)
    return pd.DataFrame({"ds": history["ds"].dt.tz_localize(None), "y": whole})


def fit(prepared: pd.DataFrame, level: float, *, weekly: bool, daily: bool) -> "Prophet":
    """Return Prophet, fitted with the tutorial's settings."""
    settings = {
        "daily_seasonality": daily,
        "weekly_seasonality": weekly,
        "seasonality_mode": "additive",
        "interval_width": level,
        "changepoint_prior_scale": CHANGEPOINT_PRIOR_SCALE,
        "uncertainty_samples": DRAWS,
    }
    return fit_quietly(prepared, settings)


def fit_quietly(prepared: pd.DataFrame, settings: Mapping[str, Any]) -> "Prophet":
    """Return Prophet with some settings, fitted without its chatter and without files left over.

    Parameters
    ----------
    prepared : DataFrame
        ``ds`` without a zone, and ``y``.
    settings : mapping
        Of Prophet's own names.
    """
    import cmdstanpy
    from prophet import Prophet

    # Both set their own loggers to be talkative when they are imported; no other is touched.
    for logger in (cmdstanpy.utils.get_logger(), logging.getLogger("prophet")):
        logger.setLevel(logging.WARNING)
    model = Prophet(**settings)
    model.fit(prepared)
    # Each fit leaves files behind until the process ends; a worker lives for weeks.
    if model.stan_backend is not None:
        model.stan_backend.cleanup()
    return model


def not_fitted(series_id: str, error: Exception) -> DataError:
    """Return the refusal for a series that Prophet could not be fitted to."""
    reason = str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
    return DataError(
        f"Prophet could not be fitted to {series_id}: {reason}.",
        "Choose another method or another span.",
    )


def predict(model: "Prophet", ahead: pd.DatetimeIndex, seed: int) -> pd.DataFrame:
    """Return Prophet's forecast of some hours; the same seed gives the same band.

    Prophet draws from NumPy's global generator, which all threads share. That generator's own lock
    is held meanwhile (it is re-entrant), so no other thread draws in between, and its state is put
    back afterwards.

    Parameters
    ----------
    model : Prophet
        Fitted.
    ahead : DatetimeIndex, shape (n_hours,)
        Aware, UTC.
    seed : int
        0 to 2**32 - 1.
    """
    with np.random.mtrand.get_bit_generator().lock:
        before = np.random.get_state()
        try:
            np.random.seed(seed)
            return model.predict(_frame(ahead))
        finally:
            np.random.set_state(before)


def components(model: "Prophet", hours: pd.DatetimeIndex) -> pd.DataFrame:
    """Return trend and seasonal terms of some hours, without drawing futures.

    Returns
    -------
    DataFrame
        ``ds`` (aware, UTC) and ``trend``, ``weekly``, ``daily`` and ``yearly``, as far as the model
        has them. Unit: contacts an hour.
    """
    draws, model.uncertainty_samples = model.uncertainty_samples, 0
    try:
        explained = model.predict(_frame(hours))
    finally:
        model.uncertainty_samples = draws
    names = [name for name in ("trend", "weekly", "daily", "yearly") if name in explained]
    return explained[names].assign(ds=hours)[["ds", *names]]


def _frame(hours: pd.DatetimeIndex) -> pd.DataFrame:
    return pd.DataFrame({"ds": hours.tz_localize(None)})
