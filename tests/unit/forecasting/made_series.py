"""Series made for tests: a centre that works on weekdays, a campaign, and histories of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from core.forecasting.forecast import SeriesKind
from core.forecasting.request import ForecastRequest
from core.history.centre import Centre
from core.history.tidy import tidy_rates, tidy_volumes

MONDAY = datetime(2026, 8, 3, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def volume_records(days: int, seed: int = 1, level: float = 60.0) -> pd.DataFrame:
    """Contacts of a queue that is open on weekdays from 8 to 18, with a busy morning."""
    ds = pd.date_range(MONDAY, periods=days * 24, freq="h")
    ds = ds[(ds.day_of_week < 5) & (ds.hour >= 8) & (ds.hour < 18)]
    shape = level * (1.0 + 0.5 * np.cos((ds.hour - 10) / 10 * np.pi))
    return pd.DataFrame({"ds": ds, "y": np.random.default_rng(seed).poisson(shape).astype(float)})


def around_the_clock_records(days: int, seed: int = 1, level: float = 30.0) -> pd.DataFrame:
    """Contacts of a line that never closes, busier by day."""
    ds = pd.date_range(MONDAY, periods=days * 24, freq="h")
    shape = level * (1.2 + np.sin((ds.hour - 8) / 24 * 2 * np.pi))
    return pd.DataFrame({"ds": ds, "y": np.random.default_rng(seed).poisson(shape).astype(float)})


def rate_records(days: int, seed: int = 1, offered: float = 200.0) -> pd.DataFrame:
    """Calls of a campaign that dials every day from 8 to 20."""
    rng = np.random.default_rng(seed)
    ds = pd.date_range(MONDAY, periods=days * 24, freq="h")
    ds = ds[(ds.hour >= 8) & (ds.hour < 20)]
    placed = rng.poisson(offered, len(ds))
    share = 0.3 + 0.1 * np.sin((ds.hour - 8) / 12 * np.pi)
    return pd.DataFrame({"ds": ds, "offered": placed, "answered": rng.binomial(placed, share)})


def volume_history(
    records: pd.DataFrame, until: datetime | None = None, time_zone: str = "UTC"
) -> pd.DataFrame:
    """Tidy records of a queue, up to their own last hour where no end is given."""
    return tidy_volumes(records, "Q1", until=until or end_of(records), time_zone=time_zone)


def rate_history(
    records: pd.DataFrame, until: datetime | None = None, time_zone: str = "UTC"
) -> pd.DataFrame:
    """Tidy records of a campaign, up to their own last hour where no end is given."""
    return tidy_rates(records, "C1", until=until or end_of(records), time_zone=time_zone)


def end_of(records: pd.DataFrame) -> datetime:
    """The hour after the last record."""
    return records["ds"].max().to_pydatetime() + timedelta(hours=1)


def request(kind: SeriesKind, history: pd.DataFrame, **given: Any) -> ForecastRequest:
    """A request for a forecast, with what a test does not care about filled in."""
    settings: dict[str, Any] = {
        "forecast_id": "F-1",
        "series_id": "Q1" if kind is SeriesKind.VOLUME else "C1",
        "series_name": "Support" if kind is SeriesKind.VOLUME else "Renewals",
        "centre": Centre(),
        "made_at": NOW,
        "horizon": 168 if kind is SeriesKind.VOLUME else 24,
    }
    return ForecastRequest(kind=kind, history=history, **(settings | given))
