"""Pictures of an answer rate: its bands, its gaps, what it is made of."""

import numpy as np

from core.charts.bands import BandOf
from core.charts.decomposition import decomposition_chart
from core.charts.rates import rate_forecast_chart
from core.charts.timeline import closed_hours
from core.frames import FORECAST_ROWS
from tests.unit.charts.reading import fills, grounds, labels, sent, with_levels, words


def test_an_answer_rate_breaks_at_closed_and_missing_hours(look, rate_history, rate_rows) -> None:
    history = rate_history()
    picture = rate_forecast_chart(history, rate_rows(), look)
    actual = next(t for t in sent(picture)["data"] if "actual" in t.get("hovertemplate", ""))
    is_shown = [value is not None for value in actual["y"]]
    assert is_shown == (history["status"] == "open").tolist()
    assert {value for value in actual["y"] if value is not None} == {30.0}


def test_an_hour_in_which_nothing_was_offered_has_no_rate(look, rate_history, rate_rows) -> None:
    history = rate_history()
    idle = history.index[history["status"] == "open"][0]
    history.loc[idle, ["offered", "answered"]] = 0.0
    table = rate_forecast_chart(history, rate_rows(), look).table
    assert table["actual"].isna()[idle]


def test_a_method_without_a_band_has_none_in_figure_legend_and_table(
    look, rate_history, rate_rows
) -> None:
    picture = rate_forecast_chart(rate_history(), rate_rows(band=False), look)
    assert not [trace for trace in sent(picture)["data"] if trace.get("fill") == "toself"]
    assert labels(picture) == ["actual", "forecast"]
    assert list(picture.table.columns) == ["ds", "actual", "forecast", "note"]


def test_a_rate_is_drawn_with_the_band_of_the_observed_share_or_of_the_probability(
    look, rate_history, rate_rows
) -> None:
    rows = with_levels(rate_rows()).assign(probability_lower=0.32, probability_upper=0.34)
    observed = rate_forecast_chart(rate_history(), rows, look)
    chance = rate_forecast_chart(rate_history(), rows, look, of=BandOf.PROBABILITY)
    assert len(fills(observed)) == 3
    assert [max(y for y in fill["y"] if y) for fill in fills(chance)] == [34.0]
    assert "95\u202f% band of the probability" in labels(chance)
    assert "33.0\u202f% (32.0–34.0)" in chance.alt
    assert set(observed.table.columns) == set(chance.table.columns)
    assert {"lower_50", "probability_upper"} <= set(chance.table.columns)


def test_a_rate_stored_without_a_band_of_the_probability_keeps_the_one_it_has(
    look, rate_history, rate_rows
) -> None:
    picture = rate_forecast_chart(rate_history(), rate_rows(), look, of=BandOf.PROBABILITY)
    assert "95\u202f% band" in labels(picture)


def test_special_days_are_named_on_the_answer_rate_too(look, rate_history, rate_rows) -> None:
    named = {look.now.date(): "Fair day"}
    picture = rate_forecast_chart(rate_history(), rate_rows(), look, named=named)
    assert "Fair day" in words(picture)
    assert "Fair day" in picture.alt


def test_the_band_is_named_by_its_claim(look, rate_history, rate_rows) -> None:
    picture = rate_forecast_chart(rate_history(), rate_rows(), look, level=0.8)
    assert "80\u202f% band" in labels(picture)


def test_earlier_forecast_and_baseline_differ_from_the_forecast_by_more_than_colour(
    look, rate_history, rate_rows
) -> None:
    before = rate_rows(start="2026-11-24T10:00Z")
    picture = rate_forecast_chart(
        rate_history(), rate_rows(), look, earlier=before, baseline=rate_rows()
    )
    dashes = {t["line"].get("dash") for t in sent(picture)["data"] if t.get("hovertemplate")}
    assert dashes == {"solid", "dot", "dash"}
    assert labels(picture)[-2:] == ["forecast made before", "baseline"]


def test_closed_hours_are_grey_and_now_is_named(look, rate_history, rate_rows) -> None:
    picture = rate_forecast_chart(rate_history(), rate_rows(), look)
    assert [ground["x0"][-5:] for ground in grounds(picture)] == ["01:00", *["20:00"] * 3]
    assert "now 11:20" in words(picture)


def test_now_is_left_out_where_it_is_not_in_view(look, rate_history) -> None:
    last_week = rate_history(start="2026-11-16T00:00Z")
    picture = rate_forecast_chart(last_week, FORECAST_ROWS.empty(), look)
    assert not [text for text in words(picture) if text.startswith("now")]


def test_the_day_of_a_clock_change_is_marked(look, rate_history) -> None:
    autumn = rate_history(start="2026-10-24T00:00Z", hours=72)
    assert "25 h day" in words(rate_forecast_chart(autumn, FORECAST_ROWS.empty(), look))
    spring = rate_history(start="2027-03-27T00:00Z", hours=72)
    assert "23 h day" in words(rate_forecast_chart(spring, FORECAST_ROWS.empty(), look))


def test_components_stand_in_reading_order_on_one_time_axis(look, stl, rate_history) -> None:
    closed = closed_hours(rate_history(), FORECAST_ROWS.empty())
    picture = decomposition_chart(
        stl[["ds", "remainder", "observed", "trend"]], look, closed=closed
    )
    titles = [text.split(",")[0] for text in words(picture)]
    assert titles[:3] == ["observed", "trend", "remainder"]
    layout = sent(picture)["layout"]
    assert [key for key in layout if key.startswith("xaxis")] == ["xaxis"]
    assert layout["hoversubplots"] == "axis"
    assert len(grounds(picture)) == 3 * len(closed)


def test_a_component_that_is_missing_everywhere_does_not_break_the_others(look, stl) -> None:
    picture = decomposition_chart(stl.assign(trend=np.nan), look)
    assert "trend – to –" in picture.alt
