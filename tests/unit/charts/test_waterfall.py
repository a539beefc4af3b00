"""The picture of a waterfall: bars that begin where the last one ended, and their numbers."""

import json

import pytest

from core.charts.picture import Look
from core.charts.waterfall import WaterfallStep, waterfall_chart

STEPS = (
    WaterfallStep("level", 50.0, "sum"),
    WaterfallStep("weekday", -8.0),
    WaterfallStep("Independence Day of the Republic", 12.0, "calendar"),
    WaterfallStep("forecast", 54.0, "sum"),
)


def test_each_bar_begins_where_the_one_before_it_ended_and_sums_at_nought(look: Look) -> None:
    bars = waterfall_chart(STEPS, "count", "The contacts", look).figure.data[0]
    assert list(bars.base) == [0.0, 50.0, 42.0, 0.0]
    assert list(bars.x) == [50.0, -8.0, 12.0, 54.0]


def test_numbers_are_written_beside_the_bars_and_read_out(look: Look) -> None:
    picture = waterfall_chart(STEPS, "count", "The contacts", look)
    assert list(picture.figure.data[1].text) == [" 50", " −8", " +12", " 54"]
    assert list(picture.figure.data[1].x) == [50.0, 50.0, 54.0, 54.0]
    assert picture.alt.startswith("The contacts: level 50; weekday −8; Independence Day of the ")


def test_a_share_is_drawn_as_per_cent_and_its_parts_as_points(look: Look) -> None:
    steps = [WaterfallStep("level", 0.3, "sum"), WaterfallStep("weekday", 0.021)]
    picture = waterfall_chart(steps, "share", "The answer rate", look)
    assert list(picture.figure.data[0].x) == [30.0, 2.1]
    assert list(picture.figure.data[1].text) == [" 30.0\u202f%", " +2.1 points"]
    assert picture.table["value"].tolist() == [0.3, 0.021]


def test_a_long_name_is_shortened_in_the_picture_and_whole_in_the_table(look: Look) -> None:
    picture = waterfall_chart(STEPS, "count", "The contacts", look)
    assert picture.figure.layout.yaxis.ticktext[2] == "Independence Day of t…"
    assert "Independence Day of the Republic" in set(picture.table["part"])


def test_what_a_person_and_the_calendar_do_looks_unlike_the_methods_parts(look: Look) -> None:
    steps = (*STEPS, WaterfallStep("adjusted by hand", 5.0, "by hand"))
    lines = waterfall_chart(steps, "count", "The contacts", look).figure.data[0].marker.line.color
    assert len({lines[1], lines[2], lines[4]}) == 3


def test_nothing_but_numbers_is_sent(look: Look) -> None:
    text = waterfall_chart(STEPS, "count", "The contacts", look).figure.to_json()
    assert json.loads(text, parse_constant=pytest.fail)["layout"]["showlegend"] is False
