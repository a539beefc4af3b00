"""Every picture: what it shows, what it says, what it sends."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from core.charts.bands import BandOf
from core.charts.components import volume_components_charts
from core.charts.decomposition import decomposition_chart
from core.charts.overview import capacity_today_chart, error_by_lead_chart
from core.charts.pacing import InForce, pacing_chart
from core.charts.picture import Look, Picture
from core.charts.rates import rate_forecast_chart
from core.charts.timeline import closed_hours
from core.charts.volumes import today_chart, volume_forecast_chart, windows_chart
from core.frames import CAPACITY, FORECAST_ROWS, RATE_HISTORY, VOLUME_HISTORY
from core.pacing.recommendation import LowVolumeWindow

WINDOW = LowVolumeWindow(
    datetime(2026, 11, 25, 17, tzinfo=UTC), datetime(2026, 11, 25, 19, tzinfo=UTC), 12.4
)


def sent(picture: Picture) -> dict:
    """Return what goes to the browser; refuse anything that JSON does not know."""
    return json.loads(picture.figure.to_json(), parse_constant=pytest.fail)


def words(picture: Picture) -> list[str]:
    return [note["text"] for note in sent(picture)["layout"].get("annotations", [])]


def grounds(picture: Picture) -> list[dict]:
    shapes = sent(picture)["layout"].get("shapes", [])
    return [shape for shape in shapes if shape["type"] == "rect" and "fillcolor" in shape]


def labels(picture: Picture) -> list[str]:
    return [entry.label for entry in picture.legend]


@pytest.fixture
def stl(rate_history) -> pd.DataFrame:
    history = rate_history()
    rate = history["answered"] / history["offered"]
    parts = {"observed": rate, "trend": rate - 0.01, "seasonal": rate * 0, "remainder": rate * 0}
    return pd.DataFrame({"ds": history["ds"], **parts})


@pytest.fixture
def leads() -> pd.DataFrame:
    return pd.DataFrame(
        {"lead": ["1 h", "2–4 h"], "error": [0.017, np.nan], "baseline": [0.031, 0.031]}
    )


def test_every_picture_of_nothing_is_drawn_and_says_so(look, recommend) -> None:
    rates, volumes, rows = RATE_HISTORY.empty(), VOLUME_HISTORY.empty(), FORECAST_ROWS.empty()
    leads = pd.DataFrame({"lead": [], "error": [], "baseline": []})
    pictures = [
        rate_forecast_chart(rates, rows, look, earlier=rows, baseline=rows),
        decomposition_chart(pd.DataFrame({"ds": rows["ds"], "trend": []}), look),
        decomposition_chart(pd.DataFrame({"ds": rows["ds"]}), look),
        volume_forecast_chart(volumes, rows, look),
        windows_chart(volumes, rows, (), 12.0, look),
        today_chart(volumes, rows, look),
        pacing_chart(recommend(hours=0), InForce(), look),
        capacity_today_chart(CAPACITY.empty(), look),
        error_by_lead_chart(leads, look),
    ]
    for picture in pictures:
        assert sent(picture)["layout"]["height"] > 0
        assert picture.alt.endswith(".")
        assert "nan" not in picture.alt.lower()
    assert volume_components_charts(pd.DataFrame({"ds": []}), look) == {}


def test_a_history_without_a_forecast_is_drawn(look, rate_history, volume_history) -> None:
    rows = FORECAST_ROWS.empty()
    assert "30.0" in rate_forecast_chart(rate_history(), rows, look).alt
    assert "40" in volume_forecast_chart(volume_history(), rows, look).alt


def test_a_forecast_without_a_history_is_drawn(look, rate_rows, volume_rows) -> None:
    picture = rate_forecast_chart(RATE_HISTORY.empty(), rate_rows(), look)
    assert "actual" not in labels(picture)
    assert "33.0" in picture.alt
    assert "50 (42–58)" in volume_forecast_chart(VOLUME_HISTORY.empty(), volume_rows(), look).alt


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


def with_levels(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the bands of 50 and 80 % beside their own."""
    half = rows["yhat_upper"] - rows["yhat"]
    bounds = {
        f"{side}_{level}": rows["yhat"] + sign * part * half
        for level, part in ((50, 0.3), (80, 0.6))
        for side, sign in (("lower", -1), ("upper", 1))
    }
    return rows.assign(**bounds)


def fills(picture: Picture) -> list[dict]:
    return [trace for trace in sent(picture)["data"] if trace.get("fill") == "toself"]


def test_bands_lie_over_one_another_the_widest_first_and_break_at_closed_hours(
    look, volume_history, volume_rows
) -> None:
    picture = volume_forecast_chart(volume_history(), with_levels(volume_rows()), look)
    heights = [max(y for y in fill["y"] if y is not None) for fill in fills(picture)]
    assert heights == [58.0, 54.8, 52.4]
    assert all(None in fill["y"] for fill in fills(picture))
    assert 0.0 not in [y for fill in fills(picture) for y in fill["y"]]
    colours = [fill["fillcolor"] for fill in fills(picture)]
    assert colours == [look.palette.band_fill(level) for level in (0.95, 0.8, 0.5)]
    assert "50, 80 and 95\u202f% bands" in labels(picture)


def test_a_forecast_that_was_stored_without_levels_is_drawn_with_its_one_band(
    look, volume_history, volume_rows
) -> None:
    picture = volume_forecast_chart(volume_history(), volume_rows(), look)
    assert len(fills(picture)) == 1
    assert "95\u202f% band" in labels(picture)


def test_the_table_has_each_band_with_its_level_in_its_name(
    look, volume_history, volume_rows
) -> None:
    picture = volume_forecast_chart(volume_history(), with_levels(volume_rows()), look, level=0.9)
    named = [column.name for column in picture.columns]
    assert named[3:-1] == [
        *("lower_90", "upper_90", "lower_80", "upper_80", "lower_50", "upper_50"),
    ]
    row = picture.table[picture.table["forecast"] == 50.0].iloc[0]
    assert (row["lower_90"], row["upper_50"]) == (42.0, 52.4)


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


def test_a_volume_forecast_breaks_at_closed_hours_instead_of_running_along_nought(
    look, volume_history, volume_rows
) -> None:
    picture = volume_forecast_chart(volume_history(), volume_rows(), look)
    line = next(t for t in sent(picture)["data"] if "forecast" in t.get("hovertemplate", ""))
    assert 0.0 not in line["y"]
    assert None in line["y"]


def test_a_queue_without_a_single_call_is_drawn_at_nought(look, volume_history) -> None:
    history = volume_history(always_open=True).assign(y=0.0)
    ds = pd.date_range("2026-11-25T10:00Z", periods=24, freq="h")
    rows = FORECAST_ROWS.empty().reindex(range(24)).assign(
        ds=ds, yhat=0.0, yhat_lower=0.0, yhat_upper=0.0
    )  # fmt: skip
    picture = volume_forecast_chart(history, rows, look)
    line = next(t for t in sent(picture)["data"] if "forecast" in t.get("hovertemplate", ""))
    assert set(line["y"]) == {0.0}
    assert grounds(picture) == []


def test_windows_have_a_row_of_their_own_only_where_there_are_any(
    look, volume_history, volume_rows
) -> None:
    without = volume_forecast_chart(volume_history(), volume_rows(), look)
    picture = volume_forecast_chart(volume_history(), volume_rows(), look, windows=[WINDOW])
    assert "yaxis2" not in sent(without)["layout"]
    bars = next(trace for trace in sent(picture)["data"] if trace["type"] == "bar")
    assert bars["yaxis"] == "y2"
    assert bars["hovertext"] == ["18:00–20:00, 12 contacts an hour"]
    assert "Wed 25 Nov, 18:00–20:00" in picture.alt


def test_nights_are_not_shaded_where_there_are_too_many(look, volume_history) -> None:
    month = volume_history(days=28)
    picture = volume_forecast_chart(month, FORECAST_ROWS.empty(), look)
    lasting = [
        pd.Timestamp(ground["x1"]) - pd.Timestamp(ground["x0"]) for ground in grounds(picture)
    ]
    assert lasting
    assert min(lasting) > timedelta(hours=30)


def test_a_draft_shows_its_threshold_in_the_plot_and_in_the_legend(
    look, volume_history, volume_rows
) -> None:
    picture = windows_chart(volume_history(), volume_rows(), [WINDOW], 27.0, look)
    assert "27.0" in words(picture)
    assert "low under 27.0 an hour" in labels(picture)
    assert "actual" not in labels(picture)


def test_today_is_the_day_of_the_centre_and_its_forecast_lies_under_the_actuals(
    look, volume_history, volume_rows
) -> None:
    rows = volume_rows(start="2026-11-24T10:00Z", hours=72)
    picture = today_chart(volume_history(), rows, look)
    days = picture.table["ds"].dt.tz_convert(look.zone).dt.day.unique().tolist()
    lines = [t for t in sent(picture)["data"] if t.get("hovertemplate")]
    assert days == [25]
    assert [line["line"]["dash"] for line in lines] == ["dash", "solid"]


def test_shapes_of_week_and_day_are_those_of_the_centres_own_clock(look) -> None:
    ds = pd.date_range("2026-11-22T23:00Z", periods=24 * 7, freq="h")
    local = ds.tz_convert(look.zone)
    frame = pd.DataFrame(
        {
            "ds": ds,
            "trend": 30.0,
            "weekly": np.where(local.day_of_week == 0, 9.0, -1.5),
            "daily": np.where(local.hour == 11, 20.0, -1.0),
        }
    )
    pictures = volume_components_charts(frame, look)
    assert list(pictures) == ["trend", "weekday", "hour"]
    assert "highest Mon +9" in pictures["weekday"].alt
    assert "highest 11:00 +20" in pictures["hour"].alt
    assert list(volume_components_charts(frame.drop(columns="weekly"), look)) == ["trend", "hour"]


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


def test_an_error_that_was_not_compared_is_a_gap(look, leads) -> None:
    picture = error_by_lead_chart(leads, look)
    bars, ticks = sent(picture)["data"]
    assert bars["x"] == [1.7, None]
    assert bars["text"] == ["1.7", ""]
    assert ticks["marker"]["symbol"] == "line-ns"
    assert "2–4 h –, baseline 3.1" in picture.alt


def test_no_picture_fetches_follows_or_drags_anything(look: Look, rate_history, rate_rows) -> None:
    text = rate_forecast_chart(rate_history(), rate_rows(), look).figure.to_json()
    layout = json.loads(text)["layout"]
    assert "http" not in text
    assert layout["dragmode"] is False
    assert layout["showlegend"] is False
    assert layout["xaxis"]["fixedrange"] is True


def test_a_week_of_hours_is_small_on_the_wire(look, volume_history, volume_rows) -> None:
    rows = with_levels(volume_rows(hours=168))
    picture = volume_forecast_chart(volume_history(days=7), rows, look)
    assert len(picture.figure.to_json()) < 32_000


def test_table_and_columns_of_a_picture_agree(
    look, rate_history, rate_rows, volume_history, volume_rows, recommend, stl, leads
) -> None:
    pictures = [
        rate_forecast_chart(rate_history(), rate_rows(), look),
        volume_forecast_chart(volume_history(), volume_rows(), look),
        pacing_chart(recommend(), InForce(), look),
        decomposition_chart(stl, look),
        error_by_lead_chart(leads, look),
    ]
    for picture in pictures:
        assert {column.name for column in picture.columns} <= set(picture.table.columns)
    reasons = set(pictures[0].table["note"])
    assert reasons == {"", "closed", "missing"}


def test_holidays_and_special_days_in_view_are_named_at_the_top(
    look, volume_history, volume_rows
) -> None:
    last = volume_rows()["ds"].max().tz_convert(look.zone).date()
    outside = last + timedelta(days=40)
    named = {last: "Juneteenth National Independence Day", outside: "Far away"}
    picture = volume_forecast_chart(volume_history(), volume_rows(), look, named=named)
    assert "Juneteenth National…" in words(picture)
    assert "Far away" not in words(picture)
    assert "Juneteenth National Independence Day" in picture.alt


@pytest.mark.parametrize(
    ("days", "told"),
    [(3, ["Christmas Day", "Second Day of Chris…"]), (21, ["Christmas Day +1"])],
)
def test_days_whose_names_would_meet_are_counted_behind_the_first(
    look, volume_history, volume_rows, days: int, told: list[str]
) -> None:
    first = volume_rows()["ds"].min().tz_convert(look.zone).date() - timedelta(days=2)
    named = {first: "Christmas Day", first + timedelta(days=1): "Second Day of Christmas"}
    picture = volume_forecast_chart(volume_history(days), volume_rows(), look, named=named)
    assert [text for text in words(picture) if "Chris" in text] == told
