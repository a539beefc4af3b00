"""Pictures of errors: with the baseline, the numbers as a table, and words for who sees none."""

from math import isnan

from core.charts.accuracy import lead_chart, week_chart
from core.charts.picture import Look


def test_the_baseline_stands_beside_with_another_dash_and_marker(look: Look) -> None:
    picture = lead_chart(
        ["1–3 h", "4–6 h"], [0.2, 0.3], [0.4, None], look, method="auto", measure="Error (WAPE)"
    )
    baseline, own = picture.figure.data
    assert own.line.dash != baseline.line.dash
    assert own.marker.symbol != baseline.marker.symbol
    assert list(own.y) == [20.0, 30.0]
    assert [entry.label for entry in picture.legend] == ["auto", "baseline"]
    assert picture.alt == "Error (WAPE) by lead time: 1–3 h 20.0\u202f%; 4–6 h 30.0\u202f%."
    assert picture.table["error"].tolist() == [0.2, 0.3]
    assert isnan(picture.table["baseline"].iloc[1])


def test_the_baseline_alone_is_drawn_once(look: Look) -> None:
    picture = lead_chart(["day 1"], [0.2], [], look, method="seasonal-naive", measure="Error")
    assert len(picture.figure.data) == 1
    assert len(picture.legend) == 1


def test_a_week_shows_only_the_hours_in_which_something_came(look: Look) -> None:
    by_hour: list[float | None] = [None] * 168
    by_hour[9], by_hour[24 + 11] = 0.5, 0.1
    picture = week_chart(by_hour, look, measure="Error (WAPE)")
    (cells,) = picture.figure.data
    assert list(cells.x) == ["09", "10", "11"]
    assert [list(row) for row in cells.z][:2] == [[50.0, None, None], [None, None, 10.0]]
    assert "largest Mon 09:00–10:00, 50.0\u202f%" in picture.alt
    assert picture.table["hour"].tolist() == ["Mon 09:00", "Tue 11:00"]


def test_a_week_without_an_error_says_so(look: Look) -> None:
    picture = week_chart([None] * 168, look, measure="Error")
    assert picture.alt == "Error by hour of the week: nothing to show."
    assert picture.table.empty
