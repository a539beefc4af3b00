"""What the platform tells of its dialler: live state, settings, rules, schedules, callable times.

Settings, rules, callable times and what runs now count as not told where a role may not read them,
so that a page shows the rest; `core.ports.TenantProbe.lacking` says what is missing.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pandas as pd

from core.campaigns import CampaignSnapshot
from core.clock import Clock, hour_start
from core.dialler import (
    CallableTimes,
    CampaignLive,
    CampaignRule,
    CampaignSchedule,
    OutboundSettings,
    TimeTaken,
)
from core.errors import PermissionMissing, TenantRecordMissing
from core.tenants import genesys_wire as wire
from core.tenants.exchange import Exchange
from core.tenants.genesys_analytics_wire import (
    DIALLED,
    HANDLED,
    OUTBOUND_DAY,
    OUTBOUND_LINES,
    QUEUE_HANDLING,
)
from core.tenants.genesys_campaigns import live_from, lives_in, settings_from
from core.tenants.genesys_history import SizedQueries
from core.tenants.genesys_steering import callable_times_from, rules_in, schedule_from
from core.tenants.paging import all_entities
from core.tenants.wire import Call
from core.units import CampaignId, QueueId

Found = TypeVar("Found")


class GenesysDialler:
    """Reads the dialler; `core.ports.DiallerReader`.

    Parameters
    ----------
    exchange : Exchange
        Sends.
    queries : SizedQueries
        Asks the analytics.
    clock : Clock
        Dates what is read.
    """

    def __init__(self, exchange: Exchange, queries: SizedQueries, clock: Clock) -> None:
        self._exchange = exchange
        self._queries = queries
        self._clock = clock

    def campaign_live(self, campaign_id: CampaignId) -> CampaignLive | None:
        """Return a campaign as it runs now, with the agents on its queue where they are told."""
        stats = _allowed(lambda: self._read(wire.campaign_stats(campaign_id)))
        if stats is None:
            return None
        diagnostics = _or_none(lambda: self._read(wire.campaign_diagnostics(campaign_id)))
        return live_from(campaign_id, self._clock.now(), stats, diagnostics)

    def campaigns_live(
        self, campaign_ids: Sequence[CampaignId]
    ) -> Mapping[CampaignId, CampaignLive]:
        """Return many campaigns as they run now, 50 to a question."""
        found: dict[CampaignId, CampaignLive] = {}
        for first in range(0, len(campaign_ids), wire.PERFORMANCE_IDS):
            some = campaign_ids[first : first + wire.PERFORMANCE_IDS]
            content = self._read(wire.performance_query(some))
            found.update(lives_in(content, self._clock.now()))
        return found

    def campaign_day(
        self, campaign_id: CampaignId, start: datetime, end: datetime
    ) -> pd.DataFrame | None:
        """Return what a campaign did in [start, end), the open hour included."""
        place = f"The day of campaign {campaign_id}"
        hours = whole_hours(start, end)
        buckets = _allowed(lambda: self._queries.ask(OUTBOUND_DAY, [campaign_id], *hours, place))
        return None if buckets is None else buckets.day(campaign_id)

    def handle_times(
        self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
    ) -> Mapping[QueueId, TimeTaken]:
        """Return dialled contacts handled and their time, of the queues that handled any."""
        place = f"The handle times of {len(queue_ids)} queues"
        buckets = self._queries.ask(QUEUE_HANDLING, queue_ids, *whole_hours(start, end), place)
        taken = {queue_id: buckets.taken(queue_id, HANDLED) for queue_id in queue_ids}
        return {queue_id: each for queue_id, each in taken.items() if each.count}

    def line_times(
        self, campaign_ids: Sequence[CampaignId], start: datetime, end: datetime
    ) -> Mapping[CampaignId, TimeTaken]:
        """Return calls placed and the time they took until answered or over, where it is told."""
        place = f"The times on a line of {len(campaign_ids)} campaigns"
        buckets = self._queries.ask(OUTBOUND_LINES, campaign_ids, start, end, place)
        taken = {each: buckets.taken(each, DIALLED) for each in campaign_ids}
        return {campaign_id: each for campaign_id, each in taken.items() if each.count}

    def outbound_settings(self) -> OutboundSettings | None:
        """Return what the organisation sets for all campaigns."""
        call = wire.settings_read()
        return _or_none(lambda: settings_from(self._read(call), "The outbound settings"))

    def campaign_rules(self, campaign_id: CampaignId) -> tuple[CampaignRule, ...]:
        """Return the rules that write a campaign."""
        deadline = self._exchange.deadline()
        listed = _or_none(
            lambda: all_entities(
                lambda page: self._exchange.read(wire.rule_list(page), deadline),
                "The list of campaign rules",
            )
        )
        rules = rules_in(listed or [])
        return tuple(each for each in rules if each.paths_written(campaign_id))

    def campaign_schedule(self, campaign_id: CampaignId) -> CampaignSchedule | None:
        """Return when a campaign is switched on and off, as it is now."""
        call = wire.schedule_read(campaign_id)
        try:
            content = self._read(call)
        except TenantRecordMissing:
            return None
        return schedule_from(content, self._clock.now(), campaign_id, f"The {call.subject}")

    def callable_times(self, current: CampaignSnapshot) -> CallableTimes | None:
        """Return when a campaign's contacts may be called."""
        named = current.document.get("callableTimeSet")
        set_id = named.get("id") if isinstance(named, Mapping) else None
        if not isinstance(set_id, str):
            return None
        call = wire.times_read(set_id)
        return _or_none(lambda: callable_times_from(self._read(call), f"The {call.subject}"))

    def _read(self, call: Call) -> Any:
        return self._exchange.read(call, self._exchange.deadline())


def _allowed(read: Callable[[], Found]) -> Found | None:
    try:
        return read()
    except PermissionMissing:
        return None


def _or_none(read: Callable[[], Found]) -> Found | None:
    try:
        return _allowed(read)
    except TenantRecordMissing:
        return None


def whole_hours(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Return the whole hours that hold a span: a platform refuses intervals that cut a bucket.

    Examples
    --------
    >>> from datetime import UTC
    >>> nine = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
    >>> [each.hour for each in whole_hours(nine, nine)]
    [9, 10]
    """
    last = hour_start(end)
    return hour_start(start), last if last == end else last + timedelta(hours=1)
