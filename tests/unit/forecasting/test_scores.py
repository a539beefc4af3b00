"""What the measures measure."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.forecasting.forecast import SeriesKind
from core.forecasting.make import make_forecast
from core.forecasting.scores import naive_error, score, score_stored
from tests.unit.forecasting.made_series import (
    end_of,
    rate_history,
    rate_records,
    request,
    volume_history,
    volume_records,
)

VOLUME, RATE = SeriesKind.VOLUME, SeriesKind.ANSWER_RATE


def _compared(yhat: list[float], actual: list[float], **columns: Any) -> pd.DataFrame:
    frame = {"cutoff": 0, "ds": range(len(yhat)), "yhat": yhat, "actual": actual}
    bounds = {"yhat_lower": np.nan, "yhat_upper": np.nan}
    return pd.DataFrame(frame | bounds | {"weight": 1.0, "scale": np.nan} | columns)


def test_a_volume_error_is_the_sum_of_errors_over_the_sum_of_actuals() -> None:
    scores = score("m", _compared([12, 0, 9], [10, 5, 9]), VOLUME, 0.95)
    assert scores.error == pytest.approx(7 / 24)
    assert scores.bias == pytest.approx(-3 / 24)


def test_a_rate_error_weighs_an_hour_by_its_calls() -> None:
    compared = _compared([0.5, 0.4], [0.4, 0.8], weight=[900.0, 100.0])
    scores = score("m", compared, RATE, 0.95)
    assert scores.error == pytest.approx(0.13)
    assert scores.bias == pytest.approx(0.05)


def test_the_tutorials_mape_replaces_an_actual_zero_by_one() -> None:
    scores = score("m", _compared([3, 8], [0, 10]), VOLUME, 0.95)
    assert scores.mape == pytest.approx((3 / 1 + 2 / 10) / 2)


def test_mase_is_the_error_over_that_of_last_weeks_value() -> None:
    compared = _compared([12, 0], [10, 5], scale=[4.0, 2.0])
    assert score("m", compared, VOLUME, 0.95).mase == pytest.approx((2 / 4 + 5 / 2) / 2)


def test_without_a_scale_there_is_no_mase() -> None:
    assert score("m", _compared([1], [1]), VOLUME, 0.95).mase is None


def test_coverage_is_the_share_of_actuals_inside_the_band_bounds_included() -> None:
    compared = _compared([1, 1, 1, 1], [0, 1, 2, 3], yhat_lower=0.0, yhat_upper=2.0)
    assert score("m", compared, VOLUME, 0.95).coverage == 0.75


def test_the_interval_score_is_width_plus_what_lies_outside_times_two_over_alpha() -> None:
    compared = _compared([5, 5], [10, 14], yhat_lower=8.0, yhat_upper=12.0)
    # Widths 4 and 4; 2 above the band at a level of 80 % costs 2 * 2 / 0.2.
    assert score("m", compared, VOLUME, 0.8).interval_score == pytest.approx((4 + 4 + 20) / 24)


def test_a_method_without_a_band_has_neither_coverage_nor_interval_score() -> None:
    scores = score("m", _compared([1], [1]), VOLUME, 0.95)
    assert (scores.coverage, scores.interval_score) == (None, None)


def test_where_nothing_can_be_compared_nothing_is_claimed() -> None:
    scores = score("m", _compared([], []), VOLUME, 0.95)
    assert (scores.error, scores.mape, scores.hours, scores.cutoffs) == (None, None, 0, 0)


def test_only_zeros_have_no_relative_error() -> None:
    assert score("m", _compared([0, 1], [0, 0]), VOLUME, 0.95).error is None


def test_the_scale_of_mase_counts_closed_hours_as_zero() -> None:
    records = volume_records(14)
    history = volume_history(records)
    weeks = records["y"].to_numpy().reshape(2, 50)
    hours_with_a_week_before = len(history) - 168
    expected = np.abs(weeks[1] - weeks[0]).sum() / hours_with_a_week_before
    assert naive_error(history, VOLUME) == pytest.approx(expected)


def test_a_history_of_a_week_has_no_scale() -> None:
    assert np.isnan(naive_error(volume_history(volume_records(5)), VOLUME))


def test_a_stored_forecast_is_scored_on_the_hours_that_came_since() -> None:
    records = rate_records(15)
    then = pd.Timestamp("2026-08-17T00:00Z").to_pydatetime()
    stored = make_forecast(request(RATE, rate_history(records, then), method="seasonal-naive"))
    scores = score_stored(stored, rate_history(records))
    assert (scores.method, scores.hours, scores.cutoffs) == ("seasonal-naive", 12, 1)
    came = records.tail(12)
    error = stored.rows["yhat"].to_numpy() - (came["answered"] / came["offered"]).to_numpy()
    assert scores.error == pytest.approx(np.average(np.abs(error), weights=came["offered"]))
    assert scores.coverage is not None
    assert scores.mase is not None


def test_a_stored_forecast_whose_hours_have_not_come_has_no_score() -> None:
    records = volume_records(26)
    history = volume_history(records, end_of(records))
    stored = make_forecast(request(VOLUME, history, method="seasonal-naive"))
    assert score_stored(stored, history).hours == 0
