"""A tenant in memory that keeps campaigns as the platform does, schedules beside them."""

import math
from collections.abc import Sequence
from typing import Any

from core.campaigns import CampaignSnapshot
from core.clock import Clock
from core.dialler import CallableTimes, CampaignRule, CampaignSchedule, OutboundSettings
from core.documents import JsonObject, with_values
from core.errors import LimitBroken, PayloadRejected, StaleRevision, TenantRecordMissing
from core.tenants.memory import MemoryTenant
from core.units import CampaignId, Revision

READ_ONLY = ("id", "version", "dateCreated", "dateModified", "selfUri", "errors")


def platform_document(**values: Any) -> JsonObject:
    """Return a campaign as the platform gives it; dotted paths with two underscores."""
    document: JsonObject = {
        "id": "c-1",
        "name": "Winback Autumn",
        "version": 7,
        "dateModified": "2026-11-25T09:00:00.000Z",
        "campaignStatus": "on",
        "dialingMode": "predictive",
        "contactList": {"id": "l-1", "name": "Winback list"},
        "queue": {"id": "q-billing", "name": "Billing"},
        "script": {"id": "s-1", "name": "Winback script", "selfUri": "/api/v2/scripts/s-1"},
        "site": {"id": "site-1", "name": "Hamburg"},
        "callAnalysisResponseSet": {"id": "r-1", "name": "Live to queue"},
        "callableTimeSet": {"id": "t-1", "name": "Consumers"},
        "phoneColumns": [{"columnName": "Mobile", "type": "cell"}],
        "callerName": "Lindgren",
        "callerAddress": "+4940123456",
        "dncLists": [{"id": "d-1", "name": "Robinson"}],
        "contactSorts": [{"fieldName": "score", "direction": "DESC", "numeric": True}],
        "abandonRate": 2.5,
        "maxCallsPerAgent": 2,
        "maxCallsPerAgentDecimal": 2.0,
        "priority": 2,
        "x-own": {"kept": True},
        "errors": [],
        "selfUri": "/api/v2/outbound/campaigns/c-1",
    }
    return with_values(document, {name.replace("__", "."): value for name, value in values.items()})


class PlatformTenant(MemoryTenant):
    """Reads, as `MemoryTenant`; its campaigns have schedules, rules and settings.

    Parameters
    ----------
    clock, campaigns, **parts
        As `MemoryTenant`.
    """

    copies_drafts = True

    def __init__(self, clock: Clock, campaigns: Sequence[JsonObject], **parts: Any) -> None:
        super().__init__(clock, campaigns, **parts)
        self.schedules: dict[str, JsonObject] = {}
        self.rules: tuple[CampaignRule, ...] = ()
        self.settings: OutboundSettings | None = OutboundSettings(
            "CALLS_THAT_REACHED_QUEUE", 15.0, 10.0, 2.0, 0.75
        )
        self.times: CallableTimes | None = None

    @property
    def writer(self) -> "PlatformWriter":  # type: ignore[override]
        return PlatformWriter(self)

    def outbound_settings(self) -> OutboundSettings | None:
        return self.settings

    def campaign_rules(self, campaign_id: CampaignId) -> tuple[CampaignRule, ...]:
        return tuple(each for each in self.rules if each.paths_written(campaign_id))

    def callable_times(self, current: CampaignSnapshot) -> CallableTimes | None:
        return self.times if current.document.get("callableTimeSet") else None

    def campaign_schedule(self, campaign_id: CampaignId) -> CampaignSchedule | None:
        if campaign_id not in self.schedules:
            return None
        document = with_values(self.schedules[campaign_id], {})
        revision = Revision(str(document["version"]))
        return CampaignSchedule(campaign_id, revision, document, self._clock.now())

    def schedule_as_somebody_else(self, campaign_id: str, *intervals: tuple[str, str]) -> None:
        """Write a schedule as a colleague would in the tenant's own screens."""
        told = [{"start": start, "end": end} for start, end in intervals]
        self.put_schedule(campaign_id, {"timeZone": "UTC", "intervals": told})

    def status_moves_by_itself(self, campaign_id: str, status: str) -> None:
        """Switch a campaign as its schedule does: neither the version nor a setting moves."""
        with self._lock:
            self._campaigns[campaign_id] |= {
                "campaignStatus": status,
                "dateModified": self._clock.now().isoformat(),
            }

    def put_schedule(self, campaign_id: str, body: JsonObject) -> JsonObject:
        """Store a schedule as the platform tells it: times without an offset."""
        version = self.schedules.get(campaign_id, {}).get("version", 0)
        self.schedules[campaign_id] = with_values(body, {}) | {
            "id": f"schedule-{campaign_id}",
            "version": version + 1,
            "campaign": {"id": campaign_id, "name": "as it is"},
            "intervals": [
                {key: text.removesuffix("Z") for key, text in each.items()}
                for each in body["intervals"]
            ],
        }
        return self.schedules[campaign_id]

    def patch(self, campaign_id: str, payload: JsonObject) -> JsonObject:
        """Set fields; calls per agent are told twice, whole and exact."""
        with self._lock:
            pace = payload.get("maxCallsPerAgent")
            told = {} if pace is None else {"maxCallsPerAgent": math.ceil(pace)}
            exact = {} if pace is None else {"maxCallsPerAgentDecimal": float(pace)}
            self.writes.append(with_values(payload, {}))
            return self._store(
                campaign_id, {**self._campaigns[campaign_id], **payload, **told, **exact}
            )

    def add(self, payload: JsonObject) -> JsonObject:
        """Create a campaign; the name has to be free and the campaign off."""
        with self._lock:
            if any(each["name"] == payload["name"] for each in self._campaigns.values()):
                raise PayloadRejected("duplicate.name")
            if payload.get("campaignStatus") != "off" or set(READ_ONLY) & set(payload):
                raise PayloadRejected("invalid.create")
            campaign_id = f"created-{len(self.writes) + 1}"
            self.writes.append(with_values(payload, {}))
            return self._store(campaign_id, {**payload, "id": campaign_id, "version": 0})

    def forget(self, campaign_id: str) -> None:
        """Delete a campaign, and its schedule with it."""
        with self._lock:
            self.writes.append({"deleted": campaign_id})
            del self._campaigns[campaign_id]
            self.schedules.pop(campaign_id, None)


class PlatformWriter:
    """Changes a `PlatformTenant`."""

    def __init__(self, tenant: PlatformTenant) -> None:
        self._tenant = tenant

    def update_campaign(self, current: CampaignSnapshot, payload: JsonObject) -> CampaignSnapshot:
        now = self._tenant.read_campaign(current.campaign_id)
        if now.revision != current.revision:
            raise StaleRevision("Changed meanwhile.", status=409)
        self._tenant.patch(current.campaign_id, payload)
        return self._tenant.read_campaign(current.campaign_id)

    def create_campaign(self, payload: JsonObject) -> CampaignSnapshot:
        created = self._tenant.add(payload)
        return self._tenant.read_campaign(CampaignId(created["id"]))

    def delete_campaign(self, current: CampaignSnapshot) -> None:
        now = self._tenant.read_campaign(current.campaign_id)
        if now.document["campaignStatus"] != "off":
            raise LimitBroken("Only a campaign that is off is deleted.")
        self._tenant.forget(current.campaign_id)

    def write_schedule(
        self, campaign_id: CampaignId, payload: JsonObject, current: CampaignSchedule | None
    ) -> CampaignSchedule:
        tenant = self._tenant
        tenant.read_campaign(campaign_id)
        found = tenant.campaign_schedule(campaign_id)
        if (found and found.revision) != (current and current.revision):
            raise StaleRevision("Changed meanwhile.", status=409)
        tenant.writes.append(with_values(payload, {}))
        tenant.put_schedule(campaign_id, payload)
        written = tenant.campaign_schedule(campaign_id)
        assert written is not None
        return written

    def delete_schedule(self, current: CampaignSchedule) -> None:
        if current.campaign_id not in self._tenant.schedules:
            raise TenantRecordMissing("No such schedule.", status=404)
        self._tenant.writes.append({"unscheduled": current.campaign_id})
        del self._tenant.schedules[current.campaign_id]
