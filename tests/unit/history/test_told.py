"""What people say of a centre's time wins over what its history seems to show."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from core.errors import SettingsError
from core.history.centre import Centre
from core.history.days import DayCalendar, DayKind, OwnDay
from core.history.opening import OpeningHours, opening_text
from core.history.told import Told

ZONE = "Europe/Berlin"
DS = pd.date_range("2026-11-01T23:00Z", periods=4 * 168, freq="h")
"""Four local weeks from Monday 2 November on."""
LOCAL = DS.tz_convert(ZONE)
OFFICE = (LOCAL.hour >= 8) & (LOCAL.hour < 18) & (LOCAL.day_of_week < 5)
AHEAD = pd.date_range("2026-11-29T23:00Z", periods=168, freq="h")
RECORDS = pd.DataFrame({"ds": DS, "y": 40.0})[OFFICE]


def centre(opening: OpeningHours | None = None, *days: OwnDay) -> Centre:
    return Centre(ZONE, Told(DayCalendar("", days), opening))


def history(of: Centre, records: pd.DataFrame = RECORDS) -> pd.DataFrame:
    until = (DS[-1] + timedelta(hours=1)).to_pydatetime()
    return of.volume_history(records, "Q", until).set_index("ds", drop=False)


def local(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz=ZONE).tz_convert("UTC")


def test_a_day_told_closed_is_closed_whatever_came() -> None:
    tuesday = OwnDay(date(2026, 11, 10))
    known = history(centre(None, tuesday))
    at_ten = known.loc[local("2026-11-10 10:00")]
    assert at_ten["status"] == "closed"
    assert np.isnan(at_ten["y"])
    assert known.loc[local("2026-11-17 10:00"), "y"] == 40.0


def test_hours_told_closed_are_closed_ahead_and_hours_told_open_are_open() -> None:
    told = centre(OpeningHours.parse("Mo-Fr 09:00-20:00"))
    closed = pd.Series(told.expected_closed(history(told), AHEAD), index=AHEAD)
    assert closed[local("2026-11-30 08:00")]
    assert not closed[local("2026-11-30 19:00")]
    assert closed[local("2026-12-05 10:00")]


def test_hours_told_hold_from_their_first_day_on_and_are_learned_before() -> None:
    told = centre(OpeningHours.parse("Mo-Fr 09:00-20:00", since=date(2026, 12, 2)))
    closed = pd.Series(told.expected_closed(history(told), AHEAD), index=AHEAD)
    assert not closed[local("2026-12-01 08:00")]
    assert closed[local("2026-12-01 19:00")]
    assert closed[local("2026-12-02 08:00")]
    assert not closed[local("2026-12-02 19:00")]


def test_an_hour_told_open_is_missing_where_its_record_is_lost_and_not_closed() -> None:
    silent_mondays = RECORDS[RECORDS["ds"].dt.tz_convert(ZONE).dt.day_of_week != 0]
    monday = local("2026-11-09 10:00")
    assert history(centre(), silent_mondays).loc[monday, "status"] == "closed"
    told = centre(OpeningHours.parse("Mo-Fr 08:00-18:00"))
    one_call = pd.concat([silent_mondays, pd.DataFrame({"ds": [monday], "y": [40.0]})])
    assert history(told, one_call).loc[monday + timedelta(hours=2), "status"] == "missing"
    assert history(centre(), one_call).loc[monday + timedelta(hours=12), "status"] == "closed"


def test_a_day_of_ones_own_wins_over_the_hours_told() -> None:
    friday = OwnDay(date(2026, 12, 4), 12 * 60)
    told = centre(OpeningHours.parse("Mo-Fr 08:00-18:00"), friday)
    closed = pd.Series(told.expected_closed(history(told), AHEAD), index=AHEAD)
    assert not closed[local("2026-12-04 11:00")]
    assert closed[local("2026-12-04 12:00")]


def test_a_special_day_opens_no_hour_that_is_closed_otherwise() -> None:
    sunday = OwnDay(date(2026, 12, 6), kind=DayKind.SPECIAL, label="Open Sunday")
    told = centre(None, sunday)
    closed = pd.Series(told.expected_closed(history(told), AHEAD), index=AHEAD)
    assert closed[local("2026-12-06 10:00")]
    assert told.day_names(AHEAD)[-1] == "Open Sunday"


def test_hours_told_closed_are_closed_in_the_kinds_that_methods_read() -> None:
    told = centre(OpeningHours.parse("Mo-Fr 08:00-18:00"))
    closed = told.day_kinds(AHEAD) == DayKind.CLOSED
    assert closed.sum() == 168 - 50
    assert set(told.day_names(AHEAD)) == {""}


def test_a_history_as_it_was_known_earlier_keeps_to_what_was_told() -> None:
    told = centre(OpeningHours.parse("Mo-Fr 09:00-18:00"), OwnDay(date(2026, 11, 10)))
    until = datetime(2026, 11, 20, tzinfo=UTC)
    tidied = history(told).reset_index(drop=True)
    again = told.as_known_at(tidied, until)
    expected = told.volume_history(RECORDS[RECORDS["ds"] < pd.Timestamp(until)], "Q", until)
    pd.testing.assert_frame_equal(
        again.reset_index(drop=True), expected.reset_index(drop=True), check_freq=False
    )


def test_the_week_told_reads_as_it_was_written() -> None:
    text = "Mo-Fr 08:00-12:00, Mo-Fr 13:00-18:00, Sa 09:00-14:00"
    assert OpeningHours.parse(text).text == text


def test_a_part_of_an_hour_opens_the_hour() -> None:
    assert OpeningHours.parse("Mo 08:30-17:15").text == "Mo 08:00-18:00"


def test_a_week_without_an_open_hour_is_refused() -> None:
    with pytest.raises(SettingsError, match="without an open hour"):
        OpeningHours.of([])


def test_an_open_week_reads_as_one_entry() -> None:
    assert opening_text(np.ones(168, dtype=bool)) == "Mo-Su 00:00-24:00"


def test_what_a_forecast_records_names_country_days_and_hours() -> None:
    told = centre(OpeningHours.parse("Mo 08:00-18:00"), OwnDay(date(2026, 12, 24)))
    assert dict(told.calendar_used) == {
        "country": "",
        "own_days": 1,
        "opening_hours": "Mo 08:00-18:00",
    }
