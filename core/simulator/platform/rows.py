"""What happened, by queue or campaign and slice of time: the rows that metrics are made of.

Contacts from outside come to queues; the dialler's live answers come to the queue of their
campaign. Counts belong to the slice in which a contact came, times to the one in which it ended.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.documents import JsonObject
from core.simulator.calendar import SECONDS_PER_HOUR
from core.simulator.campaigns import CampaignCharacter
from core.simulator.dialler import ROUND_SECONDS
from core.simulator.platform.diallers import character_of
from core.simulator.queues import QueueCharacter
from core.simulator.seeds import chance, chances
from core.simulator.world import World

SECONDS_PER_QUARTER: Final = 900
Counts: TypeAlias = NDArray[np.int64]

_QUICKEST_SECONDS: Final = 150
_SPREAD_SECONDS: Final = 330


@dataclass(frozen=True)
class Source:
    """Conversations of one kind.

    Parameters
    ----------
    dimensions : dict of str
        What they have in common.
    entity_id : str
        The queue or the campaign they are of.
    handle_seconds : float
        Mean time for which one of them takes an agent.
    origin : QueueCharacter or CampaignCharacter
        Where they come from.
    """

    dimensions: dict[str, str]
    entity_id: str
    handle_seconds: float
    origin: QueueCharacter | CampaignCharacter


@dataclass(frozen=True)
class Slices:
    """What slices of time came to: one entry a slice in each column.

    Parameters
    ----------
    second : ndarray of int
        Their starts, since 1970.
    offered, answered : ndarray of int
        Contacts that reached the queue, and an agent.
    ended : ndarray of int
        Contacts that an agent was done with.
    attempts, connected, abandoned : ndarray of int
        Calls placed by the dialler, answered by a person, lost for want of an agent.
    ringing : ndarray of int
        How long these calls held a line before they were answered or given up. Unit: seconds.
    noise : ndarray of float
        How long the conversations of a slice were, relative to the mean.
    """

    second: Counts
    offered: Counts
    answered: Counts
    ended: Counts
    attempts: Counts
    connected: Counts
    abandoned: Counts
    ringing: Counts
    noise: NDArray[np.float64]

    def between(self, start: int, end: int) -> "Slices":
        """Return those that begin in [start, end)."""
        kept = (self.second >= start) & (self.second < end)
        return Slices(**{one.name: getattr(self, one.name)[kept] for one in fields(self)})


def inbound_source(queue: QueueCharacter) -> Source:
    """Return the conversations that come to a queue from outside."""
    seconds = _QUICKEST_SECONDS + _SPREAD_SECONDS * chance(0, queue.queue_id, "handling", 0)
    dimensions = {
        "queueId": queue.queue_id,
        "mediaType": "voice",
        "direction": "inbound",
        "originatingDirection": "inbound",
    }
    return Source(dimensions, queue.queue_id, seconds, queue)


def outbound_source(campaign: JsonObject, character: CampaignCharacter) -> Source:
    """Return the conversations that a campaign's dialler brings about."""
    dimensions = {
        "outboundCampaignId": campaign["id"],
        "queueId": campaign["queue"]["id"],
        "mediaType": "voice",
        "direction": "outbound",
        "originatingDirection": "outbound",
    }
    return Source(dimensions, campaign["id"], character.handle_seconds, character)


def sources(world: World) -> Iterator[Source]:
    """Yield every kind of conversation that a world has."""
    for queue in world.queues:
        yield inbound_source(queue)
    for campaign in world.book.all():
        character = character_of(campaign)
        if character is not None:
            yield outbound_source(campaign, character)


def slices_of(world: World, source: Source, start: int, end: int, *, in_quarters: bool) -> Slices:
    """Return what happened, oldest first.

    Parameters
    ----------
    world : World
        Where.
    source : Source
        Which conversations.
    start, end : int
        Seconds since 1970; the end excluded.
    in_quarters : bool
        By quarters of hours rather than by hours.

    Returns
    -------
    Slices
        Also those in which nothing came and something ended.
    """
    length = SECONDS_PER_QUARTER if in_quarters else SECONDS_PER_HOUR
    first_hour = max(start // SECONDS_PER_HOUR, world.first_hour())
    end_hour = -(-end // SECONDS_PER_HOUR)
    # What began in the hour before may end in the first one.
    came = list(_came(world, source, first_hour - 1, end_hour, in_quarters=in_quarters))
    columns = np.array(came, dtype=np.int64).reshape(-1, 6).T
    slices = _with_endings(world.seed, source, columns, length)
    return slices.between(start, min(end, math.floor(world.now()) + 1))


def _came(
    world: World, source: Source, first_hour: int, end_hour: int, *, in_quarters: bool
) -> Iterator[tuple[int, int, int, int, int, int]]:
    """Yield start, offered, answered, attempts, abandoned and ringing of each slice."""
    origin, now = source.origin, world.now()
    if isinstance(origin, QueueCharacter):
        if in_quarters:
            for quarter, part in world.demand.quarters(origin, first_hour, end_hour, now):
                second = part.hour * SECONDS_PER_HOUR + quarter * SECONDS_PER_QUARTER
                yield second, part.contacts, part.handled, 0, 0, 0
        else:
            for one in world.demand.hours(origin, first_hour, end_hour, now):
                yield one.hour * SECONDS_PER_HOUR, one.contacts, one.handled, 0, 0, 0
        return
    timeline = world.book.timeline(source.entity_id)
    asked = (origin, timeline, first_hour, end_hour, now)
    dialled = (
        world.outbound.quarters(*asked)
        if in_quarters
        else [(0, hour) for hour in world.outbound.on_record(*asked)]
    )
    for quarter, hour in dialled:
        second = hour.hour * SECONDS_PER_HOUR + quarter * SECONDS_PER_QUARTER
        ringing = hour.line_rounds * ROUND_SECONDS
        answered = hour.live - hour.abandoned
        yield second, hour.live, answered, hour.attempts, hour.abandoned, ringing


def _with_endings(seed: int, source: Source, columns: Counts, length: int) -> Slices:
    """Return slices with what ended in them: part of the conversations ends in the next one."""
    second, offered, answered, attempts, abandoned, ringing = columns
    draw = chances(seed, source.entity_id, "ending", second)
    share = min(source.handle_seconds / 2 / length, 0.9)
    later = np.minimum((answered * share + draw).astype(np.int64), answered)
    # The next slice may have nothing of its own: then it is there for the endings alone.
    alone = np.setdiff1d((second + length)[later > 0], second)
    seconds = np.union1d(second, alone)
    place = np.searchsorted(seconds, second)

    def spread(values: Counts, places: Counts) -> Counts:
        found = np.zeros(len(seconds), dtype=np.int64)
        found[places] = values
        return found

    following = np.searchsorted(seconds, (second + length)[later > 0])
    ended = spread(answered - later, place) + spread(later[later > 0], following)
    return Slices(
        second=seconds,
        offered=spread(offered, place),
        answered=spread(answered, place),
        ended=ended,
        attempts=spread(attempts, place),
        connected=spread(np.where(attempts > 0, offered, 0), place),
        abandoned=spread(abandoned, place),
        ringing=spread(ringing, place),
        noise=0.9 + 0.2 * chances(seed, source.entity_id, "length", seconds),
    )
