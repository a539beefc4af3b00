"""Scoring and retraining: stored forecasts on what came, and making anew what drifts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import RecordNotFound, TooLittleHistory, UsageError
from core.forecasting.assessment import AssessmentSource
from core.forecasting.drift import DriftState
from core.forecasting.forecast import SeriesKind
from core.services.drift import again
from core.services.scoring import BacktestOrder
from core.workflow.jobs import JobState
from tests.support.desk import (
    BILLING,
    CLAIMS,
    LOYALTY,
    SILENT,
    WINBACK,
    Desk,
    empty_desk,
    filled_desk,
)
from tests.support.drifting import drifting_desk

VOLUME, RATE = SeriesKind.VOLUME, SeriesKind.ANSWER_RATE


def quietly(_done: int, _steps: int, _step: str) -> None:
    """Report progress to nobody."""


@pytest.fixture
def drifting() -> Desk:
    """Give a desk whose Billing forecast is days old and far off since a shift of level."""
    return drifting_desk()


def test_checking_stores_the_report_and_the_scores(drifting: Desk) -> None:
    report = drifting.services.scoring.check(VOLUME, BILLING)
    assert report.state is DriftState.RETRAIN
    assert "above the forecast; before," in report.reasons[0]
    with drifting.services.unit_of_work() as work:
        assert work.assessments.drift(VOLUME) == (report,)
        found = work.assessments.latest(VOLUME, BILLING, AssessmentSource.STORED)
    assert found is not None
    assert found.methods[0].scores.cutoffs == 1
    assert found.since is not None
    assert found.since >= drifting.newest(VOLUME, BILLING).made_at.replace(minute=0)


def test_a_series_without_a_forecast_is_named(drifting: Desk) -> None:
    with pytest.raises(RecordNotFound, match="no stored answer-rate forecast of c-winback"):
        drifting.services.scoring.check(RATE, WINBACK)


def test_every_series_is_checked_and_one_that_cannot_be_stops_nobody(drifting: Desk) -> None:
    foreign = drifting.newest(VOLUME, BILLING)
    with drifting.services.unit_of_work() as work:
        work.forecasts.add(
            replace(foreign, forecast_id="F-9", series_id="q-gone", series_name="Gone")
        )
        work.commit()
    told = drifting.services.scoring.check_everything(quietly)
    assert told.startswith("1 of 2 series checked; to retrain: Billing.")
    assert "Gone: " in told


def test_retraining_makes_a_new_forecast_and_lets_the_old_one_be(drifting: Desk) -> None:
    services = drifting.services
    before = drifting.newest(VOLUME, BILLING)
    (report,) = services.retraining.drifting()
    services.retraining.begin((report,), "Ana")
    drifting.settle()
    after = drifting.newest(VOLUME, BILLING)
    assert after.forecast_id != before.forecast_id
    assert after.requested_method == before.requested_method
    assert services.retraining.drifting() == ()
    with services.unit_of_work() as work:
        (checked,) = work.assessments.drift(VOLUME)
        assert work.forecasts.get(before.forecast_id).method == before.method
        (job,) = work.jobs.recent()
    assert checked.state is DriftState.WATCH
    assert job.state is JobState.DONE
    assert job.owner == "Ana"


def test_there_has_to_be_something_to_retrain(drifting: Desk) -> None:
    with pytest.raises(UsageError, match="No forecast is to be retrained"):
        drifting.services.retraining.begin((), "Ana")


def test_due_is_what_drifts_is_old_or_is_missing() -> None:
    desk = empty_desk()
    due = {each.series_id for each in desk.services.retraining.due()}
    assert due == {BILLING, CLAIMS, SILENT, WINBACK, LOYALTY}
    desk = filled_desk()
    assert desk.services.retraining.due() == ()
    desk.clock.move(timedelta(hours=7))
    due = {each.series_id for each in desk.services.retraining.due()}
    assert due == {BILLING, CLAIMS, WINBACK, LOYALTY}


def test_a_queue_into_which_nobody_ever_called_is_not_due_again_and_again() -> None:
    desk = filled_desk()
    with desk.services.unit_of_work() as work:
        assert work.history.without_records(VOLUME) == {SILENT}
    desk.clock.move(timedelta(days=1))
    assert SILENT not in {each.series_id for each in desk.services.retraining.due()}


def test_a_drifting_forecast_is_due_however_young() -> None:
    desk = drifting_desk()
    desk.clock.move(-timedelta(days=4) + timedelta(hours=1))
    assert BILLING in {each.series_id for each in desk.services.retraining.due()}


def test_a_forecast_is_made_again_as_it_was_made(drifting: Desk) -> None:
    made = drifting.newest(VOLUME, BILLING)
    order = again(made, "Billing")
    assert (order.method, order.level) == (made.requested_method, made.level)
    assert (order.days, order.horizon) == (90, 168)
    half_year = replace(made, history_start=made.cutoff - timedelta(days=182))
    assert again(half_year, "Billing").days == 182


def test_looking_back_is_stored_with_the_baseline_beside() -> None:
    desk = filled_desk()
    order = BacktestOrder(RATE, WINBACK, "Winback Autumn", ("auto",), cutoffs=2)
    desk.services.scoring.begin_backtest(order, "Ana")
    desk.settle()
    with desk.services.unit_of_work() as work:
        found = work.assessments.latest(RATE, WINBACK, AssessmentSource.BACKTEST)
    assert found is not None
    assert [each.scores.method for each in found.methods] == ["auto", "seasonal-naive"]
    assert {each.scores.cutoffs for each in found.methods} == {2}
    assert {len(each.by_hour) for each in found.methods} == {168}


def test_too_short_a_history_cannot_be_looked_back_on() -> None:
    desk = filled_desk()
    order = BacktestOrder(VOLUME, BILLING, "Billing", ("auto",), days=10)
    with pytest.raises(TooLittleHistory, match="to look back needs"):
        desk.services.scoring.backtest(order, quietly)
