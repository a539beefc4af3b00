"""Bands from past errors."""

import numpy as np
import pandas as pd
import pytest

from core.forecasting.bands import ErrorBand, band_from_errors, judged_by_others
from core.forecasting.forecast import SeriesKind

VOLUME, RATE = SeriesKind.VOLUME, SeriesKind.ANSWER_RATE
CUTOFF = pd.Timestamp("2026-11-02T00:00Z")
WIDER = {1: 1.25, 2: 1.125, 3: 1 + 0.25 / 3}
"""How much wider than the past errors a band is, by how many cutoffs they come from."""


def _compared(
    yhat: "float | np.ndarray", errors: np.ndarray, cutoffs: int = 1, closed: bool = False
) -> pd.DataFrame:
    cutoff = CUTOFF + pd.to_timedelta(np.arange(len(errors)) % cutoffs, unit="D")
    return pd.DataFrame(
        {
            "cutoff": cutoff,
            "ds": cutoff + pd.Timedelta(hours=100),
            "yhat": yhat,
            "yhat_lower": np.nan,
            "yhat_upper": np.nan,
            "actual": yhat + errors,
            "closed": closed,
        }
    )


def _bounds(
    band: ErrorBand, *yhat: float, level: float = 0.9, lead: float = 100.0, closed: bool = False
) -> tuple[list[float], list[float]]:
    count = len(yhat)
    lower, upper = band.bounds(np.array(yhat), np.full(count, lead), np.full(count, closed), level)
    return lower.tolist(), upper.tolist()


def test_the_bounds_are_the_errors_that_the_level_asks_for_counting_one_more() -> None:
    errors = np.concatenate([np.arange(-99, 0), np.arange(1, 101)]) / 1000.0  # 199 of them
    band = band_from_errors(_compared(0.5, errors), RATE)
    lower, upper = _bounds(band, 0.5)
    # 90 % leave 5 % on either side: the tenth from each end, of 200 with the one to come.
    assert lower == pytest.approx([0.5 - 0.090 * WIDER[1]])
    assert upper == pytest.approx([0.5 + 0.091 * WIDER[1]])
    assert band.words(0.9) == "90 % of 199 errors of 1 past forecast"


def test_errors_on_one_side_only_leave_the_other_bound_at_the_forecast() -> None:
    band = band_from_errors(_compared(0.5, np.full(40, 0.2)), RATE)
    assert _bounds(band, 0.5) == ([0.5], pytest.approx([0.5 + 0.2 * WIDER[1]]))


def test_with_too_few_errors_for_the_level_the_largest_serves_and_the_words_say_so() -> None:
    band = band_from_errors(_compared(0.5, np.arange(1, 31) / 1000.0, cutoffs=3), RATE)
    assert _bounds(band, 0.5, level=0.99)[1] == pytest.approx([0.5 + 0.030 * WIDER[3]])
    assert band.words(0.99) == "the largest of 30 errors of 3 past forecasts, too few to tell 99 %"


def test_with_hardly_any_error_there_is_no_band() -> None:
    band = band_from_errors(_compared(0.5, np.full(19, 0.1)), RATE)
    assert band.words(0.95) == ""
    assert np.isnan(_bounds(band, 0.5)).all()


def test_the_band_of_a_rate_stays_within_0_and_1() -> None:
    both = np.tile([-0.4, 0.4], 20)
    band = band_from_errors(_compared(0.5, both), RATE)
    assert _bounds(band, 0.1, 0.5, 0.95) == ([0.0, 0.0, pytest.approx(0.45)], [0.6, 1.0, 1.0])


def test_busier_hours_have_wider_bands_as_they_had_larger_errors() -> None:
    quiet = _compared(10.0, np.tile([-1.0, 1.0], 50))
    busy = _compared(200.0, np.tile([-20.0, 20.0], 50))
    band = band_from_errors(pd.concat([quiet, busy]), VOLUME)
    lower, upper = _bounds(band, 10.0, 200.0)
    assert lower == pytest.approx([10 - 1 * WIDER[1], 200 - 20 * WIDER[1]])
    assert upper == pytest.approx([10 + 1 * WIDER[1], 200 + 20 * WIDER[1]])


def test_beyond_the_busiest_hour_seen_a_band_grows_with_the_root_and_stays_above_zero() -> None:
    quiet = _compared(1.0, np.tile([-5.0, 5.0], 50))
    busy = _compared(100.0, np.tile([-20.0, 20.0], 50))
    band = band_from_errors(pd.concat([quiet, busy]), VOLUME)
    lower, upper = _bounds(band, 1.0, 400.0)
    assert lower == pytest.approx([0.0, 400 - 40 * WIDER[1]])
    assert upper[1] == pytest.approx(400 + 40 * WIDER[1])


def test_far_hours_have_wider_bands_than_near_ones_as_they_had_larger_errors() -> None:
    near = _compared(100.0, np.tile([-2.0, 2.0], 30)).assign(ds=CUTOFF + pd.Timedelta(hours=3))
    far = _compared(100.0, np.tile([-8.0, 8.0], 30))
    band = band_from_errors(pd.concat([near, far]), VOLUME)
    assert _bounds(band, 100.0, lead=3.0)[1] == pytest.approx([100 + 2 * WIDER[1]])
    assert _bounds(band, 100.0, lead=100.0)[1] == pytest.approx([100 + 8 * WIDER[1]])
    assert _bounds(band, 100.0, lead=500.0) == _bounds(band, 100.0, lead=100.0)


def test_closed_hours_are_in_no_doubt_and_lend_no_error() -> None:
    open_hours = _compared(100.0, np.tile([-20.0, 20.0], 15))
    closed_hours = _compared(0.0, np.zeros(300), closed=True)
    band = band_from_errors(pd.concat([open_hours, closed_hours]), VOLUME)
    assert len(band.errors) == 30
    assert _bounds(band, 0.0, closed=True) == ([0.0], [0.0])


def test_rows_get_the_band_asked_for_and_those_of_50_80_and_95_percent() -> None:
    rng = np.random.default_rng(1)
    band = band_from_errors(_compared(50.0, rng.normal(0, 7, 400), cutoffs=2), VOLUME)
    rows = pd.DataFrame({"ds": [CUTOFF + pd.Timedelta(hours=9)], "yhat": 50.0, "closed": False})
    around = band.around(rows, CUTOFF, 0.8).iloc[0]
    assert (around["yhat_lower"], around["yhat_upper"]) == (around["lower_80"], around["upper_80"])
    order = ["lower_95", "lower_80", "lower_50", "yhat", "upper_50", "upper_80", "upper_95"]
    assert around[order].is_monotonic_increasing


def test_each_cutoff_is_judged_by_the_errors_of_the_others_alone() -> None:
    calm, wild = _compared(0.5, np.full(30, 0.01)), _compared(0.5, np.full(30, 0.2))
    later = CUTOFF + pd.Timedelta(days=1)
    compared = pd.concat([calm, wild.assign(cutoff=later)], ignore_index=True)
    judged = judged_by_others(compared, RATE, 0.9).groupby("cutoff")["yhat_upper"].first()
    assert judged.to_dict() == pytest.approx(
        {CUTOFF: 0.5 + 0.2 * WIDER[1], later: 0.5 + 0.01 * WIDER[1]}
    )


def test_a_single_cutoff_has_nobody_to_judge_it() -> None:
    judged = judged_by_others(_compared(0.5, np.full(30, 0.01)), RATE, 0.9)
    assert judged["yhat_lower"].isna().all()
