"""Every picture: what it shows, what it says, what it sends."""

import json

import pandas as pd

from core.charts.components import volume_components_charts
from core.charts.decomposition import decomposition_chart
from core.charts.overview import capacity_today_chart, error_by_lead_chart
from core.charts.pacing import InForce, pacing_chart
from core.charts.picture import Look
from core.charts.rates import rate_forecast_chart
from core.charts.volumes import today_chart, volume_forecast_chart, windows_chart
from core.frames import CAPACITY, FORECAST_ROWS, RATE_HISTORY, VOLUME_HISTORY
from tests.unit.charts.reading import labels, sent, with_levels


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
