"""The writing half of the platform dialect's gateway.

Whoever holds a `GenesysWriter` can change the tenant; `core.services.push` alone should. It decides
nothing, and sends nothing twice whose outcome is not known.
"""

from typing import Any

from core.campaigns import CampaignSnapshot
from core.clock import Clock
from core.dialler import CampaignSchedule
from core.documents import JsonObject
from core.errors import (
    LimitBroken,
    StaleRevision,
    TenantError,
    TenantRefused,
    UnexpectedPayload,
)
from core.tenants import genesys_wire as wire
from core.tenants.exchange import Exchange
from core.tenants.genesys_campaigns import platform_snapshot
from core.tenants.genesys_steering import schedule_from
from core.tenants.genesys_updates import (
    OFF,
    RULES,
    STATUS,
    creation_body,
    is_patchable,
    refuse_out_of_bounds,
    refuse_status,
    schedule_body,
    whole_body,
)
from core.tenants.refusals import lost_write
from core.tenants.tutorial_updates import fields_of
from core.tenants.wire import Answer, Call
from core.units import CampaignId

NO_PATCH = (404, 405, 415)
"""How a tenant says that it has no such operation, of a campaign that was just read."""


class GenesysWriter:
    """Changes a tenant that speaks the platform dialect; `core.ports.CampaignWriter`.

    Parameters
    ----------
    exchange : Exchange
        Sends.
    clock : Clock
        Dates what is read.
    """

    def __init__(self, exchange: Exchange, clock: Clock) -> None:
        self._exchange = exchange
        self._clock = clock

    def update_campaign(self, current: CampaignSnapshot, payload: JsonObject) -> CampaignSnapshot:
        """Set the payload's fields on a campaign just read, and return what it became.

        The platform checks no version when a few fields are set, so the campaign is read again
        just before; where a tenant does not set single fields, the whole document is replaced.
        """
        refuse_out_of_bounds(payload)
        refuse_status(payload)
        campaign_id = current.campaign_id
        self._refuse_stale(current, self._read(campaign_id))
        if is_patchable(payload):
            try:
                patch = wire.campaign_patch(campaign_id, payload)
                self._exchange.write(patch, fields_of(payload), RULES)
                return self._read_back(patch, campaign_id)
            except TenantRefused as refused:
                if refused.status not in NO_PATCH:
                    raise
        body = whole_body(current.document, payload)
        call = wire.campaign_update(campaign_id, body)
        return self._written(call, payload, campaign_id)

    def create_campaign(self, payload: JsonObject) -> CampaignSnapshot:
        """Create a campaign, off, and return it."""
        return self._written(wire.campaign_create(creation_body(payload)), payload, None)

    def delete_campaign(self, current: CampaignSnapshot) -> None:
        """Delete a campaign just read, where it is off."""
        now = self._read(current.campaign_id)
        self._refuse_stale(current, now)
        status = now.document.get(STATUS)
        if status != OFF:
            raise LimitBroken(
                f"Campaign {current.campaign_id} is {status}, and only one that is off is deleted.",
                "Nothing was sent; switch it off in the tenant's own screens first.",
            )
        self._exchange.write(wire.campaign_delete(current.campaign_id), {}, RULES)

    def write_schedule(
        self, campaign_id: CampaignId, payload: JsonObject, current: CampaignSchedule | None
    ) -> CampaignSchedule:
        """Put a schedule in the place of the one just read, and return what it became."""
        call = wire.schedule_write(campaign_id, schedule_body(campaign_id, payload, current))
        content = self._exchange.write(call, fields_of(payload), RULES)
        try:
            return schedule_from(content, self._clock.now(), campaign_id, call.subject)
        except UnexpectedPayload:
            raise lost_write(call, Answer(200)) from None

    def delete_schedule(self, current: CampaignSchedule) -> None:
        """Delete a schedule just read."""
        self._exchange.write(wire.schedule_delete(current.campaign_id), {}, RULES)

    def _read(self, campaign_id: CampaignId) -> CampaignSnapshot:
        call = wire.campaign_read(campaign_id)
        content = self._exchange.read(call, self._exchange.deadline())
        return self._snapshot(content, call, campaign_id)

    def _snapshot(
        self, content: Any, call: Call, campaign_id: CampaignId | None
    ) -> CampaignSnapshot:
        place = f"The {call.subject}"
        return platform_snapshot(content, self._clock.now(), place, campaign_id)

    def _refuse_stale(self, current: CampaignSnapshot, now: CampaignSnapshot) -> None:
        is_same = (
            now.revision == current.revision
            if now.revision is not None
            else now.content_digest == current.content_digest
        )
        if not is_same:
            raise StaleRevision(
                f"Campaign {current.campaign_id} changed since it was read: it was version"
                f" {current.revision} and is {now.revision}.",
                "Nothing was changed. Read it again and decide anew.",
                status=409,
            )

    def _read_back(self, patch: Call, campaign_id: CampaignId) -> CampaignSnapshot:
        try:
            return self._read(campaign_id)
        except TenantError:
            # It was accepted; what it made of the campaign is not known.
            raise lost_write(patch, Answer(200)) from None

    def _written(
        self, call: Call, payload: JsonObject, campaign_id: CampaignId | None
    ) -> CampaignSnapshot:
        content = self._exchange.write(call, fields_of(payload), RULES)
        try:
            return self._snapshot(content, call, campaign_id)
        except UnexpectedPayload:
            # Something was done, and the answer does not say what.
            raise lost_write(call, Answer(200)) from None
