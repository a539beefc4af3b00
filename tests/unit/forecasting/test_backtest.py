"""Rolling origin without a look ahead."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from core.forecasting.backtest import COLUMNS, backtest, past_cutoffs
from core.forecasting.forecast import SeriesKind
from core.forecasting.seasonal_naive import SeasonalNaive
from core.forecasting.stl import TutorialAnswerRate
from core.history.centre import Centre
from tests.unit.forecasting.made_series import (
    rate_history,
    rate_records,
    volume_history,
    volume_records,
)

VOLUME, RATE = SeriesKind.VOLUME, SeriesKind.ANSWER_RATE


def _hours(count: int) -> pd.DataFrame:
    return pd.DataFrame({"ds": pd.date_range("2026-08-03", periods=count, freq="h", tz="UTC")})


@pytest.mark.parametrize(("days", "cutoffs"), [(2, 0), (3, 1), (5, 3), (14, 7), (60, 7)])
def test_rates_look_back_by_days_with_48_hours_before_the_first(days: int, cutoffs: int) -> None:
    found = past_cutoffs(_hours(days * 24), RATE, 24)
    assert len(found) == cutoffs
    if found:
        assert found[-1] == datetime(2026, 8, 3, tzinfo=UTC) + pd.Timedelta(hours=days * 24 - 25)


@pytest.mark.parametrize(
    ("days", "cutoffs"), [(20, 0), (21, 1), (28, 2), (34, 2), (35, 1), (42, 2), (49, 3), (90, 8)]
)
def test_volumes_look_back_by_weeks_with_four_weeks_before_the_first_where_there_are(
    days: int, cutoffs: int
) -> None:
    assert len(past_cutoffs(_hours(days * 24), VOLUME, 168)) == cutoffs


def test_the_last_cutoff_leaves_a_whole_horizon() -> None:
    found = past_cutoffs(_hours(60 * 24), VOLUME, 336)
    assert found[-1] == datetime(2026, 8, 3, tzinfo=UTC) + pd.Timedelta(hours=60 * 24 - 337)


def test_nothing_after_the_cutoff_reaches_the_method() -> None:
    records = volume_records(63)
    cutoff = datetime(2026, 9, 13, 23, tzinfo=UTC)
    after = records["ds"] > pd.Timestamp(cutoff)
    # Afterwards everything changes: more contacts, and open all night and on Sundays.
    nights = pd.date_range("2026-09-14", periods=21 * 24, freq="h", tz="UTC")
    other = pd.concat(
        [records.loc[~after], pd.DataFrame({"ds": nights, "y": 999.0})], ignore_index=True
    )
    found = [
        backtest(
            volume_history(each),
            SeasonalNaive(VOLUME, Centre()),
            Centre(),
            horizon=168,
            cutoffs=[cutoff],
            level=0.95,
        ).set_index("ds")
        for each in (records, other)
    ]
    shared = found[0].index.intersection(found[1].index)
    assert len(shared) > 100
    for column in ("yhat", "closed", "scale"):
        pd.testing.assert_series_equal(found[0].loc[shared, column], found[1].loc[shared, column])
    assert found[1]["actual"].eq(999.0).all()


def test_a_backtest_is_what_forecasting_at_the_cutoff_would_have_given() -> None:
    records = rate_records(14)
    until = datetime(2026, 8, 15, tzinfo=UTC)
    then = TutorialAnswerRate().forecast(rate_history(records, until), 24, 0.95, 0).rows
    found = backtest(
        rate_history(records),
        TutorialAnswerRate(),
        Centre(),
        horizon=24,
        cutoffs=[until - pd.Timedelta(hours=1)],
        level=0.95,
    )
    assert found.columns.tolist() == list(COLUMNS)
    merged = found.merge(then, on="ds", suffixes=("", "_then"))
    assert len(merged) == len(found) == 12
    np.testing.assert_array_equal(merged["yhat"], merged["yhat_then"])


def test_a_cutoff_at_which_the_method_refuses_is_left_out() -> None:
    history = rate_history(rate_records(5))
    cutoffs = [datetime(2026, 8, 4, 5, tzinfo=UTC), datetime(2026, 8, 6, 5, tzinfo=UTC)]
    found = backtest(
        history, TutorialAnswerRate(), Centre(), horizon=24, cutoffs=cutoffs, level=0.95
    )
    assert found["cutoff"].unique().tolist() == [pd.Timestamp(cutoffs[1])]


def test_without_a_cutoff_there_is_no_row_and_every_column() -> None:
    found = backtest(
        rate_history(rate_records(5)),
        TutorialAnswerRate(),
        Centre(),
        horizon=24,
        cutoffs=[],
        level=0.95,
    )
    assert found.empty
    assert found.columns.tolist() == list(COLUMNS)
