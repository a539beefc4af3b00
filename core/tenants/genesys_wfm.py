"""Agents ahead on a queue, from workforce management, and what stands in where it tells nothing.

First the on-queue time of the planning groups that serve the queue, then the shifts of the queue's
members, then the agents on the queue now. Each step that fails says why; where all fail, capacity
is unknown.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.clock import Clock, hour_start
from core.documents import JsonObject
from core.errors import AuthenticationFailed, PermissionMissing, RateLimited, TenantRefused
from core.staffing import Capacity, CapacityOrigin, unknown
from core.tenants import genesys_wfm_wire as wire
from core.tenants.exchange import Exchange
from core.tenants.genesys_analytics_wire import observations_query
from core.tenants.genesys_records import entity_list, on_queue_now
from core.tenants.genesys_rosters import (
    HOUR,
    Hours,
    NotTold,
    capacity_frame,
    on_queue_codes,
    on_queue_hours,
    shift_hours,
)
from core.tenants.genesys_wire import queue_members
from core.tenants.paging import all_entities
from core.tenants.wire import Call
from core.units import QueueId

KEPT_FOR = timedelta(minutes=10)
"""How long business units and planning groups are taken as they were read."""
DAY = timedelta(days=1)
USERS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class PlanningGroup:
    """A planning group of workforce management, with its unit and the queues that it serves."""

    group_id: str
    name: str
    unit_id: str
    zone: ZoneInfo
    queue_ids: tuple[str, ...]


@dataclass(slots=True)
class Workforce:
    """Reads agents ahead.

    Parameters
    ----------
    exchange : Exchange
        Sends.
    clock : Clock
        Tells what is ahead.
    zone : ZoneInfo
        Of the centre: where its day ends.
    """

    exchange: Exchange
    clock: Clock
    zone: ZoneInfo
    _groups: tuple[datetime, tuple[PlanningGroup, ...]] | None = field(default=None, repr=False)

    def agents_ahead(self, queue_id: QueueId, start: datetime, end: datetime) -> Capacity:
        """Return the agents of a queue by hour in [start, end), and how they are known.

        Raises
        ------
        TenantRecordMissing
            If there is no such queue.
        TenantError
            If the tenant does not answer.
        """
        notes: list[str] = []
        for read in (self._from_groups, self._from_shifts):
            try:
                hours, more = read(queue_id, start, end)
            except NotTold as why:
                notes.append(str(why))
                continue
            frame = capacity_frame(hours, start, end)
            if not frame.empty:
                return Capacity(frame, CapacityOrigin.SCHEDULE, more)
        return self._stand_in(queue_id, start, end, tuple(dict.fromkeys(notes)))

    def _read(self, call: Call) -> object:
        """Read what a licence or a permission may be lacking for."""
        try:
            return self.exchange.read(call, self.exchange.deadline())
        except (AuthenticationFailed, RateLimited):
            raise
        except PermissionMissing as refused:
            raise NotTold(f"the permission {refused.permission} is missing") from None
        except TenantRefused as refused:
            raise NotTold(
                f"workforce management refuses ({refused.status}), or is not licensed"
            ) from None

    def _all_groups(self) -> tuple[PlanningGroup, ...]:
        now = self.clock.now()
        if self._groups is not None and now - self._groups[0] < KEPT_FOR:
            return self._groups[1]
        units = entity_list(self._read(wire.unit_list()))
        if not units:
            raise NotTold("workforce management has no business unit")
        groups = tuple(group for unit in units for group in self._groups_of(str(unit.get("id"))))
        self._groups = (now, groups)
        return groups

    def _groups_of(self, unit_id: str) -> list[PlanningGroup]:
        zone = self._zone_of(unit_id)
        listed = entity_list(self._read(wire.planning_groups(unit_id)))
        return [
            PlanningGroup(
                str(each.get("id")),
                str(each.get("name") or each.get("id")),
                unit_id,
                zone,
                _voice_queues(each),
            )
            for each in listed
        ]

    def _zone_of(self, unit_id: str) -> ZoneInfo:
        unit = self._read(wire.unit_read(unit_id))
        settings = unit.get("settings") if isinstance(unit, dict) else None
        name = settings.get("timeZone") if isinstance(settings, dict) else None
        try:
            return ZoneInfo(str(name)) if name else self.zone
        except (ZoneInfoNotFoundError, ValueError):
            return self.zone

    def _from_groups(
        self, queue_id: QueueId, start: datetime, end: datetime
    ) -> tuple[Hours, tuple[str, ...]]:
        groups = [each for each in self._all_groups() if queue_id in each.queue_ids]
        if not groups:
            raise NotTold("no planning group serves the queue")
        silent: dict[date, str] = {}
        told = [self._hours_of(group, start, end, silent) for group in groups]
        # An hour is known where every group tells of it: the others would be counted as nobody.
        known = set.intersection(*(set(each) for each in told))
        if not known:
            raise NotTold(next(iter(silent.values()), "no hour is told by all planning groups"))
        hours = {hour: sum(each[hour] for each in told) for hour in known}
        gaps = tuple(f"Unknown on {day}: {why}." for day, why in sorted(silent.items()))
        return hours, (*_shared(groups, queue_id), *gaps)

    def _hours_of(
        self, group: PlanningGroup, start: datetime, end: datetime, silent: dict[date, str]
    ) -> Hours:
        hours: Hours = {}
        day = start.astimezone(group.zone).date()
        while datetime.combine(day, time(), group.zone) < end:
            call = wire.intraday_query(group.unit_id, day, group.group_id)
            try:
                hours.update(on_queue_hours(self._read(call), f"The {call.subject}"))
            except NotTold as why:
                silent[day] = str(why)
            day += DAY
        return hours

    def _from_shifts(
        self, queue_id: QueueId, start: datetime, end: datetime
    ) -> tuple[Hours, tuple[str, ...]]:
        units = {each.unit_id: each.zone for each in self._all_groups()}
        user_ids = self._members(queue_id)
        hours: Hours = defaultdict(float)
        why = "workforce management has no planning group"
        for unit_id, zone in units.items():
            try:
                codes = on_queue_codes(self._read(wire.activity_codes(unit_id)))
                for first in range(0, len(user_ids), USERS_AT_ONCE):
                    some = user_ids[first : first + USERS_AT_ONCE]
                    read = self._read(wire.roster_query(unit_id, some, start, end))
                    for hour, agents in shift_hours(read, codes, zone, "The shifts").items():
                        hours[hour] += agents
            except NotTold as silent:
                why = str(silent)
        if not hours:
            raise NotTold(why)
        return hours, ("Agents who serve other queues too count here in full.",)

    def _members(self, queue_id: QueueId) -> list[str]:
        deadline = self.exchange.deadline()
        try:
            listed = all_entities(
                lambda page: self.exchange.read(queue_members(queue_id, page), deadline),
                f"The members of queue {queue_id}",
            )
        except PermissionMissing as refused:
            raise NotTold(f"the permission {refused.permission} is missing") from None
        if not listed:
            raise NotTold("the queue has no members")
        return [str(each.get("id")) for each in listed]

    def _stand_in(
        self, queue_id: QueueId, start: datetime, end: datetime, notes: tuple[str, ...]
    ) -> Capacity:
        why = f"No schedule is known: {'; '.join(notes)}." if notes else "No schedule is known."
        call = observations_query(queue_id)
        try:
            content = self._read(call)
        except NotTold as silent:
            return unknown(why, f"Agents on the queue now are not known either: {silent}.")
        agents = on_queue_now(content, f"The {call.subject}")
        now = hour_start(self.clock.now())
        day = now.astimezone(self.zone).date() + DAY
        midnight = datetime.combine(day, time(), self.zone).astimezone(UTC)
        hours = [start + number * HOUR for number in range(max(0, (end - start) // HOUR))]
        today = {hour: agents for hour in hours if now <= hour < midnight and agents is not None}
        if not today:
            return unknown(why)
        note = f"The {agents:g} agents on the queue now stand in for the rest of today."
        frame = capacity_frame(today, start, end)
        return Capacity(frame, CapacityOrigin.ON_QUEUE_NOW, (why, note))


def _voice_queues(group: JsonObject) -> tuple[str, ...]:
    routes = entity_list(group, "routePaths")
    voice = (each for each in routes if str(each.get("mediaType", "Voice")).casefold() == "voice")
    queues = (each.get("queue") for each in voice)
    return tuple(str(each["id"]) for each in queues if isinstance(each, dict) and "id" in each)


def _shared(groups: list[PlanningGroup], queue_id: QueueId) -> tuple[str, ...]:
    shared = [group.name for group in groups if any(each != queue_id for each in group.queue_ids)]
    if not shared:
        return ()
    names = " and ".join(shared)
    return (f"The agents of {names} serve other queues too, and count here in full.",)
