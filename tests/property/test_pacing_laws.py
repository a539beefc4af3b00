"""Laws of pacing: rates stay in bounds, windows stay ahead, callable and apart."""

from datetime import UTC, datetime, timedelta

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import DataError
from core.forecasting.forecast import SeriesKind
from core.pacing.guardrails import Guardrails
from core.pacing.limits import LimitState, pacing_findings
from core.pacing.max_offers import MaxOffers, max_offers_from_history
from core.pacing.order import PacingOrder, TenantFields
from core.pacing.recommend import recommend_pacing
from core.pacing.windows import ThresholdHours, low_volume_windows
from tests.support.hourly_forecast import hourly_forecast

START = datetime(2026, 10, 24, tzinfo=UTC)
HOUR = timedelta(hours=1)

shares = st.floats(0, 1)
agents = st.none() | st.floats(0, 5000)


@settings(deadline=None)
@given(
    hours=st.lists(st.tuples(shares, agents), min_size=1, max_size=48),
    max_offers=st.floats(0.5, 1e6),
    cap=st.floats(0.001, 0.2),
)
def test_no_rate_ever_leaves_its_bounds_and_no_target_passes_the_cap_unseen(
    hours: list[tuple[float, float | None]], max_offers: float, cap: float
) -> None:
    forecast = hourly_forecast(START, [share for share, _ in hours])
    capacity = pd.DataFrame(
        {"ds": forecast.rows["ds"], "agents": [working for _, working in hours]}
    ).astype({"agents": "float64"})
    recommendation = recommend_pacing(
        forecast,
        capacity.dropna(),
        PacingOrder(
            policy="tutorial",
            campaign_id="C",
            generated_at=START,
            max_offers=MaxOffers(max_offers, "as given"),
            guardrails=Guardrails(cap),
            fields=TenantFields.TUTORIAL,
        ),
    )
    for hour in recommendation.hours:
        assert hour.safe_rate is not None
        assert 0.1 <= hour.safe_rate <= 0.95
        assert hour.safe_rate <= max(0.1, hour.answer_rate)
        if hour.agents is not None:
            assert hour.safe_rate <= max(0.1, hour.agents / max_offers * 0.8)
    assert recommendation.capacity_known == any(working is not None for _, working in hours)
    assert bool(recommendation.push) == recommendation.capacity_known
    if recommendation.push:
        sent = recommendation.push["predictive"]
        rates = [hour.safe_rate for hour in recommendation.hours]
        assert round(min(rates), 4) <= sent["answerRate"] <= round(max(rates), 4)
        assert sent["dropRate"] == max(hour.abandon_target for hour in recommendation.hours)
        findings = {each.name: each.state for each in pacing_findings(recommendation, START)}
        assert (findings["abandon target"] is LimitState.BROKEN) == (sent["dropRate"] > cap)
        assert findings["rates"] is LimitState.PASS


@settings(deadline=None)
@given(
    values=st.lists(st.one_of(st.just(0.0), st.floats(-5, 500)), min_size=1, max_size=120),
    callable_hours=st.sets(st.integers(0, 23), max_size=24),
    now=st.timedeltas(timedelta(hours=-5), timedelta(hours=130)),
    quantile=st.floats(0.05, 0.95),
    minimum_hours=st.integers(1, 3),
    over=st.sampled_from(ThresholdHours),
)
def test_windows_hold_only_low_callable_future_hours_and_all_of_them(
    values: list[float],
    callable_hours: set[int],
    now: timedelta,
    quantile: float,
    minimum_hours: int,
    over: ThresholdHours,
) -> None:
    rows = hourly_forecast(START, values, kind=SeriesKind.VOLUME).rows
    by_start = dict(zip(rows["ds"].dt.to_pydatetime(), rows["yhat"], strict=True))

    def is_callable(moment: datetime) -> bool:
        return moment.hour in callable_hours

    try:
        found = low_volume_windows(
            rows,
            now=START + now,
            is_callable=is_callable,
            quantile=quantile,
            minimum_hours=minimum_hours,
            over=over,
        )
    except DataError:
        return
    inside = []
    for window in found.windows:
        hours = [window.start + HOUR * number for number in range(int(window.hours))]
        assert len(hours) >= minimum_hours
        assert all(by_start[hour] < found.threshold for hour in hours)
        assert all(is_callable(hour) and hour >= START + now for hour in hours)
        inside += hours
    assert len(inside) == len(set(inside))
    for earlier, later in zip(found.windows, found.windows[1:], strict=False):
        assert earlier.end < later.start
    if minimum_hours == 1:
        low = {
            hour
            for hour, y in by_start.items()
            if y < found.threshold
            and hour >= START + now
            and is_callable(hour)
            and (y != 0 or over is ThresholdHours.ALL)
        }
        assert low == set(inside)


@settings(deadline=None)
@given(offered=st.lists(st.floats(0, 1e6) | st.just(float("nan")), max_size=50))
def test_no_hour_of_the_history_was_busier_than_the_highest_offers(offered: list[float]) -> None:
    assume(any(calls > 0 for calls in offered))
    ds = pd.date_range(START, periods=len(offered), freq="h", unit="us")
    history = pd.DataFrame({"ds": ds, "offered": offered, "answered": 0.0})
    highest = max_offers_from_history(history).value
    assert highest in offered
    assert not (history["offered"] > highest).any()
