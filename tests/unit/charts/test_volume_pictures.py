"""Pictures of contacts by hour: bands, closed hours, windows, named days."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from core.charts.components import volume_components_charts
from core.charts.volumes import today_chart, volume_forecast_chart, windows_chart
from core.frames import FORECAST_ROWS
from core.pacing.recommendation import LowVolumeWindow
from tests.unit.charts.reading import fills, grounds, labels, sent, with_levels, words

WINDOW = LowVolumeWindow(
    datetime(2026, 11, 25, 17, tzinfo=UTC), datetime(2026, 11, 25, 19, tzinfo=UTC), 12.4
)


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
