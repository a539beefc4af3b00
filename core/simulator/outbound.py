"""Attempts and answers of a campaign, hour by hour, under the pacing that was in force.

An hour depends on the seed, the campaign, its start and the pacing during it, and on nothing
else. A settled hour is remembered; one that still grows is run again each time.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.simulator.answering import answer_chances
from core.simulator.calendar import SECONDS_PER_HOUR, local_days
from core.simulator.campaigns import CampaignCharacter
from core.simulator.dialler import DRAWS, ROUND_SECONDS, ROUNDS, Dialled, Shifts, dial
from core.simulator.pacing import PacingTimeline
from core.simulator.rosters import Rosters
from core.simulator.seeds import chance, stream

SETTLED_AFTER_HOURS: Final = 2
"""Hours after its end from which an hour no longer changes."""

_LATE_SHARE: Final = 0.06
_MISSING_SHARE: Final = 0.005
_HOURS_AT_ONCE: Final = 400
_HOURS_REMEMBERED: Final = 60_000


@dataclass(frozen=True)
class HourOfDialling:
    """What one hour of a campaign came to.

    Parameters
    ----------
    hour : int
        Hour since 1970, UTC.
    attempts, answered, live, abandoned : int
        Calls placed; answered by a person or machine; by a person; lost for want of an agent.
    agents : int
        Agents present.
    rounds : int
        Rounds of the dialler that are counted.
    idle_rounds : int
        Sum over these rounds of the agents without a call.
    """

    hour: int
    attempts: int
    answered: int
    live: int
    abandoned: int
    agents: int
    rounds: int
    idle_rounds: int


@dataclass(frozen=True)
class _Shift:
    hour: int
    agents: int
    answer_chance: float


class Outbound:
    """The calls of all campaigns of one world.

    Parameters
    ----------
    seed : int
        The world's seed.
    rosters : Rosters
        Who is there to talk.

    Examples
    --------
    >>> from core.simulator.campaigns import CAMPAIGNS
    >>> from core.simulator.pacing import PacingInForce
    >>> timeline = PacingTimeline(PacingInForce(2.0, 0.03))
    >>> outbound = Outbound(7, Rosters(7))
    >>> len(outbound.on_record(CAMPAIGNS[0], timeline, 494_000, 494_024, now=1.9e9))
    11
    """

    def __init__(self, seed: int, rosters: Rosters) -> None:
        self._seed = seed
        self._rosters = rosters
        self._settled: dict[tuple[str, int], HourOfDialling] = {}

    def on_record(
        self,
        campaign: CampaignCharacter,
        timeline: PacingTimeline,
        first_hour: int,
        end_hour: int,
        now: float,
    ) -> list[HourOfDialling]:
        """Return the hours that the tenant has on record by now, oldest first.

        Parameters
        ----------
        campaign : CampaignCharacter
            The campaign.
        timeline : PacingTimeline
            Its pacing through time.
        first_hour, end_hour : int
            Hours since 1970; the end excluded.
        now : float
            Seconds since 1970.

        Returns
        -------
        list of HourOfDialling
            Only hours in which something was attempted; missing hours are left out.
        """
        return [
            hour
            for hour in self.so_far(campaign, timeline, first_hour, end_hour, now, late=True)
            if hour.attempts
            and chance(self._seed, campaign.campaign_id, "missing", hour.hour) >= _MISSING_SHARE
        ]

    def so_far(
        self,
        campaign: CampaignCharacter,
        timeline: PacingTimeline,
        first_hour: int,
        end_hour: int,
        now: float,
        *,
        late: bool = False,
    ) -> list[HourOfDialling]:
        """Return what happened in the hours of shifts up to now, oldest first.

        Parameters
        ----------
        campaign, timeline, first_hour, end_hour, now
            As for `on_record`.
        late : bool
            Leave out what has happened and is not posted yet.

        Returns
        -------
        list of HourOfDialling
        """
        end_hour = min(end_hour, math.floor(now / SECONDS_PER_HOUR) + 1)
        settled_before = math.floor(now / SECONDS_PER_HOUR) - SETTLED_AFTER_HOURS
        shifts = list(self._shifts(campaign, first_hour, end_hour))
        old = [shift for shift in shifts if shift.hour < settled_before]
        new = [shift for shift in shifts if shift.hour >= settled_before]
        grown = self._run(campaign, timeline, new)
        return self._remembered(campaign, timeline, old) + [
            _total(shift, grown, index, self._known(campaign, shift.hour, now, late))
            for index, shift in enumerate(new)
        ]

    def _shifts(
        self, campaign: CampaignCharacter, first_hour: int, end_hour: int
    ) -> Iterator[_Shift]:
        for day in local_days(first_hour, end_hour):
            present = self._rosters.present(campaign, day.date)
            if not any(present):
                continue
            chances = answer_chances(self._seed, campaign, day.date)
            for hour, agents, share in zip(
                range(day.first_hour, day.first_hour + len(chances)), present, chances, strict=True
            ):
                if agents and first_hour <= hour < end_hour:
                    yield _Shift(hour, agents, share)

    def _remembered(
        self, campaign: CampaignCharacter, timeline: PacingTimeline, shifts: list[_Shift]
    ) -> list[HourOfDialling]:
        # The pacing of a settled hour is past, and past pacing never changes.
        keys = [(campaign.campaign_id, shift.hour) for shift in shifts]
        found = {key: self._settled[key] for key in keys if key in self._settled}
        unknown = [index for index, key in enumerate(keys) if key not in found]
        everything = np.ones(ROUNDS, dtype=bool)
        for start in range(0, len(unknown), _HOURS_AT_ONCE):
            batch = unknown[start : start + _HOURS_AT_ONCE]
            dialled = self._run(campaign, timeline, [shifts[index] for index in batch])
            for place, index in enumerate(batch):
                found[keys[index]] = _total(shifts[index], dialled, place, everything)
        if len(self._settled) + len(unknown) > _HOURS_REMEMBERED:
            self._settled.clear()
        self._settled.update(found)
        return [found[key] for key in keys]

    def _run(
        self, campaign: CampaignCharacter, timeline: PacingTimeline, shifts: Sequence[_Shift]
    ) -> Dialled:
        draws = np.empty((*DRAWS, len(shifts)))
        for index, shift in enumerate(shifts):
            source = stream(self._seed, campaign.campaign_id, "dialling", shift.hour)
            draws[:, :, index] = source.standard_normal(DRAWS)
        starts = np.array([shift.hour for shift in shifts], dtype=float) * SECONDS_PER_HOUR
        rounds = starts[None, :] + np.arange(ROUNDS, dtype=float)[:, None] * ROUND_SECONDS
        lines, drops = timeline.at(rounds)
        agents = np.array([shift.agents for shift in shifts], dtype=float)
        chances = np.array([shift.answer_chance for shift in shifts], dtype=float)
        seconds = campaign.busy_minutes * 60
        return dial(Shifts(agents, chances, campaign.live_share, seconds, lines, drops), draws)

    def _known(
        self, campaign: CampaignCharacter, hour: int, now: float, late: bool
    ) -> NDArray[np.bool_]:
        """Return which rounds of an hour are over, and posted where that is asked for."""
        known_at = hour * SECONDS_PER_HOUR + np.arange(1, ROUNDS + 1) * float(ROUND_SECONDS)
        if late:
            draw = stream(self._seed, campaign.campaign_id, "posting", hour)
            is_late = draw.uniform(size=ROUNDS) < _LATE_SHARE
            longest = SETTLED_AFTER_HOURS * SECONDS_PER_HOUR
            known_at = known_at + is_late * draw.uniform(0, longest, ROUNDS)
        return np.asarray(known_at <= now)


def _total(
    shift: _Shift, dialled: Dialled, place: int, rounds: NDArray[np.bool_]
) -> HourOfDialling:
    """Return the sums over some rounds of one hour."""
    return HourOfDialling(
        hour=shift.hour,
        attempts=int(dialled.attempts[rounds, place].sum()),
        answered=int(dialled.answered[rounds, place].sum()),
        live=int(dialled.live[rounds, place].sum()),
        abandoned=int(dialled.abandoned[rounds, place].sum()),
        agents=shift.agents,
        rounds=int(rounds.sum()),
        idle_rounds=int(dialled.idle[rounds, place].sum()),
    )
