"""Bands from past errors."""

import numpy as np
import pandas as pd
import pytest

from core.forecasting.bands import band_from_errors, judged_by_others
from core.forecasting.forecast import SeriesKind

VOLUME, RATE = SeriesKind.VOLUME, SeriesKind.ANSWER_RATE


def _compared(
    yhat: float, errors: np.ndarray, cutoffs: int = 1, closed: bool = False
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "cutoff": np.arange(len(errors)) % cutoffs,
            "yhat": yhat,
            "yhat_lower": np.nan,
            "yhat_upper": np.nan,
            "actual": yhat + errors,
            "closed": closed,
        }
    )


def _rows(*yhat: float, closed: bool = False) -> pd.DataFrame:
    return pd.DataFrame({"yhat": list(yhat), "closed": closed})


def test_the_half_width_is_the_error_that_the_level_asks_for_counting_one_more() -> None:
    errors = np.arange(1, 100) / 1000.0  # 99 errors of 0.001 to 0.099
    band = band_from_errors(_compared(0.5, errors), RATE, 0.9)
    assert band.half_width == pytest.approx(0.090)
    assert band.words == "90 % of 99 errors of 1 past forecast"


def test_with_too_few_errors_for_the_level_the_largest_serves_and_the_words_say_so() -> None:
    band = band_from_errors(_compared(0.5, np.arange(1, 31) / 1000.0, cutoffs=3), RATE, 0.99)
    assert band.half_width == pytest.approx(0.030)
    assert band.words == "the largest of 30 errors of 3 past forecasts, too few to tell 99 %"


def test_with_hardly_any_error_there_is_no_band() -> None:
    band = band_from_errors(_compared(0.5, np.full(19, 0.1)), RATE, 0.95)
    assert band.words == ""
    assert band.around(_rows(0.5))[["yhat_lower", "yhat_upper"]].isna().all(axis=None)


def test_the_band_of_a_rate_stays_within_0_and_1() -> None:
    band = band_from_errors(_compared(0.5, np.full(40, 0.2)), RATE, 0.9)
    around = band.around(_rows(0.1, 0.5, 0.95))
    np.testing.assert_allclose(around["yhat_lower"], [0.0, 0.3, 0.75])
    np.testing.assert_allclose(around["yhat_upper"], [0.3, 0.7, 1.0])


def test_the_band_of_a_volume_grows_with_the_root_of_the_forecast_and_stays_above_zero() -> None:
    band = band_from_errors(_compared(100.0, np.full(40, 20.0)), VOLUME, 0.9)
    around = band.around(_rows(1.0, 100.0, 400.0))
    np.testing.assert_allclose(around["yhat_lower"], [0.0, 80.0, 360.0])
    np.testing.assert_allclose(around["yhat_upper"], [3.0, 120.0, 440.0])


def test_closed_hours_are_in_no_doubt_and_lend_no_error() -> None:
    open_hours = _compared(100.0, np.full(30, 20.0))
    closed_hours = _compared(0.0, np.zeros(300), closed=True)
    band = band_from_errors(pd.concat([open_hours, closed_hours]), VOLUME, 0.5)
    assert band.half_width == pytest.approx(2.0)
    around = band.around(_rows(0.0, closed=True))
    assert around[["yhat_lower", "yhat_upper"]].eq(0.0).all(axis=None)


def test_each_cutoff_is_judged_by_the_errors_of_the_others_alone() -> None:
    calm, wild = _compared(0.5, np.full(30, 0.01)), _compared(0.5, np.full(30, 0.2))
    compared = pd.concat([calm.assign(cutoff=1), wild.assign(cutoff=2)], ignore_index=True)
    judged = judged_by_others(compared, RATE, 0.9).groupby("cutoff")["yhat_upper"].first()
    assert judged.to_dict() == pytest.approx({1: 0.7, 2: 0.51})


def test_a_single_cutoff_has_nobody_to_judge_it() -> None:
    judged = judged_by_others(_compared(0.5, np.full(30, 0.01)), RATE, 0.9)
    assert judged["yhat_lower"].isna().all()
