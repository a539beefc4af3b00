"""Forecast documents: the tutorial's keys as they are, and beside them all that gives them worth.

``generatedAt``, ``confidenceLevel`` and ``intervals`` with ``ds``, ``yhat``, ``yhat_lower`` and
``yhat_upper`` are read by other systems and never change. `core.exports.forecast_files` reads the
documents back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd

from core.documents import JsonObject
from core.exports.json_values import SCHEMA_VERSION, json_value, number_or_null, time_text
from core.forecasting.adjustments import Adjustment, adjusted_rows, adjustments_over
from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.forecasting.rate_bands import CALLS, PROBABILITY
from core.frames import FORECAST_ROWS

SERIES_KEYS = {SeriesKind.ANSWER_RATE: "campaignId", SeriesKind.VOLUME: "queueId"}
"""How the tenant calls what is forecast."""
BASELINE = "seasonal-naive"
SCORE_KEYS = {
    "method": "method",
    "error": "error",
    "mase": "mase",
    "mape": "mape",
    "bias": "bias",
    "coverage": "coverage",
    "coverage_open": "openCoverage",
    "noise_floor": "noiseFloor",
    "interval_score": "intervalScore",
    "hours": "hours",
    "cutoffs": "cutoffs",
}
"""A score's attribute to its key."""
RATE_KEYS = {**{name: name for name in PROBABILITY}, CALLS: "usual_calls"}
"""A column of answer-rate rows to its key beside ``yhat``; older forecasts have none."""
ADJUSTED_KEYS = {
    "yhat": "adjusted",
    "yhat_lower": "adjusted_lower",
    "yhat_upper": "adjusted_upper",
    **{name: f"adjusted_{name}" for name in PROBABILITY},
}
"""A column of rows to the key of its adjusted value."""
BANDS_MEAN = {
    SeriesKind.ANSWER_RATE: "yhat_lower and yhat_upper bound the share observed in an hour with its"
    " usual number of calls (usual_calls); probability_lower and probability_upper bound the"
    " hour's probability of an answer, whatever the number of calls.",
    SeriesKind.VOLUME: "yhat_lower and yhat_upper bound the contacts counted in an hour.",
}
ERROR_MEASURES = {
    SeriesKind.ANSWER_RATE: "mean absolute error weighted by attempts",
    SeriesKind.VOLUME: "WAPE",
}


def forecast_document(
    forecast: Forecast,
    *,
    future_from: datetime | None = None,
    adjustments: Sequence[Adjustment] = (),
) -> JsonObject:
    """Return the JSON document of a forecast.

    Parameters
    ----------
    forecast : Forecast
        Of one series.
    future_from : datetime, optional
        Aware. Hours that begin before it are left out; by default none is.
    adjustments : sequence of Adjustment
        What people laid over the series. ``yhat`` stays the model's own; where an adjustment
        counts, each interval has the `ADJUSTED_KEYS` beside it.

    Returns
    -------
    JsonObject
        Times in UTC with their offset; a number that is missing is null. ``error`` among the
        scores is named by ``errorMeasure``.

    Raises
    ------
    FrameContractBroken
        If the forecast's rows lack a column.
    """
    rows = FORECAST_ROWS.check(forecast.rows).sort_values("ds")
    if future_from is not None:
        rows = rows[rows["ds"] >= pd.Timestamp(future_from)]
    return {
        "schemaVersion": SCHEMA_VERSION,
        "kind": forecast.kind.value,
        "unit": forecast.unit,
        "timeZone": forecast.time_zone,
        "generatedAt": time_text(forecast.made_at),
        "forecastId": forecast.forecast_id,
        SERIES_KEYS[forecast.kind]: forecast.series_id,
        "seriesName": forecast.series_name,
        "model": str(rows["model"].iloc[0]) if len(rows) else forecast.method,
        **_origin(forecast),
        **_worth(forecast),
        "warnings": list(forecast.warnings),
        "adjustments": [
            adjustment_document(each) for each in adjustments_over(forecast, adjustments)
        ],
        "intervals": [
            interval | beside
            for interval, beside in zip(
                _intervals(rows), _adjusted(forecast, rows, adjustments), strict=True
            )
        ],
    }


def forecasts_document(
    forecasts: Sequence[Forecast],
    *,
    future_from: datetime | None = None,
    adjustments: Mapping[str, Sequence[Adjustment]] | None = None,
) -> JsonObject:
    """Return the JSON document of one forecast, or of several under ``forecasts``.

    Parameters
    ----------
    forecasts : sequence of Forecast
        Any number of series.
    future_from : datetime, optional
        As in `forecast_document`.
    adjustments : mapping, optional
        A forecast's id to what people laid over its series.
    """
    laid = adjustments or {}
    documents = [
        forecast_document(each, future_from=future_from, adjustments=laid.get(each.forecast_id, ()))
        for each in forecasts
    ]
    return documents[0] if len(documents) == 1 else {"forecasts": documents}


def adjustment_document(adjustment: Adjustment) -> JsonObject:
    """Return the JSON document of an adjustment."""
    return {
        "name": adjustment.name,
        "action": adjustment.action.value,
        "amount": adjustment.amount,
        "start": time_text(adjustment.start),
        "end": time_text(adjustment.end),
        "note": adjustment.note,
        "author": adjustment.author,
        "changedAt": time_text(adjustment.changed_at),
    }


def _origin(forecast: Forecast) -> JsonObject:
    """Return how the forecast was made, and of which history."""
    return {
        "method": forecast.method,
        "requestedMethod": forecast.requested_method,
        "reason": forecast.reason,
        "parameters": json_value(forecast.parameters),
        "seed": forecast.seed,
        "versions": json_value(forecast.versions),
        "cutoff": time_text(forecast.cutoff),
        "history": {
            "start": time_text(forecast.history_start),
            "hours": json_value(forecast.history_hours),
        },
    }


def _worth(forecast: Forecast) -> JsonObject:
    """Return what its bands promise, what they held, and how far it was off in the past."""
    own_scores = forecast.scores_of(forecast.method)
    return {
        "confidenceLevel": forecast.level,
        "band": forecast.band,
        "bandsMean": BANDS_MEAN[forecast.kind],
        "coverage": number_or_null(own_scores.coverage) if own_scores else None,
        "errorMeasure": ERROR_MEASURES[forecast.kind],
        "baseline": BASELINE,
        "scores": [_score_document(scores) for scores in forecast.scores],
    }


def _adjusted(
    forecast: Forecast, rows: pd.DataFrame, adjustments: Sequence[Adjustment]
) -> list[JsonObject]:
    over = adjustments_over(forecast, adjustments)
    if not over:
        return [{} for _ in range(len(rows))]
    adjusted = adjusted_rows(replace(forecast, rows=rows), over)
    names = [name for name in ADJUSTED_KEYS if name in adjusted.columns]
    return [
        {
            ADJUSTED_KEYS[name]: number_or_null(value)
            for name, value in zip(names, values, strict=True)
        }
        for values in adjusted[names].itertuples(index=False)
    ]


def _score_document(scores: Scores) -> JsonObject:
    return {key: json_value(getattr(scores, name)) for name, key in SCORE_KEYS.items()}


def _intervals(rows: pd.DataFrame) -> list[JsonObject]:
    columns = zip(rows["ds"], rows["yhat"], rows["yhat_lower"], rows["yhat_upper"], strict=True)
    intervals = [
        {
            "ds": time_text(start),
            "yhat": number_or_null(middle),
            "yhat_lower": number_or_null(lower),
            "yhat_upper": number_or_null(upper),
        }
        for start, middle, lower, upper in columns
    ]
    beside = [name for name in RATE_KEYS if name in rows.columns]
    values = rows[beside].rename(columns=RATE_KEYS).to_dict("records")
    return [
        interval | {str(key): number_or_null(value) for key, value in told.items()}
        for interval, told in zip(intervals, values, strict=True)
    ]
