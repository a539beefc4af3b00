"""Pictures of pacing by answer rate, and of today's agents."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from core.charts.overview import capacity_today_chart
from core.charts.pacing import InForce, pacing_chart
from tests.unit.charts.reading import labels, sent, words


def test_agents_that_are_unknown_are_marked_and_not_drawn_as_none(look, recommend) -> None:
    picture = pacing_chart(recommend(unknown=(1, 2)), InForce(0.36, 0.02, 0.25, 0.02), look)
    bars = next(trace for trace in sent(picture)["data"] if trace["type"] == "bar")
    assert "2026-11-25T12:00" not in bars["x"]
    assert 0.0 not in bars["y"]
    assert "unknown" in words(picture)
    assert "unknown in 2 of 12 hours" in picture.alt
    assert picture.table["agents"].isna().sum() == 2


def test_a_schedule_that_is_wholly_unknown_is_said_to_be(look, recommend) -> None:
    picture = pacing_chart(recommend(unknown=range(24)), InForce(), look)
    assert "agents unknown" in picture.alt
    assert sent(picture)["layout"]["yaxis2"]["range"][1] > 0


def test_limit_present_and_proposed_value_stand_on_their_lines(look, recommend) -> None:
    picture = pacing_chart(recommend(), InForce(0.36, 0.02, 0.285, 0.024), look)
    shown = [text.replace("\u202f", " ") for text in words(picture)]
    assert {"36.0 %", "28.5 %", "3.0 %", "2.0 %", "2.4 %"} <= set(shown)
    assert "abandon rate aimed at, limit 3.0 %" in shown


def test_a_campaign_without_a_value_now_has_no_line_for_it(look, recommend) -> None:
    picture = pacing_chart(recommend(), InForce(), look)
    assert "in force now" not in labels(picture)
    assert "proposed for all hours" not in labels(picture)


def test_the_night_is_folded_so_that_open_hours_have_the_width(look, recommend) -> None:
    axis = sent(pacing_chart(recommend(), InForce(), look))["layout"]["xaxis"]
    assert axis["rangebreaks"] == [{"values": ["2026-11-25T20:30"], "dvalue": 11 * 3_600_000}]
    assert "2026-11-26T08:00" in axis["tickvals"]
    assert not [tick for tick in axis["tickvals"] if "T20:00" < tick[10:] < "T24"]


def test_agents_today_leave_out_the_hours_of_nobody_and_mark_the_unknown(look) -> None:
    ds = pd.date_range("2026-11-24T23:00Z", periods=24, freq="h")
    agents = np.where((np.arange(24) >= 8) & (np.arange(24) < 18), 30.0, 0.0)
    capacity = pd.DataFrame({"ds": ds, "agents": agents})
    picture = capacity_today_chart(capacity[:-6], look, unknown=ds[-6:-4])
    bars = next(trace for trace in sent(picture)["data"] if trace["type"] == "bar")
    assert len(bars["x"]) == 10
    assert "unknown" in words(picture)
    assert "Unknown in 2 hours." in picture.alt


def test_now_at_night_stands_where_the_night_is_folded(look, recommend) -> None:
    late = replace(look, now=datetime(2026, 11, 25, 22, 17, tzinfo=UTC))
    layout = sent(pacing_chart(recommend(), InForce(), late))["layout"]
    at = {
        shape["x0"]
        for shape in layout["shapes"]
        if shape["type"] == "line" and "dash" not in shape["line"]
    }
    assert at == {"2026-11-25T20:29"}
    (name,) = (note for note in layout["annotations"] if note["text"].startswith("now "))
    assert (name["text"], name["x"], name["xanchor"]) == ("now 23:17", "2026-11-25T20:29", "left")
