"""What pacing and agents make of an hour: attempts, answers, abandoned calls, idle agents.

Time goes on in rounds of 5 seconds. In each of them some conversations end, calls that were placed
a while ago are answered or given up, and the dialler fills up its lines: so many for each agent
who is idle. A person who picks up while nobody is idle is lost. When it loses more than its target
the dialler holds itself below the pace that it was given. All of it is counted, nothing is derived
from a formula of occupancy or abandonment.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.simulator.calendar import SECONDS_PER_HOUR

ROUND_SECONDS: Final = 5
ROUNDS: Final = SECONDS_PER_HOUR // ROUND_SECONDS
_WARM_UP_ROUNDS: Final = 150
"""Rounds before the hour that are not counted: the hour does not begin with everybody waiting."""

_ANSWERED_AFTER: Final = 3
_GIVEN_UP_AFTER: Final = 5
LINE_SECONDS: Final = _GIVEN_UP_AFTER * ROUND_SECONDS
"""Within this time it is known what became of a call."""
_STEPS: Final = _WARM_UP_ROUNDS + ROUNDS + _GIVEN_UP_AFTER

RECORDS: Final = 4096
CONVERSATIONS: Final = 2560
"""More than an hour of 60 agents takes; where it takes more, both lists begin again."""
_MOST_ENDINGS: Final = 8
"""Conversations that may end in one round; others wait for the next one."""

_STEERED_EVERY: Final = 6
_SLOWER: Final = 0.93
_FASTER: Final = 1.03
_BENEFIT_OF_DOUBT: Final = 30
"""Live answers before which a lost one is no reason to slow down."""

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
    handle_seconds : float
        Mean time for which a conversation takes its agent: talk, hold and wrap-up.
    most_lines, drop_target : ndarray, shape (ROUNDS, n_hours)
        Pacing in force in each round.
    """

    agents: Counts
    answer_chance: Counts
    live_share: float
    handle_seconds: float
    most_lines: Counts
    drop_target: Counts


@dataclass(frozen=True)
class Fortune:
    """Who picks up and how long people talk, in the order in which it comes to pass.

    Parameters
    ----------
    records : ndarray, shape (n_hours, RECORDS)
        For each record of the list a number from 0 to 1: answered where it is below the chance.
    gaps : ndarray, shape (n_hours, CONVERSATIONS)
        Standard exponential numbers: work between one end of a conversation and the next one.
        Unit: mean conversations.
    """

    records: Counts
    gaps: Counts


@dataclass(frozen=True)
class Dialled:
    """What came of it, by round and hour: shape (ROUNDS, n_hours) each.

    Parameters
    ----------
    attempts, answered, live, abandoned : ndarray
        Calls placed in the round, and of these: answered by a person or machine, by a person,
        lost for want of an agent.
    idle : ndarray
        Agents without a conversation.
    lines : ndarray
        Calls that are neither answered nor given up.
    pace : ndarray
        Lines that the dialler allows itself for each idle agent, up to what it may.
    """

    attempts: Counts
    answered: Counts
    live: Counts
    abandoned: Counts
    idle: Counts
    lines: Counts
    pace: Counts

    def of(self, hours: Sequence[int]) -> "Dialled":
        """Return what came of some of the hours."""
        return Dialled(*(getattr(self, one.name)[:, hours] for one in fields(self)))

    @classmethod
    def beside(cls, several: Sequence["Dialled"]) -> "Dialled":
        """Return some hours beside one another; none at all where there are none."""
        if not several:
            return cls(*np.zeros((len(fields(cls)), ROUNDS, 0)))
        names = [one.name for one in fields(cls)]
        return cls(*(np.hstack([getattr(one, name) for one in several]) for name in names))


def dial(shifts: Shifts, fortune: Fortune) -> Dialled:
    """Run the dialler through some hours, each by itself.

    Parameters
    ----------
    shifts : Shifts
        Agents, chances and pacing.
    fortune : Fortune
        Of each hour its own: an hour comes out the same whichever hours are run beside it.

    Returns
    -------
    Dialled

    Examples
    --------
    >>> one = np.ones((ROUNDS, 1))
    >>> calm = Shifts(np.array([10.0]), np.array([0.3]), 0.7, 200.0, one, one * 0.03)
    >>> drawn = np.random.default_rng(7)
    >>> fortune = Fortune(drawn.random((1, RECORDS)), drawn.exponential(size=(1, CONVERSATIONS)))
    >>> dialled = dial(calm, fortune)
    >>> float(dialled.abandoned.sum()), bool(dialled.attempts.sum() > 200)
    (0.0, True)
    """
    hours = len(shifts.agents)
    answers, ends = _Answers(shifts, fortune), _Ends(shifts, fortune)
    kept = np.zeros((7, _STEPS, hours), dtype=np.float32)
    attempts, answered, live, abandoned, idle_agents, lines, paces = kept
    busy, in_flight = np.floor(shifts.agents * 0.8), np.zeros(hours)
    held, live_sum, lost_sum = np.ones(hours), np.zeros(hours), np.zeros(hours)
    for step in range(_STEPS):
        turn = min(max(step - _WARM_UP_ROUNDS, 0), ROUNDS - 1)
        if step == _WARM_UP_ROUNDS:
            live_sum, lost_sum = np.zeros(hours), np.zeros(hours)
        ended = ends.of_round(busy)
        if step >= _ANSWERED_AFTER:
            then = step - _ANSWERED_AFTER
            # People wait two seconds: whoever ends a conversation in the round is in time.
            connected = np.minimum(live[then], shifts.agents - busy + ended)
            abandoned[then] = live[then] - connected
            busy, in_flight = busy + connected, in_flight - answered[then]
            live_sum, lost_sum = live_sum + live[then], lost_sum + abandoned[then]
        if step >= _GIVEN_UP_AFTER:
            then = step - _GIVEN_UP_AFTER
            in_flight = in_flight - (attempts[then] - answered[then])
        busy = busy - ended
        most, target = shifts.most_lines[turn], shifts.drop_target[turn]
        if step % _STEERED_EVERY == 0:
            held = _steer(held, lost_sum, live_sum, target)
        pace, idle = _pace(held, most), shifts.agents - busy
        placed = np.maximum(np.floor(pace * idle) - in_flight, 0)
        in_flight = in_flight + placed
        attempts[step], (answered[step], live[step]) = placed, answers.of_calls(placed)
        idle_agents[step], lines[step], paces[step] = idle, in_flight, pace
    return Dialled(*kept[:, _WARM_UP_ROUNDS : _WARM_UP_ROUNDS + ROUNDS])


class _Answers:
    """The lists of records, called from the top; how many of the next calls are answered."""

    def __init__(self, shifts: Shifts, fortune: Fortune) -> None:
        chance = shifts.answer_chance[:, None]
        hours = len(chance)
        self._sums = np.zeros((hours, RECORDS + 1, 2), dtype=np.int32)
        for kind, share in enumerate((chance, chance * shifts.live_share)):
            np.cumsum(fortune.records < share, axis=1, out=self._sums[:, 1:, kind])
        self._rows = np.arange(hours)
        self._next = np.zeros(hours, dtype=np.int64)
        self._before: NDArray[np.int64] = np.zeros((hours, 2), dtype=np.int64)

    def of_calls(self, placed: Counts) -> NDArray[np.int64]:
        """Return how many of the next calls are answered, and by a person: shape (2, n_hours)."""
        self._next += placed.astype(np.int64)
        laps, place = np.divmod(self._next, RECORDS)
        so_far = (self._sums[self._rows, place] + laps[:, None] * self._sums[:, -1]).astype(
            np.int64
        )
        came: NDArray[np.int64] = (so_far - self._before).T
        self._before = so_far
        return came


class _Ends:
    """The ends of conversations: a queue of agents at work gets through them at a steady rate."""

    def __init__(self, shifts: Shifts, fortune: Fortune) -> None:
        due = np.cumsum(fortune.gaps, axis=1)
        self._of_a_lap = due[:, -1]
        again = due[:, :_MOST_ENDINGS] + self._of_a_lap[:, None]
        self._due = np.concatenate([due, again], axis=1)
        self._rows = np.arange(len(due))[:, None]
        self._ahead = np.arange(_MOST_ENDINGS)
        self._next = np.zeros(len(due), dtype=np.int64)
        self._work = np.zeros(len(due))
        self._per_agent = ROUND_SECONDS / shifts.handle_seconds

    def of_round(self, busy: Counts) -> Counts:
        """Return how many of the conversations under way end in a round."""
        self._work += busy * self._per_agent
        laps, place = np.divmod(self._next, CONVERSATIONS)
        due = self._due[self._rows, place[:, None] + self._ahead]
        ended = np.minimum((due <= (self._work - laps * self._of_a_lap)[:, None]).sum(axis=1), busy)
        self._next += ended.astype(np.int64)
        return np.asarray(ended, dtype=np.float64)


def _pace(held: Counts, most: Counts) -> Counts:
    """Return the lines for each idle agent: one is always allowed where anything is."""
    return np.minimum(np.maximum(most * held, 1.0), most)


def _steer(held: Counts, lost: Counts, live: Counts, target: Counts) -> Counts:
    """Return which part of its pace the dialler allows itself: less while it loses too many."""
    is_over = lost > target * (live + _BENEFIT_OF_DOUBT)
    return np.clip(held * np.where(is_over, _SLOWER, _FASTER), 0.05, 1.0)
