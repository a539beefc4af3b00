"""Lines, bands, steps and bars."""

import math

import numpy as np
import pandas as pd

from core.charts.ticks import signed_ticks
from core.charts.traces import band_trace, bar_trace, line_trace, step_trace


def test_a_band_is_one_closed_polygon_for_each_open_stretch(rate_rows, look) -> None:
    band = band_trace(rate_rows(), "yhat_lower", "yhat_upper", look, fill="red")
    assert band is not None
    breaks = [number for number, x in enumerate(band["x"]) if x is None]
    first, second = band["x"][: breaks[0]], band["x"][breaks[0] + 1 :]
    assert len(breaks) == 1
    assert first[0] == first[-1] == "2026-11-25T11:00"
    assert second[0] == second[-1] == "2026-11-26T08:00"
    assert band["fill"] == "toself"


def test_a_band_of_a_single_hour_still_has_a_width(rate_rows, look) -> None:
    band = band_trace(rate_rows(hours=1), "yhat_lower", "yhat_upper", look, fill="red")
    assert band is not None
    assert (min(band["x"]), max(band["x"])) == ("2026-11-25T10:45", "2026-11-25T11:15")


def test_there_is_no_band_without_bounds(rate_rows, look) -> None:
    rows = rate_rows(band=False)
    assert band_trace(rows, "yhat_lower", "yhat_upper", look, fill="red") is None


def test_a_step_holds_to_the_end_of_its_hour_and_stops_at_closing(rate_rows, look) -> None:
    rising = rate_rows().assign(yhat=lambda rows: range(len(rows)))
    steps = step_trace(rising, "yhat", look, colour="red", hover="")
    gap = steps["x"].index(None)
    assert steps["x"][gap - 1] == "2026-11-25T20:00"
    assert steps["y"][gap - 1] == steps["y"][gap - 2]
    assert steps["x"][-1] == "2026-11-26T11:00"
    assert steps["y"][-2:] == [11.0, 11.0]


def test_an_hour_between_two_gaps_is_seen_as_a_dot(look) -> None:
    ds = pd.date_range("2026-11-25T10:00Z", periods=5, freq="h")
    values = [1.0, 2.0, np.nan, 3.0, np.nan]
    frame = pd.DataFrame({"ds": ds, "y": values})
    line = line_trace(frame, "y", look, colour="red", hover="")
    assert line["marker"]["size"] == [0, 0, 0, 5, 0]
    assert line["y"] == [1.0, 2.0, None, 3.0, None]


def test_bars_begin_at_their_hour_and_are_as_wide_as_it_lasts(look) -> None:
    starts = pd.date_range("2026-11-25T10:00Z", periods=2, freq="h")
    bars = bar_trace(starts, [1, 2], look, fill="red", outline="red", hover="", hours=[1, 3])
    assert bars["x"] == ["2026-11-25T11:00", "2026-11-25T12:00"]
    assert bars["width"][1] == 3 * bars["width"][0]
    assert 0 < bars["offset"] < bars["width"][0]


def test_ticks_of_differences_bear_their_sign_and_nought_none() -> None:
    axis = signed_ticks([-5.5, 5.4, math.nan])
    assert axis["ticktext"] == ["−5", "0", "+5"]
    assert axis["range"][0] < -5.5
    assert axis["range"][1] > 5.4


def test_ticks_of_nothing_at_all_are_still_an_axis() -> None:
    assert "0" in signed_ticks([])["ticktext"]
    assert "0" in signed_ticks([math.nan, 0.0])["ticktext"]
