"""UTC hours on the centre's wall clock, stretches and gaps."""

from zoneinfo import ZoneInfo

import pandas as pd

from core.charts.timeline import (
    closed_hours,
    midnights,
    plain_values,
    stretches,
    time_values,
    wall_texts,
    whole_hours,
)

BERLIN = ZoneInfo("Europe/Berlin")


def test_the_hour_that_the_clocks_repeat_is_drawn_twice() -> None:
    autumn = pd.date_range("2026-10-25T00:00Z", periods=3, freq="h")
    assert wall_texts(autumn, BERLIN) == [
        "2026-10-25T02:00",
        "2026-10-25T02:00",
        "2026-10-25T03:00",
    ]


def test_even_hours_are_sent_as_start_and_step() -> None:
    hours = pd.date_range("2026-11-25T10:00Z", periods=500, freq="h")
    assert time_values(hours, BERLIN) == {"x0": "2026-11-25T11:00", "dx": 3_600_000}


def test_hours_across_a_clock_change_are_sent_one_by_one() -> None:
    spring = pd.date_range("2027-03-28T00:00Z", periods=3, freq="h")
    assert time_values(spring, BERLIN) == {
        "x": ["2027-03-28T01:00", "2027-03-28T03:00", "2027-03-28T04:00"]
    }


def test_no_hours_are_an_empty_list() -> None:
    assert time_values(pd.DatetimeIndex([], tz="UTC"), BERLIN) == {"x": []}


def test_an_absent_hour_becomes_a_gap_and_a_repeated_one_is_drawn_once() -> None:
    ds = pd.to_datetime(["2026-11-25T12:00Z", "2026-11-25T10:00Z", "2026-11-25T10:00Z"], utc=True)
    whole = whole_hours(pd.DataFrame({"ds": ds, "y": [3.0, 1.0, 9.0]}))
    assert whole["ds"].dt.hour.tolist() == [10, 11, 12]
    assert plain_values(whole["y"], 1) == [1.0, None, 3.0]


def test_a_stretch_ends_where_an_hour_is_absent_or_has_no_value(rate_rows) -> None:
    rows = rate_rows()
    rows.loc[2, "yhat_upper"] = float("nan")
    lengths = [len(run) for run in stretches(rows, ("yhat_lower", "yhat_upper"))]
    assert lengths == [2, 6, 3]


def test_closed_hours_come_from_the_history_and_from_what_a_forecast_leaves_out(
    rate_history, rate_rows
) -> None:
    spans = closed_hours(rate_history(), rate_rows())
    local = [(a.astimezone(BERLIN).hour, b.astimezone(BERLIN).hour) for a, b in spans]
    assert local == [(1, 8), (20, 8), (20, 8), (20, 8)]


def test_a_night_between_history_and_forecast_is_one_span(volume_history, volume_rows) -> None:
    history = volume_history()
    evening = history["ds"] <= pd.Timestamp("2026-11-24T22:00Z")
    spans = closed_hours(history[evening], volume_rows(start="2026-11-24T23:00Z", hours=24))
    night = [span for span in spans if span[0].astimezone(BERLIN).day == 24]
    assert [(a.hour, b.hour) for a, b in night][-1] == (19, 7)


def test_nought_is_just_few_in_a_centre_that_never_closes(volume_history, volume_rows) -> None:
    assert closed_hours(volume_history(always_open=True), volume_rows()) == []


def test_midnights_follow_the_wall_clock_across_a_clock_change() -> None:
    view = (pd.Timestamp("2026-10-24T10:00Z"), pd.Timestamp("2026-10-26T10:00Z"))
    found = [f"{midnight:%m-%d %H:%M %z}" for midnight in midnights(view, BERLIN)]
    assert found == ["10-24 00:00 +0200", "10-25 00:00 +0200", "10-26 00:00 +0100"]
