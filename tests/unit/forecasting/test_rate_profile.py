"""The usual week: as much of it as a history can show."""

import numpy as np
import pandas as pd

from core.forecasting.rate_hours import RateHours, rate_hours
from core.forecasting.rate_profile import dispersion_of, independent_calls, week_profile
from core.history.centre import Centre
from tests.unit.forecasting.made_series import MONDAY, rate_history


def _hours(days: int, share: np.ndarray, offered: float = 60.0, seed: int = 1) -> RateHours:
    """A campaign that dials around the clock, with a share for each hour of the week."""
    rng = np.random.default_rng(seed)
    ds = pd.date_range(MONDAY, periods=days * 24, freq="h")
    placed = rng.poisson(offered, len(ds)) + 1
    week = ds.day_of_week * 24 + ds.hour
    records = pd.DataFrame(
        {"ds": ds, "offered": placed, "answered": rng.binomial(placed, share[week])}
    )
    return rate_hours(rate_history(records), 24, Centre())


def test_chance_alone_leaves_the_profile_flat() -> None:
    profile = week_profile(_hours(14, np.full(168, 0.3)))
    assert np.ptp(profile.share) < 0.03
    assert profile.dispersion < 0.01


def test_a_fortnight_is_shrunk_harder_than_two_months() -> None:
    share = 0.3 + np.random.default_rng(2).normal(0, 0.04, 168)
    fortnight, months = (week_profile(_hours(days, share)).share for days in (14, 60))
    assert np.std(fortnight) < np.std(months)
    assert np.abs(months - share).mean() < np.abs(fortnight - share).mean()


def test_the_shape_of_the_day_is_found() -> None:
    share = np.tile(np.where(np.arange(24) < 12, 0.2, 0.5), 7)
    profile = week_profile(_hours(14, share))
    assert np.abs(profile.share - share).max() < 0.05


def test_one_bad_day_does_not_make_a_bad_weekday() -> None:
    share = np.full(168, 0.5)
    hours = _hours(14, share)
    spoilt = np.where(hours.day == 9, np.floor(hours.answered * 0.3), hours.answered)
    bad = RateHours(**{**vars(hours), "answered": spoilt})
    wednesdays = week_profile(bad).share[48:72]
    assert np.abs(wednesdays - 0.475).max() < 0.06


def test_recent_weeks_count_more_than_old_ones() -> None:
    hours = _hours(84, np.full(168, 0.4))
    answered = np.where(hours.day < 42, hours.answered, np.floor(hours.offered * 0.6))
    drifted = RateHours(**{**vars(hours), "answered": answered})
    overall = answered.sum() / hours.offered.sum()
    assert week_profile(drifted).share.mean() > overall + 0.02


def test_calls_that_share_their_luck_count_for_fewer() -> None:
    few, many = independent_calls(np.array([10.0, 10_000.0]), 0.1)
    assert few > 5
    assert many < 10


def test_dispersion_is_none_for_chance_and_large_for_all_or_nothing() -> None:
    rng, calls = np.random.default_rng(3), np.full(2000, 40.0)
    chance = rng.binomial(40, 0.3, 2000) / 40
    all_or_none = rng.binomial(1, 0.3, 2000).astype(float)
    assert dispersion_of(chance, np.full(2000, 0.3), calls) < 0.003
    assert dispersion_of(all_or_none, np.full(2000, 0.3), calls) == 0.5


def test_forecasts_of_exactly_0_or_1_that_held_show_no_dispersion() -> None:
    sure = np.array([0.0, 1.0] * 20)
    assert dispersion_of(sure, sure, np.full(40, 5.0)) < 0.05
