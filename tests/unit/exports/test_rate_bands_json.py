"""The two bands of an answer rate in a document, and read back."""

from collections.abc import Callable

import pytest

from core.exports.forecast_files import read_forecasts
from core.exports.forecast_json import forecast_document
from core.exports.json_values import json_text
from core.forecasting.forecast import Forecast, SeriesKind

Builder = Callable[..., Forecast]


@pytest.fixture
def with_both_bands(forecast_of: Builder) -> Forecast:
    """A forecast whose rows have the band of the probability beside that of the share."""
    rows = forecast_of(SeriesKind.ANSWER_RATE).rows
    both = rows.assign(
        probability_lower=[0.25, 0.05, 0.6], probability_upper=[0.35, 0.15, 0.8], calls=40.0
    )
    return forecast_of(SeriesKind.ANSWER_RATE, rows=both)


def test_each_interval_tells_both_bands_and_for_how_many_calls(
    with_both_bands: Forecast, keeps_to: Callable[[str, object], None]
) -> None:
    document = forecast_document(with_both_bands)
    assert document["intervals"][0] == {
        "ds": "2026-11-23T12:00:00+00:00",
        "yhat": 0.3,
        "yhat_lower": 0.2,
        "yhat_upper": 0.4,
        "probability_lower": 0.25,
        "probability_upper": 0.35,
        "usual_calls": 40.0,
    }
    assert "yhat_upper bound the share observed" in document["bandsMean"]
    assert "probability_upper bound the hour's probability" in document["bandsMean"]
    keeps_to("forecast", document)


def test_both_bands_come_back_from_the_document(with_both_bands: Forecast) -> None:
    text = json_text(forecast_document(with_both_bands))
    [back] = read_forecasts(text.encode(), file_name="f.json", kind=SeriesKind.ANSWER_RATE)
    names = ["probability_lower", "probability_upper", "calls"]
    assert back.rows[names].equals(with_both_bands.rows[names])


def test_a_forecast_without_the_second_band_has_no_key_for_it(forecast_of: Builder) -> None:
    interval = forecast_document(forecast_of(SeriesKind.ANSWER_RATE))["intervals"][0]
    assert set(interval) == {"ds", "yhat", "yhat_lower", "yhat_upper"}
