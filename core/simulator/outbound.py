"""Attempts and answers of a campaign, hour by hour, under the pacing that was in force.

An hour depends on the seed, the campaign, its start and the pacing during it, and on nothing
else. A settled hour is remembered by its quarters.
"""

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.simulator.answering import answer_chances
from core.simulator.calendar import SECONDS_PER_HOUR, local_days
from core.simulator.campaigns import CampaignCharacter
from core.simulator.dialled import HourOfDialling, Instant, Quarters, Shift, quarters_of, whole
from core.simulator.dialler import LINE_SECONDS, ROUND_SECONDS, ROUNDS
from core.simulator.dialling import Dialling
from core.simulator.pacing import PacingTimeline
from core.simulator.rosters import Rosters
from core.simulator.seeds import chance, stream

SETTLED_AFTER_HOURS: Final = 2
"""Hours after its end from which an hour no longer changes."""

_LATE_SHARE: Final = 0.06
_MISSING_SHARE: Final = 0.005
_HOURS_AT_ONCE: Final = 400
_HOURS_REMEMBERED: Final = 40_000
_ROUNDS_OF_A_MOMENT: Final = 12


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
        self._dialling = Dialling(seed)
        self._settled: dict[tuple[str, int], Quarters] = {}

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
            if hour.attempts and self._is_on_record(campaign, hour.hour)
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
        found = self._quarters(campaign, timeline, first_hour, end_hour, now, late=late)
        return [whole(quarters) for quarters in found]

    def quarters(
        self,
        campaign: CampaignCharacter,
        timeline: PacingTimeline,
        first_hour: int,
        end_hour: int,
        now: float,
    ) -> list[tuple[int, HourOfDialling]]:
        """Return the quarters of the hours that the tenant has on record by now.

        Parameters
        ----------
        campaign, timeline, first_hour, end_hour, now
            As for `on_record`.

        Returns
        -------
        list of (int, HourOfDialling)
            Quarter, 0 to 3, and what came of it; without those in which nothing was attempted.
        """
        return [
            (number, quarter)
            for quarters in self._quarters(campaign, timeline, first_hour, end_hour, now, late=True)
            if self._is_on_record(campaign, quarters[0].hour)
            for number, quarter in enumerate(quarters)
            if quarter.attempts
        ]

    def at(self, campaign: CampaignCharacter, timeline: PacingTimeline, now: float) -> Instant:
        """Return what the dialler of a campaign is doing.

        Parameters
        ----------
        campaign : CampaignCharacter
            The campaign.
        timeline : PacingTimeline
            Its pacing through time.
        now : float
            Seconds since 1970.
        """
        hour = math.floor(now / SECONDS_PER_HOUR)
        shifts = list(self._shifts(campaign, hour, hour + 1))
        if not shifts:
            return Instant(0, 0.0, 0.0, 0)
        dialled = self._dialling.run_again(campaign, timeline, shifts)
        last = int((now - hour * SECONDS_PER_HOUR) // ROUND_SECONDS)
        recent = slice(max(last - _ROUNDS_OF_A_MOMENT, 0), last + 1)
        return Instant(
            agents=shifts[0].agents,
            idle=float(dialled.idle[recent, 0].mean()),
            pace=float(dialled.pace[recent, 0].mean()),
            outstanding=int(dialled.lines[last, 0]),
        )

    def _shifts(
        self, campaign: CampaignCharacter, first_hour: int, end_hour: int
    ) -> Iterator[Shift]:
        for day in local_days(first_hour, end_hour):
            present = self._rosters.present(campaign, day.date)
            if not any(present):
                continue
            chances = answer_chances(self._seed, campaign, day.date)
            for hour, agents, share in zip(
                range(day.first_hour, day.first_hour + len(chances)), present, chances, strict=True
            ):
                if agents and first_hour <= hour < end_hour:
                    yield Shift(hour, agents, share)

    def _quarters(
        self,
        campaign: CampaignCharacter,
        timeline: PacingTimeline,
        first_hour: int,
        end_hour: int,
        now: float,
        *,
        late: bool,
    ) -> list[Quarters]:
        """Return the quarters of the hours of shifts that have begun, oldest first."""
        present = math.floor(now / SECONDS_PER_HOUR)
        shifts = list(self._shifts(campaign, first_hour, min(end_hour, present + 1)))
        old = [shift for shift in shifts if shift.hour < present - SETTLED_AFTER_HOURS]
        new = shifts[len(old) :]
        grown = self._dialling.run_again(campaign, timeline, new)
        known = [self._known(campaign, shift.hour, now, late) for shift in new]
        mask = np.array(known, dtype=bool).reshape(-1, ROUNDS).T
        return self._remembered(campaign, timeline, old) + quarters_of(new, grown, mask)

    def _remembered(
        self, campaign: CampaignCharacter, timeline: PacingTimeline, shifts: list[Shift]
    ) -> list[Quarters]:
        # The pacing of a settled hour is past, and past pacing never changes.
        keys = [(campaign.campaign_id, shift.hour) for shift in shifts]
        found = {key: self._settled[key] for key in keys if key in self._settled}
        unknown = [shift for shift, key in zip(shifts, keys, strict=True) if key not in found]
        for start in range(0, len(unknown), _HOURS_AT_ONCE):
            batch = unknown[start : start + _HOURS_AT_ONCE]
            dialled = self._dialling.run_once(campaign, timeline, batch)
            everything = np.ones((ROUNDS, len(batch)), dtype=bool)
            for quarters in quarters_of(batch, dialled, everything):
                found[campaign.campaign_id, quarters[0].hour] = quarters
        if len(self._settled) + len(unknown) > _HOURS_REMEMBERED:
            self._settled.clear()
        self._settled.update(found)
        return [found[key] for key in keys]

    def _is_on_record(self, campaign: CampaignCharacter, hour: int) -> bool:
        return chance(self._seed, campaign.campaign_id, "missing", hour) >= _MISSING_SHARE

    def _known(
        self, campaign: CampaignCharacter, hour: int, now: float, late: bool
    ) -> NDArray[np.bool_]:
        """Return which rounds of an hour are over, and posted where that is asked for.

        A round is over when it is known what became of its calls.
        """
        known_at = hour * SECONDS_PER_HOUR + np.arange(1, ROUNDS + 1) * float(ROUND_SECONDS)
        known_at = known_at + LINE_SECONDS
        if late:
            draw = stream(self._seed, campaign.campaign_id, "posting", hour)
            is_late = draw.uniform(size=ROUNDS) < _LATE_SHARE
            longest = SETTLED_AFTER_HOURS * SECONDS_PER_HOUR
            known_at = known_at + is_late * draw.uniform(0, longest, ROUNDS)
        return np.asarray(known_at <= now)
