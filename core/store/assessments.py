"""Adjustments, assessments and the worker's log, on either database."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, Select, Table, delete, insert, select, update

from core.errors import ConcurrentEdit, RecordNotFound
from core.forecasting.adjustments import Adjustment, AdjustmentAction
from core.forecasting.assessment import Assessment, AssessmentSource
from core.forecasting.drift import DriftReport
from core.forecasting.forecast import SeriesKind
from core.store.assessment_record import assessment_from, assessment_text, drift_from, drift_text
from core.store.tables import adjustments, assessments, drift_reports, heartbeats, task_runs
from core.store.transaction import Transaction
from core.workflow.heartbeat import Heartbeat, TaskRun


def adjustment_missing(adjustment_id: str) -> RecordNotFound:
    """Return the error that says that there is no such adjustment."""
    return RecordNotFound(
        f"There is no adjustment {adjustment_id}.", "Look again: somebody may have removed it."
    )


def adjustment_edited(name: str) -> ConcurrentEdit:
    """Return the error that says that somebody else was first."""
    return ConcurrentEdit(
        f"The adjustment {name} was changed by somebody else meanwhile.",
        "Look at it as it is now, then change it again.",
    )


def adjustment_taken(adjustment_id: str) -> ConcurrentEdit:
    """Return the error that says that there is one of this id."""
    return ConcurrentEdit(
        f"There is an adjustment {adjustment_id} already.", "Read it again, then repeat."
    )


class SqlAdjustments:
    """What people laid over the forecasts of one tenant."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._tenant = transaction.tenant_id

    def add(self, adjustment: Adjustment) -> None:
        """Store a new adjustment; raises `ConcurrentEdit` where its id is taken."""
        row = {"tenant_id": self._tenant, **_adjustment_row(adjustment)}
        taken = adjustment_taken(adjustment.adjustment_id).what
        self._transaction.write(insert(adjustments), [row], taken=taken)

    def get(self, adjustment_id: str) -> Adjustment:
        """Return an adjustment; raises `RecordNotFound`."""
        query = self._query().where(adjustments.c.adjustment_id == adjustment_id)
        rows = self._transaction.read(query)
        if not rows:
            raise adjustment_missing(adjustment_id)
        return _adjustment(rows[0])

    def save(self, adjustment: Adjustment) -> None:
        """Store the next version; raises `ConcurrentEdit` if another was first."""
        statement = update(adjustments).where(
            adjustments.c.tenant_id == self._tenant,
            adjustments.c.adjustment_id == adjustment.adjustment_id,
            adjustments.c.version == adjustment.version - 1,
        )
        if self._transaction.write(statement.values(_adjustment_row(adjustment))) == 0:
            self.get(adjustment.adjustment_id)
            raise adjustment_edited(adjustment.name)

    def remove(self, adjustment_id: str) -> None:
        """Forget an adjustment; raises `RecordNotFound`."""
        statement = delete(adjustments).where(
            adjustments.c.tenant_id == self._tenant, adjustments.c.adjustment_id == adjustment_id
        )
        if self._transaction.write(statement) == 0:
            raise adjustment_missing(adjustment_id)

    def of_series(self, kind: SeriesKind, series_id: str) -> tuple[Adjustment, ...]:
        """Return the adjustments of a series, in the order in which they were laid."""
        query = self._query().where(
            adjustments.c.kind == kind.value, adjustments.c.series_id == series_id
        )
        rows = self._transaction.read(query.order_by(adjustments.c.number))
        return tuple(_adjustment(row) for row in rows)

    def _query(self) -> Select[Any]:
        return select(adjustments).where(adjustments.c.tenant_id == self._tenant)


class SqlAssessments:
    """How good forecasts of one tenant were, as last found out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def save(self, assessment: Assessment) -> None:
        """Store an assessment in place of the former one of its series and source."""
        key = {
            "kind": assessment.kind.value,
            "series_id": assessment.series_id,
            "source": assessment.source.value,
        }
        values = {"made_at": assessment.made_at, "document": assessment_text(assessment)}
        _put(self._transaction, assessments, key, values)

    def latest(
        self, kind: SeriesKind, series_id: str, source: AssessmentSource
    ) -> Assessment | None:
        """Return the newest assessment of a series, or None."""
        query = select(assessments.c.document).where(
            assessments.c.tenant_id == self._transaction.tenant_id,
            assessments.c.kind == kind.value,
            assessments.c.series_id == series_id,
            assessments.c.source == source.value,
        )
        rows = self._transaction.read(query)
        return assessment_from(rows[0].document) if rows else None

    def save_drift(self, report: DriftReport) -> None:
        """Store a drift report in place of the former one of its series."""
        key = {"kind": report.kind.value, "series_id": report.series_id}
        values = {"checked_at": report.checked_at, "document": drift_text(report)}
        _put(self._transaction, drift_reports, key, values)

    def drift(self, kind: SeriesKind) -> tuple[DriftReport, ...]:
        """Return the newest drift report of each series."""
        query = select(drift_reports.c.document).where(
            drift_reports.c.tenant_id == self._transaction.tenant_id,
            drift_reports.c.kind == kind.value,
        )
        rows = self._transaction.read(query.order_by(drift_reports.c.series_id))
        return tuple(drift_from(row.document) for row in rows)


class SqlWorkerLog:
    """The worker of one tenant, as every session sees it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._tenant = transaction.tenant_id

    def beat(self, heartbeat: Heartbeat) -> None:
        """Store a sign of life in place of the former one."""
        _put(self._transaction, heartbeats, {}, asdict(heartbeat))

    def heartbeat(self) -> Heartbeat | None:
        """Return the last sign of life, or None where no worker ever ran."""
        query = select(heartbeats).where(heartbeats.c.tenant_id == self._tenant)
        rows = self._transaction.read(query)
        return Heartbeat(**_own(rows[0])) if rows else None

    def note_run(self, run: TaskRun) -> None:
        """Store how a task went in place of its former run."""
        values = asdict(run)
        _put(self._transaction, task_runs, {"name": values.pop("name")}, values)

    def runs(self) -> tuple[TaskRun, ...]:
        """Return how each task last went, by name."""
        query = select(task_runs).where(task_runs.c.tenant_id == self._tenant)
        rows = self._transaction.read(query.order_by(task_runs.c.name))
        return tuple(TaskRun(**_own(row)) for row in rows)


def _put(
    transaction: Transaction, table: Table, key: dict[str, Any], values: dict[str, Any]
) -> None:
    """Write a row in place of the one with the same key."""
    # Other writers wait from here on, so that nobody can come between the two statements.
    transaction.lock()
    key = {"tenant_id": transaction.tenant_id, **key}
    is_it = [table.c[name] == value for name, value in key.items()]
    if transaction.write(update(table).where(*is_it).values(values)) == 0:
        transaction.write(insert(table), [key | values])


def _adjustment_row(adjustment: Adjustment) -> dict[str, Any]:
    return asdict(adjustment) | {
        "kind": adjustment.kind.value,
        "action": adjustment.action.value,
    }


def _adjustment(row: Row[Any]) -> Adjustment:
    values = _own(row)
    values.pop("number")
    return Adjustment(
        **values | {"kind": SeriesKind(row.kind), "action": AdjustmentAction(row.action)}
    )


def _own(row: Row[Any]) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name != "tenant_id"}
