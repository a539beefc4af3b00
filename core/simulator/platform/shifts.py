"""Who is scheduled when: the roster of a team, told by hours of queue time or by people.

Both tell the same plan: in each hour as many people are on queue as the roster has agents, the
first ones of the team. Between its first and its last hour a shift has pauses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from math import ceil
from typing import Final

from core.documents import JsonObject
from core.simulator.calendar import SECONDS_PER_HOUR, local_day
from core.simulator.campaigns import CampaignCharacter
from core.simulator.centre import stable_id
from core.simulator.documents import timestamp
from core.simulator.world import World

ON_QUEUE: Final = "17"
FOCUS: Final = stable_id("activity-code", "Outbound focus")
PAUSE: Final = "1"
_HALF_HOUR: Final = 1800


@dataclass(frozen=True)
class Member:
    """Somebody on a team.

    Parameters
    ----------
    team : CampaignCharacter
        The campaign that the team dials for.
    number : int
        Place in the team, from 0.
    """

    team: CampaignCharacter
    number: int

    @property
    def user_id(self) -> str:
        """The tenant's id."""
        return stable_id("user", f"{self.team.name}/{self.number}")


def members_of(team: CampaignCharacter) -> list[Member]:
    """Return everybody on a team."""
    return [Member(team, number) for number in range(ceil(team.team * 1.05) + 1)]


def queue_seconds(
    world: World, team: CampaignCharacter, day: date, interval_seconds: int
) -> list[float]:
    """Return the scheduled time on queue of each interval of a local day, over the team.

    Parameters
    ----------
    world : World
        Where.
    team : CampaignCharacter
        The campaign that the team dials for.
    day : date
        The local date.
    interval_seconds : int
        A divisor or a multiple of an hour.
    """
    agents = world.rosters.scheduled(team, day)
    halves = [present * _HALF_HOUR for present in agents for _ in range(2)]
    if interval_seconds <= _HALF_HOUR:
        parts = _HALF_HOUR // interval_seconds
        return [seconds / parts for seconds in halves for _ in range(parts)]
    width = interval_seconds // _HALF_HOUR
    return [sum(halves[start : start + width]) for start in range(0, len(halves), width)]


def shifts_of(world: World, member: Member, first: date, last: date) -> Iterator[JsonObject]:
    """Yield somebody's shifts, day by day.

    Parameters
    ----------
    world : World
        Where.
    member : Member
        Who.
    first, last : date
        Local dates, both included.
    """
    day = first
    while day <= last:
        shift = _shift(world, member, day)
        if shift is not None:
            yield shift
        day += timedelta(days=1)


def _shift(world: World, member: Member, day: date) -> JsonObject | None:
    start = local_day(day).first_hour * SECONDS_PER_HOUR
    # Half an agent in an hour is somebody who is there for its second half.
    present = [
        agents - member.number >= share
        for agents in world.rosters.scheduled(member.team, day)
        for share in (1.0, 0.5)
    ]
    if not any(present):
        return None
    first = present.index(True)
    end = len(present) - present[::-1].index(True)
    activities, half = [], first
    for is_on, run in groupby(present[first:end]):
        length = len(list(run))
        activities.append(_activity(start + half * _HALF_HOUR, length, is_on=is_on, day=day))
        half += length
    return {
        "id": stable_id("shift", f"{member.user_id}/{day}"),
        "startDate": _text(start + first * _HALF_HOUR),
        "lengthMinutes": (end - first) * 30,
        "activities": activities,
        "manuallyEdited": False,
    }


def _activity(second: int, halves: int, *, is_on: bool, day: date) -> JsonObject:
    code = PAUSE if not is_on else FOCUS if day.weekday() == 2 else ON_QUEUE
    return {
        "startDate": _text(second),
        "lengthMinutes": halves * 30,
        "description": "",
        "activityCodeId": code,
        "paid": is_on,
    }


def _text(second: int) -> str:
    return timestamp(datetime.fromtimestamp(second, UTC))
