"""One transaction over everything that the store keeps, on either database."""

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from sqlalchemy import text

from core.ports import UnitOfWork
from core.store.assessments import SqlAdjustments, SqlAssessments, SqlWorkerLog
from core.store.calendar import SqlCalendarBook
from core.store.capacity import SqlCapacityBook
from core.store.failures import translated
from core.store.permissions import SqlPermissionBook
from core.store.query_sizes import SqlQuerySizes
from core.store.reviews import SqlAuditTrail, SqlProposals
from core.store.series import SqlForecasts, SqlHistoryCache, SqlJobs
from core.store.transaction import Database, Transaction


class SqlUnitOfWork(UnitOfWork):
    """One transaction: all of it is stored, or nothing.

    Parameters
    ----------
    database : Database
        The store.
    tenant_id : str
        Whose records.
    """

    def __init__(self, database: Database, tenant_id: str) -> None:
        self._database = database
        self._tenant_id = tenant_id
        self._transaction = Transaction(database, tenant_id)
        self._held = ExitStack()

    def __enter__(self) -> Self:
        transaction = self._transaction
        self.proposals = SqlProposals(transaction)
        self.audit = SqlAuditTrail(transaction)
        self.forecasts = SqlForecasts(transaction)
        self.history = SqlHistoryCache(transaction)
        self.calendar = SqlCalendarBook(transaction)
        self.capacity = SqlCapacityBook(transaction)
        self.query_sizes = SqlQuerySizes(transaction)
        self.permissions = SqlPermissionBook(transaction)
        self.jobs = SqlJobs(transaction)
        self.adjustments = SqlAdjustments(transaction)
        self.assessments = SqlAssessments(transaction)
        self.worker = SqlWorkerLog(transaction)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            self._transaction.close()
        finally:
            self._held.close()

    def commit(self) -> None:
        """Store everything since the block began."""
        self._transaction.commit()

    def hold(self, name: str) -> bool:
        """Take a named lock until the block ends; False where another block holds it."""
        release: Callable[[], None] | None = self._database.hold(f"{self._tenant_id}/{name}")
        if release is None:
            return False
        self._held.callback(release)
        return True


class SqlStore:
    """Gives out units of work on one tenant's records; see `core.store.open.open_store`."""

    def __init__(self, database: Database, tenant_id: str) -> None:
        self._database = database
        self._tenant_id = tenant_id

    def __call__(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self._database, self._tenant_id)

    def prepare(self) -> None:
        """Create tables and the tenant's row where they are missing."""
        self._database.prepare()
        transaction = Transaction(self._database, self._tenant_id)
        known = text("SELECT 1 FROM tenants WHERE tenant_id = :tenant").bindparams(
            tenant=self._tenant_id
        )
        add = text("INSERT INTO tenants (tenant_id) VALUES (:tenant) ON CONFLICT DO NOTHING")
        try:
            if not transaction.read(known):
                transaction.write(add, [{"tenant": self._tenant_id}])
                transaction.commit()
        finally:
            transaction.close()

    def close(self) -> None:
        """Close what the connection pool keeps open."""
        with translated(self._database.place):
            self._database.engine.dispose()
