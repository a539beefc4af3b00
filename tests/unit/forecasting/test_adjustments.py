"""Adjustments: what a person lays over a forecast, within what the series can be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from core.errors import UsageError
from core.forecasting.adjustments import (
    Adjustment,
    AdjustmentAction,
    adjusted_forecast,
    adjusted_rows,
    adjustments_over,
)
from core.forecasting.forecast import Forecast, SeriesKind
from tests.unit.forecasting.made_forecasts import volume_forecast

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def adjustment(action: AdjustmentAction, amount: float, hours: int = 2) -> Adjustment:
    """Return an adjustment of the first hours of a forecast."""
    return Adjustment(
        "A-1",
        SeriesKind.VOLUME,
        "Q1",
        "Mailing",
        action,
        amount,
        START,
        START + hours * HOUR,
        "A letter goes out",
        True,
        "Ana",
        START,
    )


@pytest.fixture
def forecast() -> Forecast:
    """Give a forecast of three hours, the last one closed."""
    return volume_forecast(START, [10.0, 20.0, 0.0], reach=[5.0, 8.0, 0.0])


@pytest.mark.parametrize(
    ("action", "amount", "expected"),
    [
        (AdjustmentAction.PERCENT, 0.5, [15.0, 30.0]),
        (AdjustmentAction.PERCENT, -1.0, [0.0, 0.0]),
        (AdjustmentAction.SET, 12.0, [12.0, 12.0]),
        (AdjustmentAction.MIN, 15.0, [15.0, 20.0]),
        (AdjustmentAction.MAX, 15.0, [10.0, 15.0]),
    ],
)
def test_each_action_does_what_it_says(
    forecast: Forecast, action: AdjustmentAction, amount: float, expected: list[float]
) -> None:
    rows = adjusted_rows(forecast, [adjustment(action, amount)])
    assert rows["yhat"].tolist()[:2] == expected


def test_a_closed_hour_stays_closed(forecast: Forecast) -> None:
    rows = adjusted_rows(forecast, [adjustment(AdjustmentAction.SET, 50.0, hours=3)])
    assert rows[["yhat", "yhat_lower", "yhat_upper"]].iloc[2].tolist() == [0.0, 0.0, 0.0]


def test_the_band_moves_with_its_line_and_never_below_zero(forecast: Forecast) -> None:
    scaled = adjusted_rows(forecast, [adjustment(AdjustmentAction.PERCENT, 1.0)])
    assert scaled["yhat_lower"].tolist()[:2] == [10.0, 24.0]
    assert scaled["yhat_upper"].tolist()[:2] == [30.0, 56.0]
    lowered = adjusted_rows(forecast, [adjustment(AdjustmentAction.SET, 2.0)])
    assert lowered["yhat_lower"].tolist()[:2] == [0.0, 0.0]
    assert lowered["yhat_upper"].tolist()[:2] == [7.0, 10.0]


def test_every_band_of_the_forecast_moves(forecast: Forecast) -> None:
    rows = forecast.rows.assign(lower_50=[8.0, 18.0, 0.0], upper_50=[12.0, 22.0, 0.0])
    wide = adjusted_rows(replace(forecast, rows=rows), [adjustment(AdjustmentAction.PERCENT, 0.5)])
    assert wide["lower_50"].tolist()[:2] == [12.0, 27.0]


def test_a_rate_stays_within_zero_and_one() -> None:
    volume = volume_forecast(START, [0.6, 0.9, 0.3], reach=[0.1, 0.1, 0.1])
    rate = replace(volume, kind=SeriesKind.ANSWER_RATE)
    rows = adjusted_rows(rate, [adjustment(AdjustmentAction.PERCENT, 1.0, hours=3)])
    assert rows["yhat"].tolist() == pytest.approx([1.0, 1.0, 0.6])
    assert rows["yhat_upper"].max() == 1.0


def test_adjustments_work_one_after_the_other(forecast: Forecast) -> None:
    double, least = adjustment(AdjustmentAction.PERCENT, 1.0), adjustment(AdjustmentAction.MIN, 30)
    assert adjusted_rows(forecast, [double, least])["yhat"].iloc[0] == 30.0
    assert adjusted_rows(forecast, [least, double])["yhat"].iloc[0] == 60.0


def test_what_is_off_or_elsewhere_does_nothing(forecast: Forecast) -> None:
    off = replace(adjustment(AdjustmentAction.SET, 1.0), is_on=False)
    past = replace(off, is_on=True, start=START - 5 * HOUR, end=START)
    assert adjustments_over(forecast, [off, past]) == ()
    assert adjusted_forecast(forecast, [off, past]) is forecast


def test_the_adjusted_forecast_says_so_and_the_stored_one_is_untouched(forecast: Forecast) -> None:
    before = forecast.rows.copy()
    planned = adjusted_forecast(forecast, [adjustment(AdjustmentAction.PERCENT, 0.3)])
    assert planned.warnings == ("Adjusted by hand: Mailing, +30 %, by Ana.",)
    assert planned.parameters["adjustments"] == ["Mailing"]
    pd.testing.assert_frame_equal(forecast.rows, before)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "no name"),
        ({"end": START}, "ends before it begins"),
        ({"amount": float("nan")}, "out of range"),
        ({"amount": -1.1}, "out of range"),
        ({"action": AdjustmentAction.SET, "amount": -1.0}, "out of range"),
        (
            {"kind": SeriesKind.ANSWER_RATE, "action": AdjustmentAction.MAX, "amount": 1.2},
            "out of range",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(changes: dict[str, object], said: str) -> None:
    wrong = replace(adjustment(AdjustmentAction.PERCENT, 0.1), **changes)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=said):
        wrong.check()


def test_an_hour_without_a_band_keeps_none(forecast: Forecast) -> None:
    bare = forecast.rows.assign(yhat_lower=np.nan, yhat_upper=np.nan)
    rows = adjusted_rows(replace(forecast, rows=bare), [adjustment(AdjustmentAction.PERCENT, 0.5)])
    assert rows["yhat"].tolist() == [15.0, 30.0, 0.0]
    assert rows["yhat_upper"].isna().all()
