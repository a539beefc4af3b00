"""A tenant in memory, for pages and services that are tried without a server.

It keeps the same promises as the gateways over HTTP and passes the same contract suite: revisions,
read-only fields, unique names, errors in the same words. It forecasts nothing and models nothing;
its history is the frames that it was made from.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from threading import Lock
from typing import Any

import pandas as pd

from core.campaigns import Campaign, CampaignSnapshot, Organisation, Queue
from core.clock import Clock
from core.documents import JsonObject, with_values
from core.errors import TenantError
from core.frames import CAPACITY, RATE_RECORDS, VOLUME_RECORDS, FrameContract
from core.permissions import Lack, Need, Permission, PermissionState
from core.staffing import Capacity, scheduled
from core.tenants import tutorial_wire as wire
from core.tenants.campaigns import campaigns_in, snapshot_of
from core.tenants.refusals import is_rejection, refusal, rejected_write
from core.tenants.retry import Settled
from core.tenants.silent_dialler import SilentDialler, UnscheduledWriter
from core.tenants.tutorial_permissions import NEEDED_FOR
from core.tenants.tutorial_updates import (
    READ_ONLY,
    RULES,
    creation_body,
    fields_of,
    update_body,
)
from core.tenants.wire import Answer, Call
from core.units import CampaignId, QueueId, SkillId

MEMORY = Organisation("Tenant in memory", "memory", "memory:")


class MemoryTenant(SilentDialler):
    """Reads; `core.ports.Tenant`. Its `writer` changes it.

    Parameters
    ----------
    clock : Clock
        Dates what is read.
    campaigns : sequence of JsonObject
        Whole documents with ``id``, ``name`` and ``version``.
    outbound : mapping, optional
        Campaign id to `RATE_RECORDS`.
    queues : sequence of Queue, optional
        Listed in this order.
    volumes : mapping, optional
        Queue id to `VOLUME_RECORDS`.
    capacity : mapping, optional
        Skill id to `CAPACITY`.

    Examples
    --------
    >>> from datetime import UTC
    >>> from core.clock import FrozenClock
    >>> clock = FrozenClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
    >>> tenant = MemoryTenant(clock, [{"id": "c-1", "name": "Winback", "version": 3}])
    >>> current = tenant.read_campaign(CampaignId("c-1"))
    >>> tenant.writer.update_campaign(current, {"predictive": {"dropRate": 0.02}}).revision
    '4'
    """

    def __init__(
        self,
        clock: Clock,
        campaigns: Sequence[JsonObject],
        *,
        outbound: Mapping[str, pd.DataFrame] | None = None,
        queues: Sequence[Queue] = (),
        volumes: Mapping[str, pd.DataFrame] | None = None,
        capacity: Mapping[str, pd.DataFrame] | None = None,
    ) -> None:
        self._clock = clock
        self._outbound = dict(outbound or {})
        self._queues = tuple(queues)
        self._volumes = dict(volumes or {})
        self._capacity = dict(capacity or {})
        self._campaigns = {str(each["id"]): with_values(each, {}) for each in campaigns}
        self._lock = Lock()
        self.writes: list[JsonObject] = []
        """The bodies of the writes that were applied, oldest first."""
        self.lacks: dict[Need, Lack] = {}
        """What it is told to lack; it refuses nothing for that."""

    @property
    def writer(self) -> "MemoryWriter":
        """The half that changes it; `core.ports.CampaignWriter`."""
        return MemoryWriter(self)

    def outbound_records(
        self, campaign_ids: Sequence[CampaignId], start: datetime, end: datetime
    ) -> Mapping[CampaignId, pd.DataFrame]:
        """Return the hours of each campaign; none is an empty frame."""
        with self._lock:
            for campaign_id in campaign_ids:
                self._document(campaign_id, wire.outbound_query(campaign_id, start, end))
        return {
            each: _hours(self._outbound.get(each), RATE_RECORDS, start, end)
            for each in campaign_ids
        }

    def queue_records(
        self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
    ) -> Mapping[QueueId, pd.DataFrame]:
        """Return the hours of each queue; none is an empty frame."""
        known = {queue.queue_id for queue in self._queues}
        for queue_id in queue_ids:
            if queue_id not in known:
                raise _refused(wire.queue_query(queue_id, start, end), 404)
        return {
            each: _hours(self._volumes.get(each), VOLUME_RECORDS, start, end) for each in queue_ids
        }

    def agents_scheduled(self, skill_id: SkillId, start: datetime, end: datetime) -> Capacity:
        """Return the agents scheduled by hour; unknown where the schedule says nothing."""
        if skill_id not in {*self._capacity, *(each.skill_id for each in self.campaigns())}:
            raise _refused(wire.schedule_query(skill_id, start, end), 404)
        return scheduled(_hours(self._capacity.get(skill_id), CAPACITY, start, end))

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return all campaigns."""
        with self._lock:
            return campaigns_in(list(self._campaigns.values()), "The list of campaigns")

    def queues(self) -> tuple[Queue, ...]:
        """Return all queues."""
        return self._queues

    def read_campaign(self, campaign_id: CampaignId) -> CampaignSnapshot:
        """Return one campaign, whole, as it is now."""
        call = wire.campaign_read(campaign_id)
        with self._lock:
            return self._snapshot(self._document(campaign_id, call))

    def find_campaigns(self, name: str) -> tuple[CampaignSnapshot, ...]:
        """Return the campaigns of exactly this name."""
        with self._lock:
            found = [each for each in self._campaigns.values() if each.get("name") == name]
            return tuple(self._snapshot(each) for each in found)

    def organisation(self) -> Organisation:
        """Return who it is."""
        return MEMORY

    def permissions(self) -> tuple[Permission, ...]:
        """Return every permission; all are held."""
        return tuple(
            Permission(scope, NEEDED_FOR[scope], PermissionState.HELD) for scope in wire.SCOPES
        )

    def lacking(self, need: Need) -> Lack | None:
        """Return what it was told to lack for a need."""
        return self.lacks.get(need)

    def check_reachable(self) -> None:
        """Return: it is always there."""

    def close(self) -> None:
        """Return: there is no connection to give back."""

    def change_as_somebody_else(self, campaign_id: str, values: Mapping[str, Any]) -> None:
        """Set values by dotted path, as a colleague would in the tenant's own screens."""
        with self._lock:
            self._store(campaign_id, with_values(self._campaigns[campaign_id], values))

    def replace(self, call: Call, campaign_id: CampaignId, body: JsonObject) -> CampaignSnapshot:
        """Replace a campaign by a body without read-only fields, as a tenant does."""
        with self._lock:
            current = self._document(campaign_id, call)
            if body.get("version") != current.get("version"):
                raise _refused(call, 409)
            self._refuse_taken_name(call, body, but_of=campaign_id)
            kept = {key: current[key] for key in READ_ONLY if key in current}
            self.writes.append(with_values(body, {}))
            return self._snapshot(self._store(campaign_id, {**body, **kept}))

    def create(self, call: Call, body: JsonObject) -> CampaignSnapshot:
        """Create a campaign from a body, as a tenant does."""
        with self._lock:
            name = body.get("name")
            if not isinstance(name, str) or not name.strip():
                raise _refused(call, 400, "name must be a text.", body)
            self._refuse_taken_name(call, body)
            campaign_id = f"created-{len(self.writes) + 1}"
            given = {
                "id": campaign_id,
                "version": 0,
                "createdBy": "memory",
                "selfUri": f"{wire.CAMPAIGNS_PATH}/{campaign_id}",
            }
            self.writes.append(with_values(body, {}))
            return self._snapshot(self._store(campaign_id, {**body, **given}))

    def _document(self, campaign_id: str, call: Call) -> JsonObject:
        if campaign_id not in self._campaigns:
            raise _refused(call, 404)
        return self._campaigns[campaign_id]

    def _refuse_taken_name(self, call: Call, body: JsonObject, but_of: str = "") -> None:
        for campaign_id, document in self._campaigns.items():
            if campaign_id != but_of and document.get("name") == body.get("name"):
                raise _refused(call, 409, f"The name {body.get('name')!r} is taken.", body)

    def _snapshot(self, document: JsonObject) -> CampaignSnapshot:
        return snapshot_of(with_values(document, {}), self._clock.now(), "The campaign")

    def _store(self, campaign_id: str, document: JsonObject) -> JsonObject:
        stored = with_values(document, {})
        stored["version"] = stored.get("version", 0) + 1
        stored["dateModified"] = self._clock.now().isoformat()
        self._campaigns[campaign_id] = stored
        return stored


class MemoryWriter(UnscheduledWriter):
    """Changes a tenant in memory; `core.ports.CampaignWriter`.

    Parameters
    ----------
    tenant : MemoryTenant
        What it changes.
    """

    def __init__(self, tenant: MemoryTenant) -> None:
        self._tenant = tenant

    def update_campaign(self, current: CampaignSnapshot, payload: JsonObject) -> CampaignSnapshot:
        """Set the payload's fields on a campaign just read, and return what it became."""
        body = update_body(current.document, payload)
        call = wire.campaign_update(current.campaign_id, body)
        return self._tenant.replace(call, current.campaign_id, body)

    def create_campaign(self, payload: JsonObject) -> CampaignSnapshot:
        """Create a campaign and return it."""
        body = creation_body(payload)
        return self._tenant.create(wire.campaign_create(body), body)


def _refused(
    call: Call, status: int, message: str = "", sent: Mapping[str, Any] | None = None
) -> TenantError:
    answer = Answer(status, {"message": message})
    if is_rejection(call, answer):
        return rejected_write(call, answer, fields_of(sent or {}), RULES)
    return refusal(call, Settled(answer, 1), ())


def _hours(
    frame: pd.DataFrame | None, contract: FrameContract, start: datetime, end: datetime
) -> pd.DataFrame:
    if frame is None:
        return contract.empty()
    rows = contract.check(frame)
    return rows[(rows["ds"] >= start) & (rows["ds"] < end)].reset_index(drop=True)
