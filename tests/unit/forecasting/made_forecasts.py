"""Forecasts made for tests, and histories of what came of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd

from core.forecasting.forecast import Forecast, Scores, SeriesKind
from tests.support.hourly_forecast import hourly_forecast


def volume_forecast(
    start: datetime,
    values: Sequence[float],
    *,
    reach: Sequence[float] | None = None,
    made_at: datetime | None = None,
    forecast_id: str = "F-1",
    scores: tuple[Scores, ...] = (),
) -> Forecast:
    """Return a forecast of the hours from a start on, made in the hour before it."""
    wide = list(reach) if reach is not None else [value * 0.5 for value in values]
    cutoff = start - timedelta(hours=1)
    return hourly_forecast(
        start,
        values,
        [max(0.0, y - w) for y, w in zip(values, wide, strict=True)],
        [y + w for y, w in zip(values, wide, strict=True)],
        forecast_id=forecast_id,
        kind=SeriesKind.VOLUME,
        series_id="Q1",
        series_name="Support",
        method="profile",
        requested_method="auto",
        band="errors of the past",
        history_start=cutoff - timedelta(days=60),
        history_hours={"open": 600, "closed": 800, "missing": 0},
        made_at=made_at or start - timedelta(minutes=30),
        scores=scores,
    )


def came(start: datetime, values: Sequence[float]) -> pd.DataFrame:
    """Return a tidy history of open hours, with a week of calm before."""
    before = 168
    ds = pd.date_range(
        start - timedelta(hours=before), periods=before + len(values), freq="h"
    ).as_unit("us")
    return pd.DataFrame(
        {
            "unique_id": "Q1",
            "ds": ds,
            "y": [10.0] * before + list(values),
            "status": "open",
            "recorded": True,
        }
    )
