"""Planning goes by the adjusted line, and says so; the stored forecast stays the model's."""

from datetime import timedelta

import pytest

from core.forecasting.adjustments import AdjustmentAction
from core.forecasting.forecast import SeriesKind
from core.services.adjustments import AdjustmentWish
from tests.support.desk import BILLING, NOW, PLANNER, WINBACK, Desk, filled_desk

TOLD = "Adjusted by hand: Mailing, +20 %, by Paul Novak."


@pytest.fixture
def desk() -> Desk:
    """Give a desk with an adjustment over each of two forecasts."""
    desk = filled_desk()
    for kind, series_id in ((SeriesKind.VOLUME, BILLING), (SeriesKind.ANSWER_RATE, WINBACK)):
        wish = AdjustmentWish(
            kind,
            series_id,
            series_id,
            "Mailing",
            AdjustmentAction.PERCENT,
            0.2,
            NOW - timedelta(hours=1),
            NOW + timedelta(days=8),
        )
        desk.services.adjusting.add(wish, PLANNER)
    return desk


@pytest.mark.parametrize(
    ("kind", "series_id"),
    [(SeriesKind.VOLUME, BILLING), (SeriesKind.ANSWER_RATE, WINBACK)],
)
def test_planning_reads_the_adjusted_forecast(desk: Desk, kind: SeriesKind, series_id: str) -> None:
    with desk.services.unit_of_work() as work:
        stored = work.forecasts.latest(kind, series_id)
    assert stored is not None
    planned = desk.services.recommending.stored_forecast(kind, series_id)
    assert planned.forecast_id == stored.forecast_id
    assert planned.rows["yhat"].sum() == pytest.approx(stored.rows["yhat"].sum() * 1.2)
    assert TOLD in planned.warnings
    assert TOLD not in stored.warnings


def test_a_draft_says_that_its_forecast_was_adjusted(desk: Desk) -> None:
    assert TOLD in desk.services.drafting.draft(BILLING).warnings


def test_what_is_switched_off_plans_as_the_model_says(desk: Desk) -> None:
    adjusting = desk.services.adjusting
    (laid,) = adjusting.of_series(SeriesKind.VOLUME, BILLING)
    adjusting.switch(laid.adjustment_id, False, PLANNER, "Billing")
    planned = desk.services.recommending.stored_forecast(SeriesKind.VOLUME, BILLING)
    assert TOLD not in planned.warnings
