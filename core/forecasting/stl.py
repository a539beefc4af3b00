"""The tutorial's answer-rate forecast: an STL decomposition, carried on.

Hourly rate, gaps filled by linear interpolation and any rest by 0, STL with a period of 24 hours,
robust; then the last trend value plus i times the mean first difference of the trend, plus the last
24 seasonal values, clipped to 0..1. It is kept exactly so, with what it does badly: an hour with 3
calls counts as much as one with 3,000, a mean slope drifts for ever, and nights are bridged by a
straight line.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import DataError
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import MINIMUM_HOURS, ForecastParts
from core.forecasting.series import hours_ahead, observed, to_last_record, usable

NAME = "tutorial"
PERIOD = 24


@dataclass(frozen=True, slots=True)
class TutorialAnswerRate:
    """STL carried on in a straight line, exactly as the tutorial has it.

    The tutorial's grid ends with the last record. Where the history goes on without records, the
    steps are counted from that last record, so every hour has the tutorial's own value.
    """

    @property
    def name(self) -> str:
        """What it is called in results."""
        return NAME

    @property
    def kind(self) -> SeriesKind:
        """What it forecasts."""
        return SeriesKind.ANSWER_RATE

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
        recorded = usable(to_last_record(history), self.kind, self.minimum_hours)
        rates = observed(recorded, self.kind)
        components = decompose(filled(rates))
        if components.isna().any(axis=None):
            raise DataError(
                f"The answer rates of {recorded['unique_id'].iloc[0]} could not be decomposed.",
                "Choose another method, or another span.",
            )
        skipped = len(history) - len(recorded)
        values = carried_on(components, skipped + horizon)[skipped:]
        rows = pd.DataFrame({"ds": hours_ahead(history, horizon), "yhat": values}).assign(
            yhat_lower=np.nan, yhat_upper=np.nan, closed=False
        )
        explained = components.assign(observed=rates).reset_index(names="ds")
        explained = explained[["ds", "observed", "trend", "seasonal", "resid"]]
        parameters = {"period": PERIOD, "robust": True, "gaps": "linear interpolation, then 0"}
        return ForecastParts(rows, parameters, explain=lambda: explained)


def filled(rates: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return hourly rates with gaps interpolated in a straight line, and any rest 0.

    Examples
    --------
    >>> filled(pd.Series([float("nan"), 0.2, float("nan"), 0.4])).round(3).tolist()
    [0.0, 0.2, 0.3, 0.4]
    """
    return rates.interpolate(method="linear").fillna(0.0)


def decompose(rates: "pd.Series[Any]") -> pd.DataFrame:
    """Return trend, seasonal and residual of hourly rates without gaps.

    Parameters
    ----------
    rates : Series of float, shape (n_hours,)
        Indexed by ``ds``. Unit: share.

    Returns
    -------
    DataFrame, shape (n_hours, 3)
        ``trend``, ``seasonal`` and ``resid``, which add up to `rates`.

    References
    ----------
    Cleveland, Cleveland, McRae, Terpenning (1990), STL: a seasonal-trend decomposition procedure
    based on loess. Journal of Official Statistics 6(1).
    """
    from statsmodels.tsa.seasonal import STL  # slow to import, and only this method needs it

    # STL keeps to the values alone, so the index is put back afterwards.
    fitted = STL(rates.to_numpy(), period=PERIOD, robust=True).fit()
    return pd.DataFrame(
        {"trend": fitted.trend, "seasonal": fitted.seasonal, "resid": fitted.resid},
        index=rates.index,
    )


def carried_on(components: pd.DataFrame, steps: int) -> npt.NDArray[np.float64]:
    """Return the decomposition carried on for a number of hours, clipped to 0..1.

    Examples
    --------
    >>> components = pd.DataFrame(
    ...     {"trend": np.linspace(0.1, 0.57, 48), "seasonal": np.tile([0.0, 0.1], 24)}
    ... )
    >>> carried_on(components, 2).round(2).tolist()
    [0.58, 0.69]
    """
    trend = components["trend"].to_numpy()
    ahead = np.arange(1, steps + 1)
    line = trend[-1] + ahead * np.diff(trend).mean()
    season = components["seasonal"].to_numpy()[-PERIOD:][(ahead - 1) % PERIOD]
    rates: npt.NDArray[np.float64] = np.clip(line + season, 0.0, 1.0)
    return rates
