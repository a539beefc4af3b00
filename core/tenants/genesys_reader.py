"""The reading half of the platform dialect's gateway.

It asks, turns pages and reads what comes, through documented operations only, and holds no rule of
its own. Many campaigns or queues are asked for in one question.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

from core.campaigns import Campaign, CampaignSnapshot, Organisation, Queue, RequestBudget
from core.clock import Clock
from core.documents import JsonObject
from core.permissions import Lack, Need, Permission
from core.staffing import Capacity
from core.tenants import genesys_wire as wire
from core.tenants.campaigns import organisation_in, queues_in, read_if_named
from core.tenants.exchange import Exchange
from core.tenants.genesys_analytics_wire import OUTBOUND_HISTORY, QUEUE_HISTORY
from core.tenants.genesys_campaigns import platform_campaigns, platform_snapshot
from core.tenants.genesys_dialler import GenesysDialler
from core.tenants.genesys_history import SizedQueries
from core.tenants.genesys_permissions import NEEDED, PlatformTrials
from core.tenants.genesys_wfm import Workforce
from core.tenants.paging import all_entities
from core.tenants.retry import Deadline
from core.units import CampaignId, QueueId, SkillId


class GenesysReader(GenesysDialler):
    """Reads a tenant that speaks the platform dialect; `core.ports.Tenant`.

    Parameters
    ----------
    exchange : Exchange
        Sends.
    queries : SizedQueries
        Asks the analytics.
    clock : Clock
        Dates what is read.
    zone : ZoneInfo
        Of the centre.
    """

    series_at_once = 250
    copies_drafts = True

    def __init__(
        self, exchange: Exchange, queries: SizedQueries, clock: Clock, zone: ZoneInfo
    ) -> None:
        super().__init__(exchange, queries, clock)
        self._workforce = Workforce(exchange, clock, zone)

    def close(self) -> None:
        """Close the connections that reader and writer share."""
        self._exchange.transport.close()

    def budget(self) -> RequestBudget | None:
        """Return how often the tenant was asked, and how often it may be."""
        return self._exchange.pace.budget() if self._exchange.pace else None

    def outbound_records(
        self, campaign_ids: Sequence[CampaignId], start: datetime, end: datetime
    ) -> Mapping[CampaignId, pd.DataFrame]:
        """Return the hours of each campaign as the tenant gives them; none is an empty frame.

        An id that the tenant does not know has no hours: its analytics tell no difference.
        """
        place = f"The outbound history of {_named('campaign', campaign_ids)}"
        buckets = self._queries.ask(OUTBOUND_HISTORY, campaign_ids, start, end, place)
        return {each: buckets.rates(each) for each in campaign_ids}

    def queue_records(
        self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
    ) -> Mapping[QueueId, pd.DataFrame]:
        """Return the hours of each queue as the tenant gives them; none is an empty frame."""
        place = f"The history of {_named('queue', queue_ids)}"
        buckets = self._queries.ask(QUEUE_HISTORY, queue_ids, start, end, place)
        return {each: buckets.volumes(each) for each in queue_ids}

    def agents_scheduled(self, skill_id: SkillId, start: datetime, end: datetime) -> Capacity:
        """Return the agents of a queue by hour, how they are known, and why where they are not."""
        return self._workforce.agents_ahead(QueueId(skill_id), start, end)

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return all campaigns, page after page."""
        place = "The list of campaigns"
        return platform_campaigns(self._listed("", self._exchange.deadline(), place), place)

    def _listed(self, name: str, deadline: Deadline, place: str) -> list[JsonObject]:
        return all_entities(
            lambda page: self._exchange.read(wire.campaign_list(page, name), deadline), place
        )

    def queues(self) -> tuple[Queue, ...]:
        """Return all queues, page after page."""
        place = "The list of queues"
        deadline = self._exchange.deadline()
        listed = all_entities(
            lambda page: self._exchange.read(wire.queue_list(page), deadline), place
        )
        return queues_in(listed, place)

    def read_campaign(self, campaign_id: CampaignId) -> CampaignSnapshot:
        """Return one campaign, whole, as it is now."""
        return self._read_campaign(campaign_id, self._exchange.deadline())

    def _read_campaign(self, campaign_id: CampaignId, deadline: Deadline) -> CampaignSnapshot:
        document = self._exchange.read(wire.campaign_read(campaign_id), deadline)
        place = f"Campaign {campaign_id}"
        return platform_snapshot(document, self._clock.now(), place, campaign_id)

    def find_campaigns(self, name: str) -> tuple[CampaignSnapshot, ...]:
        """Return the campaigns of exactly this name, each read whole."""
        deadline = self._exchange.deadline()
        place = f"The list of campaigns named {name!r}"
        listed = platform_campaigns(self._listed(name, deadline, place), place)
        return read_if_named(listed, name, lambda each: self._read_campaign(each, deadline))

    def organisation(self) -> Organisation:
        """Return the organisation behind the credentials."""
        content = self._read(wire.organisation_read())
        return organisation_in(content, self._exchange.transport.api_url)

    def check_reachable(self) -> None:
        """Return where the tenant answers within seconds, in one try; raise why it does not."""
        self._exchange.check_answers(wire.organisation_read())

    def permissions(self) -> tuple[Permission, ...]:
        """Return every permission that is used, tried with one small question each."""
        return PlatformTrials(self._exchange, self._clock).run()

    def lacking(self, need: Need) -> Lack | None:
        """Return the permission that a need takes, where the tenant last refused for want of it."""
        return self._exchange.seen.lack(NEEDED[need])


def _named(noun: str, ids: Sequence[str]) -> str:
    return f"{noun} {ids[0]}" if len(ids) == 1 else f"{len(ids)} {noun}s"
