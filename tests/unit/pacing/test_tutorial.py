"""Policy ``tutorial``, against a computation by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from core.documents import JsonObject
from core.errors import DataError, FrameContractBroken, UsageError
from core.forecasting.forecast import Forecast, SeriesKind
from core.frames import CAPACITY
from core.pacing.max_offers import MaxOffers
from core.pacing.order import PacingOrder, TenantFields
from core.pacing.recommend import recommend_pacing
from core.pacing.recommendation import Recommendation
from core.pacing.timing import DialTiming

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Builder = Callable[..., Any]


def recommend(
    forecast: Forecast,
    capacity: pd.DataFrame,
    *,
    current: JsonObject | None = None,
    max_offers: float = 1000.0,
    **order: Any,
) -> Recommendation:
    asked = PacingOrder(
        policy="tutorial",
        campaign_id="C1",
        generated_at=NOON,
        max_offers=MaxOffers(max_offers, "as given"),
        current=current,
        fields=TenantFields.TUTORIAL,
    )
    return recommend_pacing(forecast, capacity, replace(asked, **order))


def by_hand(predicted: list[float], agents: list[float], max_offers: float) -> list[float]:
    rates = []
    for rate, working in zip(predicted, agents, strict=True):
        safe = min(rate, working / max_offers * 0.8)
        rates.append(min(max(safe, 0.1), 0.95))
    return rates


def test_the_push_is_the_tutorials_formula_over_all_hours(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    predicted, agents = [0.31, 0.27, 0.05, 0.99], [200.0, 310.0, 400.0, 1300.0]
    rates = by_hand(predicted, agents, 800.0)

    recommendation = recommend(forecast_of(predicted), capacity_of(agents), max_offers=800.0)

    assert recommendation.push == {
        "predictive": {
            "answerRate": round(sum(rates) / 4, 4),
            "dropRate": round(max(rates) * 0.1, 4),
            "maxAttempts": 3,
        }
    }
    assert [hour.safe_rate for hour in recommendation.hours] == rates
    assert [hour.abandon_target for hour in recommendation.hours] == [0.02, 0.027, 0.01, 0.095]


def test_each_hour_names_what_limits_it(forecast_of: Builder, capacity_of: Builder) -> None:
    recommendation = recommend(
        forecast_of([0.3, 0.3, 0.02, 0.99]), capacity_of([900, 250, 900, 2000])
    )
    assert [hour.binding_limit for hour in recommendation.hours] == [
        "forecast answer rate",
        "agents scheduled",
        "floor 10 %",
        "ceiling 95 %",
    ]


def test_the_campaigns_own_attempts_are_kept(forecast_of: Builder, capacity_of: Builder) -> None:
    current = {"predictive": {"maxAttempts": 7, "answerRate": 0.5, "other": 1}}
    recommendation = recommend(forecast_of([0.3]), capacity_of([900]), current=current)
    assert recommendation.push["predictive"]["maxAttempts"] == 7
    assert set(recommendation.push["predictive"]) == {"answerRate", "dropRate", "maxAttempts"}


def test_attempts_are_3_where_the_campaign_has_none(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    recommendation = recommend(forecast_of([0.3]), capacity_of([900]), current={"predictive": {}})
    assert recommendation.push["predictive"]["maxAttempts"] == 3


def test_an_hour_without_a_schedule_counts_as_no_agents_and_is_told(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    recommendation = recommend(forecast_of([0.3, 0.3]), capacity_of([900]), max_offers=2.0)
    assert [hour.agents for hour in recommendation.hours] == [900.0, None]
    assert recommendation.push["predictive"]["answerRate"] == round((0.3 + 0.1) / 2, 4)
    assert recommendation.capacity_known
    told = next(each for each in recommendation.warnings if "no entry for 1 of 2 hours" in each)
    assert "2026-11-23 13:00 UTC" in told


@pytest.mark.parametrize("days_off", [None, 3])
def test_a_schedule_that_is_silent_on_every_hour_recommends_nothing(
    days_off: int | None, forecast_of: Builder, capacity_of: Builder
) -> None:
    capacity = (
        CAPACITY.empty()
        if days_off is None
        else capacity_of([900], start=NOON + timedelta(days=days_off))
    )
    recommendation = recommend(forecast_of([0.3, 0.4]), capacity)
    assert not recommendation.capacity_known
    assert recommendation.push == {}
    assert {hour.binding_limit for hour in recommendation.hours} == {"capacity unknown"}
    assert "unknown, not zero" in recommendation.warnings[0]


def test_it_is_said_when_the_forecast_changes_nothing(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    recommendation = recommend(forecast_of([0.3, 0.4]), capacity_of([100, 125]))
    assert recommendation.push["predictive"]["answerRate"] == 0.1
    assert "does not depend on the forecast" in recommendation.warnings[-1]


def test_the_recommendation_says_where_it_comes_from(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    forecast = forecast_of([0.3], made_at=NOON - timedelta(minutes=5), warnings=("Short history.",))
    recommendation = recommend(forecast, capacity_of([900]))
    assert recommendation.forecast_id == "F-1"
    assert recommendation.forecast_cutoff == NOON - timedelta(hours=1)
    assert recommendation.forecast_made_at == NOON - timedelta(minutes=5)
    assert recommendation.limits.max_offers_origin == "as given"
    assert recommendation.warnings[0] == "Short history."
    assert recommendation.hours[0].answer_rate_lower == pytest.approx(0.27)
    assert recommendation.hours[0].answer_rate_upper is None


def test_a_policy_that_does_not_exist_is_refused_with_those_that_do(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    with pytest.raises(UsageError, match=r'no pacing policy "bold".*tutorial'):
        recommend(forecast_of([0.3]), capacity_of([900]), policy="bold")


def test_a_forecast_of_a_volume_is_refused(forecast_of: Builder, capacity_of: Builder) -> None:
    with pytest.raises(UsageError, match="kind volume"):
        recommend(forecast_of([30.0], kind=SeriesKind.VOLUME), capacity_of([900]))


@pytest.mark.parametrize("value", [1.2, -0.1, 153.0])
def test_a_rate_outside_0_to_1_is_refused_with_its_hour(
    value: float, forecast_of: Builder, capacity_of: Builder
) -> None:
    with pytest.raises(DataError, match="2026-11-23 13:00 UTC"):
        recommend(forecast_of([0.3, value]), capacity_of([900, 900]))


def test_a_forecast_without_an_hour_is_refused(forecast_of: Builder, capacity_of: Builder) -> None:
    with pytest.raises(DataError, match="no hour"):
        recommend(forecast_of([]), capacity_of([900]))


def test_two_capacities_for_one_hour_are_refused(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    twice = pd.concat([capacity_of([900]), capacity_of([800])])
    with pytest.raises(FrameContractBroken, match="two rows for one ds"):
        recommend(forecast_of([0.3]), twice)


def test_it_says_what_it_would_do_to_abandonment(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    timing = DialTiming(210.0, "given", 20.0, "given")
    told = recommend(forecast_of([0.2]), capacity_of([25]), timing=timing).warnings[0]
    assert "10.0 calls in flight for each idle agent" in told
    # Simulated elsewhere: 34 % of live answers at 25 agents.
    assert 25 < float(told.split("abandon about ")[1].split(" %")[0]) < 45
    assert "Policy compliant keeps it" in told


def test_a_handle_time_that_nobody_told_is_said_to_be_assumed(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    told = recommend(forecast_of([0.2]), capacity_of([25])).warnings[0]
    assert "assumed 180 s of handle time" in told


def test_on_the_platform_its_rates_are_read_literally(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    made = recommend(forecast_of([0.25]), capacity_of([900]), fields=TenantFields.PLATFORM)
    assert made.push == {"maxCallsPerAgent": 4.0, "abandonRate": 2.5}
