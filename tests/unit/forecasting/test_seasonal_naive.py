"""The baseline: the same clock hour of the latest week that has a value."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, TooLittleHistory
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import ForecastParts
from core.forecasting.seasonal_naive import SeasonalNaive
from core.history.centre import Centre
from tests.unit.forecasting.made_series import (
    rate_history,
    rate_records,
    volume_history,
    volume_records,
)

UNTIL = datetime(2026, 9, 7, tzinfo=UTC)  # a Monday, five weeks in


def _forecast(history: pd.DataFrame, horizon: int = 168, time_zone: str = "UTC") -> ForecastParts:
    kind = SeriesKind.ANSWER_RATE if "offered" in history else SeriesKind.VOLUME
    return SeasonalNaive(kind, Centre(time_zone)).forecast(history, horizon, 0.95, 0)


def _by_hour(parts: ForecastParts) -> "pd.Series[float]":
    return parts.rows.set_index("ds")["yhat"]


def test_an_hour_is_forecast_as_the_same_hour_of_last_week() -> None:
    records = volume_records(35)
    yhat = _by_hour(_forecast(volume_history(records, UNTIL)))
    last_week = records.set_index("ds")["y"].loc["2026-08-31":]
    assert len(yhat) == 168
    assert yhat[yhat > 0].tolist() == last_week.tolist()


def test_beyond_a_week_the_last_week_repeats() -> None:
    yhat = _by_hour(_forecast(volume_history(volume_records(35), UNTIL), 336)).to_numpy()
    np.testing.assert_array_equal(yhat[:168], yhat[168:])


def test_hours_expected_closed_are_exactly_zero_for_volumes() -> None:
    rows = _forecast(volume_history(volume_records(35), UNTIL)).rows
    night = (rows["ds"].dt.hour < 8) | (rows["ds"].dt.hour >= 18) | (rows["ds"].dt.day_of_week > 4)
    assert rows.loc[night, "yhat"].eq(0.0).all()
    assert rows["closed"].tolist() == night.tolist()


def test_hours_expected_closed_are_absent_for_rates() -> None:
    rows = _forecast(rate_history(rate_records(35), UNTIL), 24).rows
    assert rows["ds"].dt.hour.tolist() == list(range(8, 20))


def test_where_every_hour_ahead_is_closed_a_rate_is_refused() -> None:
    with pytest.raises(DataError, match="closed in each of the next 5 hours"):
        _forecast(rate_history(rate_records(35), UNTIL), 5)


def test_an_hour_without_a_value_last_week_is_taken_from_the_week_before() -> None:
    records = volume_records(35)
    lost = pd.Timestamp("2026-09-01T10:00Z")
    yhat = _by_hour(_forecast(volume_history(records.loc[records["ds"] != lost], UNTIL)))
    before = records.set_index("ds").loc[lost - pd.Timedelta(days=7), "y"]
    assert yhat[lost + pd.Timedelta(days=7)] == before > 0


def test_a_holiday_last_week_is_passed_over() -> None:
    records = volume_records(35)
    holiday = records["ds"].dt.strftime("%m-%d") == "09-01"
    yhat = _by_hour(_forecast(volume_history(records.loc[~holiday], UNTIL)))
    week_before = records.set_index("ds")["y"].loc["2026-08-25"]
    assert yhat.loc["2026-09-08"].loc[lambda day: day > 0].tolist() == week_before.tolist()


def test_an_hour_without_offers_last_week_takes_the_rate_of_the_week_before() -> None:
    records = rate_records(35)
    idle = records["ds"] == pd.Timestamp("2026-08-31T10:00Z")
    records.loc[idle, ["offered", "answered"]] = 0
    yhat = _by_hour(_forecast(rate_history(records, UNTIL), 24))
    before = records.loc[records["ds"] == pd.Timestamp("2026-08-24T10:00Z")].iloc[0]
    assert yhat[pd.Timestamp("2026-09-07T10:00Z")] == before["answered"] / before["offered"]


def test_in_less_than_a_week_the_day_before_stands_in_and_says_so() -> None:
    records = volume_records(4)
    parts = _forecast(volume_history(records), 24)
    assert "shorter than a week" in parts.warnings[0]
    yhat = _by_hour(parts)
    day_before = records.set_index("ds")["y"].loc["2026-08-06"]
    assert yhat.loc["2026-08-07"].loc[lambda day: day > 0].tolist() == day_before.tolist()


def test_an_hour_that_no_week_knows_takes_the_latest_day_and_the_warning_counts_it() -> None:
    records = volume_records(35)
    thursdays_at_ten = (records["ds"].dt.day_of_week == 3) & (records["ds"].dt.hour == 10)
    history = volume_history(records, UNTIL)
    gone = history["ds"].isin(records.loc[thursdays_at_ten, "ds"])
    history = history.assign(
        y=history["y"].mask(gone), status=history["status"].mask(gone, "missing")
    )
    parts = _forecast(history)
    friday = records.set_index("ds").loc["2026-09-04T10:00Z", "y"]
    assert _by_hour(parts)[pd.Timestamp("2026-09-10T10:00Z")] == friday
    assert parts.warnings == (
        "1 hours have no value in the weeks before: the same hour of the latest day stands in.",
    )


@pytest.mark.parametrize(
    ("start", "until"),
    [("2026-09-27T22:00Z", "2026-10-25T23:00Z"), ("2026-03-01T23:00Z", "2026-03-29T22:00Z")],
)
def test_opening_hours_follow_the_centres_clock_over_a_clock_change(start: str, until: str) -> None:
    zone = "Europe/Berlin"
    ds = pd.date_range(start, until, freq="h", inclusive="left")
    clock = ds.tz_convert(zone)
    open_ = (clock.day_of_week < 5) & (clock.hour >= 8) & (clock.hour < 18)
    records = pd.DataFrame({"ds": ds[open_], "y": clock[open_].hour * 10.0})
    end = pd.Timestamp(until).to_pydatetime()
    history = volume_history(records, end, zone)
    rows = _forecast(history, time_zone=zone).rows
    hours = rows["ds"].dt.tz_convert(zone)
    working = (hours.dt.day_of_week < 5) & (hours.dt.hour >= 8) & (hours.dt.hour < 18)
    assert rows["yhat"].tolist() == np.where(working, hours.dt.hour * 10.0, 0.0).tolist()


def test_too_little_history_is_refused() -> None:
    with pytest.raises(TooLittleHistory):
        _forecast(volume_history(volume_records(2)))


def test_nothing_but_zeros_is_forecast_as_zeros() -> None:
    ds = pd.date_range("2026-08-03", periods=14 * 24, freq="h", tz="UTC")
    rows = _forecast(volume_history(pd.DataFrame({"ds": ds, "y": 0.0}))).rows
    assert rows["yhat"].eq(0.0).all()
