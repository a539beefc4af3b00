"""Laws of adjustments and scores that no history and no wish can break."""

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.forecasting.adjustments import Adjustment, AdjustmentAction, adjusted_rows
from core.forecasting.by_lead import by_lead_time, lead_groups
from core.forecasting.drift import drift_of
from core.forecasting.forecast import SeriesKind
from core.history.centre import Centre
from tests.unit.forecasting.made_forecasts import came, volume_forecast

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
VALUES = st.lists(st.floats(0, 500, allow_subnormal=False), min_size=1, max_size=48)


@st.composite
def adjustments(draw: st.DrawFn) -> Adjustment:
    """Draw an adjustment that passes its own check."""
    action = draw(st.sampled_from(AdjustmentAction))
    lowest, highest = (-1.0, 9.0) if action is AdjustmentAction.PERCENT else (0.0, 1e6)
    begin = START + draw(st.integers(-5, 50)) * HOUR
    adjustment = Adjustment(
        "A-1",
        SeriesKind.VOLUME,
        "Q1",
        "Fair",
        action,
        draw(st.floats(lowest, highest)),
        begin,
        begin + draw(st.integers(1, 60)) * HOUR,
        "",
        draw(st.booleans()),
        "Ana",
        START,
    )
    adjustment.check()
    return adjustment


@given(VALUES, st.lists(adjustments(), max_size=4))
@settings(max_examples=60, deadline=None)
def test_an_adjusted_volume_is_never_negative_and_closed_hours_stay_closed(
    values: list[float], laid: list[Adjustment]
) -> None:
    forecast = volume_forecast(START, values)
    rows = adjusted_rows(forecast, laid)
    bounds = rows[["yhat_lower", "yhat", "yhat_upper"]].to_numpy()
    assert np.isfinite(bounds).all()
    assert (bounds >= 0).all()
    assert (np.diff(bounds, axis=1) >= -1e-6).all()
    closed = forecast.rows["yhat_upper"].to_numpy() == 0
    assert (bounds[closed] == 0).all()


@given(VALUES, VALUES)
@settings(max_examples=40, deadline=None)
def test_any_outcome_has_a_report_whose_findings_are_whole_sentences(
    expected: list[float], actual: list[float]
) -> None:
    history = came(START, actual)
    report = drift_of(
        [volume_forecast(START, expected)], history, Centre(), START + len(actual) * HOUR
    )
    for finding in report.findings:
        assert finding.sentence.endswith(".")
        assert "nan" not in finding.sentence
        assert "inf" not in finding.sentence


@given(st.integers(1, 2000))
def test_lead_times_are_told_without_gap_or_overlap(horizon: int) -> None:
    told = [hour for first, last in lead_groups(horizon) for hour in range(first, last + 1)]
    assert told == list(range(1, horizon + 1))


def test_no_comparison_has_no_lead_time() -> None:
    assert by_lead_time(came(START, [])[:0], SeriesKind.VOLUME, 0.95, 24) == ()
