"""What a window is made of: parts that add up, and what days unlike others do."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from core.forecasting.contributions import (
    CALENDAR,
    REMAINDER,
    rate_contributions,
    rate_of,
    with_calendar,
)
from core.history.centre import Centre
from core.history.days import DayCalendar, DayKind, OwnDay
from core.history.told import Told

PAST = pd.date_range("2026-11-02T00:00Z", periods=3 * 168, freq="h")
"""Three weeks from a Monday."""
AHEAD = pd.date_range("2026-11-23T08:00Z", periods=12, freq="h")


def past_rates() -> pd.DataFrame:
    """Return components of a rate that is higher in the evening and on Mondays."""
    season = 0.02 * (PAST.hour >= 16) + 0.01 * (PAST.day_of_week == 0)
    is_open = (PAST.hour >= 8) & (PAST.hour < 20)
    observed = np.where(is_open, 0.3 + season, np.nan)
    return pd.DataFrame({"ds": PAST, "observed": observed, "trend": 0.3, "seasonal": season})


def rows(calls: np.ndarray | None = None) -> pd.DataFrame:
    frame = pd.DataFrame({"ds": AHEAD, "yhat": np.linspace(0.3, 0.41, 12)})
    return frame if calls is None else frame.assign(calls=calls)


def test_the_parts_of_an_answer_rate_add_up_to_it_however_calls_are_spread() -> None:
    hours = rows(np.arange(1.0, 13.0) * 10)
    parts = rate_contributions(past_rates(), hours, Centre())
    assert list(parts) == ["trend", "weekly", "daily", REMAINDER]
    assert sum(parts.values()) == pytest.approx(rate_of(hours))


def test_the_weekday_is_the_mean_of_its_open_hours_and_the_hour_what_is_left() -> None:
    evening = rows().tail(1)
    parts = rate_contributions(past_rates(), evening, Centre())
    # Four of the twelve open hours of a Monday have 2 points more.
    assert parts["weekly"] == pytest.approx(0.01 + 0.02 / 3)
    assert parts["daily"] == pytest.approx(0.02 * 2 / 3)


def test_hours_count_by_their_calls_and_alike_where_none_are_known() -> None:
    two = rows().iloc[[0, 11]]
    assert rate_of(two) == pytest.approx(0.355)
    assert rate_of(two.assign(calls=[300.0, 100.0])) == pytest.approx(0.3275)
    assert rate_of(two.assign(calls=0.0)) == pytest.approx(0.355)


def test_a_rate_that_nothing_takes_apart_has_no_parts() -> None:
    assert rate_contributions(past_rates()[["ds"]], rows(), Centre()) == {}
    assert rate_contributions(past_rates(), rows()[:0], Centre()) == {}


def test_what_the_ordinary_week_leaves_unsaid_of_a_special_day_is_the_calendars() -> None:
    fair = OwnDay(date(2026, 11, 24), kind=DayKind.SPECIAL, label="Fair")
    centre = Centre(told=Told(DayCalendar(own_days=(fair,))))
    ds = pd.date_range("2026-11-23T00:00Z", periods=48, freq="h")
    parts = pd.DataFrame({"ds": ds, "trend": 10.0, REMAINDER: 2.0})
    split = with_calendar(parts, centre)
    assert split[CALENDAR].tolist() == [0.0] * 24 + [2.0] * 24
    assert split[REMAINDER].tolist() == [2.0] * 24 + [0.0] * 24


def test_a_method_that_tells_the_calendars_part_itself_is_believed() -> None:
    parts = pd.DataFrame({"ds": PAST, "trend": 10.0, CALENDAR: 1.0})
    assert with_calendar(parts, Centre()) is parts
