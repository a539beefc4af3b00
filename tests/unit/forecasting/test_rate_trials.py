"""Answer-rate methods tried on the past, and the whole forecast that comes of it."""

from datetime import timedelta

import numpy as np
import pytest

from core.forecasting.backtest import backtest, past_cutoffs
from core.forecasting.forecast import SeriesKind
from core.forecasting.make import make_forecast
from core.forecasting.methods import forecaster_for
from core.forecasting.rate_trials import try_rates
from core.forecasting.select import Trial
from core.history.centre import Centre
from tests.unit.forecasting.made_series import MONDAY, rate_history, rate_records, request

RATE = SeriesKind.ANSWER_RATE


def _tried(days: int, *names: str, horizon: int = 24) -> tuple[Trial, ...]:
    history = rate_history(rate_records(days), until=MONDAY + timedelta(days=days))
    methods = [forecaster_for(RATE, name, Centre()) for name in names]
    return try_rates(history, methods, Centre(), horizon=horizon, level=0.95, seed=0)


@pytest.mark.parametrize("name", ["stl", "tutorial"])
def test_trials_hold_what_a_plain_backtest_of_the_method_gives(name: str) -> None:
    history = rate_history(rate_records(14), until=MONDAY + timedelta(days=14))
    method = forecaster_for(RATE, name, Centre())
    cutoffs = past_cutoffs(history, RATE, 24)
    plain = backtest(history, method, Centre(), horizon=24, cutoffs=cutoffs, level=0.95)
    [trial] = try_rates(history, [method], Centre(), horizon=24, level=0.95, seed=0)
    for column in ("ds", "cutoff", "yhat", "actual", "weight"):
        assert trial.compared[column].tolist() == plain[column].tolist()
    np.testing.assert_allclose(trial.compared["scale"], plain["scale"])


def test_methods_are_compared_on_the_hours_that_all_of_them_have() -> None:
    naive, tutorial = _tried(14, "seasonal-naive", "tutorial")
    assert naive.compared["ds"].tolist() == tutorial.compared["ds"].tolist()


def test_coverage_is_measured_by_the_errors_at_other_cutoffs() -> None:
    [trial] = _tried(28, "average")
    assert trial.scores.coverage is not None
    assert trial.scores.coverage > 0.9
    assert trial.scores.noise_floor == pytest.approx(0.027, abs=0.01)


def test_where_nothing_can_be_looked_back_on_there_is_still_a_band() -> None:
    history = rate_history(rate_records(3)).iloc[:60]
    forecast = make_forecast(request(RATE, history, method="profile"))
    assert forecast.scores == ()
    assert "assumed" in forecast.band
    assert forecast.rows[["yhat_lower", "yhat_upper"]].notna().all(axis=None)


def test_auto_starts_from_the_average_and_says_why_it_stays_or_goes() -> None:
    forecast = make_forecast(request(RATE, rate_history(rate_records(28))))
    assert forecast.method in {"average", "stl", "regression", "profile"}
    assert forecast.reason.startswith("auto ")
    assert {scores.method for scores in forecast.scores} >= {"average", "seasonal-naive"}


def test_a_method_in_force_stays_unless_another_is_clearly_better() -> None:
    history = rate_history(rate_records(28))
    kept = make_forecast(request(RATE, history, method_in_force="profile"))
    assert kept.method == "profile"
    left = make_forecast(request(RATE, history, method_in_force="seasonal-naive"))
    assert left.method != "seasonal-naive"


def test_a_whole_forecast_holds_both_bands_and_those_of_other_levels() -> None:
    rows = make_forecast(request(RATE, rate_history(rate_records(14)), level=0.9)).rows
    order = ["yhat_lower", "lower_80", "lower_50", "yhat", "upper_50", "upper_80", "yhat_upper"]
    assert (rows[order].diff(axis=1).iloc[:, 1:] >= -1e-12).all(axis=None)
    assert (rows["probability_lower"] <= rows["yhat"]).all()
    assert (rows["probability_upper"] >= rows["yhat"]).all()
    assert (rows["calls"] > 100).all()
