"""One forecast, whole."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, TooLittleHistory
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.make import forecast_all, make_forecast
from core.forecasting.select import MARGIN
from core.frames import FORECAST_ROWS, VOLUME_HISTORY
from core.history.centre import Centre
from core.history.days import DayCalendar
from core.history.told import Told
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
    assert set(queue.versions) == {"pandas", "numpy", "statsmodels", "prophet", "holidays"}
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
    tried = {"average", "stl", "regression", "profile", "seasonal-naive"}
    assert {scores.method for scores in campaign.scores} == tried
    errors = {scores.method: scores.error for scores in campaign.scores}
    assert campaign.scores[0].method == campaign.method
    least = min(error for error in errors.values() if error is not None)
    assert (1 - MARGIN) * errors[campaign.method] <= least


def test_auto_takes_a_volume_apart_and_names_the_method_that_did() -> None:
    history = volume_history(volume_records(61))
    made = make_forecast(request(VOLUME, history))
    assert made.method == "average"
    assert made.parameters["components_of"] == "decomposition"
    parts = made.components.set_index("ds")
    assert list(parts.columns) == ["trend", "weekly", "daily", "remainder"]
    whole = parts.sum(axis=1)
    forecast = made.rows.set_index("ds")["yhat"]
    pd.testing.assert_series_equal(whole.loc[forecast.index], forecast, check_names=False)
    counted = history.dropna(subset=["y"]).set_index("ds")["y"]
    pd.testing.assert_series_equal(whole.loc[counted.index], counted, check_names=False)


def test_auto_beats_last_week_and_tells_what_it_did_not_try() -> None:
    made = make_forecast(request(VOLUME, volume_history(volume_records(90))))
    errors = {scores.method: scores.error or 9.0 for scores in made.scores}
    assert errors["average"] < 0.9 * errors["seasonal-naive"]
    assert "over 8 past forecasts" in made.reason
    assert made.reason.endswith("prophet and tutorial take long and are tried only by name.")


def test_the_method_in_force_stays_where_no_other_is_clearly_better() -> None:
    history = volume_history(volume_records(90))
    kept = make_forecast(request(VOLUME, history, method_in_force="profile"))
    assert kept.method == "profile"
    assert "auto kept profile" in kept.reason
    left = make_forecast(request(VOLUME, history, method_in_force="daily-naive"))
    assert left.method != "daily-naive"


def test_a_stored_forecast_gives_bands_of_50_80_and_95_percent_that_nest() -> None:
    made = make_forecast(request(VOLUME, volume_history(volume_records(90)), level=0.9))
    bands = [made.band_at(level) for level in (0.5, 0.8, 0.9, 0.95)]
    for narrow, wide in pairwise(bands):
        assert narrow is not None
        assert wide is not None
        assert (wide["yhat_lower"] <= narrow["yhat_lower"]).all()
        assert (wide["yhat_upper"] >= narrow["yhat_upper"]).all()
    assert made.band_at(0.7) is None


def test_the_noise_floor_stands_beside_the_error_and_a_warning_says_where_it_is_reached() -> None:
    made = make_forecast(request(VOLUME, volume_history(volume_records(90))))
    own = made.scores[0]
    # The series is Poisson around a steady week: there is nothing but chance left.
    assert own.error is not None
    assert own.noise_floor == pytest.approx(own.error, rel=0.1)
    assert any(
        warning.startswith(f"Nothing can be won here: the error is {own.error:.2f}")
        for warning in made.warnings
    )


def test_many_series_in_one_pass_are_forecast_as_each_alone() -> None:
    late = volume_history(around_the_clock_records(40), until=end_of(volume_records(61)))
    histories = [
        volume_history(volume_records(61)),
        volume_history(volume_records(89, seed=2).iloc[280:]),
        volume_history(volume_records(61, seed=3, level=4.0)),
        late,
    ]
    asked = [request(VOLUME, history) for history in histories]
    for together, one in zip(forecast_all(asked), asked, strict=True):
        alone = make_forecast(one)
        assert isinstance(together, Forecast)
        assert (together.method, together.reason) == (alone.method, alone.reason)
        pd.testing.assert_frame_equal(together.rows, alone.rows, rtol=1e-9)
        pd.testing.assert_frame_equal(together.components, alone.components, rtol=1e-9)


def test_a_baseline_asked_for_by_name_has_no_components() -> None:
    made = make_forecast(request(RATE, rate_history(rate_records(9)), method="seasonal-naive"))
    assert made.components.empty
    assert "components_of" not in made.parameters


def test_auto_forecasts_no_rate_of_a_closed_centre() -> None:
    # Two hours ahead, in the night.
    with pytest.raises(DataError, match="expected to be closed in each of the next 2 hours"):
        make_forecast(request(RATE, rate_history(rate_records(14)), horizon=2))


def test_where_the_method_asked_for_refuses_no_other_steps_in() -> None:
    history = rate_history(rate_records(14))
    with pytest.raises(DataError, match="expected to be closed"):
        make_forecast(request(RATE, history, horizon=2, method="seasonal-naive"))


def test_a_history_too_short_to_look_back_has_no_scores_and_no_band_and_says_so() -> None:
    history = volume_history(around_the_clock_records(8))
    made = make_forecast(request(VOLUME, history))
    assert made.method == "seasonal-naive"
    assert "there is no past error to compare methods by." in made.reason
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
def test_on_a_real_bank_auto_halves_the_error_of_the_tutorial_and_holds_its_band() -> None:
    calls = pd.read_csv(BANK)
    zone = "America/New_York"
    calls["ds"] = pd.to_datetime(calls["ds"]).dt.tz_localize(zone).dt.tz_convert("UTC")
    recent = calls.loc[calls["ds"] > calls["ds"].max() - pd.Timedelta(days=90)]
    history = volume_history(recent, time_zone=zone)
    centre = Centre(zone, Told(DayCalendar("US")))
    made = make_forecast(request(VOLUME, history, centre=centre))
    tutorial = make_forecast(request(VOLUME, history, centre=centre, method="tutorial"))
    own, naive, theirs = made.scores[0], made.scores_of("seasonal-naive"), tutorial.scores[0]
    assert own.error is not None
    assert naive is not None
    assert naive.error is not None
    assert theirs.error is not None
    assert own.error < 0.45 * theirs.error
    assert own.error < naive.error
    assert own.coverage_open is not None
    assert own.coverage_open >= 0.93
    clock = made.rows["ds"].dt.tz_convert(zone)
    shut = (clock.dt.day_of_week > 4) | (clock.dt.hour < 7) | (clock.dt.hour > 21)
    assert made.rows.loc[shut, ["yhat", "yhat_lower", "yhat_upper"]].eq(0.0).all(axis=None)
