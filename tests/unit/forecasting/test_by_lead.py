"""Errors by lead time and by hour of the week, from the same comparisons."""

from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from core.forecasting.assessment import (
    Assessment,
    AssessmentSource,
    assess_stored,
    assessment_of,
    on_shared_hours,
)
from core.forecasting.backtest import past_cutoffs
from core.forecasting.by_lead import by_hour_of_week, by_lead_time, lead_groups
from core.forecasting.forecast import SeriesKind
from core.forecasting.past_forecasts import PAST_COLUMNS, Past, past_forecasts
from core.history.centre import Centre
from tests.unit.forecasting.made_forecasts import came, volume_forecast
from tests.unit.forecasting.made_series import rate_history, rate_records

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def compared(hours: int = 48) -> pd.DataFrame:
    """Return a comparison that is 2 off on the first day and 5 on the second."""
    ds = pd.date_range(MONDAY, periods=hours, freq="h")
    return pd.DataFrame(
        {
            "cutoff": ds[0] - pd.Timedelta("1h"),
            "ds": ds,
            "yhat": np.where(np.arange(hours) < 24, 12.0, 15.0),
            "yhat_lower": 9.0,
            "yhat_upper": 20.0,
            "actual": 10.0,
            "weight": 1.0,
            "scale": 4.0,
            "closed": False,
        }
    )


def test_errors_are_told_by_lead_time() -> None:
    first, second, *rest = by_lead_time(compared(72), SeriesKind.VOLUME, 0.95, 72)
    assert (first.first, first.last, first.error, first.hours) == (1, 24, 0.2, 24)
    assert (second.error, second.bias, second.coverage) == (0.5, 0.5, 1.0)
    assert [each.last for each in rest] == [72]


def test_the_groups_tile_the_horizon() -> None:
    for horizon in (1, 5, 24, 48, 100, 168, 1000):
        groups = lead_groups(horizon)
        assert groups[0][0] == 1
        assert groups[-1][1] == horizon
        assert all(here[1] + 1 == then[0] for here, then in pairwise(groups))


def test_the_hour_of_the_week_is_that_of_the_centres_clock() -> None:
    errors = by_hour_of_week(compared(), SeriesKind.VOLUME, Centre("Europe/Berlin"))
    assert len(errors) == 168
    assert errors[0] is None
    assert errors[1] == pytest.approx(0.2)
    assert errors[25] == pytest.approx(0.5)


def test_methods_are_compared_on_the_hours_that_all_have() -> None:
    whole, part = on_shared_hours([compared(), compared().iloc[10:]])
    assert len(whole) == len(part) == 38


def test_an_assessment_names_its_span_and_methods() -> None:
    history = came(MONDAY, [10.0] * 48)
    found = assessment_of(
        "Support",
        {"auto": compared(), "seasonal-naive": compared()},
        history,
        Centre(),
        source=AssessmentSource.BACKTEST,
        kind=SeriesKind.VOLUME,
        made_at=MONDAY,
        level=0.95,
        horizon=48,
    )
    assert found.since == MONDAY
    assert found.until == datetime(2026, 11, 25, tzinfo=UTC)
    own = found.of("auto")
    assert own is not None
    assert own.scores.error == pytest.approx(0.35)
    assert found.of("tutorial") is None


def stored(*days: int) -> Assessment:
    """Return the assessment of forecasts made on some days of what came."""
    history = came(MONDAY, [10.0] * 96)
    made = [
        volume_forecast(
            MONDAY + pd.Timedelta(days=day).to_pytimedelta(), [12.0] * 24, forecast_id=f"F-{day}"
        )
        for day in days
    ]
    return assess_stored(made, history, Centre(), MONDAY)


def test_stored_forecasts_are_scored_beside_the_baseline_at_the_same_cutoffs() -> None:
    found = stored(0, 1, 2)
    assert [each.scores.method for each in found.methods] == ["auto", "seasonal-naive"]
    own, baseline = (each.scores for each in found.methods)
    assert (own.cutoffs, own.hours) == (baseline.cutoffs, baseline.hours) == (3, 72)
    assert own.error == pytest.approx(0.2)
    assert baseline.error == pytest.approx(0.0)


def test_before_any_hour_came_there_is_nothing_to_score() -> None:
    history = came(MONDAY, [])
    found = assess_stored([volume_forecast(MONDAY, [12.0] * 24)], history, Centre(), MONDAY)
    assert found.methods == ()
    assert found.since is None


@pytest.mark.parametrize("method", ["auto", "tutorial", "seasonal-naive"])
def test_a_method_is_looked_back_on_as_it_makes_forecasts_now(method: str) -> None:
    history = rate_history(rate_records(14))
    cutoffs = past_cutoffs(history, SeriesKind.ANSWER_RATE, 24, 4)
    (frame,) = past_forecasts(
        [Past(history, Centre(), cutoffs)],
        method,
        kind=SeriesKind.ANSWER_RATE,
        horizon=24,
        level=0.95,
    )
    assert tuple(frame.columns) == PAST_COLUMNS
    assert sorted(each.to_pydatetime() for each in frame["cutoff"].unique()) == list(cutoffs)
    assert (frame["ds"] > frame["cutoff"]).all()
    assert frame["yhat_lower"].notna().all()
    assert (frame["fit_seconds"] > 0).all()


def test_nothing_after_the_cutoff_reaches_a_method() -> None:
    history = rate_history(rate_records(10))
    cutoffs = past_cutoffs(history, SeriesKind.ANSWER_RATE, 24, 1)
    changed = history.assign(answered=history["answered"].where(history["ds"] <= cutoffs[0], 0.0))
    one, other = (
        past_forecasts(
            [Past(each, Centre(), cutoffs)],
            "auto",
            kind=SeriesKind.ANSWER_RATE,
            horizon=24,
            level=0.95,
        )[0]
        for each in (history, changed)
    )
    assert one["yhat"].tolist() == other["yhat"].tolist()
