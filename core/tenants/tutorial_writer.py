"""The writing half of the tutorial dialect's gateway.

Whoever holds a `TutorialWriter` can change the tenant; `core.services.push` alone should. It
decides nothing, and sends nothing twice whose outcome is not known.
"""

from core.campaigns import CampaignSnapshot
from core.clock import Clock
from core.documents import JsonObject
from core.errors import UnexpectedPayload
from core.tenants import tutorial_wire as wire
from core.tenants.campaigns import snapshot_of
from core.tenants.exchange import Exchange
from core.tenants.refusals import lost_write
from core.tenants.silent_dialler import UnscheduledWriter
from core.tenants.tutorial_updates import RULES, creation_body, fields_of, update_body
from core.tenants.wire import Answer, Call
from core.units import CampaignId


class TutorialWriter(UnscheduledWriter):
    """Changes a tenant that speaks the tutorial dialect; `core.ports.CampaignWriter`.

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
        """Set the payload's fields on a campaign just read, and return what it became."""
        body = update_body(current.document, payload)
        call = wire.campaign_update(current.campaign_id, body)
        return self._written(call, payload, current.campaign_id)

    def create_campaign(self, payload: JsonObject) -> CampaignSnapshot:
        """Create a campaign and return it."""
        return self._written(wire.campaign_create(creation_body(payload)), payload, None)

    def _written(
        self, call: Call, payload: JsonObject, campaign_id: CampaignId | None
    ) -> CampaignSnapshot:
        content = self._exchange.write(call, fields_of(payload), RULES)
        try:
            return snapshot_of(content, self._clock.now(), call.subject, campaign_id)
        except UnexpectedPayload:
            # Something was done, and the answer does not say what.
            raise lost_write(call, Answer(200)) from None
