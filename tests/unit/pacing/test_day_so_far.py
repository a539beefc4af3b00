"""Allowance, what a day teaches, and what is kept in reserve."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pandas as pd
import pytest

from core.errors import DataError
from core.pacing.allowance import Allowance, safe_count
from core.pacing.answer_band import answer_band
from core.pacing.day_control import HourAhead, unwatched_choices, watched_choice
from core.pacing.dialling_law import Team, abandon_rate
from core.pacing.lessons import Lessons, SeenInterval, lessons_of
from core.pacing.observed import Observed, ObservedInterval, observed_in
from core.pacing.order import ForecastHour

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEAM = Team(25.0, 20.0, 210.0)
AHEAD = HourAhead(1.0, 0.2, 0.24, 0.11, TEAM)
SMALL = replace(AHEAD, team=Team(5.0, 20.0, 210.0))


def hour(rate: float, lower: float | None, upper: float | None) -> ForecastHour:
    return ForecastHour(NOON, rate, lower, upper, None, 25.0)


def test_an_allowance_is_what_the_limit_leaves() -> None:
    assert Allowance(0.03, 1000, 22).left == 8.0
    assert Allowance(0.03, 1000, 40).left == -10.0
    assert Allowance(0.03, 1000, 40).rate_over(100) == 0.0
    assert Allowance(0.03).rate is None


@pytest.mark.parametrize("spread", [0.0, 0.3, 1.2])
def test_the_reserve_grows_slower_than_what_is_allowed(spread: float) -> None:
    counts = [safe_count(float(allowed), 2.0, 4.0, spread) for allowed in range(60)]
    assert all(later > earlier for earlier, later in pairwise(counts))
    assert all(count <= allowed for allowed, count in enumerate(counts))


def test_a_day_with_more_answers_than_forecast_corrects_the_rest_upwards() -> None:
    seen = [SeenInterval(0.2, 1000.0, live, 0.0, None, None) for live in (240.0, 250.0)]
    learned = lessons_of(seen, 0.11, 2.0)
    assert 1.15 < learned.rate_factor < 1.225
    assert learned.common_error < 0.05


def test_little_seen_teaches_little() -> None:
    few = lessons_of([SeenInterval(0.2, 10.0, 4.0, 0.0, None, None)], 0.11, 0.25)
    assert 1.0 < few.rate_factor < 1.05
    assert lessons_of([], 0.11, 0.0).rate_factor == 1.0


def test_more_abandoned_than_the_law_tells_is_believed_in_the_end() -> None:
    told = abandon_rate(3.5, 0.2, TEAM) * 500
    seen = [SeenInterval(0.2, 2500.0, 500.0, 2 * told, 3.5, TEAM)] * 8
    assert 1.6 < lessons_of(seen, 0.11, 8.0).abandon_factor < 2.0


def test_a_day_that_is_watched_uses_more_of_its_limit() -> None:
    day = [AHEAD] * 12
    once = unwatched_choices(day, Allowance(0.03))[0]
    watched = watched_choice(day, Allowance(0.03), Lessons(common_error=0.1), 1.0)
    assert watched.calls > once.calls
    assert max(watched.target, once.target) <= 0.03


def test_hours_that_nobody_watches_believe_a_day_that_abandons_more() -> None:
    calls = [
        unwatched_choices([AHEAD] * 12, Allowance(0.03), factor)[0].calls
        for factor in (0.8, 1.0, 2.0)
    ]
    assert calls[0] == calls[1] > calls[2]


def test_a_spent_allowance_leaves_one_call_for_each_agent() -> None:
    spent = Allowance(0.03, 400, 200)
    assert watched_choice([AHEAD], spent, Lessons(), 1.0).calls == 1.0
    assert unwatched_choices([AHEAD], spent)[0].calls == 1.0


def test_more_abandoned_so_far_never_raises_what_follows() -> None:
    calls = [
        watched_choice([AHEAD] * 4, Allowance(0.03, 2000, float(lost)), Lessons(), 1.0).calls
        for lost in range(0, 120, 5)
    ]
    assert calls == sorted(calls, reverse=True)
    assert calls[0] > calls[-1]


def test_a_small_team_takes_the_next_whole_line_only_out_of_what_it_saved() -> None:
    day = [SMALL] * 14
    nothing_saved = watched_choice(day, Allowance(0.03), Lessons(), 1.0).calls
    saved = watched_choice(day, Allowance(0.03, 400, 2), Lessons(), 1.0).calls
    assert nothing_saved < 2.0 <= saved


def test_the_last_hour_keeps_a_reserve() -> None:
    last = watched_choice([AHEAD], Allowance(0.03, 4000, 118), Lessons(), 1.0)
    earlier = watched_choice([AHEAD] * 8, Allowance(0.03, 4000, 118), Lessons(), 1.0)
    assert last.target < earlier.target


def test_a_wider_band_plans_with_a_higher_answer_rate() -> None:
    sure = answer_band(hour(0.2, 0.19, 0.21), 0.95, 300.0)
    unsure = answer_band(hour(0.2, 0.15, 0.26), 0.95, 300.0)
    assert sure.high_rate < unsure.high_rate < 0.26


def test_a_band_of_the_observed_share_is_not_taken_for_the_days_error_alone() -> None:
    observed = answer_band(hour(0.2, 0.15, 0.26), 0.95, 60.0)
    probability = answer_band(replace(hour(0.2, 0.15, 0.26), probability_upper=0.26), 0.95, 60.0)
    assert 0.7 * probability.error < observed.error < probability.error


def test_without_a_band_an_error_is_assumed() -> None:
    assert answer_band(hour(0.2, None, None), 0.95, 300.0).error == pytest.approx(0.25)
    assert answer_band(hour(0.2, 0.16, None), 0.95, 300.0).high_rate > 0.2


def test_the_interval_under_way_ends_now() -> None:
    rows = pd.DataFrame(
        {
            "ds": pd.date_range(NOON, periods=2, freq="h", unit="us"),
            "attempts": 100.0,
            "live": 20.0,
            "abandoned": 1.0,
            "callsPerAgent": float("nan"),
        }
    )
    now = NOON + timedelta(hours=1, minutes=20)
    assert observed_in(rows, until=now).end == now
    assert observed_in(rows).end == NOON + timedelta(hours=2)


def test_more_live_answers_than_attempts_are_refused() -> None:
    rows = pd.DataFrame(
        {
            "ds": pd.date_range(NOON, periods=1, freq="h", unit="us"),
            "attempts": [1.0],
            "live": [2.0],
            "abandoned": [0.0],
            "callsPerAgent": [1.0],
        }
    )
    with pytest.raises(DataError, match="more live answers"):
        observed_in(rows)


def test_an_allowance_counts_from_a_moment_on() -> None:
    yesterday = ObservedInterval(NOON - timedelta(days=1), 100.0, 20.0, 5.0, 2.0)
    today = ObservedInterval(NOON, 100.0, 30.0, 1.0, 2.0)
    assert Observed((yesterday, today)).allowance(0.03, NOON) == Allowance(0.03, 30.0, 1.0)
