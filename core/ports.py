"""What the services need from the world, as protocols: the store's here, the tenant's as well.

The protocols of a tenant are written in `core.tenant_ports`, and are had from here too. What a
store keeps of a tenant and its series is written in `core.record_ports`.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from core.record_ports import (
    Adjustments,
    Assessments,
    CalendarBook,
    CapacityBook,
    Forecasts,
    HistoryCache,
    PermissionBook,
    QuerySizes,
)
from core.tenant_ports import CampaignReader as CampaignReader
from core.tenant_ports import CampaignWriter as CampaignWriter
from core.tenant_ports import CapacityReader as CapacityReader
from core.tenant_ports import DiallerReader as DiallerReader
from core.tenant_ports import HistoryReader as HistoryReader
from core.tenant_ports import Tenant as Tenant
from core.tenant_ports import TenantProbe as TenantProbe
from core.workflow.audit import AuditEntry, AuditEvent
from core.workflow.heartbeat import Heartbeat, TaskRun
from core.workflow.jobs import Job
from core.workflow.proposal import Proposal, ProposalState


class Proposals(Protocol):
    """The proposals of one tenant."""

    def next_id(self) -> str:
        """Return an id that no proposal has had, ``P-1001`` and on."""
        ...

    def add(self, proposal: Proposal) -> None:
        """Store a new proposal."""
        ...

    def get(self, proposal_id: str) -> Proposal:
        """Return a proposal; raises `RecordNotFound`."""
        ...

    def save(self, proposal: Proposal) -> None:
        """Store the next version of a proposal; raises `ConcurrentEdit` if another was first.

        ``proposal.version`` is one more than that of the proposal that was read.
        """
        ...

    def all(self, states: Sequence[ProposalState] = ()) -> tuple[Proposal, ...]:
        """Return proposals, newest first; of some states only, where given."""
        ...


class AuditTrail(Protocol):
    """What was done; rows are added and never changed."""

    def append(self, event: AuditEvent) -> AuditEntry:
        """Add an event to the chain and return it with number and hash."""
        ...

    def entries(self, since: datetime | None = None) -> tuple[AuditEntry, ...]:
        """Return entries, oldest first."""
        ...


class WorkerLog(Protocol):
    """The worker of one tenant, as every session sees it."""

    def beat(self, heartbeat: Heartbeat) -> None:
        """Store a sign of life in place of the former one."""
        ...

    def heartbeat(self) -> Heartbeat | None:
        """Return the last sign of life, or None where no worker ever ran."""
        ...

    def note_run(self, run: TaskRun) -> None:
        """Store how a task went in place of its former run."""
        ...

    def runs(self) -> tuple[TaskRun, ...]:
        """Return how each task last went, by name."""
        ...


class Jobs(Protocol):
    """Long work, so that any session can see it."""

    def add(self, job: Job) -> None:
        """Store a new job."""
        ...

    def save(self, job: Job) -> None:
        """Store the job's present state."""
        ...

    def get(self, job_id: str) -> Job:
        """Return a job; raises `RecordNotFound`."""
        ...

    def recent(self, limit: int = 50) -> tuple[Job, ...]:
        """Return jobs, newest first."""
        ...


class UnitOfWork(AbstractContextManager["UnitOfWork"], Protocol):
    """One transaction: all of it is stored, or nothing.

    Leaving the block without `commit` rolls back. Taking one that will write locks out other
    writers from its first write on.
    """

    proposals: Proposals
    audit: AuditTrail
    forecasts: Forecasts
    history: HistoryCache
    calendar: CalendarBook
    capacity: CapacityBook
    query_sizes: QuerySizes
    permissions: PermissionBook
    jobs: Jobs
    adjustments: Adjustments
    assessments: Assessments
    worker: WorkerLog

    def commit(self) -> None:
        """Store everything since the block began."""
        ...

    def hold(self, name: str) -> bool:
        """Take a named lock until the block ends; False where another block holds it.

        The lock dies with its holder, a killed process included, and no transaction waits for it.
        """
        ...


UnitOfWorkFactory = Callable[[], UnitOfWork]
