"""Adjusted forecasts, written to a document and read back as planning uses them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from core.errors import FileRejected
from core.exports.forecast_files import read_forecasts
from core.exports.forecast_json import forecast_document
from core.exports.json_values import json_text
from core.forecasting.adjustments import Adjustment, AdjustmentAction, adjusted_forecast
from core.forecasting.forecast import Forecast, SeriesKind

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RATE = SeriesKind.ANSWER_RATE
FEWER = Adjustment(
    adjustment_id="A-1",
    kind=RATE,
    series_id="sales",
    name="Old numbers",
    action=AdjustmentAction.PERCENT,
    amount=-0.5,
    start=NOON,
    end=NOON + timedelta(hours=2),
    note="A list of last year",
    is_on=True,
    author="Ana",
    changed_at=NOON,
)
Builder = Callable[..., Forecast]


@pytest.fixture
def of_a_campaign(forecast_of: Builder) -> Forecast:
    """A forecast with both bands."""
    rows = forecast_of(RATE).rows
    both = rows.assign(
        probability_lower=[0.25, 0.05, 0.6], probability_upper=[0.35, 0.15, 0.8], calls=40.0
    )
    return forecast_of(RATE, rows=both)


def document_of(forecast: Forecast, *adjustments: Adjustment) -> dict[str, Any]:
    document = forecast_document(forecast, adjustments=adjustments)
    return dict(json.loads(json_text(document)))


def read(document: dict[str, Any]) -> Forecast:
    [forecast] = read_forecasts(json.dumps(document).encode(), file_name="F.json", kind=RATE)
    return forecast


def test_an_adjusted_document_is_read_as_a_stored_forecast_is_planned_with(
    of_a_campaign: Forecast, keeps_to: Callable[[str, object], None]
) -> None:
    document = document_of(of_a_campaign, FEWER)
    keeps_to("forecast", document)
    back, planned = read(document), adjusted_forecast(of_a_campaign, [FEWER])
    assert back.rows["yhat"].tolist() == [0.15, 0.05, 0.7]
    pd.testing.assert_frame_equal(back.rows, planned.rows)
    assert back.warnings == planned.warnings
    assert back.warnings[-1] == "Adjusted by hand: Old numbers, −50 %, by Ana."
    assert back.parameters["adjustments"] == ["Old numbers"]


def test_a_document_that_nobody_adjusted_is_read_as_it_stands(of_a_campaign: Forecast) -> None:
    back = read(document_of(of_a_campaign))
    pd.testing.assert_frame_equal(back.rows, of_a_campaign.rows)
    assert back.warnings == of_a_campaign.warnings


def test_a_bound_that_was_not_adjusted_with_its_line_is_left_open(of_a_campaign: Forecast) -> None:
    document = document_of(of_a_campaign, FEWER)
    for interval in document["intervals"]:
        for name in ("lower", "upper"):
            del interval[f"adjusted_probability_{name}"]
    back = read(document)
    assert back.rows["yhat_upper"].tolist()[0] == 0.2
    assert "probability_upper" not in back.rows


def test_an_adjustment_of_other_hours_is_not_told(of_a_campaign: Forecast) -> None:
    document = document_of(of_a_campaign, FEWER)
    document["adjustments"][0]["end"] = document["adjustments"][0]["start"]
    assert read(document).warnings == of_a_campaign.warnings


def test_adjusted_values_without_a_name_are_told_too(of_a_campaign: Forecast) -> None:
    document = document_of(of_a_campaign, FEWER) | {"adjustments": []}
    back = read(document)
    assert back.rows["yhat"].tolist() == [0.15, 0.05, 0.7]
    assert back.warnings[-1] == "Adjusted by hand: the file does not tell by whom."


def test_an_adjusted_share_above_one_is_refused_with_its_place(of_a_campaign: Forecast) -> None:
    document = document_of(of_a_campaign, FEWER)
    document["intervals"][1]["adjusted"] = 1.5
    with pytest.raises(FileRejected, match=r"F\.json, intervals\[1\]\.yhat: 1\.5 is no share"):
        read(document)


def test_an_action_that_is_not_known_is_refused(of_a_campaign: Forecast) -> None:
    document = document_of(of_a_campaign, replace(FEWER, action=AdjustmentAction.SET, amount=0.2))
    document["adjustments"][0]["action"] = "double"
    with pytest.raises(FileRejected, match=r"adjustments\[0\]\.action: .*double.* is none of"):
        read(document)
