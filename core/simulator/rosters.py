"""Agents on shift: as scheduled ahead, and as present on the day.

The schedule is made by week and does not know the day's sick notes. It plans outbound teams
only; who takes inbound calls is not simulated.
"""

from datetime import date
from functools import lru_cache
from typing import Final

from core.simulator.calendar import is_holiday, local_day
from core.simulator.campaigns import CampaignCharacter
from core.simulator.seeds import stream
from core.simulator.shapes import DIALLED

FIRST_PLANNED_CLOCK_HOUR: Final = 6
END_OF_PLANNED_CLOCK_HOURS: Final = 22
"""The planning day: hours outside of it are not in the schedule at all."""

_WEEKDAYS: Final = (1.0, 1.0, 1.0, 0.97, 0.88, 0.62, 0.5)
_ABSENT_SHARE: Final = 0.14
"""Sick notes, meetings and pauses: part of every roster, and of no schedule."""


class Rosters:
    """Who works when, for all campaigns of one world.

    Parameters
    ----------
    seed : int
        The world's seed.

    Examples
    --------
    >>> from core.simulator.campaigns import CAMPAIGNS
    >>> max(Rosters(7).scheduled(CAMPAIGNS[0], date(2026, 11, 23))) > 30
    True
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.scheduled = lru_cache(maxsize=4096)(self._scheduled)
        self.present = lru_cache(maxsize=4096)(self._present)

    def _scheduled(self, campaign: CampaignCharacter, day: date) -> tuple[float, ...]:
        """Return the agents scheduled in each hour of a local day, zero outside shifts."""
        span = campaign.opening.span(day) or (0, 0)
        week = stream(self._seed, campaign.skill_id, "roster", (day.toordinal() - 1) // 7)
        team = campaign.team * week.uniform(0.9, 1.05) * _WEEKDAYS[day.weekday()]
        if is_holiday(day):
            team *= 0.45
        steps = 2 if campaign.half_shifts else 1
        return tuple(
            round(team * DIALLED[clock] * steps) / steps if span[0] <= clock < span[1] else 0.0
            for clock in local_day(day).clock_hours
        )

    def _present(self, campaign: CampaignCharacter, day: date) -> tuple[int, ...]:
        """Return the agents who really dial in each hour of a local day."""
        draw = stream(self._seed, campaign.skill_id, "presence", day.toordinal())
        planned = self.scheduled(campaign, day)
        return tuple(
            int(agents) - int(draw.binomial(int(agents), _ABSENT_SHARE)) for agents in planned
        )
