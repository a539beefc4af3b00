"""The reading half of the tutorial dialect's gateway.

It asks, turns pages and reads what comes, as the contract says, and holds no rule of its own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from core.campaigns import Campaign, CampaignSnapshot, Organisation, Queue
from core.clock import Clock
from core.documents import JsonObject
from core.errors import AuthenticationFailed, RateLimited, TenantRefused
from core.permissions import Lack, Need, Permission
from core.staffing import Capacity, scheduled
from core.tenants import tutorial_wire as wire
from core.tenants.campaigns import (
    campaigns_in,
    organisation_in,
    queues_in,
    read_if_named,
    snapshot_of,
)
from core.tenants.exchange import Exchange
from core.tenants.paging import Page, all_entities
from core.tenants.retry import QUEUE_DETAILS, Deadline
from core.tenants.silent_dialler import SilentDialler
from core.tenants.tutorial_permissions import ReadTrials, lack_of_write, permissions_from
from core.tenants.tutorial_records import capacity_hours, rate_records, volume_records
from core.units import CampaignId, QueueId, SkillId

NOT_THERE = (403, 404, 405, 410)
"""How a tenant says that it has no such operation, or not for us."""
GENTLE_WAIT_SECONDS = 8.0
"""Before queue history is asked for again, more gently."""
GENTLE_PAUSE_SECONDS = 1.0


class TutorialReader(SilentDialler):
    """Reads a tenant that speaks the tutorial dialect; `core.ports.Tenant`.

    Parameters
    ----------
    exchange : Exchange
        Sends.
    clock : Clock
        Dates what is read.
    known_queues : sequence of QueueId
        Listed where the tenant has no list of queues: the tutorials name none.
    known_skill, known_campaign : str, optional
        What permissions are tried on first.
    """

    def __init__(
        self,
        exchange: Exchange,
        clock: Clock,
        *,
        known_queues: Sequence[QueueId] = (),
        known_skill: SkillId | None = None,
        known_campaign: CampaignId | None = None,
    ) -> None:
        self._exchange = exchange
        self._clock = clock
        self._known_queues = tuple(known_queues)
        self._known_skill = known_skill
        self._known_campaign = known_campaign

    def close(self) -> None:
        """Close the connections that reader and writer share."""
        self._exchange.transport.close()

    def outbound_records(
        self, campaign_ids: Sequence[CampaignId], start: datetime, end: datetime
    ) -> Mapping[CampaignId, pd.DataFrame]:
        """Return the hours of each campaign as the tenant gives them, one question for each.

        No record is an empty frame and no error: a later reading may rightly find nothing new.
        Whoever needs history raises, naming campaign and span.
        """
        return {each: self._outbound_records(each, start, end) for each in campaign_ids}

    def _outbound_records(
        self, campaign_id: CampaignId, start: datetime, end: datetime
    ) -> pd.DataFrame:
        place = f"The outbound history of campaign {campaign_id}"
        deadline = self._exchange.deadline()

        def fetch(page: Page) -> Any:
            call = wire.outbound_query(campaign_id, start, end, page)
            return self._exchange.read(call, deadline)

        return rate_records(all_entities(fetch, place), place)

    def queue_records(
        self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
    ) -> Mapping[QueueId, pd.DataFrame]:
        """Return the hours of each queue as the tenant gives them; none is an empty frame.

        A rate limit that outlasts its tries is met once more with smaller pages and a pause
        between them; if that is refused too, `RateLimited` is raised.
        """
        return {each: self._queue_records(each, start, end) for each in queue_ids}

    def _queue_records(self, queue_id: QueueId, start: datetime, end: datetime) -> pd.DataFrame:
        place = f"The history of queue {queue_id}"
        deadline = self._exchange.deadline()

        def fetch(page: Page) -> Any:
            call = wire.queue_query(queue_id, start, end, page)
            return self._exchange.read(call, deadline, QUEUE_DETAILS)

        def fetch_gently(page: Page) -> Any:
            if page.number > 1:
                self._exchange.pause(GENTLE_PAUSE_SECONDS, deadline)
            call = wire.queue_query(queue_id, start, end, page, wire.GENTLE_PAGE_SIZE)
            return self._exchange.read(call, deadline, QUEUE_DETAILS)

        try:
            return volume_records(all_entities(fetch, place), place)
        except RateLimited as refused:
            self._wait_to_be_gentle(refused, deadline)
        return volume_records(all_entities(fetch_gently, place), place)

    def _wait_to_be_gentle(self, refused: RateLimited, deadline: Deadline) -> None:
        seconds = refused.retry_after_seconds or GENTLE_WAIT_SECONDS
        if seconds >= deadline.left():
            raise refused
        tries = len(QUEUE_DETAILS.rate_limit_waits) + 1
        why = "the tenant limits how often it may be asked; smaller pages come next"
        self._exchange.on_wait(seconds, tries + 1, 2 * tries, why)
        self._exchange.pause(seconds, deadline)

    def agents_scheduled(self, skill_id: SkillId, start: datetime, end: datetime) -> Capacity:
        """Return the agents scheduled by hour; unknown where the schedule says nothing."""
        place = f"The schedule of skill {skill_id}"
        deadline = self._exchange.deadline()

        def fetch(page: Page) -> Any:
            return self._exchange.read(wire.schedule_query(skill_id, start, end, page), deadline)

        return scheduled(capacity_hours(all_entities(fetch, place), place))

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return all campaigns, page after page."""
        place = "The list of campaigns"
        return campaigns_in(self._listed("", self._exchange.deadline(), place), place)

    def _listed(self, name: str, deadline: Deadline, place: str) -> list[JsonObject]:
        return all_entities(
            lambda page: self._exchange.read(wire.campaign_list(page, name), deadline), place
        )

    def queues(self) -> tuple[Queue, ...]:
        """Return all queues; those that are known from the settings where none are listed."""
        place = "The list of queues"
        deadline = self._exchange.deadline()
        try:
            listed = all_entities(
                lambda page: self._exchange.read(wire.queue_list(page), deadline), place
            )
        except TenantRefused as refused:
            if refused.status not in NOT_THERE:
                raise
            return tuple(Queue(queue_id, queue_id) for queue_id in self._known_queues)
        return queues_in(listed, place)

    def read_campaign(self, campaign_id: CampaignId) -> CampaignSnapshot:
        """Return one campaign, whole, as it is now."""
        return self._read_campaign(campaign_id, self._exchange.deadline())

    def _read_campaign(self, campaign_id: CampaignId, deadline: Deadline) -> CampaignSnapshot:
        document = self._exchange.read(wire.campaign_read(campaign_id), deadline)
        place = f"Campaign {campaign_id}"
        return snapshot_of(document, self._clock.now(), place, campaign_id)

    def find_campaigns(self, name: str) -> tuple[CampaignSnapshot, ...]:
        """Return the campaigns of exactly this name, each read whole."""
        deadline = self._exchange.deadline()
        place = f"The list of campaigns named {name!r}"
        listed = campaigns_in(self._listed(name, deadline, place), place)
        return read_if_named(listed, name, lambda each: self._read_campaign(each, deadline))

    def organisation(self) -> Organisation:
        """Return the organisation; only its address where the tenant does not tell more."""
        address = self._exchange.transport.api_url
        try:
            content = self._exchange.read(wire.organisation_read(), self._exchange.deadline())
        except (AuthenticationFailed, RateLimited):
            raise
        except TenantRefused:
            return Organisation(None, None, address)
        return organisation_in(content, address)

    def check_reachable(self) -> None:
        """Return where the tenant answers within seconds, in one try; raise why it does not."""
        self._exchange.check_answers(wire.campaign_list())

    def permissions(self) -> tuple[Permission, ...]:
        """Return every permission that is used, tried with reads of one hour."""
        trials = ReadTrials(
            self._exchange,
            self._clock,
            self._known_campaign,
            self._known_skill,
            self._known_queues,
        ).run()
        granted = self._exchange.credentials.granted_scopes
        return permissions_from(granted, trials, self._exchange.seen.known())

    def lacking(self, need: Need) -> Lack | None:
        """Return the scope that a need takes, where token or tenant told that it is missing."""
        granted = self._exchange.credentials.granted_scopes
        return lack_of_write(granted, need, self._exchange.seen.lack)
