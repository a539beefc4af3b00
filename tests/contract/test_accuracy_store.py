"""Every store keeps adjustments, assessments and the worker's log alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.errors import ConcurrentEdit, RecordNotFound
from core.forecasting.adjustments import Adjustment, AdjustmentAction
from core.forecasting.assessment import Assessment, AssessmentSource, MethodAssessment
from core.forecasting.by_lead import LeadScore
from core.forecasting.drift import DriftReport, DriftState
from core.forecasting.drift_triggers import DriftFinding, Trigger
from core.forecasting.forecast import Scores, SeriesKind
from core.ports import UnitOfWorkFactory
from core.workflow.heartbeat import Heartbeat, TaskRun
from tests.contract.store_records import forecast

NOON = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADJUSTMENT = Adjustment(
    "A-1",
    SeriesKind.VOLUME,
    "q-1",
    "Größe & «Fair» 🌙",
    AdjustmentAction.PERCENT,
    0.1 + 0.2,
    NOON,
    NOON + HOUR,
    "Why not",
    True,
    "Ana",
    NOON,
)
SCORES = Scores("seasonal-naive", 0.2, None, 0.3, -0.1, 0.95, 1 / 3, 120, 5)
ASSESSMENT = Assessment(
    AssessmentSource.STORED,
    SeriesKind.VOLUME,
    "q-1",
    "Straße",
    NOON,
    0.95,
    168,
    NOON - HOUR,
    None,
    (
        MethodAssessment(
            SCORES,
            (LeadScore(1, 24, 0.2, -0.1, None, 24),),
            (0.1, None) * 84,
        ),
    ),
    ("tutorial: too short.",),
)
REPORT = DriftReport(
    SeriesKind.VOLUME,
    "q-1",
    "Straße",
    NOON,
    "F-1",
    "profile",
    "auto",
    DriftState.RETRAIN,
    60,
    0.4,
    (
        DriftFinding(Trigger.LEVEL_SHIFT, True, "Since Tue.", 0.3, 0.2, NOON),
        DriftFinding(Trigger.MAPE, False, "MAPE 9 %."),
    ),
)


def test_an_adjustment_comes_back_as_it_was_and_in_the_order_laid(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.adjustments.add(replace(ADJUSTMENT, adjustment_id="A-2"))
        work.adjustments.add(ADJUSTMENT)
        work.adjustments.add(replace(ADJUSTMENT, adjustment_id="A-3", series_id="q-2"))
        work.commit()
    with store() as work:
        assert work.adjustments.get("A-1") == ADJUSTMENT
        found = work.adjustments.of_series(SeriesKind.VOLUME, "q-1")
        assert [each.adjustment_id for each in found] == ["A-2", "A-1"]
        assert work.adjustments.of_series(SeriesKind.ANSWER_RATE, "q-1") == ()


def test_of_two_who_change_an_adjustment_the_second_is_refused(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.adjustments.add(ADJUSTMENT)
        work.adjustments.save(replace(ADJUSTMENT, is_on=False, version=2))
        work.commit()
    with store() as work, pytest.raises(ConcurrentEdit, match="changed by somebody else"):
        work.adjustments.save(replace(ADJUSTMENT, amount=0.5, version=2))
    with store() as work:
        assert not work.adjustments.get("A-1").is_on


def test_an_adjustment_that_was_removed_is_gone(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.adjustments.add(ADJUSTMENT)
        work.commit()
    with store() as work:
        work.adjustments.remove("A-1")
        work.commit()
    with store() as work:
        with pytest.raises(RecordNotFound, match="no adjustment A-1"):
            work.adjustments.get("A-1")
        with pytest.raises(RecordNotFound):
            work.adjustments.remove("A-1")
        with pytest.raises(RecordNotFound):
            work.adjustments.save(replace(ADJUSTMENT, version=2))


def test_an_adjustment_of_a_taken_id_is_refused(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.adjustments.add(ADJUSTMENT)
        with pytest.raises(ConcurrentEdit, match="A-1 already"):
            work.adjustments.add(ADJUSTMENT)


def test_the_newest_assessment_of_each_source_is_kept(store: UnitOfWorkFactory) -> None:
    newer = replace(ASSESSMENT, made_at=NOON + HOUR, until=NOON)
    with store() as work:
        for each in (
            ASSESSMENT,
            newer,
            replace(ASSESSMENT, source=AssessmentSource.BACKTEST, horizon=24),
        ):
            work.assessments.save(each)
        work.commit()
    with store() as work:
        latest = work.assessments.latest
        assert latest(SeriesKind.VOLUME, "q-1", AssessmentSource.STORED) == newer
        backtest = latest(SeriesKind.VOLUME, "q-1", AssessmentSource.BACKTEST)
        assert backtest is not None
        assert backtest.horizon == 24
        assert latest(SeriesKind.ANSWER_RATE, "q-1", AssessmentSource.STORED) is None


def test_the_newest_drift_report_of_each_series_is_kept(store: UnitOfWorkFactory) -> None:
    calm = replace(REPORT, state=DriftState.SOUND, findings=())
    with store() as work:
        for each in (replace(REPORT, series_id="q-2"), calm, REPORT):
            work.assessments.save_drift(each)
        work.commit()
    with store() as work:
        found = work.assessments.drift(SeriesKind.VOLUME)
        assert found == (REPORT, replace(REPORT, series_id="q-2"))
        assert work.assessments.drift(SeriesKind.ANSWER_RATE) == ()


def test_a_heartbeat_takes_the_place_of_the_former_one(store: UnitOfWorkFactory) -> None:
    with store() as work:
        assert work.worker.heartbeat() is None
        work.worker.beat(Heartbeat("w-1", NOON, NOON, doing="reading"))
        work.worker.beat(Heartbeat("w-2", NOON, NOON + HOUR, is_over=True))
        work.commit()
    with store() as work:
        assert work.worker.heartbeat() == Heartbeat("w-2", NOON, NOON + HOUR, is_over=True)


def test_each_task_has_its_last_run(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.worker.note_run(TaskRun("read", NOON, True, "5 series read."))
        work.worker.note_run(TaskRun("drift", NOON, False, "The tenant does not answer."))
        work.worker.note_run(TaskRun("read", NOON + HOUR, True, "6 series read."))
        work.commit()
    with store() as work:
        assert work.worker.runs() == (
            TaskRun("drift", NOON, False, "The tenant does not answer."),
            TaskRun("read", NOON + HOUR, True, "6 series read."),
        )


def test_nothing_of_it_is_kept_without_a_commit(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.adjustments.add(ADJUSTMENT)
        work.assessments.save(ASSESSMENT)
        work.assessments.save_drift(REPORT)
        work.worker.beat(Heartbeat("w-1", NOON, NOON))
    with store() as work:
        assert work.adjustments.of_series(SeriesKind.VOLUME, "q-1") == ()
        assert work.assessments.drift(SeriesKind.VOLUME) == ()
        assert work.worker.heartbeat() is None


def test_forecasts_made_since_a_moment_come_newest_first(store: UnitOfWorkFactory) -> None:
    with store() as work:
        for number in (1, 2, 3):
            work.forecasts.add(forecast(number))
        work.commit()
    with store() as work:
        since = forecast(2).made_at
        found = work.forecasts.made_since(SeriesKind.ANSWER_RATE, "c-1", since)
        assert [each.forecast_id for each in found] == ["f-3", "f-2"]
        assert work.forecasts.made_since(SeriesKind.VOLUME, "c-1", since) == ()
