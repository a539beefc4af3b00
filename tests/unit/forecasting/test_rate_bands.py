"""Two bands of an answer rate, and how wide past errors make them."""

import numpy as np
import pandas as pd
import pytest

from core.forecasting.rate_bands import MOST_CALLS, PastRates, RateBand, rate_band
from core.forecasting.rate_calls import UsualCalls, usual_calls
from core.forecasting.rate_distribution import distributions
from core.history.centre import Centre
from tests.unit.forecasting.made_series import rate_history, rate_records

USUAL = UsualCalls(np.full(168, 40.0), Centre())


def _past(
    count: int, spread: float, calls: int = 40, seed: int = 1, mean: float = 0.4
) -> PastRates:
    """Forecasts of `mean` whose probabilities lie about it, ten an hour at each cutoff."""
    rng = np.random.default_rng(seed)
    size = 1 / spread - 1
    share = rng.beta(mean * size, (1 - mean) * size, count)
    offered = np.full(count, float(calls))
    came = rng.binomial(calls, share) / calls
    return PastRates(np.full(count, mean), came, offered, offered, np.arange(count) // 10)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("calls", [4, 40, 400])
def test_outcomes_of_hours_to_come_lie_inside_as_often_as_claimed(calls: int, level: float) -> None:
    band = rate_band(_past(400, 0.05, calls), USUAL)
    later = _past(4000, 0.05, calls, seed=2)
    lower, upper = band.bounds(later.yhat, later.calls, level)
    inside = np.mean((later.actual >= lower - 1e-9) & (later.actual <= upper + 1e-9))
    assert inside >= level - 0.035


def test_the_band_of_the_share_is_wider_than_that_of_the_probability() -> None:
    band = rate_band(_past(200, 0.02), USUAL)
    rows = pd.DataFrame({"ds": pd.date_range("2026-11-23", periods=24, freq="h", tz="UTC")})
    banded = band.around(rows.assign(yhat=0.4), rows["ds"].iloc[0], 0.95)
    share = banded["yhat_upper"] - banded["yhat_lower"]
    probability = banded["probability_upper"] - banded["probability_lower"]
    assert (share > probability).all()
    assert (banded["calls"] == 40.0).all()


def test_the_probability_is_bounded_as_the_quantiles_of_its_beta_distribution() -> None:
    band = RateBand(0.05, np.empty(0), 0, USUAL)
    lower, upper = band.bounds(np.array([0.4]), np.array([float(MOST_CALLS)]), 0.9)
    drawn = np.random.default_rng(1).beta(0.4 * 19, 0.6 * 19, 200_000)
    expected = np.quantile(drawn, [0.05, 0.95])
    assert [lower[0], upper[0]] == pytest.approx(expected, abs=0.006)


def test_with_few_calls_the_bounds_are_shares_that_can_be_observed() -> None:
    band = RateBand(0.05, np.empty(0), 0, USUAL)
    for calls in (1, 2, 5):
        lower, upper = band.bounds(np.array([0.5]), np.array([float(calls)]), 0.95)
        assert (lower[0] * calls) % 1 == 0
        assert (upper[0] * calls) % 1 == 0
    lower, upper = band.bounds(np.array([0.5]), np.array([1.0]), 0.8)
    assert (lower[0], upper[0]) == (0.0, 1.0)


def test_errors_larger_than_the_distribution_knows_widen_the_band() -> None:
    calm = _past(200, 0.02)
    wild = np.where(np.arange(200) % 8 == 0, 0.95, calm.actual)
    shocked = PastRates(calm.yhat, wild, calm.offered, calm.calls, calm.cutoff)
    at = (np.array([0.4]), np.array([40.0]), 0.95)
    narrow, wide = rate_band(calm, USUAL).bounds(*at), rate_band(shocked, USUAL).bounds(*at)
    assert wide[1][0] > narrow[1][0] + 0.1


def test_few_past_days_widen_the_band_of_what_is_rare_more_than_that_of_what_is_usual() -> None:
    centrality, at = np.linspace(0.0, 1.0, 400), (np.array([0.4]), np.array([400.0]))
    few, many = (RateBand(0.05, centrality, cutoffs, USUAL) for cutoffs in (2, 200))

    def wider(level: float) -> float:
        (low, high), (lower, higher) = few.bounds(*at, level), many.bounds(*at, level)
        return float((high - low)[0] / (higher - lower)[0])

    assert wider(0.95) > 1.1
    assert 1.0 < wider(0.5) < 1.25


def test_with_too_few_errors_the_dispersion_is_assumed_and_said_so() -> None:
    band = rate_band(_past(19, 0.05), USUAL)
    assert "assumed for want of past errors" in band.words(0.95)
    lower, upper = band.bounds(np.array([0.4]), np.array([40.0]), 0.95)
    assert 0 < lower[0] < 0.4 < upper[0] < 1
    assert "200 hours of 20 past forecasts" in rate_band(_past(200, 0.05), USUAL).words(0.95)


def test_a_forecast_of_0_or_1_is_not_taken_for_sure() -> None:
    band = RateBand(0.05, np.empty(0), 0, USUAL)
    lower, upper = band.bounds(np.array([0.0, 1.0]), np.array([400.0, 400.0]), 0.99)
    assert (lower[0], upper[1]) == (0.0, 1.0)
    assert upper[0] > 0
    assert lower[1] < 1


def test_a_distribution_adds_up_and_has_its_mean_and_spread() -> None:
    share, calls, alike = np.array([0.3, 0.7]), np.array([10.0, 50.0]), 0.1
    for rows, below, count in distributions(share, calls, alike):
        for row, chances, many in zip(rows, below, count, strict=True):
            answered = np.arange(int(many) + 1)
            mass = np.diff(chances[: int(many) + 1], prepend=0.0)
            mean = (mass * answered).sum()
            spread = (mass * (answered - mean) ** 2).sum()
            assert mass.sum() == pytest.approx(1.0)
            assert mean == pytest.approx(share[row] * many)
            variance = many * share[row] * (1 - share[row]) * (1 + (many - 1) * alike)
            assert spread == pytest.approx(variance)


def test_many_calls_scatter_as_they_would_though_told_apart_no_finer() -> None:
    [(_, below, count)] = distributions(np.array([0.3]), np.array([50_000.0]), 0.01)
    mass = np.diff(below[0], prepend=0.0)
    answered = np.arange(len(mass)) / count[0]
    spread = (mass * (answered - 0.3) ** 2).sum()
    assert spread == pytest.approx(0.21 * (1 + 49_999 * 0.01) / 50_000, rel=1e-3)


def test_usual_calls_are_the_median_of_the_hour_of_the_week() -> None:
    history = rate_history(rate_records(21))
    usual = usual_calls(history, Centre())
    nine = history.loc[(history["ds"].dt.hour == 9) & (history["ds"].dt.day_of_week == 0)]
    monday = pd.DatetimeIndex(["2026-11-23T09:00Z"])
    assert usual.of(monday).tolist() == [nine["offered"].median()]
    assert usual.of(pd.DatetimeIndex(["2026-11-23T03:00Z"])).tolist() == [
        round(history["offered"].median())
    ]
