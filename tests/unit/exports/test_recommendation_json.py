"""Recommendation documents."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd

from core.exports.recommendation_json import recommendation_document
from core.forecasting.forecast import Forecast, SeriesKind
from core.frames import CAPACITY
from core.pacing.max_offers import MaxOffers
from core.pacing.observed import Observed, ObservedInterval
from core.pacing.order import PacingOrder, TenantFields
from core.pacing.recommend import recommend_pacing
from core.pacing.recommendation import Recommendation
from core.pacing.timing import DialTiming
from core.staffing import unknown

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def recommend(forecast: Forecast, capacity: pd.DataFrame, **changes: Any) -> Recommendation:
    order = PacingOrder(
        policy="tutorial",
        campaign_id="C1",
        generated_at=NOON,
        max_offers=MaxOffers(500.0, "named fallback: no offered history"),
        fields=TenantFields.TUTORIAL,
    )
    return recommend_pacing(forecast, capacity, replace(order, **changes))


def test_each_hour_and_the_very_fields_that_would_be_sent_are_told(
    forecast_of: Callable[..., Forecast], keeps_to: Callable[[str, object], None]
) -> None:
    hours = [NOON, NOON + timedelta(hours=1)]
    capacity = pd.DataFrame({"ds": pd.DatetimeIndex(hours).as_unit("us"), "agents": [150.0, 0.0]})
    recommendation = recommend(forecast_of(SeriesKind.ANSWER_RATE), capacity)

    document = recommendation_document(recommendation)

    keeps_to("recommendation", document)
    assert document["push"] == recommendation.push
    limits = document["limits"]
    assert limits["maxOffersPerHour"] == 500.0
    assert limits["maxOffersOrigin"] == "named fallback: no offered history"
    assert (limits["abandonCap"], limits["rateFloor"], limits["rateCeiling"]) == (0.03, 0.1, 0.95)
    assert limits["handleSeconds"] is None
    assert document["soFar"] is None
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
        "expectedConversations": None,
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


def test_a_compliant_plan_tells_its_limits_and_what_the_day_has_left(
    forecast_of: Callable[..., Forecast], keeps_to: Callable[[str, object], None]
) -> None:
    hours = pd.date_range(NOON, periods=3, freq="h", unit="us")
    capacity = pd.DataFrame({"ds": hours, "agents": 25.0})
    made = recommend(
        forecast_of(SeriesKind.ANSWER_RATE),
        capacity,
        policy="compliant",
        timing=DialTiming(210.0, "as given", 20.0, "as given"),
        observed=Observed((ObservedInterval(NOON, 1000.0, 300.0, 4.0, 2.0),)),
        fields=TenantFields.PLATFORM,
    )

    document = recommendation_document(made)

    keeps_to("recommendation", document)
    assert document["soFar"]["until"] == "2026-11-23T13:00:00+00:00"
    assert document["soFar"]["day"]["allowanceLeft"] == 5.0
    assert document["limits"]["regime"]["name"] == "custom"
    assert "no legal advice" in document["limits"]["regime"]["note"]
    first = document["hours"][0]
    assert document["push"]["maxCallsPerAgent"] == first["callsPerAgent"]
    assert 0 < first["expectedOccupancy"] < 1
    assert first["expectedConversations"] > 0


def test_how_the_agents_are_known_is_told_with_what_has_to_be_known_of_it(
    forecast_of: Callable[..., Forecast], keeps_to: Callable[[str, object], None]
) -> None:
    made = recommend(forecast_of(SeriesKind.ANSWER_RATE), CAPACITY.empty())
    why = "The role lacks wfm:intraday:view."
    document = recommendation_document(made, unknown(why))
    keeps_to("recommendation", document)
    assert document["capacity"] == {"origin": "unknown", "notes": [why]}
    assert recommendation_document(made)["capacity"] is None
