"""What the services need from the world, as protocols.

Reading and writing a tenant are two protocols: searching for `CampaignWriter` answers who can
change a tenant. Every method that talks to a tenant may raise `core.errors.TenantError`.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

import pandas as pd

from core.campaigns import Campaign, CampaignSnapshot, Organisation, Permission, Queue
from core.documents import JsonObject
from core.forecasting.forecast import Forecast, SeriesKind
from core.units import CampaignId, QueueId, SkillId
from core.workflow.audit import AuditEntry, AuditEvent
from core.workflow.jobs import Job
from core.workflow.proposal import Proposal, ProposalState


class HistoryReader(Protocol):
    """Reads what happened."""

    def outbound_records(
        self, campaign_id: CampaignId, start: datetime, end: datetime
    ) -> pd.DataFrame:
        """Return `core.frames.RATE_RECORDS` of a campaign, hours in [start, end)."""
        ...

    def queue_records(self, queue_id: QueueId, start: datetime, end: datetime) -> pd.DataFrame:
        """Return `core.frames.VOLUME_RECORDS` of a queue, hours in [start, end)."""
        ...


class CapacityReader(Protocol):
    """Reads the schedule."""

    def agents_scheduled(self, skill_id: SkillId, start: datetime, end: datetime) -> pd.DataFrame:
        """Return `core.frames.CAPACITY` by hour; no row where the schedule says nothing."""
        ...


class CampaignReader(Protocol):
    """Reads campaigns and queues."""

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return all campaigns."""
        ...

    def queues(self) -> tuple[Queue, ...]:
        """Return all queues that the tenant tells of."""
        ...

    def read_campaign(self, campaign_id: CampaignId) -> CampaignSnapshot:
        """Return one campaign, whole, as it is now; never from a cache."""
        ...

    def find_campaigns(self, name: str) -> tuple[CampaignSnapshot, ...]:
        """Return the campaigns of exactly this name, as they are now."""
        ...


class CampaignWriter(Protocol):
    """Changes a tenant. Only `core.services.push` holds one."""

    def update_campaign(self, current: CampaignSnapshot, payload: JsonObject) -> CampaignSnapshot:
        """Set the payload's fields on a campaign just read, and return what it became.

        Every other field goes back exactly as read. Sent once; raises `OutcomeUnknown` where the
        answer was lost, `StaleRevision` where the tenant says it changed meanwhile.
        """
        ...

    def create_campaign(self, payload: JsonObject) -> CampaignSnapshot:
        """Create a campaign and return it. Sent once; `OutcomeUnknown` as above."""
        ...


class TenantProbe(Protocol):
    """Tells who the tenant is and what it lets us do."""

    def organisation(self) -> Organisation:
        """Return the organisation behind the credentials."""
        ...

    def permissions(self) -> tuple[Permission, ...]:
        """Return every permission that is used: held, missing or unknown."""
        ...

    def check_reachable(self) -> None:
        """Return where the tenant answers a small question at once; raise why it does not."""
        ...


class Tenant(HistoryReader, CapacityReader, CampaignReader, TenantProbe, Protocol):
    """Everything that can be read of a tenant."""

    def close(self) -> None:
        """Give connections back; nothing can be read afterwards."""
        ...


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


class Forecasts(Protocol):
    """Stored forecasts of one tenant. A forecast is never changed."""

    def add(self, forecast: Forecast) -> None:
        """Store a forecast."""
        ...

    def get(self, forecast_id: str) -> Forecast:
        """Return a forecast; raises `RecordNotFound`."""
        ...

    def latest(
        self, kind: SeriesKind, series_id: str, requested_method: str | None = None
    ) -> Forecast | None:
        """Return the newest forecast of a series, of one requested method where given."""
        ...

    def latest_of_all(self, kind: SeriesKind) -> tuple[Forecast, ...]:
        """Return the newest forecast of each series."""
        ...

    def made_before(self, kind: SeriesKind, series_id: str, moment: datetime) -> Forecast | None:
        """Return the newest forecast of a series made before a moment."""
        ...


class HistoryCache(Protocol):
    """Records read so far, by series: the tenant is asked only for what is newer."""

    def merge(self, kind: SeriesKind, series_id: str, records: pd.DataFrame) -> None:
        """Add records (RATE_RECORDS or VOLUME_RECORDS); a known hour takes the newer value."""
        ...

    def read(
        self, kind: SeriesKind, series_id: str, start: datetime, end: datetime
    ) -> pd.DataFrame:
        """Return the records of the hours in [start, end), one row an hour, sorted."""
        ...

    def read_span(self, kind: SeriesKind, series_id: str) -> tuple[datetime, datetime] | None:
        """Return from when to when the series was read; None where never."""
        ...

    def note_span(self, kind: SeriesKind, series_id: str, start: datetime, end: datetime) -> None:
        """Remember that the hours in [start, end) were read, whether or not any had a record."""
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
    jobs: Jobs

    def commit(self) -> None:
        """Store everything since the block began."""
        ...

    def hold(self, name: str) -> bool:
        """Take a named lock until the block ends; False where another block holds it.

        The lock dies with its holder, a killed process included, and no transaction waits for it.
        """
        ...


UnitOfWorkFactory = Callable[[], UnitOfWork]
