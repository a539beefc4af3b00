"""Builders of what is exported, and the schemas that documents must keep to."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Any

import jsonschema
import numpy as np
import pandas as pd
import pytest

from core.forecasting.forecast import Forecast, Scores, SeriesKind

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _forecast(kind: SeriesKind = SeriesKind.VOLUME, **changes: Any) -> Forecast:
    cutoff = NOON - timedelta(hours=1)
    scale = 1.0 if kind is SeriesKind.ANSWER_RATE else 100.0
    rows = pd.DataFrame(
        {
            "unique_id": "sales",
            "ds": pd.date_range(NOON, periods=3, freq="h", unit="us"),
            "model": "seasonal-naive",
            "cutoff": pd.Timestamp(cutoff).as_unit("us"),
            "yhat": np.array([0.3, 0.1, 0.7]) * scale,
            "yhat_lower": np.array([0.2, np.nan, 0.5]) * scale,
            "yhat_upper": np.array([0.4, np.nan, 0.9]) * scale,
        }
    ).astype({"unique_id": "str", "model": "str"})
    facts: dict[str, Any] = {
        "forecast_id": "F-1",
        "kind": kind,
        "series_id": "sales",
        "series_name": "Verkauf Zürich",
        "method": "seasonal-naive",
        "requested_method": "auto",
        "reason": "The history is short.",
        "parameters": {"lag": 168, "weights": (np.float64(0.5), float("nan"))},
        "level": 0.9,
        "band": "from past errors",
        "cutoff": cutoff,
        "history_start": cutoff - timedelta(days=14),
        "history_hours": {"open": 300, "closed": 30, "missing": 6},
        "made_at": NOON + timedelta(minutes=3, microseconds=250),
        "time_zone": "Europe/Berlin",
        "seed": 7,
        "versions": {"pandas": "3.1.0"},
        "rows": rows,
        "components": pd.DataFrame(),
        "scores": (
            Scores("stl", 0.12, 0.8, 0.2, float("nan"), None, None, 96, 4),
            Scores("seasonal-naive", 0.15, 1.0, 0.3, -0.01, 0.91, 1.4, 96, 4),
        ),
        "warnings": ("6 hours are missing.",),
    }
    return Forecast(**(facts | changes))


@pytest.fixture
def forecast_of() -> Callable[..., Forecast]:
    """Build a forecast, with any fact changed."""
    return _forecast


@pytest.fixture
def keeps_to() -> Callable[[str, object], None]:
    """Assert that a document keeps to a packaged schema, after a trip through text."""

    def check(name: str, document: object) -> None:
        text = resources.files("core.exports").joinpath(f"schemas/{name}.schema.json").read_text()
        schema = json.loads(text)
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(
            json.loads(json.dumps(document, allow_nan=False))
        )

    return check
