"""Adjustments, assessments and the worker's log of a store in memory."""

from core.forecasting.adjustments import Adjustment
from core.forecasting.assessment import Assessment, AssessmentSource
from core.forecasting.drift import DriftReport
from core.forecasting.forecast import SeriesKind
from core.store.assessments import adjustment_edited, adjustment_missing, adjustment_taken
from core.store.memory_state import MemoryTransaction
from core.workflow.heartbeat import Heartbeat, TaskRun


class MemoryAdjustments:
    """What people laid over forecasts."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def add(self, adjustment: Adjustment) -> None:
        """Store a new adjustment; raises `ConcurrentEdit` where its id is taken."""
        known = self._transaction.changing().adjustments
        if adjustment.adjustment_id in known:
            raise adjustment_taken(adjustment.adjustment_id)
        known[adjustment.adjustment_id] = adjustment

    def get(self, adjustment_id: str) -> Adjustment:
        """Return an adjustment; raises `RecordNotFound`."""
        try:
            return self._transaction.state.adjustments[adjustment_id]
        except KeyError:
            raise adjustment_missing(adjustment_id) from None

    def save(self, adjustment: Adjustment) -> None:
        """Store the next version; raises `ConcurrentEdit` if another was first."""
        known = self._transaction.changing().adjustments
        if self.get(adjustment.adjustment_id).version != adjustment.version - 1:
            raise adjustment_edited(adjustment.name)
        known[adjustment.adjustment_id] = adjustment

    def remove(self, adjustment_id: str) -> None:
        """Forget an adjustment; raises `RecordNotFound`."""
        self.get(adjustment_id)
        del self._transaction.changing().adjustments[adjustment_id]

    def of_series(self, kind: SeriesKind, series_id: str) -> tuple[Adjustment, ...]:
        """Return the adjustments of a series, in the order in which they were laid."""
        known = self._transaction.state.adjustments.values()
        return tuple(each for each in known if each.kind is kind and each.series_id == series_id)


class MemoryAssessments:
    """How good forecasts were, as last found out."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def save(self, assessment: Assessment) -> None:
        """Store an assessment in place of the former one of its series and source."""
        key = (assessment.kind, assessment.series_id, assessment.source)
        self._transaction.changing().assessments[key] = assessment

    def latest(
        self, kind: SeriesKind, series_id: str, source: AssessmentSource
    ) -> Assessment | None:
        """Return the newest assessment of a series, or None."""
        return self._transaction.state.assessments.get((kind, series_id, source))

    def save_drift(self, report: DriftReport) -> None:
        """Store a drift report in place of the former one of its series."""
        self._transaction.changing().drift_reports[report.kind, report.series_id] = report

    def drift(self, kind: SeriesKind) -> tuple[DriftReport, ...]:
        """Return the newest drift report of each series."""
        known = self._transaction.state.drift_reports
        return tuple(known[series] for series in sorted(known) if series[0] is kind)


class MemoryWorkerLog:
    """The worker, as every session sees it."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def beat(self, heartbeat: Heartbeat) -> None:
        """Store a sign of life in place of the former one."""
        self._transaction.changing().heartbeat = heartbeat

    def heartbeat(self) -> Heartbeat | None:
        """Return the last sign of life, or None where no worker ever ran."""
        return self._transaction.state.heartbeat

    def note_run(self, run: TaskRun) -> None:
        """Store how a task went in place of its former run."""
        self._transaction.changing().task_runs[run.name] = run

    def runs(self) -> tuple[TaskRun, ...]:
        """Return how each task last went, by name."""
        known = self._transaction.state.task_runs
        return tuple(known[name] for name in sorted(known))
