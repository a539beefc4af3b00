"""Builders of forecasts and capacities."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from core.forecasting.forecast import Forecast, SeriesKind
from tests.support.hourly_forecast import hourly_forecast

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
    return hourly_forecast(
        start,
        values,
        np.array(values, dtype=float) * 0.9,
        kind=kind,
        series_id="winback",
        series_name="Winback",
        method="stl",
        history_start=start - timedelta(hours=1, days=14),
        history_hours={"open": 336},
        made_at=made_at,
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
