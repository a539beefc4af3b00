"""A small centre: open on weekdays 08:00 to 20:00 in Berlin, Wednesday 25 November 2026, 11:20."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from core.charts.picture import Look
from core.charts.theme import DARK, LIGHT
from core.pacing.recommendation import PacingHour, PacingLimits, Recommendation

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 10, 20, tzinfo=UTC)

RateHistory = Callable[..., pd.DataFrame]
Rows = Callable[..., pd.DataFrame]
Recommend = Callable[..., Recommendation]


def is_open(hours: pd.DatetimeIndex) -> np.ndarray:
    local = hours.tz_convert(BERLIN)
    return np.asarray((local.hour >= 8) & (local.hour < 20) & (local.day_of_week < 5))


@pytest.fixture(params=[LIGHT, DARK], ids=lambda palette: palette.name)
def look(request: pytest.FixtureRequest) -> Look:
    return Look(BERLIN, request.param, NOW)


@pytest.fixture
def rate_history() -> RateHistory:
    """Build three days of an answer rate of 30 %, one hour missing, nights closed."""

    def build(start: str = "2026-11-23T00:00Z", hours: int = 58) -> pd.DataFrame:
        ds = pd.date_range(start, periods=hours, freq="h")
        opened = is_open(ds)
        frame = pd.DataFrame(
            {
                "unique_id": "c-1",
                "ds": ds,
                "offered": np.where(opened, 200.0, np.nan),
                "answered": np.where(opened, 60.0, np.nan),
                "status": np.where(opened, "open", "closed"),
            }
        )
        missing = frame.index[frame["status"] == "open"][3:4]
        frame.loc[missing, ["offered", "answered"]] = np.nan
        frame.loc[missing, "status"] = "missing"
        return frame

    return build


@pytest.fixture
def volume_history() -> Rows:
    """Build days of 40 contacts an hour, nights closed."""

    def build(days: int = 3, always_open: bool = False) -> pd.DataFrame:
        end = pd.Timestamp("2026-11-25T10:00Z")
        ds = pd.date_range(end - pd.Timedelta(days=days), end, freq="h", inclusive="left")
        opened = np.full(len(ds), True) if always_open else is_open(ds)
        return pd.DataFrame(
            {
                "unique_id": "q-1",
                "ds": ds,
                "y": np.where(opened, 40.0, np.nan),
                "status": np.where(opened, "open", "closed"),
            }
        )

    return build


@pytest.fixture
def rate_rows() -> Rows:
    """Build an answer-rate forecast; closed hours are absent, as the contract has it."""

    def build(start: str = "2026-11-25T10:00Z", hours: int = 24, band: bool = True) -> pd.DataFrame:
        ds = pd.date_range(start, periods=hours, freq="h")
        ds = ds[is_open(ds)]
        return _rows(ds, np.full(len(ds), 0.33), np.full(len(ds), 0.03 if band else np.nan))

    return build


@pytest.fixture
def volume_rows() -> Rows:
    """Build a volume forecast; closed hours are exactly 0, as the contract has it."""

    def build(start: str = "2026-11-25T10:00Z", hours: int = 48, band: bool = True) -> pd.DataFrame:
        ds = pd.date_range(start, periods=hours, freq="h")
        opened = is_open(ds)
        half = np.where(opened, 8.0, 0.0) if band else np.full(len(ds), np.nan)
        return _rows(ds, np.where(opened, 50.0, 0.0), half)

    return build


def _rows(ds: pd.DatetimeIndex, yhat: np.ndarray, half: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unique_id": "s-1",
            "ds": ds,
            "model": "tutorial",
            "cutoff": pd.Timestamp("2026-11-25T09:00Z"),
            "yhat": yhat,
            "yhat_lower": yhat - half,
            "yhat_upper": yhat + half,
        }
    )


@pytest.fixture
def recommend(rate_rows: Rows) -> Recommend:
    """Build a recommendation; hours named by number have no known schedule."""

    def build(unknown: Sequence[int] = (), hours: int = 24) -> Recommendation:
        made = tuple(
            PacingHour(
                ds=row.ds.to_pydatetime(),
                agents=None if number in unknown else 20.0 + number,
                answer_rate=row.yhat,
                answer_rate_lower=row.yhat_lower,
                answer_rate_upper=row.yhat_upper,
                safe_rate=0.25,
                abandon_target=0.02,
                binding_limit="agents scheduled",
            )
            for number, row in enumerate(rate_rows(hours=hours).itertuples())
        )
        return Recommendation(
            policy="tutorial",
            campaign_id="c-1",
            generated_at=NOW,
            limits=PacingLimits(80.0, "offered history", 0.03, 0.1, 0.95),
            hours=made,
            push={},
            forecast_id="f-1",
            forecast_method="tutorial",
            forecast_cutoff=NOW,
            forecast_made_at=NOW,
            capacity_known=len(unknown) < len(made),
        )

    return build


@pytest.fixture
def stl(rate_history: RateHistory) -> pd.DataFrame:
    """Give an answer rate taken apart: trend a point below, the rest nought."""
    history = rate_history()
    rate = history["answered"] / history["offered"]
    parts = {"observed": rate, "trend": rate - 0.01, "seasonal": rate * 0, "remainder": rate * 0}
    return pd.DataFrame({"ds": history["ds"], **parts})


@pytest.fixture
def leads() -> pd.DataFrame:
    """Give errors by lead beside the baseline, one of them not compared."""
    return pd.DataFrame(
        {"lead": ["1 h", "2–4 h"], "error": [0.017, np.nan], "baseline": [0.031, 0.031]}
    )
