"""The tutorial's volume forecast against its own description."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, TooLittleHistory
from core.forecasting import prophet
from core.forecasting.forecaster import ForecastParts
from core.forecasting.prophet import TutorialVolume, prepare
from tests.bench.tutorials import volume_model, volume_prediction, volume_preparation
from tests.unit.forecasting.made_series import (
    around_the_clock_records,
    end_of,
    volume_history,
    volume_records,
)

ROOT = Path(__file__).parents[3]


def _forecast(history: pd.DataFrame, seed: int = 7, **settings: Any) -> ForecastParts:
    return TutorialVolume(**settings).forecast(history, 168, 0.95, seed)


@pytest.fixture(scope="module")
def records() -> pd.DataFrame:
    made = volume_records(28).drop(index=[30, 31, 90]).reset_index(drop=True)
    return pd.concat([made, made.iloc[[3]]], ignore_index=True).sample(frac=1, random_state=1)


def test_preparation_is_the_tutorials(records: pd.DataFrame) -> None:
    prepared = prepare(volume_history(records))
    expected = volume_preparation(records)
    assert prepared["ds"].tolist() == expected["ds"].tolist()
    assert prepared["y"].tolist() == expected["y"].tolist()
    assert prepared["y"].dtype == np.int64


def test_a_night_is_filled_with_the_last_busy_hour_as_the_tutorial_does() -> None:
    made = volume_records(7)
    prepared = prepare(volume_history(made)).set_index("ds")["y"]
    assert prepared["2026-08-04 03:00"] == prepared["2026-08-03 17:00"] > 0


def test_zeros_on_record_are_kept_and_absent_quiet_hours_are_filled() -> None:
    ds = pd.date_range("2026-08-03", periods=14 * 24, freq="h", tz="UTC")
    made = pd.DataFrame({"ds": ds, "y": np.where(ds.hour < 6, 0.0, 2.0)})
    lost = made.index[made["ds"] == pd.Timestamp("2026-08-05T10:00Z")]
    history = volume_history(made.drop(index=lost))
    assert history.set_index("ds").loc["2026-08-05T10:00Z", "y"] == 0.0  # tidy: nobody called
    prepared = prepare(history).set_index("ds")["y"]
    assert prepared["2026-08-05 10:00"] == 2
    assert prepared["2026-08-05 03:00"] == 0


def test_it_is_the_tutorials_forecast(records: pd.DataFrame) -> None:
    expected = volume_prediction(volume_model(volume_preparation(records))).tail(168)
    rows = _forecast(volume_history(records)).rows
    assert rows["ds"].dt.tz_localize(None).tolist() == expected["ds"].tolist()
    np.testing.assert_allclose(rows["yhat"], expected["yhat"], rtol=0, atol=1e-9)


def test_its_band_is_prophets_own_for_the_same_seed(records: pd.DataFrame) -> None:
    model = volume_model(volume_preparation(records), interval_width=0.8)
    future = model.make_future_dataframe(periods=168, freq="h", include_history=False)
    np.random.seed(11)
    expected = model.predict(future)
    parts = TutorialVolume().forecast(volume_history(records), 168, 0.8, 11)
    for bound in ("yhat_lower", "yhat_upper"):
        np.testing.assert_allclose(parts.rows[bound], expected[bound], rtol=0, atol=1e-9)
    assert parts.band == "Prophet's own 80 % interval, from 1000 drawn futures"
    assert parts.seed == 11


def test_the_same_seed_gives_the_same_band_and_another_one_another(records: pd.DataFrame) -> None:
    history = volume_history(records)
    first, again, other = (_forecast(history, seed).rows for seed in (7, 7, 8))
    pd.testing.assert_frame_equal(first, again)
    assert not np.allclose(first["yhat_lower"], other["yhat_lower"])


def test_drawing_leaves_everybody_elses_random_numbers_alone(records: pd.DataFrame) -> None:
    history = volume_history(records)
    np.random.seed(5)
    expected = np.random.random(3).tolist()
    np.random.seed(5)
    _forecast(history)
    assert np.random.random(3).tolist() == expected


def test_two_threads_do_not_disturb_each_others_band(records: pd.DataFrame) -> None:
    # Fails by its own time limit, not by hanging, where NumPy's lock is not re-entrant.
    model = prophet.fit(prepare(volume_history(records)), 0.95, weekly=True, daily=True)
    ahead = pd.date_range("2026-09-01", periods=48, freq="h", tz="UTC")
    alone = prophet.predict(model, ahead, 3)
    found: list[pd.DataFrame] = []
    threads = [
        threading.Thread(
            target=lambda: found.extend(prophet.predict(model, ahead, 3) for _ in range(3)),
            daemon=True,
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(found) == 9
    for frame in found:
        pd.testing.assert_frame_equal(frame, alone)


def test_negative_volumes_stay_and_are_counted_in_a_warning() -> None:
    ds = pd.date_range("2026-08-03", periods=14 * 24, freq="h", tz="UTC")
    made = pd.DataFrame({"ds": ds, "y": np.where((ds.hour == 12) | (ds.hour == 0), 300.0, 0.0)})
    parts = _forecast(volume_history(made))
    below = int((parts.rows["yhat"] < 0).sum())
    assert below > 0
    assert f"{below} of 168 hours are forecast below 0 contacts." in parts.warnings


def test_fewer_than_two_full_weeks_bring_a_warning_and_the_offer_of_a_simpler_model() -> None:
    history = volume_history(around_the_clock_records(10))
    parts = _forecast(history)
    assert any("fewer than two full weeks" in warning for warning in parts.warnings)
    simpler = _forecast(history, weekly=False)
    assert simpler.parameters["weekly_seasonality"] is False
    assert "weekly" not in simpler.explain().columns
    assert "daily" in simpler.explain().columns


def test_two_full_weeks_bring_no_warning() -> None:
    assert _forecast(volume_history(around_the_clock_records(14))).warnings == ()


def test_components_span_history_and_forecast_and_add_up_to_it() -> None:
    history = volume_history(around_the_clock_records(14))
    parts = _forecast(history)
    explained = parts.explain()
    assert explained.columns.tolist() == ["ds", "trend", "weekly", "daily"]
    assert len(explained) == len(history) + 168
    ahead = explained.tail(168)
    total = ahead["trend"] + ahead["weekly"] + ahead["daily"]
    np.testing.assert_allclose(total, parts.rows["yhat"], atol=1e-9)


def test_where_the_history_goes_on_without_records_it_forecasts_from_its_end(
    records: pd.DataFrame,
) -> None:
    until = end_of(records) + pd.Timedelta(hours=14)
    expected = volume_prediction(volume_model(volume_preparation(records))).tail(168)
    rows = _forecast(volume_history(records, until)).rows
    assert rows["ds"].iloc[0] == pd.Timestamp(until)
    np.testing.assert_allclose(rows["yhat"][:154], expected["yhat"].iloc[14:], rtol=0, atol=1e-9)


@pytest.mark.parametrize("count", [0.0, 5.0])
def test_counts_that_never_change_are_forecast_again(count: float) -> None:
    ds = pd.date_range("2026-08-03", periods=14 * 24, freq="h", tz="UTC")
    rows = _forecast(volume_history(pd.DataFrame({"ds": ds, "y": count}))).rows
    np.testing.assert_allclose(rows[["yhat", "yhat_lower", "yhat_upper"]], count, atol=1e-6)


def test_a_queue_without_any_record_is_refused() -> None:
    history = volume_history(volume_records(14)).assign(y=np.nan, recorded=False, status="missing")
    with pytest.raises(DataError, match=r"No contacts in \d+ days of Q1\. Nothing to forecast\."):
        _forecast(history)


def test_too_little_history_is_refused() -> None:
    with pytest.raises(TooLittleHistory, match="minimum 48 hours, and there are 34"):
        _forecast(volume_history(volume_records(2)))


def test_what_prophet_cannot_fit_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Optimization terminated abnormally\nlong console output")

    monkeypatch.setattr(prophet, "fit", broken)
    with pytest.raises(DataError) as refusal:
        _forecast(volume_history(volume_records(14)))
    assert str(refusal.value) == (
        "Prophet could not be fitted to Q1: Optimization terminated abnormally. "
        "Choose another method or another span."
    )


def test_fitting_writes_nothing_to_the_console() -> None:
    # In a process of its own: under a test runner the libraries' loggers behave otherwise.
    script = (
        "from core.forecasting.prophet import TutorialVolume\n"
        "from tests.unit.forecasting.made_series import volume_history, volume_records\n"
        "TutorialVolume().forecast(volume_history(volume_records(14)), 24, 0.95, 0)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
