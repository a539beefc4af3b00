"""Builders of forecasts and capacities."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from core.forecasting.forecast import Forecast, SeriesKind

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

ForecastBuilder = Callable[..., Forecast]
CapacityBuilder = Callable[..., pd.DataFrame]


def _forecast(
    values: Sequence[float],
    *,
    kind: SeriesKind = SeriesKind.ANSWER_RATE,
    start: datetime = NOON,
    made_at: datetime = NOON,
    warnings: tuple[str, ...] = (),
) -> Forecast:
    cutoff = start - timedelta(hours=1)
    hours = pd.date_range(start, periods=len(values), freq="h", unit="us")
    rows = pd.DataFrame(
        {
            "unique_id": "winback",
            "ds": hours,
            "model": "stl",
            "cutoff": pd.Timestamp(cutoff).as_unit("us"),
            "yhat": np.array(values, dtype=float),
            "yhat_lower": np.array(values, dtype=float) * 0.9,
            "yhat_upper": np.nan,
        }
    )
    return Forecast(
        forecast_id="F-1",
        kind=kind,
        series_id="winback",
        series_name="Winback",
        method="stl",
        requested_method="stl",
        reason="",
        parameters={},
        level=0.95,
        band="",
        cutoff=cutoff,
        history_start=cutoff - timedelta(days=14),
        history_hours={"open": 336},
        made_at=made_at,
        time_zone="UTC",
        seed=None,
        versions={},
        rows=rows,
        components=pd.DataFrame(),
        warnings=warnings,
    )


def _capacity(agents: Sequence[float], *, start: datetime = NOON) -> pd.DataFrame:
    hours = pd.date_range(start, periods=len(agents), freq="h", unit="us")
    return pd.DataFrame({"ds": hours, "agents": np.array(agents, dtype=float)})


@pytest.fixture
def forecast_of() -> ForecastBuilder:
    """Build a forecast from its values."""
    return _forecast


@pytest.fixture
def capacity_of() -> CapacityBuilder:
    """Build a schedule from its agents."""
    return _capacity
