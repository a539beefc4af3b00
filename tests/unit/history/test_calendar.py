"""The centre's clock: zones, clock changes, hours of the week and callable time."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from core.errors import SettingsError
from core.history.calendar import CallableHours, hour_of_week, same_clock_before, zone_named

BERLIN = zone_named("Europe/Berlin")


def _hours(start: str, count: int) -> pd.DatetimeIndex:
    return pd.date_range(start, periods=count, freq="h", tz="UTC")


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "America"])
def test_an_unknown_zone_is_refused_by_name(name: str) -> None:
    with pytest.raises(SettingsError, match="no time zone called"):
        zone_named(name)


def test_the_week_begins_on_monday_midnight_of_the_centre() -> None:
    assert hour_of_week(_hours("2026-11-22T22:00", 3), BERLIN).tolist() == [167, 0, 1]


def test_the_hour_that_autumn_repeats_is_the_same_hour_of_the_week_twice() -> None:
    assert hour_of_week(_hours("2026-10-24T23:00", 4), BERLIN).tolist() == [145, 146, 146, 147]


def test_the_hour_that_spring_skips_is_no_hour_of_the_week() -> None:
    assert hour_of_week(_hours("2026-03-29T00:00", 2), BERLIN).tolist() == [145, 147]


@pytest.mark.parametrize(
    ("now", "week_before"),
    [
        ("2026-10-26T08:00Z", "2026-10-19T07:00Z"),  # nine o'clock, winter and summer time
        ("2026-03-30T07:00Z", "2026-03-23T08:00Z"),
        ("2026-11-01T01:00Z", "2026-10-25T00:00Z"),  # shown twice: the first
        ("2026-04-05T00:00Z", "2026-03-29T01:00Z"),  # never shown: the hour after the change
    ],
)
def test_the_same_clock_hour_of_last_week_knows_clock_changes(now: str, week_before: str) -> None:
    found = same_clock_before(pd.DatetimeIndex([now]), 7, BERLIN)
    assert found[0] == pd.Timestamp(week_before)


def test_callable_hours_are_those_of_the_clock_of_their_zone() -> None:
    hours = CallableHours.parse("Mo-Fr 08:00-20:00, Sa 09:00-16:00", "Europe/Berlin")
    monday = [datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (6, 7, 18, 19)]
    assert [hours.is_callable(start) for start in monday] == [False, True, True, False]
    assert hours.is_callable(datetime(2026, 11, 28, 8, tzinfo=UTC))
    assert not hours.is_callable(datetime(2026, 11, 29, 10, tzinfo=UTC))


def test_an_hour_that_is_callable_in_part_is_not_callable() -> None:
    hours = CallableHours.parse("Mo 08:30-10:00", "UTC")
    callable_at = [hours.is_callable(datetime(2026, 11, 23, hour, tzinfo=UTC)) for hour in (8, 9)]
    assert callable_at == [False, True]


def test_windows_that_touch_are_one() -> None:
    hours = CallableHours.parse("Mo 08:00-12:30; Mo 12:30-17:00", "UTC")
    assert hours.windows == ((0, 480, 1020),)
    assert hours.is_callable(datetime(2026, 11, 23, 12, tzinfo=UTC))


def test_a_day_may_be_callable_to_its_end_and_days_may_wrap_round_the_week() -> None:
    hours = CallableHours.parse("sa-mo 00:00-24:00", "UTC")
    days = [hours.is_callable(datetime(2026, 11, 23 + day, 23, tzinfo=UTC)) for day in range(7)]
    assert days == [True, False, False, False, False, True, True]


def test_the_repeated_hour_of_autumn_is_callable_both_times_only_if_the_clock_shows_it() -> None:
    until_three = CallableHours.parse("Su 02:00-03:00", "Europe/Berlin")
    shown_two = [datetime(2026, 10, 25, hour, tzinfo=UTC) for hour in (0, 1)]
    # The first hour from two o'clock ends at two o'clock again.
    assert [until_three.is_callable(start) for start in shown_two] == [False, True]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "names no hours"),
        ("always", "is not like"),
        ("Xx 08:00-20:00", "'Xx' is no day"),
        ("Mo 20:00-08:00", "ends before it begins"),
        ("Mo 08:00-25:00", "no clock shows"),
        ("Mo 08:75-20:00", "no clock shows"),
    ],
)
def test_callable_hours_that_cannot_be_read_are_refused_with_the_part_at_fault(
    text: str, why: str
) -> None:
    with pytest.raises(SettingsError, match=why):
        CallableHours.parse(text, "UTC")
