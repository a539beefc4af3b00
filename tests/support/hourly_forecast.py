"""One builder of forecasts whose hours a test tells by number; all else is as plain as can be."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.forecasting.forecast import Forecast, SeriesKind

Values = Sequence[float] | NDArray[np.float64] | float
NOTHING_BESIDE: Mapping[str, Values] = MappingProxyType({})


def hourly_forecast(
    start: datetime,
    yhat: Sequence[float] | NDArray[np.float64],
    lower: Values = np.nan,
    upper: Values = np.nan,
    *,
    beside: Mapping[str, Values] = NOTHING_BESIDE,
    **facts: Any,
) -> Forecast:
    """Return a forecast of the hours from a start on, whose cutoff is the hour before.

    Parameters
    ----------
    start : datetime
        Aware, a whole hour.
    yhat, lower, upper : sequence of float
        By hour; without a band by default.
    beside : mapping
        Further columns of the rows.
    **facts
        Whatever of the forecast is not to be plain.
    """
    cutoff = start - timedelta(hours=1)
    told: dict[str, Any] = {
        "forecast_id": "F-1",
        "kind": SeriesKind.ANSWER_RATE,
        "series_id": "s",
        "series_name": "s",
        "method": "made",
        "reason": "",
        "parameters": {},
        "level": 0.95,
        "band": "",
        "cutoff": cutoff,
        "history_start": cutoff,
        "history_hours": {},
        "made_at": start,
        "time_zone": "UTC",
        "seed": None,
        "versions": {},
        "components": pd.DataFrame(),
        **facts,
    }
    rows = pd.DataFrame(
        {
            "unique_id": told["series_id"],
            "ds": pd.date_range(start, periods=len(yhat), freq="h", unit="us"),
            "model": told["method"],
            "cutoff": pd.Timestamp(cutoff).as_unit("us"),
            "yhat": np.array(yhat, dtype=float),
            "yhat_lower": lower,
            "yhat_upper": upper,
            **beside,
        }
    )
    return Forecast(**{"requested_method": told["method"], "rows": rows, **told})
