"""Every forecasting method keeps the same promises, for each kind of series it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, TooLittleHistory
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import Forecaster, ForecastParts
from core.forecasting.methods import forecaster_for, method_names
from core.history.centre import Centre
from core.history.tidy import tidy_rates, tidy_volumes

ZONE = "Europe/Berlin"
METHODS = [(kind, name) for kind in SeriesKind for name in method_names(kind) if name != "auto"]
HORIZON = 48


@dataclass
class Bench:
    """A method on the test bench."""

    kind: SeriesKind
    forecaster: Forecaster

    def history(self, ds: pd.DatetimeIndex, counts: "np.ndarray[Any, Any]") -> pd.DataFrame:
        """Tidy hourly counts, NaN where there is no record; about a third of calls is answered."""
        kept = ~np.isnan(counts)
        until = (ds[-1] + pd.Timedelta(hours=1)).to_pydatetime()
        if self.kind is SeriesKind.VOLUME:
            records = pd.DataFrame({"ds": ds[kept], "y": counts[kept]})
            return tidy_volumes(records, "S1", until=until, time_zone=ZONE)
        answered = np.floor(counts[kept] / 3)
        records = pd.DataFrame({"ds": ds[kept], "offered": counts[kept], "answered": answered})
        return tidy_rates(records, "S1", until=until, time_zone=ZONE)

    def forecast(self, history: pd.DataFrame, seed: int = 1) -> ForecastParts:
        """Forecast two days at 90 %."""
        return self.forecaster.forecast(history, HORIZON, 0.9, seed)


@pytest.fixture(params=METHODS, ids=[f"{kind.value}-{name}" for kind, name in METHODS])
def bench(request: pytest.FixtureRequest) -> Bench:
    """Each method in turn."""
    kind, name = request.param
    return Bench(kind, forecaster_for(kind, name, Centre(ZONE)))


def _hours(start: str = "2026-08-02T22:00Z", days: int = 21) -> pd.DatetimeIndex:
    return pd.date_range(start, periods=days * 24, freq="h")


def _office(ds: pd.DatetimeIndex, seed: int = 1) -> "np.ndarray[Any, Any]":
    clock = ds.tz_convert(ZONE)
    working = (clock.day_of_week < 6) & (clock.hour >= 8) & (clock.hour < 20)
    counts = np.random.default_rng(seed).poisson(40, len(ds)).astype(float)
    return np.where(working, counts, np.nan)


def _constant(ds: pd.DatetimeIndex) -> "np.ndarray[Any, Any]":
    return np.full(len(ds), 12.0)


def _gaps(ds: pd.DatetimeIndex) -> "np.ndarray[Any, Any]":
    counts = np.random.default_rng(3).poisson(30, len(ds)).astype(float)
    counts[np.random.default_rng(4).random(len(ds)) < 0.2] = np.nan
    counts[[0, -1]] = 30.0
    return counts


def _mostly_zero(ds: pd.DatetimeIndex) -> "np.ndarray[Any, Any]":
    return np.random.default_rng(5).poisson(0.3, len(ds)).astype(float)


def _outlier(ds: pd.DatetimeIndex) -> "np.ndarray[Any, Any]":
    counts = _office(ds)
    counts[40] = 5000.0
    return counts


SERIES: list[Callable[[pd.DatetimeIndex], "np.ndarray[Any, Any]"]] = [
    _office,
    _constant,
    _gaps,
    _mostly_zero,
    _outlier,
]


@pytest.mark.parametrize("counts", SERIES)
def test_rows_come_after_the_history_in_order_without_nan(
    bench: Bench, counts: Callable[[pd.DatetimeIndex], "np.ndarray[Any, Any]"]
) -> None:
    ds = _hours()
    rows = bench.forecast(bench.history(ds, counts(ds))).rows
    assert {"ds", "yhat", "yhat_lower", "yhat_upper", "closed"} <= set(rows.columns)
    assert rows["ds"].is_monotonic_increasing
    assert rows["ds"].is_unique
    assert rows["ds"].min() > ds[-1]
    assert rows["ds"].max() <= ds[-1] + pd.Timedelta(hours=HORIZON)
    assert np.isfinite(rows["yhat"]).all()
    assert rows["yhat_lower"].isna().all() or (rows["yhat_lower"] <= rows["yhat_upper"]).all()
    if bench.kind is SeriesKind.VOLUME:
        assert len(rows) == HORIZON
        assert rows.loc[rows["closed"], "yhat"].eq(0.0).all()
    else:
        assert rows["yhat"].between(0.0, 1.0).all()
        assert not rows["closed"].any()


@pytest.mark.parametrize("start", ["2026-10-04T22:00Z", "2026-03-08T23:00Z"])
def test_a_history_over_a_clock_change_is_forecast_hour_by_hour(bench: Bench, start: str) -> None:
    ds = _hours(start)
    rows = bench.forecast(bench.history(ds, _constant(ds))).rows
    assert len(rows) == HORIZON
    expected = 12.0 if bench.kind is SeriesKind.VOLUME else 1 / 3
    np.testing.assert_allclose(rows["yhat"], expected, atol=1e-6)


def test_the_same_seed_gives_the_same_rows(bench: Bench) -> None:
    history = bench.history(_hours(), _office(_hours()))
    first, second = bench.forecast(history), bench.forecast(history)
    pd.testing.assert_frame_equal(first.rows, second.rows)


def test_the_history_is_left_as_it_was(bench: Bench) -> None:
    history = bench.history(_hours(), _office(_hours()))
    before = history.copy(deep=True)
    bench.forecast(history).explain()
    pd.testing.assert_frame_equal(history, before)


def test_what_it_ran_with_is_told_and_can_be_written_as_json(bench: Bench) -> None:
    parameters = bench.forecast(bench.history(_hours(), _office(_hours()))).parameters
    assert parameters
    assert all(isinstance(value, bool | int | float | str) for value in parameters.values())


def test_components_are_finite_but_for_what_was_not_observed(bench: Bench) -> None:
    explained = bench.forecast(bench.history(_hours(), _office(_hours()))).explain()
    assert "ds" in explained.columns
    finite = explained.drop(columns=["ds", "observed"], errors="ignore")
    assert finite.notna().all(axis=None)


def test_less_than_it_needs_is_refused_with_both_numbers(bench: Bench) -> None:
    ds = _hours()[: bench.forecaster.minimum_hours - 1]
    with pytest.raises(TooLittleHistory) as refusal:
        bench.forecast(bench.history(ds, _constant(ds)))
    assert refusal.value.need_hours == bench.forecaster.minimum_hours
    assert refusal.value.have_hours == bench.forecaster.minimum_hours - 1


def test_what_it_needs_is_enough(bench: Bench) -> None:
    ds = _hours()[: bench.forecaster.minimum_hours]
    assert len(bench.forecast(bench.history(ds, _constant(ds))).rows) == HORIZON


def test_a_history_without_a_record_is_refused(bench: Bench) -> None:
    until = datetime(2026, 8, 24, tzinfo=UTC)
    none = pd.to_datetime([], utc=True)
    history = (
        tidy_volumes(pd.DataFrame({"ds": none, "y": []}), "S1", until=until, time_zone=ZONE)
        if bench.kind is SeriesKind.VOLUME
        else tidy_rates(
            pd.DataFrame({"ds": none, "offered": [], "answered": []}),
            "S1",
            until=until,
            time_zone=ZONE,
        )
    )
    with pytest.raises(DataError, match="Nothing to forecast"):
        bench.forecast(history)
