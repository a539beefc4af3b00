"""One forecast, whole."""

import pickle
import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, TooLittleHistory
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.make import forecast_all, make_forecast
from core.frames import FORECAST_ROWS, VOLUME_HISTORY
from core.history.centre import Centre
from tests.unit.forecasting.made_series import (
    NOW,
    around_the_clock_records,
    end_of,
    rate_history,
    rate_records,
    request,
    volume_history,
    volume_records,
)

VOLUME, RATE = SeriesKind.VOLUME, SeriesKind.ANSWER_RATE
BANK = Path(__file__).parents[4] / "shared" / "data" / "bank_calls_hourly.csv"


@pytest.fixture(scope="module")
def queue() -> Forecast:
    """The tutorial's forecast of an office queue."""
    return make_forecast(
        request(VOLUME, volume_history(volume_records(61)), method="tutorial", seed=4)
    )


@pytest.fixture(scope="module")
def campaign() -> Forecast:
    """What auto makes of a campaign."""
    return make_forecast(request(RATE, rate_history(rate_records(28))))


def test_a_forecast_says_where_it_came_from(queue: Forecast) -> None:
    history = volume_history(volume_records(61))
    assert (queue.forecast_id, queue.series_id, queue.series_name) == ("F-1", "Q1", "Support")
    assert (queue.method, queue.requested_method, queue.reason) == ("tutorial", "tutorial", "")
    assert queue.cutoff == history["ds"].iloc[-1]
    assert queue.history_start == history["ds"].iloc[0]
    assert queue.history_hours["open"] == len(volume_records(61))
    assert sum(queue.history_hours.values()) == len(history)
    assert (queue.made_at, queue.time_zone, queue.seed) == (NOW, "UTC", 4)
    assert set(queue.versions) == {"pandas", "numpy", "statsmodels", "prophet"}
    assert queue.versions["pandas"] == pd.__version__
    assert queue.parameters["changepoint_prior_scale"] == 0.05


@pytest.mark.parametrize("fixture", ["queue", "campaign"])
def test_rows_follow_right_after_the_cutoff_and_keep_to_their_contract(
    fixture: str, request: pytest.FixtureRequest
) -> None:
    made: Forecast = request.getfixturevalue(fixture)
    FORECAST_ROWS.check(made.rows)
    assert made.rows["ds"].min() > pd.Timestamp(made.cutoff)
    assert made.rows["ds"].is_monotonic_increasing
    assert set(made.rows["model"]) == {made.method}
    assert set(made.rows["cutoff"]) == {pd.Timestamp(made.cutoff)}
    assert made.rows[["yhat", "yhat_lower", "yhat_upper"]].notna().all(axis=None)
    assert (made.rows["yhat_lower"] <= made.rows["yhat_upper"]).all()


def test_the_baseline_is_always_beside_the_method(queue: Forecast) -> None:
    assert [scores.method for scores in queue.scores] == ["tutorial", "seasonal-naive"]
    assert {scores.cutoffs for scores in queue.scores} == {3}
    naive = queue.scores_of("seasonal-naive")
    tutorial = queue.scores_of("tutorial")
    assert naive is not None
    assert tutorial is not None
    # An office queue: what is forward-filled through the night loses to last week repeated.
    assert naive.error is not None
    assert tutorial.error is not None
    assert naive.error < tutorial.error
    assert naive.coverage == pytest.approx(0.95, abs=0.05)


def test_auto_tells_why_it_chose_and_what_the_other_was_worth(campaign: Forecast) -> None:
    assert campaign.requested_method == "auto"
    assert campaign.method in campaign.reason
    assert "over 7 past days" in campaign.reason
    assert {scores.method for scores in campaign.scores} == {"tutorial", "seasonal-naive"}
    errors = {scores.method: scores.error for scores in campaign.scores}
    assert campaign.scores[0].method == campaign.method
    assert errors[campaign.method] == min(error for error in errors.values() if error is not None)


def test_auto_shows_the_components_of_the_model_where_the_baseline_has_none() -> None:
    made = make_forecast(request(VOLUME, volume_history(volume_records(61))))
    assert made.method == "seasonal-naive"
    assert made.parameters["components_of"] == "tutorial"
    assert {"trend", "weekly", "daily"} < set(made.components.columns)


def test_a_baseline_asked_for_by_name_has_no_components() -> None:
    made = make_forecast(request(RATE, rate_history(rate_records(9)), method="seasonal-naive"))
    assert made.components.empty
    assert "components_of" not in made.parameters


def test_auto_passes_over_a_model_that_forecasts_below_zero() -> None:
    # Steep mornings: the model beats the noise of a single week, and rings below zero at night.
    ds = pd.date_range("2026-08-03", periods=49 * 24, freq="h", tz="UTC")
    shape = np.where((ds.hour >= 8) & (ds.hour < 20), 6.0, 0.2)
    counts = np.random.default_rng(2).poisson(shape).astype(float)
    made = make_forecast(request(VOLUME, volume_history(pd.DataFrame({"ds": ds, "y": counts}))))
    errors = {scores.method: scores.error for scores in made.scores}
    assert errors["tutorial"] is not None
    assert errors["seasonal-naive"] is not None
    assert errors["tutorial"] < errors["seasonal-naive"]
    assert made.method == "seasonal-naive"
    assert re.search(r"tutorial was passed over: below 0 in \d+ hours\.", made.reason)


def test_auto_takes_the_other_method_where_the_best_one_refuses_and_says_so() -> None:
    # Two hours ahead, in the night: the baseline has no rate for a closed centre.
    made = make_forecast(request(RATE, rate_history(rate_records(14)), horizon=2))
    assert made.method == "tutorial"
    assert "seasonal-naive was passed over: The centre is expected to be closed" in made.reason


def test_where_the_method_asked_for_refuses_no_other_steps_in() -> None:
    history = rate_history(rate_records(14))
    with pytest.raises(DataError, match="expected to be closed"):
        make_forecast(request(RATE, history, horizon=2, method="seasonal-naive"))


def test_a_history_too_short_to_look_back_has_no_scores_and_no_band_and_says_so() -> None:
    history = volume_history(around_the_clock_records(8))
    made = make_forecast(request(VOLUME, history))
    assert made.method == "seasonal-naive"
    assert made.reason.endswith("there is no past error to compare methods by.")
    assert made.scores == ()
    assert made.band == ""
    assert made.rows["yhat_lower"].isna().all()
    assert any("too short to measure" in warning for warning in made.warnings)
    assert any("too few past errors" in warning for warning in made.warnings)


def test_missing_hours_are_counted_in_a_warning() -> None:
    records = volume_records(28).drop(index=[33, 71])
    made = make_forecast(request(VOLUME, volume_history(records), method="seasonal-naive"))
    assert made.history_hours["missing"] == 2
    assert "2 hours of the history are missing though the centre was open." in made.warnings


@pytest.mark.parametrize(
    ("days", "hours_since", "is_told"),
    [
        (26, 60, False),  # from Friday evening to Monday morning
        (23, 19, True),  # from Tuesday evening to Wednesday noon
        (23, 24 * 5, True),
    ],
)
def test_a_feed_that_fell_silent_is_told_and_a_weekend_is_not(
    days: int, hours_since: int, is_told: bool
) -> None:
    records = volume_records(days)
    history = volume_history(records, end_of(records) + pd.Timedelta(hours=hours_since))
    made = make_forecast(request(VOLUME, history, method="seasonal-naive"))
    told = f"No record has come for the last {hours_since} hours of the history."
    assert (told in made.warnings) is is_told


@pytest.mark.parametrize("method", ["auto", "tutorial", "seasonal-naive"])
@pytest.mark.parametrize("count", [0.0, 7.0])
def test_a_series_that_never_changes_is_forecast_flat_with_a_warning(
    method: str, count: float
) -> None:
    ds = pd.date_range("2026-08-03", periods=28 * 24, freq="h", tz="UTC")
    history = volume_history(pd.DataFrame({"ds": ds, "y": count}))
    made = make_forecast(request(VOLUME, history, method=method))
    np.testing.assert_allclose(made.rows["yhat"], count, atol=1e-6)
    assert f"Every hour of the history counts the same: {count:g}." in made.warnings


def test_a_queue_without_contacts_is_refused() -> None:
    history = VOLUME_HISTORY.empty().assign(recorded=pd.Series([], dtype=bool))
    with pytest.raises(DataError, match="Nothing to forecast"):
        make_forecast(request(VOLUME, history))


@pytest.mark.parametrize("kind", [VOLUME, RATE])
def test_auto_refuses_fewer_than_48_hours(kind: SeriesKind) -> None:
    ds = pd.date_range("2026-11-02", periods=47, freq="h", tz="UTC")
    history = (
        volume_history(pd.DataFrame({"ds": ds, "y": 5.0}))
        if kind is VOLUME
        else rate_history(pd.DataFrame({"ds": ds, "offered": 9, "answered": 3}))
    )
    with pytest.raises(TooLittleHistory, match="insufficient historical data, minimum 48 hours"):
        make_forecast(request(kind, history))


def test_the_same_request_gives_the_same_forecast_in_this_process_and_in_another() -> None:
    history = rate_history(rate_records(7))
    requests = [request(RATE, history, forecast_id=f"F-{number}") for number in (1, 2)]
    here = list(forecast_all(requests))
    with ProcessPoolExecutor(1) as pool:
        there = list(forecast_all(requests, pool.map))
    for first, second in zip(here, there, strict=True):
        assert isinstance(first, Forecast)
        assert isinstance(second, Forecast)
        pd.testing.assert_frame_equal(first.rows, second.rows)
        pd.testing.assert_frame_equal(first.components, second.components)
        assert (first.forecast_id, first.scores) == (second.forecast_id, second.scores)


def test_one_series_that_cannot_be_forecast_does_not_stop_the_others() -> None:
    short = rate_history(rate_records(1))
    long = rate_history(rate_records(14))
    outcomes = list(forecast_all([request(RATE, short), request(RATE, long)]))
    assert isinstance(outcomes[0], TooLittleHistory)
    assert isinstance(outcomes[1], Forecast)
    assert pickle.loads(pickle.dumps(outcomes[0])).need_hours == 48


def test_the_history_given_is_left_as_it_was() -> None:
    history = rate_history(rate_records(14))
    before = history.copy(deep=True)
    make_forecast(request(RATE, history))
    pd.testing.assert_frame_equal(history, before)


@pytest.mark.skipif(not BANK.exists(), reason="the shared series of bank calls are not here")
def test_on_a_real_bank_auto_takes_last_week_over_the_tutorial() -> None:
    calls = pd.read_csv(BANK)
    zone = "America/New_York"
    calls["ds"] = pd.to_datetime(calls["ds"]).dt.tz_localize(zone).dt.tz_convert("UTC")
    recent = calls.loc[calls["ds"] > calls["ds"].max() - pd.Timedelta(days=90)]
    history = volume_history(recent, time_zone=zone)
    made = make_forecast(request(VOLUME, history, centre=Centre(zone)))
    assert made.method == "seasonal-naive"
    naive, tutorial = made.scores
    assert naive.error is not None
    assert tutorial.error is not None
    assert naive.error < 0.5 * tutorial.error
    assert naive.coverage is not None
    assert naive.coverage >= 0.93
    clock = made.rows["ds"].dt.tz_convert(zone)
    shut = (clock.dt.day_of_week > 4) | (clock.dt.hour < 7) | (clock.dt.hour > 21)
    assert made.rows.loc[shut, ["yhat", "yhat_lower", "yhat_upper"]].eq(0.0).all(axis=None)
