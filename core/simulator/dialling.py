"""The dialler at work on the hours of one campaign or another, each with the luck of its own.

An hour is run whole, also the one in progress: what of it has happened yet is for others to tell.
The newest hours are kept, as they are asked for again and again while they grow.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.simulator.calendar import SECONDS_PER_HOUR
from core.simulator.campaigns import CampaignCharacter
from core.simulator.dialled import Shift
from core.simulator.dialler import (
    CONVERSATIONS,
    RECORDS,
    ROUND_SECONDS,
    ROUNDS,
    Dialled,
    Fortune,
    Shifts,
    dial,
)
from core.simulator.pacing import PacingTimeline
from core.simulator.seeds import stream

_HOURS_KEPT: Final = 100
_Pacing: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]
_Key: TypeAlias = tuple[str, int, bytes, bytes]


class Dialling:
    """The dialler of one world.

    Parameters
    ----------
    seed : int
        The world's seed.

    Examples
    --------
    >>> from core.simulator.campaigns import CAMPAIGNS
    >>> from core.simulator.pacing import PacingInForce
    >>> timeline = PacingTimeline(PacingInForce(2.0, 0.03))
    >>> shift = Shift(494_010, 40, 0.3)
    >>> dialling = Dialling(7)
    >>> first = dialling.run_once(CAMPAIGNS[0], timeline, [shift])
    >>> again = dialling.run_again(CAMPAIGNS[0], timeline, [shift])
    >>> bool((first.attempts == again.attempts).all())
    True
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._kept: dict[_Key, Dialled] = {}

    def run_once(
        self, campaign: CampaignCharacter, timeline: PacingTimeline, shifts: Sequence[Shift]
    ) -> Dialled:
        """Return what came of some hours.

        Parameters
        ----------
        campaign : CampaignCharacter
            The campaign.
        timeline : PacingTimeline
            Its pacing through time.
        shifts : sequence of Shift
            The hours.
        """
        return self._run(campaign, shifts, _pacing_of(timeline, shifts))

    def run_again(
        self, campaign: CampaignCharacter, timeline: PacingTimeline, shifts: Sequence[Shift]
    ) -> Dialled:
        """Return what comes of some hours that will be asked for again.

        Parameters
        ----------
        campaign, timeline, shifts
            As for `run_once`.
        """
        lines, drops = _pacing_of(timeline, shifts)
        keys = [
            (campaign.campaign_id, shift.hour, one.tobytes(), other.tobytes())
            for shift, one, other in zip(shifts, lines.T, drops.T, strict=True)
        ]
        unknown = [place for place, key in enumerate(keys) if key not in self._kept]
        if unknown:
            fresh = self._run(
                campaign,
                [shifts[place] for place in unknown],
                (lines[:, unknown], drops[:, unknown]),
            )
            for column, place in enumerate(unknown):
                self._kept[keys[place]] = fresh.of([column])
        found = Dialled.beside([self._kept[key] for key in keys])
        while len(self._kept) > _HOURS_KEPT:
            self._kept.pop(next(iter(self._kept)))
        return found

    def _run(
        self, campaign: CampaignCharacter, shifts: Sequence[Shift], pacing: _Pacing
    ) -> Dialled:
        hours = len(shifts)
        fortune = Fortune(np.empty((hours, RECORDS)), np.empty((hours, CONVERSATIONS)))
        for index, shift in enumerate(shifts):
            source = stream(self._seed, campaign.campaign_id, "dialling", shift.hour)
            source.random(out=fortune.records[index])
            source.standard_exponential(out=fortune.gaps[index])
        agents = np.array([shift.agents for shift in shifts], dtype=float)
        chances = np.array([shift.answer_chance for shift in shifts], dtype=float)
        seconds = campaign.handle_seconds
        return dial(Shifts(agents, chances, campaign.live_share, seconds, *pacing), fortune)


def _pacing_of(timeline: PacingTimeline, shifts: Sequence[Shift]) -> _Pacing:
    """Return lines and drop target in force in each round: shape (ROUNDS, n_hours) each."""
    starts = np.array([shift.hour for shift in shifts], dtype=float) * SECONDS_PER_HOUR
    return timeline.at(starts[None, :] + np.arange(ROUNDS, dtype=float)[:, None] * ROUND_SECONDS)
