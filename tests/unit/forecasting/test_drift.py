"""Drift: forecasts in force, scored on what came since; chance alone raises nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from core.forecasting.drift import DriftReport, DriftState, drift_of, in_force
from core.forecasting.drift_measures import chance_of_at_most
from core.forecasting.drift_triggers import Trigger
from core.forecasting.forecast import Forecast, Scores
from core.history.centre import Centre
from tests.unit.forecasting.made_forecasts import came, volume_forecast

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
MEAN = 40.0
USUAL = Scores("profile", 0.13, 0.8, 0.13, 0.0, 0.95, 0.6, 500, 3)


def poisson(hours: int, mean: float = MEAN, seed: int = 5) -> list[float]:
    """Return counts as chance gives them."""
    return np.random.default_rng(seed).poisson(mean, hours).astype(float).tolist()


def judged(values: Sequence[float], *forecasts: Forecast) -> DriftReport:
    """Return the report on what came of a forecast of an even level."""
    hours = len(values)
    made = forecasts or (
        volume_forecast(START, [MEAN] * hours, reach=[13.0] * hours, scores=(USUAL,)),
    )
    return drift_of(made, came(START, values), Centre(), START + hours * HOUR)


def raised(report: DriftReport) -> set[Trigger]:
    """Return the triggers that ask for retraining."""
    return {each.trigger for each in report.findings if each.is_raised}


@pytest.mark.parametrize("seed", range(8))
def test_chance_alone_raises_nothing(seed: int) -> None:
    report = judged(poisson(96, seed=seed))
    assert report.state is DriftState.SOUND, report.reasons
    assert not report.needs_retraining
    assert {each.trigger for each in report.findings} == set(Trigger)


def test_a_shift_of_level_is_told_with_its_hour() -> None:
    report = judged([*poisson(48), *poisson(48, MEAN * 1.6)])
    assert report.needs_retraining
    shift = next(each for each in report.findings if each.trigger is Trigger.LEVEL_SHIFT)
    assert shift.is_raised
    assert shift.since is not None
    assert abs(shift.since - (START + 48 * HOUR)) <= 2 * HOUR
    assert shift.sentence.startswith("Since Wed 25 Nov, ")
    assert "above the forecast; before," in shift.sentence


def test_forecasts_off_to_one_side_from_the_start_are_biased() -> None:
    report = judged(poisson(96, MEAN * 0.7))
    assert Trigger.BIAS in raised(report)
    bias = next(each for each in report.findings if each.trigger is Trigger.BIAS)
    assert "too high over 96 open hours" in bias.sentence


def test_a_band_that_misses_more_than_chance_allows_is_told() -> None:
    narrow = volume_forecast(START, [MEAN] * 96, reach=[4.0] * 96, scores=(USUAL,))
    report = judged(poisson(96), narrow)
    assert Trigger.COVERAGE in raised(report)
    coverage = next(each for each in report.findings if each.trigger is Trigger.COVERAGE)
    assert coverage.sentence.startswith("The 95 % band held ")


def test_an_error_well_above_the_backtest_is_told_beside_it() -> None:
    wild = [value + 25.0 * (-1) ** place for place, value in enumerate(poisson(96))]
    report = judged(wild)
    assert Trigger.WAPE in raised(report)
    wape = next(each for each in report.findings if each.trigger is Trigger.WAPE)
    assert "well above 13 % in the backtest" in wape.sentence


def test_the_rule_of_15_per_cent_holds_where_the_backtest_kept_it() -> None:
    values = [value + 12.0 * (-1) ** place for place, value in enumerate([MEAN] * 48)]
    report = judged(values)
    mape = next(each for each in report.findings if each.trigger is Trigger.MAPE)
    assert mape.is_raised
    assert mape.sentence == (
        "MAPE 33 % over 48 open hours, above the 15 % of the rule and 13 % in the backtest."
    )


def test_a_small_queue_above_the_rule_in_its_backtest_already_is_left_alone() -> None:
    quiet = replace(USUAL, error=0.4, mape=0.65)
    made = volume_forecast(START, [4.0] * 96, reach=[5.0] * 96, scores=(quiet,))
    report = judged(poisson(96, 4.0), made)
    mape = next(each for each in report.findings if each.trigger is Trigger.MAPE)
    assert not mape.is_raised
    assert "retraining alone would not bring it down" in mape.sentence
    assert report.state is DriftState.SOUND


def test_without_a_backtest_the_rule_stands_alone() -> None:
    made = volume_forecast(START, [MEAN] * 48, reach=[13.0] * 48)
    values = [value + 12.0 * (-1) ** place for place, value in enumerate([MEAN] * 48)]
    assert Trigger.MAPE in raised(judged(values, made))


def test_too_few_hours_tell_nothing() -> None:
    report = judged(poisson(11, MEAN * 3))
    assert report.state is DriftState.UNKNOWN
    assert report.findings == ()
    assert report.error is None


def test_an_hour_is_scored_by_the_newest_forecast_made_before_it_began() -> None:
    old = volume_forecast(START, [1.0] * 6, forecast_id="F-old")
    new = volume_forecast(START + 3 * HOUR, [2.0] * 6, forecast_id="F-new")
    compared = in_force([new, old], came(START, [5.0] * 6))
    assert compared["forecast_id"].tolist() == ["F-old"] * 3 + ["F-new"] * 3


def test_hours_that_had_come_when_it_was_made_are_not_scored() -> None:
    late = volume_forecast(START, [1.0] * 6, made_at=START + 2.5 * HOUR)
    assert in_force([late], came(START, [5.0] * 6))["ds"].min() == START + 2 * HOUR


def test_a_series_just_forecast_anew_is_watched_and_not_retrained_again() -> None:
    old = volume_forecast(START, [MEAN] * 96, scores=(USUAL,), forecast_id="F-old")
    new = volume_forecast(START + 94 * HOUR, [MEAN] * 48, scores=(USUAL,), forecast_id="F-new")
    report = judged(poisson(96, MEAN * 2), old, new)
    assert report.state is DriftState.WATCH
    assert report.forecast_id == "F-new"
    assert not report.needs_retraining


def test_a_feed_that_fell_silent_is_no_drift() -> None:
    history = came(START, [*poisson(48), *[0.0] * 48])
    silent = history.assign(recorded=history["ds"] < START + 48 * HOUR, status="open")
    made = volume_forecast(START, [MEAN] * 96, reach=[13.0] * 96, scores=(USUAL,))
    report = drift_of([made], silent, Centre(), START + 96 * HOUR)
    assert report.hours == 48
    assert report.state is DriftState.SOUND


def test_the_chance_of_few_hits_is_the_binomial_one() -> None:
    assert chance_of_at_most(0, 3, 0.5) == pytest.approx(1 / 8)
    assert chance_of_at_most(3, 3, 0.5) == pytest.approx(1.0)
