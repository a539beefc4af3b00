"""The committed state of a store in memory, and a transaction on it.

A transaction reads what is committed; its first change takes the writers' lock and a copy, which
takes the place of the committed state by `commit`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from core.errors import StoreError
from core.forecasting.forecast import Forecast, SeriesKind
from core.store.records import HourValues
from core.workflow.audit import AuditEntry
from core.workflow.jobs import Job
from core.workflow.proposal import Proposal

Series = tuple[SeriesKind, str]


@dataclass(slots=True)
class MemoryState:
    """Everything that is kept."""

    proposals: dict[str, Proposal] = field(default_factory=dict)
    entries: list[AuditEntry] = field(default_factory=list)
    forecasts: dict[str, Forecast] = field(default_factory=dict)
    hours: dict[Series, dict[int, HourValues]] = field(default_factory=dict)
    spans: dict[Series, tuple[datetime, datetime]] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)

    def copy(self) -> "MemoryState":
        """Return a state that can be changed without changing this one."""
        return MemoryState(
            dict(self.proposals),
            list(self.entries),
            dict(self.forecasts),
            {series: dict(hours) for series, hours in self.hours.items()},
            dict(self.spans),
            dict(self.jobs),
        )


@dataclass(slots=True)
class MemoryShared:
    """What all units of work of one store share: the committed state and the locks.

    Parameters
    ----------
    wait_seconds : float
        How long a writer waits for another one.
    """

    wait_seconds: float
    state: MemoryState = field(default_factory=MemoryState)
    writers: Lock = field(default_factory=Lock)
    named: dict[str, Lock] = field(default_factory=dict)


class MemoryTransaction:
    """What the repositories of one unit of work read and change."""

    def __init__(self, shared: MemoryShared) -> None:
        self._shared = shared
        self._draft: MemoryState | None = None

    @property
    def state(self) -> MemoryState:
        """What is to be read: the committed state, or this transaction's own."""
        return self._draft or self._shared.state

    def changing(self) -> MemoryState:
        """Return the state to change; other writers wait from here on."""
        if self._draft is None:
            if not self._shared.writers.acquire(timeout=self._shared.wait_seconds):
                raise StoreError(
                    "The store in memory is kept busy by another writer.", "Repeat in a moment."
                )
            self._draft = self._shared.state.copy()
        return self._draft

    def commit(self) -> None:
        """Make the changes the committed state."""
        if self._draft is None:
            return
        known = self._draft.proposals
        if any(entry.event.proposal_id not in ("", *known) for entry in self._draft.entries):
            raise StoreError(
                "The audit cannot name a proposal that is not stored.", "Store the proposal too."
            )
        self._shared.state = self._draft
        self.close()

    def close(self) -> None:
        """Drop what was not committed."""
        if self._draft is not None:
            self._draft = None
            self._shared.writers.release()
