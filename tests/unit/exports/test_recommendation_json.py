"""Recommendation documents."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pandas as pd

from core.exports.recommendation_json import recommendation_document
from core.forecasting.forecast import Forecast, SeriesKind
from core.frames import CAPACITY
from core.pacing.max_offers import MaxOffers
from core.pacing.recommendation import Recommendation
from core.pacing.tutorial import recommend_pacing

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def recommend(forecast: Forecast, capacity: pd.DataFrame) -> Recommendation:
    return recommend_pacing(
        forecast,
        capacity,
        policy="tutorial",
        campaign_id="C1",
        current=None,
        max_offers=MaxOffers(500.0, "named fallback: no offered history"),
        abandon_cap=0.03,
        generated_at=NOON,
    )


def test_each_hour_and_the_very_fields_that_would_be_sent_are_told(
    forecast_of: Callable[..., Forecast], keeps_to: Callable[[str, object], None]
) -> None:
    hours = [NOON, NOON + timedelta(hours=1)]
    capacity = pd.DataFrame({"ds": pd.DatetimeIndex(hours).as_unit("us"), "agents": [150.0, 0.0]})
    recommendation = recommend(forecast_of(SeriesKind.ANSWER_RATE), capacity)

    document = recommendation_document(recommendation)

    keeps_to("recommendation", document)
    assert document["push"] == recommendation.push
    assert document["limits"] == {
        "maxOffersPerHour": 500.0,
        "maxOffersOrigin": "named fallback: no offered history",
        "abandonCap": 0.03,
        "rateFloor": 0.1,
        "rateCeiling": 0.95,
    }
    assert document["hours"][0] == {
        "ds": "2026-11-23T12:00:00+00:00",
        "agents": 150.0,
        "answerRate": 0.3,
        "answerRateLower": 0.2,
        "answerRateUpper": 0.4,
        "safeRate": 0.24,
        "callsPerAgent": None,
        "abandonTarget": 0.024,
        "bindingLimit": "agents scheduled",
        "expectedOccupancy": None,
        "expectedAbandonRate": None,
    }
    assert document["hours"][1]["agents"] == 0.0
    assert document["hours"][2]["agents"] is None


def test_unknown_capacity_is_told_and_gives_no_number_to_send(
    forecast_of: Callable[..., Forecast], keeps_to: Callable[[str, object], None]
) -> None:
    document = recommendation_document(
        recommend(forecast_of(SeriesKind.ANSWER_RATE), CAPACITY.empty())
    )
    keeps_to("recommendation", document)
    assert document["capacityKnown"] is False
    assert document["push"] == {}
    assert {hour["safeRate"] for hour in document["hours"]} == {None}
    assert {hour["abandonTarget"] for hour in document["hours"]} == {None}
    assert "unknown" in document["warnings"][-1]
