"""The centre's calendar: clock changes, public holidays, opening hours."""

from datetime import UTC, date, datetime

import pytest

from core.simulator.calendar import (
    HolidayRule,
    easter_sunday,
    holidays,
    hour_number,
    local_day,
    local_days,
    weekly,
)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 7, 1), 24), (date(2026, 10, 25), 25)],
)
def test_a_local_day_has_as_many_hours_as_the_clock_change_leaves_it(day: date, hours: int):
    assert len(local_day(day).clock_hours) == hours


def test_the_clock_skips_two_in_spring_and_shows_it_twice_in_autumn():
    spring, autumn = local_day(date(2026, 3, 29)), local_day(date(2026, 10, 25))

    assert spring.clock_hours[:4] == (0, 1, 3, 4)
    assert autumn.clock_hours[:5] == (0, 1, 2, 2, 3)


def test_a_local_day_begins_at_local_midnight():
    winter, summer = local_day(date(2026, 1, 15)), local_day(date(2026, 7, 15))

    assert winter.first_hour == hour_number(datetime(2026, 1, 14, 23, tzinfo=UTC))
    assert summer.first_hour == hour_number(datetime(2026, 7, 14, 22, tzinfo=UTC))


def test_no_local_day_is_given_for_no_hours():
    first = hour_number(datetime(2026, 7, 15, tzinfo=UTC))

    assert [day.date.day for day in local_days(first, first + 22)] == [15]
    assert [day.date.day for day in local_days(first, first + 23)] == [15, 16]


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2019, 4, 21), (2024, 3, 31), (2038, 4, 25)],
)
def test_easter_falls_on_the_sundays_that_almanacs_give(year: int, month: int, day: int):
    assert easter_sunday(year) == date(year, month, day)


def test_the_holidays_are_those_of_all_german_states():
    assert sorted(holidays(2027)) == [
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 1),
        date(2027, 5, 6),
        date(2027, 5, 17),
        date(2027, 10, 3),
        date(2027, 12, 25),
        date(2027, 12, 26),
    ]


def test_an_office_is_closed_on_holidays_and_early_on_christmas_eve():
    office = weekly((8, 18))

    assert office.span(date(2026, 5, 14)) is None
    assert office.span(date(2026, 12, 24)) == (8, 13)
    assert office.span(date(2026, 12, 23)) == (8, 18)


def test_an_emergency_line_is_open_on_holidays():
    emergency = weekly((0, 24), (0, 24), (0, 24), on_holidays=HolidayRule.REDUCED)

    assert emergency.span(date(2026, 12, 25)) == (0, 24)
