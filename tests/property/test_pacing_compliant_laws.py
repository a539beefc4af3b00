"""Laws of policy ``compliant``: monotone for any input, and never over a limit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.forecasting.forecast import Forecast
from core.pacing.dialling_law import Team, abandon_rate
from core.pacing.guardrails import Guardrails
from core.pacing.limits import LimitState, pacing_findings
from core.pacing.max_offers import MaxOffers
from core.pacing.observed import Observed, ObservedInterval
from core.pacing.order import PacingOrder
from core.pacing.recommend import recommend_pacing
from core.pacing.recommendation import Recommendation
from core.pacing.timing import DialTiming
from tests.support.hourly_forecast import hourly_forecast

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)

hours = st.lists(
    st.tuples(st.floats(0.0, 1.0), st.none() | st.floats(0, 300)), min_size=1, max_size=14
)
bands = st.floats(1.0, 1.8)
limits = st.floats(0.001, 0.1)
timings = st.builds(
    DialTiming, st.floats(30, 900), st.just("given"), st.floats(5, 60), st.just("given")
)
teams = st.builds(Team, st.floats(0.1, 400), st.floats(5, 60), st.floats(30, 900))


@given(teams, st.floats(1, 15), st.floats(1, 1.5), st.floats(0, 1), st.floats(1, 1.5))
def test_more_calls_or_more_answers_never_abandon_fewer(
    team: Team, calls: float, more_calls: float, rate: float, more_answers: float
) -> None:
    told = abandon_rate(calls, rate, team)
    assert 0 <= told <= 1
    assert abandon_rate(calls * more_calls, rate, team) >= told - 1e-12
    assert abandon_rate(calls, min(1.0, rate * more_answers), team) >= told - 1e-12


@st.composite
def days_so_far(draw: st.DrawFn) -> Observed | None:
    if draw(st.booleans()):
        return None
    minutes = draw(st.sampled_from([15, 60]))
    intervals = []
    for number in range(draw(st.integers(0, 8))):
        attempts = draw(st.integers(0, 3000))
        live = draw(st.integers(0, attempts))
        lost = draw(st.integers(0, live))
        calls = draw(st.none() | st.floats(1.0, 15.0))
        start = START - 8 * HOUR + number * timedelta(minutes=minutes)
        intervals.append(ObservedInterval(start, attempts, live, lost, calls))
    return Observed(tuple(intervals), timedelta(minutes=minutes), START)


def forecast_of(rates: list[float], band: float) -> Forecast:
    middle = np.array(rates, dtype=float)
    return hourly_forecast(START, middle, middle / band, np.minimum(middle * band, 1.0))


def plan(day: list[tuple[float, float | None]], band: float, order: PacingOrder) -> Recommendation:
    forecast = forecast_of([rate for rate, _ in day], band)
    capacity = pd.DataFrame({"ds": forecast.rows["ds"], "agents": [agents for _, agents in day]})
    return recommend_pacing(forecast, capacity.astype({"agents": "float64"}).dropna(), order)


def order_of(timing: DialTiming, limit: float, observed: Observed | None) -> PacingOrder:
    return PacingOrder(
        policy="compliant",
        campaign_id="C",
        generated_at=START,
        max_offers=MaxOffers(1000.0, "as given"),
        guardrails=Guardrails(limit),
        timing=timing,
        observed=observed,
    )


def calls_of(made: Recommendation) -> list[float]:
    return [hour.calls_per_agent or 0.0 for hour in made.hours]


@settings(deadline=None, max_examples=60)
@given(
    day=hours,
    band=bands,
    limit=limits,
    timing=timings,
    observed=days_so_far(),
    worse=st.floats(0.3, 1.0),
)
def test_a_worse_answer_rate_never_lowers_calls_per_agent(
    day: list[tuple[float, float | None]],
    band: float,
    limit: float,
    timing: DialTiming,
    observed: Observed | None,
    worse: float,
) -> None:
    order = order_of(timing, limit, observed)
    before = calls_of(plan(day, band, order))
    after = calls_of(plan([(rate * worse, agents) for rate, agents in day], band, order))
    assert all(later >= earlier for earlier, later in zip(before, after, strict=True))


@settings(deadline=None, max_examples=60)
@given(
    day=hours,
    band=bands,
    limit=limits,
    timing=timings,
    observed=days_so_far(),
    tighter=st.floats(0.1, 1.0),
)
def test_a_tighter_limit_never_raises_calls_per_agent(
    day: list[tuple[float, float | None]],
    band: float,
    limit: float,
    timing: DialTiming,
    observed: Observed | None,
    tighter: float,
) -> None:
    before = calls_of(plan(day, band, order_of(timing, limit, observed)))
    after = calls_of(plan(day, band, order_of(timing, limit * tighter, observed)))
    assert all(later <= earlier for earlier, later in zip(before, after, strict=True))


@settings(deadline=None, max_examples=100)
@given(
    day=hours,
    band=bands,
    timing=timings,
    observed=days_so_far(),
    limit=limits,
    ceiling=st.floats(1, 15),
    step=st.floats(0.05, 2.0),
    now=st.none() | st.floats(0.5, 15.0),
)
def test_no_limit_is_ever_passed(
    day: list[tuple[float, float | None]],
    band: float,
    timing: DialTiming,
    observed: Observed | None,
    limit: float,
    ceiling: float,
    step: float,
    now: float | None,
) -> None:
    current: dict[str, Any] = {} if now is None else {"maxCallsPerAgent": now}
    order = replace(
        order_of(timing, limit, observed),
        guardrails=Guardrails(limit, calls_ceiling=ceiling, largest_step=step),
        current=current,
    )
    made = plan(day, band, order)
    before = observed.last_calls if observed and observed.last_calls else now
    for number, hour in enumerate(made.hours):
        assert (hour.calls_per_agent is None) == (not hour.agents)
        if hour.calls_per_agent is None:
            continue
        assert 1.0 <= hour.calls_per_agent <= max(ceiling, 1.0)
        assert hour.calls_per_agent == round(hour.calls_per_agent, 2)
        assert hour.abandon_target is not None
        assert 0.0 <= hour.abandon_target <= limit
        if before is not None:
            assert hour.calls_per_agent <= max(before, 1.0) * (1 + step) + 1e-6
        before = hour.calls_per_agent
        if observed is None or number:
            # Only what a watched day has saved may go beyond the limit, and only at once.
            assert (hour.expected_abandon_rate or 0.0) <= limit * 1.000001
    if made.push:
        assert made.push["abandonRate"] <= max(100 * limit, 0.1) + 0.005
        states = {each.name: each.state for each in pacing_findings(made, START)}
        assert states["abandon target"] is LimitState.PASS
        assert states["calls per agent"] is LimitState.PASS
