"""What pacing and agents make of an hour: attempts, answers, abandoned calls, idle agents.

An hour is 80 rounds of 45 seconds, the time from picking a record to its answer or its end. In
each round some conversations end, the dialler places calls for the agents who are idle, some of
these are answered, and a person for whom no agent is free is lost. The dialler slows down when it
loses more than its target. All of it is counted, nothing is derived from a formula of occupancy
or abandonment.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.simulator.calendar import SECONDS_PER_HOUR

ROUND_SECONDS: Final = 45
ROUNDS: Final = SECONDS_PER_HOUR // ROUND_SECONDS
WARM_UP_ROUNDS: Final = 30
"""Rounds before the hour that are not counted: the hour does not begin with everybody idle."""

DRAWS: Final = (3, WARM_UP_ROUNDS + ROUNDS)
"""Standard normal numbers that one hour takes: ends, answers, persons; by round."""

_FIRST_PACE: Final = 1.0
_SLOWER: Final = 0.8
_BOLDNESS: Final = 0.8
_BOLDEST_TARGET: Final = 0.12
"""How fast the dialler speeds up: by 0.8 times its drop target a round. The less it may lose, the
more slowly it feels its way; with that it lands near its target and not far above."""

Counts = NDArray[np.float64]


@dataclass(frozen=True)
class Shifts:
    """The hours to dial, one entry an hour.

    Parameters
    ----------
    agents : ndarray, shape (n_hours,)
        Agents present.
    answer_chance : ndarray, shape (n_hours,)
        Chance that a call is answered by a person or a machine.
    live_share : float
        Share of answers that is a person.
    busy_seconds : float
        Mean time for which a conversation takes its agent from the dialler.
    most_lines, drop_target : ndarray, shape (ROUNDS, n_hours)
        Pacing in force in each round.
    """

    agents: Counts
    answer_chance: Counts
    live_share: float
    busy_seconds: float
    most_lines: Counts
    drop_target: Counts


@dataclass(frozen=True)
class Dialled:
    """What came of it, by round and hour: shape (ROUNDS, n_hours) each.

    Parameters
    ----------
    attempts, answered, live, abandoned : ndarray
        Calls placed; answered by a person or machine; by a person; lost for want of an agent.
    idle : ndarray
        Agents without a call at the start of the round.
    """

    attempts: Counts
    answered: Counts
    live: Counts
    abandoned: Counts
    idle: Counts


def dial(shifts: Shifts, draws: Counts) -> Dialled:
    """Run the dialler through some hours, each by itself.

    Parameters
    ----------
    shifts : Shifts
        Agents, chances and pacing.
    draws : ndarray, shape (3, WARM_UP_ROUNDS + ROUNDS, n_hours)
        Standard normal numbers, of each hour its own: an hour comes out the same whichever
        hours are run beside it.

    Returns
    -------
    Dialled

    Examples
    --------
    >>> one = np.ones((ROUNDS, 1))
    >>> calm = Shifts(np.array([10.0]), np.array([0.3]), 0.7, 600.0, one, one * 0.03)
    >>> dialled = dial(calm, np.zeros((*DRAWS, 1)))
    >>> float(dialled.abandoned.sum())
    0.0
    """
    hours = len(shifts.agents)
    kept = np.zeros((5, ROUNDS, hours))
    end_chance = -np.expm1(-ROUND_SECONDS / shifts.busy_seconds)
    busy = np.floor(shifts.agents * 0.8)
    pace = np.full(hours, _FIRST_PACE)
    carried, live_sum, lost_sum = np.zeros(hours), np.zeros(hours), np.zeros(hours)
    for step in range(WARM_UP_ROUNDS + ROUNDS):
        turn = max(step - WARM_UP_ROUNDS, 0)
        if step == WARM_UP_ROUNDS:
            live_sum, lost_sum = np.zeros(hours), np.zeros(hours)
        ended = _drawn(busy, end_chance, draws[0, step])
        idle = shifts.agents - busy
        wanted = np.minimum(pace, shifts.most_lines[turn]) * idle + carried
        placed = np.floor(wanted)
        carried = wanted - placed
        answered = _drawn(placed, shifts.answer_chance, draws[1, step])
        live = _drawn(answered, shifts.live_share, draws[2, step])
        # Half of those who finish in this round do so before the answers come.
        connected = np.minimum(live, idle + np.floor(ended / 2))
        busy = busy - ended + connected
        live_sum, lost_sum = live_sum + live, lost_sum + live - connected
        pace = _steer(pace, lost_sum, live_sum, shifts.drop_target[turn])
        kept[:, turn] = placed, answered, live, live - connected, idle
    return Dialled(*kept)


def _drawn(trials: Counts, share: Counts | float, normal: Counts) -> Counts:
    """Return how many of some trials come off, from standard normal numbers."""
    spread = np.sqrt(trials * share * (1 - share))
    return np.clip(np.rint(trials * share + normal * spread), 0, trials)


def _steer(pace: Counts, lost: Counts, live: Counts, target: Counts) -> Counts:
    """Return the next pace: faster while drops are within their target, else slower."""
    is_over = lost > target * live
    faster = 1 + np.minimum(target, _BOLDEST_TARGET) * _BOLDNESS
    return np.clip(pace * np.where(is_over, _SLOWER, faster), 1.0, 15.0)
