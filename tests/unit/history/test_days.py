"""What the calendar says of an hour: whose word wins, and which hours a part of a day touches."""

import pickle
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from core.errors import SettingsError
from core.history.calendar import local_clock
from core.history.days import DayCalendar, DayKind, OwnDay
from core.history.days_named import MOST_NAMED, days_named

BERLIN = ZoneInfo("Europe/Berlin")
EVE = date(2026, 12, 24)
CHRISTMAS = date(2026, 12, 25)


def clock(day: date, hours: int = 24) -> pd.DatetimeIndex:
    return pd.date_range(pd.Timestamp(day), periods=hours, freq="h")


def kinds(calendar: DayCalendar, day: date) -> list[int]:
    return calendar.kinds(clock(day)).tolist()


def test_a_calendar_without_country_and_days_knows_only_ordinary_hours() -> None:
    assert set(kinds(DayCalendar(), CHRISTMAS)) == {DayKind.ORDINARY}
    assert set(DayCalendar().names(clock(CHRISTMAS))) == {""}


def test_a_public_holiday_covers_its_whole_day_and_no_other() -> None:
    calendar = DayCalendar("DE")
    assert kinds(calendar, CHRISTMAS) == [DayKind.HOLIDAY] * 24
    assert kinds(calendar, EVE) == [DayKind.ORDINARY] * 24
    assert calendar.names(clock(CHRISTMAS))[0] == "Christmas Day"


def test_own_days_win_over_a_holiday_in_the_hours_they_name() -> None:
    open_morning = OwnDay(CHRISTMAS, 8 * 60, 12 * 60, DayKind.REDUCED, "Emergency line")
    found = kinds(DayCalendar("DE", (open_morning,)), CHRISTMAS)
    assert found == [DayKind.HOLIDAY] * 8 + [DayKind.REDUCED] * 4 + [DayKind.HOLIDAY] * 12
    names = DayCalendar("DE", (open_morning,)).names(clock(CHRISTMAS))
    assert (names[7], names[8]) == ("Christmas Day", "Emergency line")


def test_closed_wins_over_special_and_special_over_reduced() -> None:
    whole = [OwnDay(EVE, kind=kind) for kind in (DayKind.SPECIAL, DayKind.REDUCED)]
    afternoon = OwnDay(EVE, 14 * 60)
    found = kinds(DayCalendar("", (afternoon, *whole)), EVE)
    assert found == [DayKind.SPECIAL] * 14 + [DayKind.CLOSED] * 10


def test_an_hour_that_is_closed_only_in_part_is_reduced() -> None:
    found = kinds(DayCalendar("", (OwnDay(EVE, 13 * 60 + 30, 15 * 60),)), EVE)
    assert found[12:16] == [DayKind.ORDINARY, DayKind.REDUCED, DayKind.CLOSED, DayKind.ORDINARY]


@pytest.mark.parametrize(
    ("day", "length"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (EVE, 24)]
)
def test_a_closed_day_covers_all_its_hours_also_when_the_clock_changes(
    day: date, length: int
) -> None:
    start = pd.Timestamp(day) - pd.Timedelta(days=1)
    ds = pd.date_range(start, periods=72, freq="h", tz="UTC")
    shown = local_clock(ds, BERLIN)
    closed = DayCalendar("", (OwnDay(day),)).kinds(shown) == DayKind.CLOSED
    assert closed.sum() == length
    assert set(shown[closed].date) == {day}


def test_the_hour_that_the_clock_shows_twice_is_touched_twice() -> None:
    ds = pd.date_range("2026-10-24T22:00Z", periods=25, freq="h")
    part = OwnDay(date(2026, 10, 25), 2 * 60, 3 * 60)
    assert (DayCalendar("", (part,)).kinds(local_clock(ds, BERLIN)) == DayKind.CLOSED).sum() == 2


def test_a_zone_with_half_hours_counts_an_hour_to_the_day_it_begins_in() -> None:
    ds = pd.date_range("2026-12-23T00:00Z", periods=72, freq="h")
    shown = local_clock(ds, ZoneInfo("Asia/Kolkata"))
    closed = DayCalendar("", (OwnDay(EVE),)).kinds(shown) == DayKind.CLOSED
    assert closed.sum() == 24
    assert shown[closed][0].strftime("%H:%M") == "00:30"


def test_a_calendar_can_be_sent_to_another_process() -> None:
    calendar = DayCalendar("US-CA", (OwnDay(EVE),))
    assert pickle.loads(pickle.dumps(calendar)) == calendar


def test_a_day_cannot_end_before_it_begins() -> None:
    with pytest.raises(SettingsError, match=r"14:00-09:00 ends before it begins"):
        OwnDay(EVE, 14 * 60, 9 * 60)


def test_a_holiday_is_not_the_operators_to_give() -> None:
    with pytest.raises(SettingsError, match="cannot be holiday"):
        OwnDay(EVE, kind=DayKind.HOLIDAY)


def test_days_are_named_in_sentences_the_earliest_first() -> None:
    own = (OwnDay(EVE, 14 * 60, label="Christmas Eve"),)
    told = days_named(DayCalendar("DE", own), clock(EVE, 48))
    assert told == (
        "Thu 24 Dec is Christmas Eve: closed from 14:00 to 24:00.",
        "Fri 25 Dec is Christmas Day: a public holiday.",
    )


def test_a_long_horizon_names_the_first_days_and_counts_the_rest() -> None:
    told = days_named(DayCalendar("DE"), clock(date(2026, 1, 1), 365 * 24))
    assert len(told) == MOST_NAMED + 1
    assert told[-1] == "The calendar names 1 more day."
