"""Policy ``compliant``: what it plans, what it refuses, what it says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from core.errors import DataError, UsageError
from core.forecasting.forecast import Forecast
from core.frames import CAPACITY
from core.pacing.guardrails import Guardrails
from core.pacing.limits import LimitState, pacing_findings
from core.pacing.max_offers import MaxOffers
from core.pacing.observed import Observed, ObservedInterval
from core.pacing.order import PacingOrder, TenantFields
from core.pacing.recommend import recommend_pacing
from core.pacing.recommendation import Recommendation
from core.pacing.regime import NO_LEGAL_ADVICE, REGIMES
from core.pacing.timing import DialTiming

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIMING = DialTiming(210.0, "measured", 20.0, "measured")
Builder = Callable[..., Any]


def recommend(forecast: Forecast, capacity: pd.DataFrame, **changes: Any) -> Recommendation:
    order = PacingOrder(
        policy="compliant",
        campaign_id="C1",
        generated_at=NOON,
        max_offers=MaxOffers(1000.0, "as given"),
        timing=TIMING,
    )
    return recommend_pacing(forecast, capacity, replace(order, **changes))


def seen(
    hours: int, live: float = 400.0, abandoned: float = 8.0, calls: float | None = None
) -> Observed:
    start = NOON - hours * HOUR
    return Observed(
        tuple(
            ObservedInterval(start + number * HOUR, live / 0.2, live, abandoned, calls)
            for number in range(hours)
        )
    )


def finding(made: Recommendation, name: str, current: Any = None) -> LimitState:
    findings = pacing_findings(made, NOON, current)
    return next(each.state for each in findings if each.name == name)


def test_each_dialled_hour_has_calls_per_agent_and_what_they_come_to(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    made = recommend(forecast_of([0.2, 0.25]), capacity_of([25, 25]))
    for hour in made.hours:
        assert hour.calls_per_agent is not None
        assert 1 <= hour.calls_per_agent <= 15
        assert hour.abandon_target is not None
        assert hour.expected_abandon_rate is not None
        assert hour.expected_abandon_rate <= hour.abandon_target <= 0.03
        assert hour.expected_conversations == pytest.approx(
            25 * 3600 / 210 * (hour.expected_occupancy or 0)
        )
    assert made.push == {"maxCallsPerAgent": made.hours[0].calls_per_agent, "abandonRate": 3.0}
    assert made.hours[0].binding_limit == "abandonment limit 3 %"


def test_an_hour_without_agents_and_one_that_is_unknown_are_two_things(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    made = recommend(forecast_of([0.2, 0.2, 0.2]), capacity_of([0, 25]))
    nobody, dialled, unknown = made.hours
    assert (nobody.agents, nobody.calls_per_agent) == (0.0, None)
    assert nobody.binding_limit == "no agents scheduled"
    assert (unknown.agents, unknown.calls_per_agent) == (None, None)
    assert unknown.binding_limit == "capacity unknown"
    assert made.push["maxCallsPerAgent"] == dialled.calls_per_agent
    assert any("no entry for 1 of 3 hours" in told for told in made.warnings)


def test_an_unknown_capacity_sends_nothing(forecast_of: Builder) -> None:
    made = recommend(forecast_of([0.2]), CAPACITY.empty())
    assert not made.capacity_known
    assert made.push == {}
    assert "unknown, not zero" in made.warnings[0]


def test_a_handle_time_is_asked_for_and_never_assumed(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    with pytest.raises(UsageError, match="--aht"):
        recommend(forecast_of([0.2]), capacity_of([25]), timing=None)


def test_an_assumed_line_time_is_said_and_kept_with_the_limits(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    made = recommend(forecast_of([0.2]), capacity_of([25]), timing=DialTiming(210.0, "given"))
    assert any("20 s is assumed" in told for told in made.warnings)
    assert made.limits.timing is not None
    assert made.limits.timing.line_origin.startswith("assumed")


def test_a_tighter_regime_holds_and_its_source_is_told(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    california = Guardrails(0.03, REGIMES["us-california"])
    loose = recommend(forecast_of([0.2]), capacity_of([50]))
    tight = recommend(forecast_of([0.2]), capacity_of([50]), guardrails=california)
    assert (tight.hours[0].calls_per_agent or 0) < (loose.hours[0].calls_per_agent or 0)
    assert tight.limits.abandon_cap == 0.01
    assert tight.push["abandonRate"] == 1.0
    assert any(NO_LEGAL_ADVICE in told for told in tight.warnings)


def test_the_tenants_denominator_is_converted(forecast_of: Builder, capacity_of: Builder) -> None:
    all_calls = Guardrails(counts_all_calls=True)
    made = recommend(forecast_of([0.2]), capacity_of([25]), guardrails=all_calls)
    assert made.push["abandonRate"] == 0.6
    assert finding(made, "abandon target") is LimitState.PASS


def test_hours_that_are_over_are_not_planned_and_the_current_one_is_in_part(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    start = NOON - 2 * HOUR
    quarters = tuple(
        ObservedInterval(start + number * HOUR / 4, 500.0, 100.0, 1.0, 3.0) for number in range(6)
    )
    made = recommend(
        forecast_of([0.2] * 4, start=start),
        capacity_of([25] * 4, start=start),
        observed=Observed(quarters, HOUR / 4),
    )
    assert [hour.ds for hour in made.hours] == [NOON - HOUR, NOON, NOON + HOUR]
    part, whole = made.hours[0].expected_conversations, made.hours[1].expected_conversations
    assert (part or 0) == pytest.approx((whole or 0) / 2, rel=0.1)


def test_a_day_over_its_limit_dials_one_call_for_each_idle_agent(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    made = recommend(
        forecast_of([0.2] * 4, start=NOON - 2 * HOUR),
        capacity_of([25] * 4, start=NOON - 2 * HOUR),
        observed=seen(2, abandoned=60.0),
    )
    assert {hour.calls_per_agent for hour in made.hours} == {1.0}
    assert {hour.binding_limit for hour in made.hours} == {"allowance spent"}
    assert any("limit is broken already" in told for told in made.warnings)
    assert finding(made, "allowance") is LimitState.NEAR


def test_the_next_local_day_has_an_allowance_of_its_own(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    start = NOON - 2 * HOUR
    made = recommend(
        forecast_of([0.2] * 20, start=start),
        capacity_of([25] * 20, start=start),
        observed=seen(2, abandoned=150.0),
        zone=ZoneInfo("Europe/Berlin"),
    )
    by_hour = {hour.ds: hour.calls_per_agent or 0 for hour in made.hours}
    assert by_hour[datetime(2026, 11, 23, 22, tzinfo=UTC)] == 1.0
    assert by_hour[datetime(2026, 11, 23, 23, tzinfo=UTC)] > 1.0


def test_a_window_longer_than_a_day_can_hold_the_day_back(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    bad_week = Observed(
        (
            ObservedInterval(NOON - timedelta(days=5), 9000.0, 2000.0, 200.0, 3.0),
            ObservedInterval(NOON - HOUR, 2000.0, 400.0, 4.0, 3.0),
        )
    )
    by_day, by_30_days = (
        recommend(
            forecast_of([0.2] * 4),
            capacity_of([25] * 4),
            observed=bad_week,
            guardrails=Guardrails(0.03, REGIMES[regime]),
        )
        for regime in ("custom", "us-ftc")
    )
    assert (by_30_days.hours[0].calls_per_agent or 0) < (by_day.hours[0].calls_per_agent or 0)


def test_calls_per_agent_rise_by_the_largest_step_and_fall_at_once(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    up = recommend(forecast_of([0.2]), capacity_of([50]), current={"maxCallsPerAgent": 2.0})
    down = recommend(forecast_of([0.2]), capacity_of([50]), current={"maxCallsPerAgent": 12.0})
    assert up.push["maxCallsPerAgent"] == 2.6
    assert up.hours[0].binding_limit == "largest step 30 %"
    assert down.push["maxCallsPerAgent"] < 6
    assert finding(up, "change", {"maxCallsPerAgent": 2.0}) is LimitState.PASS
    assert finding(up, "change", {"maxCallsPerAgent": 1.5}) is LimitState.BROKEN


def test_too_few_live_answers_raise_nothing(forecast_of: Builder, capacity_of: Builder) -> None:
    few = Observed((ObservedInterval(NOON - HOUR, 100.0, 20.0, 0.0, 2.0),))
    made = recommend(forecast_of([0.2]), capacity_of([25]), observed=few)
    assert made.push["maxCallsPerAgent"] == 2.0
    assert made.hours[0].binding_limit == "fewer than 50 live answers seen"


def test_a_plan_of_a_day_that_has_not_begun_waits_for_no_live_answers(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    yesterday = ObservedInterval(NOON - 24 * HOUR, 100.0, 20.0, 0.0, 2.0)
    made = recommend(forecast_of([0.2]), capacity_of([25]), observed=Observed((yesterday,)))
    assert (made.push["maxCallsPerAgent"] or 0) > 2.0
    assert made.so_far is not None
    assert not made.so_far.has_begun


def test_the_ceiling_holds(forecast_of: Builder, capacity_of: Builder) -> None:
    made = recommend(
        forecast_of([0.05]), capacity_of([100]), guardrails=Guardrails(calls_ceiling=4.0)
    )
    assert made.push["maxCallsPerAgent"] == 4.0
    assert made.hours[0].binding_limit == "ceiling 4"
    assert finding(made, "calls per agent") is LimitState.PASS


def test_frozen_pacing_is_told_and_may_not_be_proposed(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    made = recommend(forecast_of([0.2]), capacity_of([25]), guardrails=Guardrails(is_frozen=True))
    assert finding(made, "freeze") is LimitState.BROKEN


def test_a_tenant_without_calls_per_agent_is_sent_nothing(
    forecast_of: Builder, capacity_of: Builder
) -> None:
    made = recommend(forecast_of([0.2]), capacity_of([25]), fields=TenantFields.TUTORIAL)
    assert made.push == {}
    assert made.hours[0].calls_per_agent is not None
    assert finding(made, "fields") is LimitState.BROKEN
    assert any("no field for calls per agent" in told for told in made.warnings)


def test_a_forecast_that_is_over_is_refused(forecast_of: Builder, capacity_of: Builder) -> None:
    with pytest.raises(DataError, match="is over"):
        recommend(forecast_of([0.2]), capacity_of([25]), starts_at=NOON + 5 * HOUR)


@pytest.mark.parametrize("observed", [None, seen(3, calls=3.0)])
def test_a_plan_of_24_hours_takes_under_5_milliseconds(
    observed: Observed | None, forecast_of: Builder, capacity_of: Builder
) -> None:
    forecast, capacity = forecast_of([0.2] * 24), capacity_of([8, 25, 60] * 8)

    def plan() -> float:
        start = perf_counter()
        recommend(forecast, capacity, observed=observed)
        return perf_counter() - start

    # The quickest of many: what a shared machine does to the others is not the plan's doing.
    assert min(plan() for _ in range(40)) < 0.005
