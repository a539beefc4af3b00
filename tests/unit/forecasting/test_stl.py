"""The tutorial's answer-rate forecast against its own description."""

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, TooLittleHistory
from core.forecasting.forecaster import ForecastParts
from core.forecasting.stl import TutorialAnswerRate
from tests.bench.tutorials import answer_rate_procedure
from tests.unit.forecasting.made_series import end_of, rate_history, rate_records


def _forecast(history: pd.DataFrame, horizon: int = 24) -> ForecastParts:
    return TutorialAnswerRate().forecast(history, horizon, 0.95, 0)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_the_tutorials_forecast_to_nine_digits(seed: int) -> None:
    records = rate_records(14, seed)
    expected = answer_rate_procedure(records)
    rows = _forecast(rate_history(records)).rows
    assert rows["ds"].tolist() == expected.index.tolist()
    np.testing.assert_allclose(rows["yhat"], expected, rtol=0, atol=1e-9)


def test_it_agrees_with_the_tutorial_where_hours_are_lost_and_nothing_was_offered() -> None:
    records = rate_records(14).drop(index=[7, 8, 9, 60, 61]).reset_index(drop=True)
    records.loc[[20, 21, 100], ["offered", "answered"]] = 0
    rows = _forecast(rate_history(records)).rows
    np.testing.assert_allclose(rows["yhat"], answer_rate_procedure(records), rtol=0, atol=1e-9)


def test_where_the_history_goes_on_without_records_each_hour_keeps_the_tutorials_value() -> None:
    records = rate_records(14)
    until = end_of(records) + pd.Timedelta(hours=5)
    rows = _forecast(rate_history(records, until)).rows
    expected = answer_rate_procedure(records)
    assert rows["ds"].iloc[0] == pd.Timestamp(until)
    np.testing.assert_allclose(rows["yhat"][:19], expected.iloc[5:], rtol=0, atol=1e-9)


def test_beyond_a_day_the_last_24_seasonal_values_repeat_while_the_trend_goes_on() -> None:
    parts = _forecast(rate_history(rate_records(14)), 48)
    trend = parts.explain()["trend"].to_numpy()
    slope = (trend[-1] - trend[0]) / (len(trend) - 1)
    values = parts.rows["yhat"].to_numpy()
    np.testing.assert_allclose(values[24:] - values[:24], 24 * slope, atol=1e-12)


@pytest.mark.parametrize("hours", [24, 47])
def test_fewer_than_48_hours_are_refused_with_how_to_get_more(hours: int) -> None:
    ds = pd.date_range("2026-11-02", periods=hours, freq="h", tz="UTC")
    records = pd.DataFrame({"ds": ds, "offered": 10, "answered": 3})
    with pytest.raises(TooLittleHistory) as refusal:
        _forecast(rate_history(records))
    assert "insufficient historical data, minimum 48 hours" in str(refusal.value)
    assert "--days" in refusal.value.next_step
    assert (refusal.value.have_hours, refusal.value.need_hours) == (hours, 48)


def test_hours_after_the_last_record_do_not_make_up_for_too_little_history() -> None:
    ds = pd.date_range("2026-11-02", periods=30, freq="h", tz="UTC")
    records = pd.DataFrame({"ds": ds, "offered": 10, "answered": 3})
    with pytest.raises(TooLittleHistory):
        _forecast(rate_history(records, end_of(records) + pd.Timedelta(hours=30)))


def test_48_hours_are_enough() -> None:
    ds = pd.date_range("2026-11-02", periods=48, freq="h", tz="UTC")
    records = pd.DataFrame({"ds": ds, "offered": 10, "answered": 3})
    rows = _forecast(rate_history(records)).rows
    np.testing.assert_allclose(rows["yhat"], 0.3)


def test_trend_seasonal_and_residual_add_up_to_what_was_observed() -> None:
    explained = _forecast(rate_history(rate_records(7))).explain()
    assert explained.columns.tolist() == ["ds", "observed", "trend", "seasonal", "resid"]
    offered = explained.dropna()
    total = offered["trend"] + offered["seasonal"] + offered["resid"]
    np.testing.assert_allclose(total, offered["observed"], atol=1e-12)
    night = explained.loc[explained["ds"].dt.hour == 3]
    assert night["observed"].isna().all()
    assert night["trend"].notna().all()


@pytest.mark.parametrize("answered", [0, 20])
def test_rates_that_never_change_give_the_same_rate_again(answered: int) -> None:
    ds = pd.date_range("2026-11-02", periods=96, freq="h", tz="UTC")
    records = pd.DataFrame({"ds": ds, "offered": 20, "answered": answered})
    np.testing.assert_allclose(_forecast(rate_history(records)).rows["yhat"], answered / 20)


def test_a_campaign_that_never_offered_a_call_is_refused() -> None:
    ds = pd.date_range("2026-11-02", periods=96, freq="h", tz="UTC")
    records = pd.DataFrame({"ds": ds, "offered": 0, "answered": 0})
    with pytest.raises(DataError, match="No calls offered in 4 days of C1"):
        _forecast(rate_history(records))
