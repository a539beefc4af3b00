"""Forecasts as records of the store: a JSON document and two Arrow files, back bit for bit."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from io import BytesIO
from typing import Any

import pandas as pd

from core.forecasting.forecast import Forecast, Scores, SeriesKind


def forecast_record(forecast: Forecast) -> dict[str, Any]:
    """Return the columns of a forecast's row; `forecast_from` is its inverse."""
    document = {
        "series_name": forecast.series_name,
        "method": forecast.method,
        "reason": forecast.reason,
        "parameters": dict(forecast.parameters),
        "level": forecast.level,
        "band": forecast.band,
        "cutoff": forecast.cutoff.isoformat(),
        "history_start": forecast.history_start.isoformat(),
        "history_hours": dict(forecast.history_hours),
        "time_zone": forecast.time_zone,
        "seed": forecast.seed,
        "versions": dict(forecast.versions),
        "scores": [asdict(scores) for scores in forecast.scores],
        "warnings": list(forecast.warnings),
    }
    return {
        "forecast_id": forecast.forecast_id,
        "kind": forecast.kind.value,
        "series_id": forecast.series_id,
        "requested_method": forecast.requested_method,
        "made_at": forecast.made_at,
        "document": json.dumps(document, ensure_ascii=False),
        "rows": _arrow(forecast.rows),
        "components": _arrow(forecast.components),
    }


def forecast_from(record: Mapping[str, Any]) -> Forecast:
    """Return the forecast of a row."""
    document = json.loads(record["document"])
    document["cutoff"] = datetime.fromisoformat(document["cutoff"])
    document["history_start"] = datetime.fromisoformat(document["history_start"])
    document["scores"] = tuple(Scores(**scores) for scores in document["scores"])
    document["warnings"] = tuple(document["warnings"])
    return Forecast(
        forecast_id=record["forecast_id"],
        kind=SeriesKind(record["kind"]),
        series_id=record["series_id"],
        requested_method=record["requested_method"],
        made_at=record["made_at"],
        rows=_frame(record["rows"]),
        components=_frame(record["components"]),
        **document,
    )


def _arrow(frame: pd.DataFrame) -> bytes:
    file = BytesIO()
    frame.reset_index(drop=True).to_feather(file)
    return file.getvalue()


def _frame(content: bytes) -> pd.DataFrame:
    return pd.read_feather(BytesIO(content))
