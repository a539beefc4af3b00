"""Contacts of a queue, day by day, and what of them the tenant has on record by now.

A day depends on the seed, the queue and the date and on nothing else. Contacts arrive within
their hour and are posted with a delay, so that the hour in progress grows and the last two still
may. It knows no pacing and no agents.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.simulator.calendar import (
    SECONDS_PER_HOUR,
    is_holiday,
    local_day,
    local_days,
)
from core.simulator.queues import QueueCharacter
from core.simulator.seeds import chance, is_outlier_day, stream

SETTLED_AFTER_HOURS: Final = 2
"""Hours after its end from which an hour no longer changes."""

_LATE_SHARE: Final = 0.06
_SHIFT_PERIOD_DAYS: Final = 126
_MISSING_SHARE: Final = 0.004
_DAYS_REMEMBERED: Final = 40_000


@dataclass(frozen=True)
class HourOfContacts:
    """One hour that the tenant has on record.

    Parameters
    ----------
    hour : int
        Hour since 1970, UTC.
    contacts, handled : int
        Contacts that came, and those that reached an agent.
    """

    hour: int
    contacts: int
    handled: int


@dataclass(frozen=True)
class _Day:
    first_hour: int
    contacts: tuple[int, ...]
    handled: tuple[int, ...]
    is_recorded: tuple[bool, ...]


class Demand:
    """The contacts of all queues of one world.

    Parameters
    ----------
    seed : int
        The world's seed.

    Examples
    --------
    >>> from core.simulator.queues import QUEUES
    >>> hours = list(Demand(7).hours(QUEUES[0], 494_016, 494_040, now=1.9e9))
    >>> len(hours)
    12
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._day = lru_cache(maxsize=_DAYS_REMEMBERED)(self._make_day)
        self._week_level = lru_cache(maxsize=_DAYS_REMEMBERED)(self._make_week_level)

    def hours(
        self, queue: QueueCharacter, first_hour: int, end_hour: int, now: float
    ) -> Iterator[HourOfContacts]:
        """Yield the hours of a queue that are on record, oldest first.

        Parameters
        ----------
        queue : QueueCharacter
            The queue.
        first_hour, end_hour : int
            Hours since 1970; the end excluded.
        now : float
            Seconds since 1970. Later hours are not known yet.

        Yields
        ------
        HourOfContacts
            Open hours only; an open hour in which nobody called has zero contacts, a missing
            one is left out.
        """
        settled_before = math.floor(now / SECONDS_PER_HOUR) - SETTLED_AFTER_HOURS
        for whole in self._whole(queue, first_hour, end_hour, now):
            yield whole if whole.hour < settled_before else self._so_far(queue, whole, now)

    def quarters(
        self, queue: QueueCharacter, first_hour: int, end_hour: int, now: float
    ) -> Iterator[tuple[int, HourOfContacts]]:
        """Yield the quarters of the hours that are on record, oldest first.

        Parameters
        ----------
        queue, first_hour, end_hour, now
            As for `hours`.

        Yields
        ------
        quarter : int
            0 to 3.
        hour : HourOfContacts
            What came in that quarter of it.
        """
        for whole in self._whole(queue, first_hour, end_hour, now):
            arrived, posted = self._arrivals(queue, whole, now)
            which = (arrived - whole.hour * SECONDS_PER_HOUR) // (SECONDS_PER_HOUR // 4)
            for quarter in range(4):
                mask = posted & (which == quarter)
                handled = int(mask[: whole.handled].sum())
                yield quarter, HourOfContacts(whole.hour, int(mask.sum()), handled)

    def _whole(
        self, queue: QueueCharacter, first_hour: int, end_hour: int, now: float
    ) -> Iterator[HourOfContacts]:
        """Yield recorded hours that have begun, as they will be in the end."""
        if queue.per_hour == 0:
            return
        end_hour = min(end_hour, math.floor(now / SECONDS_PER_HOUR) + 1)
        for local in local_days(first_hour, end_hour):
            day = self._day(queue, local.date)
            for offset, is_recorded in enumerate(day.is_recorded):
                hour = day.first_hour + offset
                if not is_recorded or not first_hour <= hour < end_hour:
                    continue
                yield HourOfContacts(hour, day.contacts[offset], day.handled[offset])

    def _make_day(self, queue: QueueCharacter, day: date) -> _Day:
        local = local_day(day)
        span = queue.opening.span(day) or (0, 0)
        is_open = [span[0] <= clock < span[1] for clock in local.clock_hours]
        draw = stream(self._seed, queue.queue_id, "day", day.toordinal())
        level = (
            queue.per_hour
            * self._level(queue, day)
            * math.exp(queue.day_noise * draw.standard_normal())
        )
        mean = np.array([queue.shape[clock] for clock in local.clock_hours]) * is_open * level
        rough = draw.gamma(queue.steadiness, 1 / queue.steadiness, len(mean))
        contacts = draw.poisson(mean * rough)
        # On a busy day more callers give up before an agent is free.
        crowded = np.clip(rough * level / queue.per_hour - 1.15, 0, 0.6)
        handled = draw.binomial(contacts, queue.handled_share * (1 - 0.45 * crowded))
        queue_id = queue.queue_id
        recorded = [
            open_hour and chance(self._seed, queue_id, "missing", hour) >= _MISSING_SHARE
            for hour, open_hour in enumerate(is_open, local.first_hour)
        ]
        return _Day(
            local.first_hour, tuple(contacts.tolist()), tuple(handled.tolist()), tuple(recorded)
        )

    def _make_week_level(self, queue_id: str, week: int) -> float:
        draw = stream(self._seed, queue_id, "week", week)
        return math.exp(0.035 * float(draw.standard_normal()))

    def _level(self, queue: QueueCharacter, day: date) -> float:
        ordinal = day.toordinal()
        years = (ordinal - date(2026, 7, 1).toordinal()) / 365.25
        growth = min(max(math.pow(1 + queue.yearly_growth, years), 0.2), 5.0)
        # The coldest days come about three weeks into January.
        yearly = 1 + queue.yearly_swing * math.cos(2 * math.pi * (ordinal - 20) / 365.25)
        level = queue.weekdays[day.weekday()] * growth * yearly
        level *= self._week_level(queue.queue_id, (ordinal - 1) // 7)
        if is_holiday(day):
            level *= 0.6
        if (ordinal // _SHIFT_PERIOD_DAYS) % 2:
            level *= queue.shift_factor
        if is_outlier_day(self._seed, queue.queue_id, day):
            level *= queue.storm_factor
        return level

    def _so_far(self, queue: QueueCharacter, whole: HourOfContacts, now: float) -> HourOfContacts:
        _, posted = self._arrivals(queue, whole, now)
        return HourOfContacts(whole.hour, int(posted.sum()), int(posted[: whole.handled].sum()))

    def _arrivals(
        self, queue: QueueCharacter, whole: HourOfContacts, now: float
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return when each contact of an hour came, and which are posted by now."""
        draw = stream(self._seed, queue.queue_id, "posting", whole.hour)
        arrived = whole.hour * SECONDS_PER_HOUR + draw.uniform(0, SECONDS_PER_HOUR, whole.contacts)
        delay = np.where(
            draw.uniform(size=whole.contacts) < _LATE_SHARE,
            draw.uniform(0, SETTLED_AFTER_HOURS * SECONDS_PER_HOUR, whole.contacts),
            0.0,
        )
        return arrived, np.asarray(arrived + delay <= now)
