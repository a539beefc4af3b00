"""The store in memory: same contract, nothing kept after the process."""

from contextlib import ExitStack
from threading import Lock
from types import TracebackType
from typing import Self

from core.ports import UnitOfWork
from core.store.calendar import MemoryCalendarBook
from core.store.capacity import MemoryCapacityBook
from core.store.memory_assessments import (
    MemoryAdjustments,
    MemoryAssessments,
    MemoryWorkerLog,
)
from core.store.memory_repositories import (
    MemoryAuditTrail,
    MemoryForecasts,
    MemoryHistoryCache,
    MemoryJobs,
    MemoryProposals,
)
from core.store.memory_state import MemoryShared, MemoryTransaction
from core.store.permissions import MemoryPermissionBook
from core.store.query_sizes import MemoryQuerySizes


class MemoryUnitOfWork(UnitOfWork):
    """One transaction: all of it is kept, or nothing."""

    def __init__(self, shared: MemoryShared) -> None:
        self._shared = shared
        self._transaction = MemoryTransaction(shared)
        self._held = ExitStack()

    def __enter__(self) -> Self:
        transaction = self._transaction
        self.proposals = MemoryProposals(transaction)
        self.audit = MemoryAuditTrail(transaction)
        self.forecasts = MemoryForecasts(transaction)
        self.history = MemoryHistoryCache(transaction)
        self.calendar = MemoryCalendarBook(transaction)
        self.capacity = MemoryCapacityBook(transaction)
        self.query_sizes = MemoryQuerySizes(transaction)
        self.permissions = MemoryPermissionBook(transaction)
        self.jobs = MemoryJobs(transaction)
        self.adjustments = MemoryAdjustments(transaction)
        self.assessments = MemoryAssessments(transaction)
        self.worker = MemoryWorkerLog(transaction)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._transaction.close()
        self._held.close()

    def commit(self) -> None:
        """Keep everything since the block began."""
        self._transaction.commit()

    def hold(self, name: str) -> bool:
        """Take a named lock until the block ends; False where another block holds it."""
        lock = self._shared.named.setdefault(name, Lock())
        if not lock.acquire(blocking=False):
            return False
        self._held.callback(lock.release)
        return True


class MemoryStore:
    """Gives out units of work on what it keeps.

    Parameters
    ----------
    wait_seconds : float
        How long a writer waits for another one.
    """

    def __init__(self, *, wait_seconds: float = 10.0) -> None:
        self._shared = MemoryShared(wait_seconds)

    def __call__(self) -> MemoryUnitOfWork:
        return MemoryUnitOfWork(self._shared)
