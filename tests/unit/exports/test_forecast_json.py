"""Forecast documents: the tutorial's keys, and what stands beside them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from jsonschema import ValidationError

from core.errors import FrameContractBroken
from core.exports.forecast_csv import write_forecast_csv
from core.exports.forecast_json import forecast_document, forecasts_document
from core.exports.json_values import json_text
from core.forecasting.adjustments import Adjustment, AdjustmentAction
from core.forecasting.forecast import Forecast, SeriesKind

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Builder = Callable[..., Forecast]


def test_the_tutorials_keys_stay_as_they_are(forecast_of: Builder) -> None:
    document = forecast_document(forecast_of())
    assert document["generatedAt"] == "2026-11-23T12:03:00.000250+00:00"
    assert document["confidenceLevel"] == 0.9
    assert document["intervals"] == [
        {
            "ds": "2026-11-23T12:00:00+00:00",
            "yhat": 30.0,
            "yhat_lower": 20.0,
            "yhat_upper": 40.0,
        },
        {"ds": "2026-11-23T13:00:00+00:00", "yhat": 10.0, "yhat_lower": None, "yhat_upper": None},
        {
            "ds": "2026-11-23T14:00:00+00:00",
            "yhat": 70.0,
            "yhat_lower": 50.0,
            "yhat_upper": 90.0,
        },
    ]


@pytest.mark.parametrize("kind", list(SeriesKind))
def test_a_document_keeps_to_its_schema(
    kind: SeriesKind, forecast_of: Builder, keeps_to: Callable[[str, object], None]
) -> None:
    document = forecast_document(forecast_of(kind))
    keeps_to("forecast", document)
    assert document["kind"] == kind.value
    for key in ("generatedAt", "confidenceLevel", "intervals", "method", "cutoff", "scores"):
        with pytest.raises(ValidationError, match="is not valid under any"):
            keeps_to("forecast", {name: told for name, told in document.items() if name != key})


def test_model_baseline_and_coverage_stand_beside_the_numbers(forecast_of: Builder) -> None:
    document = forecast_document(forecast_of())
    assert (document["schemaVersion"], document["kind"], document["unit"]) == (
        1,
        "volume",
        "contacts per hour",
    )
    assert document["queueId"] == "sales"
    assert document["method"] == document["model"] == "seasonal-naive"
    assert (document["requestedMethod"], document["reason"]) == ("auto", "The history is short.")
    assert document["coverage"] == 0.91
    assert document["errorMeasure"] == "WAPE"
    assert [scores["method"] for scores in document["scores"]] == ["stl", "seasonal-naive"]
    assert document["scores"][0]["bias"] is None
    assert document["parameters"] == {"lag": 168, "weights": [0.5, None]}
    assert document["history"]["hours"] == {"open": 300, "closed": 30, "missing": 6}


def test_an_answer_rate_names_its_campaign(forecast_of: Builder) -> None:
    document = forecast_document(forecast_of(SeriesKind.ANSWER_RATE))
    assert document["campaignId"] == "sales"
    assert "queueId" not in document
    assert document["unit"] == "share"


def test_hours_that_have_begun_are_left_out_on_request(forecast_of: Builder) -> None:
    begun = (NOON + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=3)))
    document = forecast_document(forecast_of(), future_from=begun)
    assert [each["ds"][11:13] for each in document["intervals"]] == ["13", "14"]
    whole = forecast_document(forecast_of(), future_from=NOON)
    assert len(whole["intervals"]) == 3


def test_hours_are_told_in_order_whatever_the_order_of_the_rows(forecast_of: Builder) -> None:
    backwards = forecast_of(rows=forecast_of().rows.iloc[::-1])
    assert forecast_document(backwards) == forecast_document(forecast_of())


def test_a_forecast_that_is_past_still_makes_a_document(
    forecast_of: Builder, keeps_to: Callable[[str, object], None]
) -> None:
    document = forecast_document(forecast_of(scores=()), future_from=NOON + timedelta(days=3))
    assert document["intervals"] == []
    assert document["coverage"] is None
    keeps_to("forecast", document)


def test_several_series_stand_under_one_key(
    forecast_of: Builder, keeps_to: Callable[[str, object], None]
) -> None:
    document = forecasts_document([forecast_of(), forecast_of(series_id="care")])
    assert [each["queueId"] for each in document["forecasts"]] == ["sales", "care"]
    keeps_to("forecast", document)
    assert forecasts_document([forecast_of()]) == forecast_document(forecast_of())


def test_the_text_of_a_document_has_no_nan(forecast_of: Builder) -> None:
    text = json_text(forecast_document(forecast_of()))
    assert "NaN" not in text
    assert "Zürich" in text


def test_rows_that_break_their_contract_are_refused(forecast_of: Builder) -> None:
    broken = forecast_of().rows.drop(columns="yhat")
    with pytest.raises(FrameContractBroken, match="yhat"):
        forecast_document(forecast_of(rows=broken))


def test_the_csv_has_the_columns_of_the_field(forecast_of: Builder) -> None:
    lines = write_forecast_csv([forecast_of()]).splitlines()
    assert lines[0] == "unique_id,ds,model,cutoff,yhat,yhat_lower,yhat_upper"
    assert lines[2] == (
        "sales,2026-11-23T13:00:00+00:00,seasonal-naive,2026-11-23T11:00:00+00:00,10,,"
    )
    assert write_forecast_csv([]).splitlines() == [lines[0]]


def test_adjusted_values_stand_beside_the_models_own(
    forecast_of: Builder, keeps_to: Callable[[str, object], None]
) -> None:
    mailing = Adjustment(
        "A-1",
        SeriesKind.VOLUME,
        "sales",
        "Mailing",
        AdjustmentAction.PERCENT,
        0.5,
        NOON,
        NOON + timedelta(hours=2),
        "Letters go out",
        True,
        "Ana",
        NOON,
    )
    document = forecast_document(forecast_of(), adjustments=[mailing])
    keeps_to("forecast", document)
    first, second, third = document["intervals"]
    assert (first["yhat"], first["adjusted"], first["adjusted_upper"]) == (30.0, 45.0, 60.0)
    assert (second["adjusted"], second["adjusted_lower"]) == (15.0, None)
    assert (third["yhat"], third["adjusted"]) == (70.0, 70.0)
    assert document["adjustments"] == [
        {
            "name": "Mailing",
            "action": "percent",
            "amount": 0.5,
            "start": "2026-11-23T12:00:00+00:00",
            "end": "2026-11-23T14:00:00+00:00",
            "note": "Letters go out",
            "author": "Ana",
            "changedAt": "2026-11-23T12:00:00+00:00",
        }
    ]
    off = forecast_document(forecast_of(), adjustments=[replace(mailing, is_on=False)])
    assert off == forecast_document(forecast_of())
    assert off["adjustments"] == []
