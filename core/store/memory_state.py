"""The committed state of a store in memory, and a transaction on it.

A transaction reads what is committed; its first change takes the writers' lock and a copy, which
takes the place of the committed state by `commit`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from core.campaigns import QuerySize
from core.errors import StoreError
from core.forecasting.adjustments import Adjustment
from core.forecasting.assessment import Assessment, AssessmentSource
from core.forecasting.drift import DriftReport
from core.forecasting.forecast import Forecast, SeriesKind
from core.history.told import NotedDay, NotedOpening, Scope
from core.permissions import PermissionSeen
from core.staffing import AgentsByHand
from core.store.records import HourValues
from core.units import SkillId
from core.workflow.audit import AuditEntry
from core.workflow.heartbeat import Heartbeat, TaskRun
from core.workflow.jobs import Job
from core.workflow.proposal import Proposal

Series = tuple[SeriesKind, str]
DayPart = tuple[date, int, int]


@dataclass(slots=True)
class MemoryState:
    """Everything that is kept."""

    proposals: dict[str, Proposal] = field(default_factory=dict)
    entries: list[AuditEntry] = field(default_factory=list)
    forecasts: dict[str, Forecast] = field(default_factory=dict)
    hours: dict[Series, dict[int, HourValues]] = field(default_factory=dict)
    spans: dict[Series, tuple[datetime, datetime]] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    own_days: dict[DayPart, NotedDay] = field(default_factory=dict)
    opening: dict[Scope, NotedOpening] = field(default_factory=dict)
    adjustments: dict[str, Adjustment] = field(default_factory=dict)
    assessments: dict[tuple[SeriesKind, str, AssessmentSource], Assessment] = field(
        default_factory=dict
    )
    drift_reports: dict[Series, DriftReport] = field(default_factory=dict)
    heartbeat: Heartbeat | None = None
    query_size: QuerySize | None = None
    permissions_seen: dict[str, PermissionSeen] = field(default_factory=dict)
    agents_by_hand: dict[tuple[SkillId, datetime], AgentsByHand] = field(default_factory=dict)
    task_runs: dict[str, TaskRun] = field(default_factory=dict)

    def copy(self) -> "MemoryState":
        """Return a state that can be changed without changing this one."""
        return MemoryState(
            dict(self.proposals),
            list(self.entries),
            dict(self.forecasts),
            {series: dict(hours) for series, hours in self.hours.items()},
            dict(self.spans),
            dict(self.jobs),
            dict(self.own_days),
            dict(self.opening),
            adjustments=dict(self.adjustments),
            assessments=dict(self.assessments),
            drift_reports=dict(self.drift_reports),
            heartbeat=self.heartbeat,
            query_size=self.query_size,
            permissions_seen=dict(self.permissions_seen),
            agents_by_hand=dict(self.agents_by_hand),
            task_runs=dict(self.task_runs),
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
