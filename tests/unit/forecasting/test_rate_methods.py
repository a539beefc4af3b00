"""Answer-rate methods: what each adds to the usual week, and what all of them promise."""

import numpy as np
import pandas as pd
import pytest

from core.errors import UsageError
from core.forecasting.rate_methods import NAMES, RateFits, RateForecaster, rate_fits
from core.history.centre import Centre
from tests.unit.forecasting.made_series import MONDAY, rate_history, rate_records


def _fits(records: pd.DataFrame, horizon: int = 24) -> RateFits:
    return rate_fits(rate_history(records), horizon, Centre())


def _tiring(days: int, drop: float, seed: int = 1) -> pd.DataFrame:
    """A campaign whose share falls by as much every day."""
    records = rate_records(days, seed)
    day = (records["ds"] - pd.Timestamp(MONDAY)).dt.days
    share = np.clip(0.6 - drop * day, 0.05, 0.95)
    answered = np.random.default_rng(seed).binomial(records["offered"], share)
    return records.assign(answered=answered)


@pytest.mark.parametrize("name", NAMES)
def test_every_method_finds_the_shape_of_the_day(name: str) -> None:
    fits = _fits(rate_records(28))
    expected = 0.3 + 0.1 * np.sin((fits.hours.ahead.hour - 8) / 12 * np.pi)
    assert np.abs(fits.share(name) - expected).max() < 0.04


@pytest.mark.parametrize("name", ["stl", "regression", "average"])
def test_a_list_that_tires_is_followed_further_than_the_usual_week_goes(name: str) -> None:
    fits = _fits(_tiring(28, 0.01))
    tomorrow = 0.6 - 0.28
    assert abs(fits.share(name).mean() - tomorrow) < abs(fits.share("profile").mean() - tomorrow)


@pytest.mark.parametrize("name", NAMES)
def test_a_trend_is_not_carried_on_for_ever(name: str) -> None:
    fits = _fits(_tiring(28, 0.01), horizon=24 * 60)
    assert fits.share(name)[-12:].mean() > 0.25


def test_one_bad_day_is_mostly_forgotten_by_the_regression() -> None:
    records = rate_records(28)
    last = records["ds"].dt.date == records["ds"].dt.date.max()
    spoilt = records.assign(answered=np.where(last, records["answered"] // 3, records["answered"]))
    usual, after = _fits(records).share("regression"), _fits(spoilt).share("regression")
    assert (usual - after).mean() < 0.07
    assert (usual - after).mean() > 0


def test_an_hour_with_three_calls_hardly_moves_the_decomposition() -> None:
    records = rate_records(28)
    few = records.copy()
    few.loc[few.index[-12:], ["offered", "answered"]] = [3, 3]
    moved = np.abs(_fits(few).share("stl") - _fits(records).share("stl"))
    assert moved.max() < 0.1


def test_closed_nights_do_not_bend_the_morning() -> None:
    # The tutorial bridges nights by a straight line, and so begins days far too high or low.
    records = rate_records(28)
    morning = np.where(records["ds"].dt.hour < 10, 0.9, 0.5)
    answered = np.random.default_rng(5).binomial(records["offered"], morning)
    fits = _fits(records.assign(answered=answered))
    assert fits.share("stl")[:2] == pytest.approx([0.9, 0.9], abs=0.03)


def test_components_add_up_to_what_was_decomposed_and_tell_what_was_not_observed() -> None:
    fits = _fits(rate_records(14))
    parts = fits.components()
    whole = parts["trend"] + parts["seasonal"] + parts["resid"]
    assert whole.between(0, 1).all()
    assert parts["observed"].notna().sum() == len(fits.hours.rate)
    assert np.abs(whole - parts["observed"]).max() < 0.15


def test_the_average_lies_between_its_members() -> None:
    fits = _fits(rate_records(28))
    members = np.stack([fits.share("stl"), fits.share("regression")])
    average = fits.share("average")
    assert (average >= members.min(axis=0)).all()
    assert (average <= members.max(axis=0)).all()


def test_a_forecaster_gives_what_the_shared_fits_give() -> None:
    history = rate_history(rate_records(14))
    for name in NAMES:
        rows = RateForecaster(name, Centre()).forecast(history, 24, 0.95, 0).rows
        np.testing.assert_array_equal(rows["yhat"], rate_fits(history, 24, Centre()).share(name))


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UsageError, match="'oracle' is no answer-rate method"):
        _fits(rate_records(14)).share("oracle")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("answered", [0.0, 1.0])
def test_what_always_or_never_was_answered_is_forecast_so(name: str, answered: float) -> None:
    records = rate_records(14)
    records = records.assign(answered=records["offered"] * answered)
    assert _fits(records).share(name) == pytest.approx(np.full(12, answered), abs=0.02)
