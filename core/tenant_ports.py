"""What the services need from a tenant, as protocols.

Reading and writing are two protocols: searching for `CampaignWriter` answers who can change a
tenant. Every method may raise `core.errors.TenantError`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import pandas as pd

from core.campaigns import Campaign, CampaignSnapshot, Organisation, Queue, RequestBudget
from core.dialler import (
    CallableTimes,
    CampaignLive,
    CampaignRule,
    CampaignSchedule,
    OutboundSettings,
    TimeTaken,
)
from core.documents import JsonObject
from core.permissions import Lack, Need, Permission
from core.staffing import Capacity
from core.units import CampaignId, QueueId, SkillId


class RequestMeter(Protocol):
    """Counts what the tenant is asked."""

    def budget(self) -> RequestBudget | None:
        """Return how often the tenant was asked and may be; None where it sets no limit."""
        ...


class HistoryReader(RequestMeter, Protocol):
    """Reads what happened, many series in as few questions as the tenant allows.

    A series that has no record in the span has an empty frame. Series that are asked for together
    are refused together.
    """

    series_at_once: int
    """How many series one question asks for, at most."""

    def outbound_records(
        self, campaign_ids: Sequence[CampaignId], start: datetime, end: datetime
    ) -> Mapping[CampaignId, pd.DataFrame]:
        """Return `core.frames.RATE_RECORDS` of each campaign, hours in [start, end)."""
        ...

    def queue_records(
        self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
    ) -> Mapping[QueueId, pd.DataFrame]:
        """Return `core.frames.VOLUME_RECORDS` of each queue, hours in [start, end)."""
        ...


class CapacityReader(Protocol):
    """Reads the schedule."""

    def agents_scheduled(self, skill_id: SkillId, start: datetime, end: datetime) -> Capacity:
        """Return the agents by hour, how they are known, and why where they are not.

        Where a tenant schedules by queue, a queue's id is the skill's.
        """
        ...


class DiallerReader(Protocol):
    """Reads what the dialler does and what bounds it.

    A tenant that does not offer one of these answers None, or nothing; it never raises for that.
    The same goes for settings, rules, callable times and what runs now, where they may not be read:
    `TenantProbe.lacking` tells the two apart.
    """

    copies_drafts: bool
    """Whether a campaign is created as a copy of another one, and scheduled apart."""

    def campaign_live(self, campaign_id: CampaignId) -> CampaignLive | None:
        """Return a campaign as it runs now."""
        ...

    def campaigns_live(
        self, campaign_ids: Sequence[CampaignId]
    ) -> Mapping[CampaignId, CampaignLive]:
        """Return many campaigns as they run now, in few questions; some may be left out."""
        ...

    def campaign_day(
        self, campaign_id: CampaignId, start: datetime, end: datetime
    ) -> pd.DataFrame | None:
        """Return `core.frames.CAMPAIGN_DAY` of the hours in [start, end), the open one included."""
        ...

    def handle_times(
        self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
    ) -> Mapping[QueueId, TimeTaken]:
        """Return dialled contacts handled and the time they took, of each queue that tells."""
        ...

    def line_times(
        self, campaign_ids: Sequence[CampaignId], start: datetime, end: datetime
    ) -> Mapping[CampaignId, TimeTaken]:
        """Return calls placed and the time they held a line unanswered, of each that tells."""
        ...

    def outbound_settings(self) -> OutboundSettings | None:
        """Return what the organisation sets for all campaigns."""
        ...

    def campaign_rules(self, campaign_id: CampaignId) -> tuple[CampaignRule, ...]:
        """Return the rules by which the tenant itself changes a campaign."""
        ...

    def campaign_schedule(self, campaign_id: CampaignId) -> CampaignSchedule | None:
        """Return when a campaign is switched on and off, as it is now; None where it has none."""
        ...

    def callable_times(self, current: CampaignSnapshot) -> CallableTimes | None:
        """Return when a campaign's contacts may be called; None where it names no times."""
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

    def delete_campaign(self, current: CampaignSnapshot) -> None:
        """Delete a campaign just read, where it is off. Sent once; raises as above."""
        ...

    def write_schedule(
        self, campaign_id: CampaignId, payload: JsonObject, current: CampaignSchedule | None
    ) -> CampaignSchedule:
        """Put a schedule in the place of the one just read, and return what it became.

        This arms the dialler. Sent once; raises as above, and `TenantRefused` where the tenant has
        no such schedules.
        """
        ...

    def delete_schedule(self, current: CampaignSchedule) -> None:
        """Delete a schedule just read. Sent once; raises as above."""
        ...


class TenantProbe(RequestMeter, Protocol):
    """Tells who the tenant is and what it lets us do."""

    def organisation(self) -> Organisation:
        """Return the organisation behind the credentials."""
        ...

    def permissions(self) -> tuple[Permission, ...]:
        """Return every permission that is used: held, missing or unknown; reads are tried."""
        ...

    def lacking(self, need: Need) -> Lack | None:
        """Return what is known to be missing for a need; None where nothing is.

        Nothing is asked for it: it is what the tenant answered when it was last asked for that.
        """
        ...

    def check_reachable(self) -> None:
        """Return where the tenant answers a small question at once; raise why it does not."""
        ...


class Tenant(HistoryReader, CapacityReader, CampaignReader, DiallerReader, TenantProbe, Protocol):
    """Everything that can be read of a tenant."""

    def close(self) -> None:
        """Give connections back; nothing can be read afterwards."""
        ...
