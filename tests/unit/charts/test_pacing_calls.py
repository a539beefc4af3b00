"""Pictures of calls per agent: set, recommended, gained and allowed, and what is unknown."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from core.charts.pacing_calls import HOUR_COLUMNS, CallsByHour, calls_chart
from core.charts.picture import Look
from core.charts.theme import DARK, LIGHT
from core.charts.what_if import what_if_chart
from core.pacing.dialling_law import Team
from core.pacing.what_if import setting_at, what_if

LOOK = Look(ZoneInfo("Europe/Berlin"), LIGHT, datetime(2026, 11, 25, 10, 20, tzinfo=UTC))
STARTS = pd.date_range("2026-11-25T10:00Z", periods=4, freq="h", unit="us")


def story(**changed: object) -> CallsByHour:
    rows = {
        "ds": STARTS,
        "agents": [20.0, 18.0, np.nan, 16.0],
        "by_hand": [False, True, False, False],
        "calls": [2.4, 2.2, np.nan, 1.8],
        "limit": ["largest step 30 %", "abandonment limit 3 %", "capacity unknown", "ceiling 10"],
        "answer": 0.3, "lower": 0.28, "upper": 0.33,
        "taken_now": [200.0, 180.0, np.nan, 170.0],
        "taken": [213.0, 184.0, np.nan, 168.0],
        "abandon_now": [0.01, 0.012, np.nan, 0.03],
        "abandon": [0.02, 0.021, np.nan, 0.02],
        "abandon_low": [0.01, 0.012, np.nan, 0.01],
        "abandon_high": [0.03, 0.031, np.nan, 0.03],
    }  # fmt: skip
    hours = pd.DataFrame(rows, columns=list(HOUR_COLUMNS))
    seen = pd.DataFrame(
        {"ds": STARTS[:2] - pd.Timedelta(hours=2), "taken": [150.0, 160.0], "abandon": [0.01, 0.02]}
    )
    return replace(CallsByHour(hours, seen, 2.0, 0.03, "agents, partly by hand"), **changed)


def drawn(figure: object) -> dict:
    return figure.to_plotly_json()  # type: ignore[attr-defined,no-any-return]


def test_the_picture_says_in_words_what_it_shows() -> None:
    assert calls_chart(story(), LOOK).alt == (
        "Pacing by hour from Wed 25 Nov, 11:00: calls per agent 1.80 to 2.40 recommended, 2.00 now;"
        " abandon rate expected 2.0\u202f% to 2.1\u202f%, limit 3.0\u202f%; agents 16 to 20,"
        " unknown in 1 of 4 hours."
    )


def test_what_is_set_now_is_dashed_and_the_limit_is_written_on_its_line() -> None:
    layout = drawn(calls_chart(story(), LOOK).figure)["layout"]
    texts = {word["text"] for word in layout["annotations"]}
    assert {"2.00", "3.0\u202f%", "unknown", "now 11:20"} <= texts
    dashed = [s for s in layout["shapes"] if s.get("line", {}).get("dash") == "dash"]
    assert {shape["y0"] for shape in dashed} == {2.0, 3.0}


def test_an_hour_of_unknown_agents_has_no_bar_and_is_not_zero() -> None:
    data = drawn(calls_chart(story(), LOOK).figure)["data"]
    bars = next(each for each in data if each.get("yaxis") == "y2" and each["type"] == "bar")
    assert list(bars["y"]) == [20.0, 18.0, 16.0]


def test_agents_by_hand_are_hatched() -> None:
    data = drawn(calls_chart(story(), LOOK).figure)["data"]
    bars = next(each for each in data if each.get("yaxis") == "y2" and each["type"] == "bar")
    assert list(bars["marker"]["pattern"]["shape"]) == ["", "/", ""]


def test_gains_stand_on_top_and_losses_are_signed() -> None:
    data = drawn(calls_chart(story(), LOOK).figure)["data"]
    gains = next(each for each in data if each.get("base") is not None)
    assert list(gains["text"]) == ["+13", "+4", "−2"]
    assert list(gains["base"]) == [200.0, 180.0, 168.0]
    assert list(gains["y"]) == [13.0, 4.0, 2.0]


def test_what_happened_is_filled_and_what_is_expected_is_open() -> None:
    data = drawn(calls_chart(story(), LOOK).figure)["data"]
    dots = [d for d in data if d.get("yaxis") == "y4" and d["marker"].get("symbol")]
    assert [each["marker"]["symbol"] for each in dots] == ["circle", "circle-open"]
    assert list(dots[1]["error_y"]["array"]) == [1.0, 1.0, 1.0]


def test_without_a_setting_in_force_nothing_is_dashed_for_it() -> None:
    picture = calls_chart(story(calls_now=None), LOOK)
    assert [entry.label for entry in picture.legend] == ["recommended"]


def test_without_any_hour_there_is_an_empty_picture() -> None:
    empty = story()
    nothing = replace(empty, hours=empty.hours.iloc[:0], seen=empty.seen.iloc[:0])
    assert calls_chart(nothing, LOOK).alt == "Pacing by hour: nothing to show."


def test_a_what_if_marks_what_is_set_recommended_chosen_and_at_the_limit() -> None:
    team = Team(40, 20.0, 210.0)
    hour = what_if(team, 0.25, 0.03, today=2.0, recommended=2.6)
    picture = what_if_chart(hour, setting_at(3.0, 0.25, team), replace(LOOK, palette=DARK))
    assert [entry.label for entry in picture.legend] == [
        "now 2.00",
        "recommended 2.60",
        "chosen 3.00",
        f"at the limit {hour.at_limit.calls:.2f}",
    ]
    assert len({entry.form for entry in picture.legend}) == 4
    assert drawn(picture.figure)["layout"]["xaxis"]["type"] == "linear"
    assert picture.alt.startswith("An hour over calls per agent, limit 3.0\u202f%. now 2.00: ")
    assert picture.table["abandon"].is_monotonic_increasing


def test_a_what_if_without_a_setting_in_force_has_no_mark_for_it() -> None:
    team = Team(40, 20.0, 210.0)
    hour = what_if(team, 0.25, 0.03)
    picture = what_if_chart(hour, hour.at_limit, LOOK)
    assert [entry.label.split()[0] for entry in picture.legend] == ["chosen", "at"]


def test_each_setting_is_a_point_of_its_own_form_on_both_curves() -> None:
    team = Team(40, 20.0, 210.0)
    hour = what_if(team, 0.25, 0.03, today=2.0, recommended=2.6)
    data = drawn(what_if_chart(hour, setting_at(3.0, 0.25, team), LOOK).figure)["data"]
    points = [each for each in data if each.get("text") is not None]
    assert [each["yaxis"] for each in points] == ["y", "y2"]
    assert all(len(set(each["marker"]["symbol"])) == 4 for each in points)
    assert list(points[1]["x"])[:3] == [2.0, 2.6, 3.0]
