"""How many agents there will be, and how that is known.

An hour that nobody tells about is unknown and has no row; it is never zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

import pandas as pd

from core.frames import CAPACITY


class CapacityOrigin(StrEnum):
    """How the number of agents is known."""

    SCHEDULE = "schedule"
    """From the tenant's schedule of hours ahead."""
    ON_QUEUE_NOW = "on-queue-now"
    """The agents on the queue at this moment stand in for the rest of the day."""
    BY_HAND = "by-hand"
    """Somebody entered it, in the page or as a file."""
    UNKNOWN = "unknown"
    """Nobody tells."""

    @property
    def words(self) -> str:
        """How the agents are known, for a line of facts."""
        return _ORIGIN_WORDS[self]


_ORIGIN_WORDS = MappingProxyType(
    {
        CapacityOrigin.SCHEDULE: "agents scheduled",
        CapacityOrigin.ON_QUEUE_NOW: "agents on the queue now as a stand-in",
        CapacityOrigin.BY_HAND: "agents by hand",
        CapacityOrigin.UNKNOWN: "agents unknown",
    }
)


@dataclass(frozen=True, slots=True)
class Capacity:
    """Agents by hour.

    Parameters
    ----------
    frame : DataFrame
        `core.frames.CAPACITY`; no row where nobody tells. Unit: agents.
    origin : CapacityOrigin
        How they are known.
    notes : tuple of str
        What a reader has to know: why it is unknown, with whom the agents are shared.
    """

    frame: pd.DataFrame
    origin: CapacityOrigin
    notes: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether any hour is told of."""
        return not self.frame.empty


def scheduled(frame: pd.DataFrame, notes: tuple[str, ...] = ()) -> Capacity:
    """Return what a tenant's schedule tells; unknown where it tells of no hour.

    Examples
    --------
    >>> scheduled(CAPACITY.empty()).origin.value
    'unknown'
    """
    told = CAPACITY.check(frame)
    origin = CapacityOrigin.UNKNOWN if told.empty else CapacityOrigin.SCHEDULE
    return Capacity(told, origin, notes)


def unknown(*notes: str) -> Capacity:
    """Return that nobody tells, and why."""
    return Capacity(CAPACITY.empty(), CapacityOrigin.UNKNOWN, notes)


@dataclass(frozen=True, slots=True)
class AgentsByHand:
    """How many agents somebody said there will be in an hour.

    Parameters
    ----------
    ds : datetime
        Start of the hour, aware.
    agents : float
        Unit: agents.
    person : str
        Who said so.
    at : datetime
        When; aware.
    """

    ds: datetime
    agents: float
    person: str
    at: datetime


def with_hours_by_hand(capacity: Capacity, told: Iterable[AgentsByHand]) -> Capacity:
    """Return a capacity in which the hours told by hand stand in place of the tenant's.

    Parameters
    ----------
    capacity : Capacity
        What the tenant tells.
    told : iterable of AgentsByHand
        Hours that somebody entered.

    Examples
    --------
    >>> from datetime import UTC
    >>> nine = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> merged = with_hours_by_hand(unknown("No schedule."), [AgentsByHand(nine, 12, "Ana", nine)])
    >>> merged.origin.value, merged.frame["agents"].tolist()
    ('by-hand', [12.0])
    >>> merged.notes
    ('1 hour entered by hand, last by Ana.', 'No schedule.')
    """
    by_hour: Mapping[datetime, AgentsByHand] = {each.ds: each for each in told}
    if not by_hour:
        return capacity
    entered = pd.DataFrame(
        {
            "ds": pd.DatetimeIndex(list(by_hour)).tz_convert("UTC").as_unit("us"),
            "agents": [float(each.agents) for each in by_hour.values()],
        }
    )
    kept = capacity.frame[~capacity.frame["ds"].isin(entered["ds"])]
    frame = pd.concat([kept, entered]) if len(kept) else entered
    frame = CAPACITY.check(frame.sort_values("ds", ignore_index=True))
    last = max(by_hour.values(), key=lambda each: each.at)
    hours = "1 hour" if len(by_hour) == 1 else f"{len(by_hour)} hours"
    note = f"{hours} entered by hand, last by {last.person}."
    return Capacity(frame, CapacityOrigin.BY_HAND, (note, *capacity.notes))
