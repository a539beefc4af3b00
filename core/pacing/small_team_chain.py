"""What a small team's dialler does in the long run, from a Markov chain of idle agents and lines.

In a small team whole lines decide: with 1.99 lines per idle agent one idle agent gets one line,
with 2.00 it gets two, and twice the calls are abandoned. No smooth formula has that step; this
chain has it. Solving it takes milliseconds to seconds, so nothing here is called while planning:
`core.pacing.small_teams` reads the table that was made from it, and a test holds the two together.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PATIENCE_SECONDS = 2.0
"""An abandoned call is one that no agent takes within two seconds of its greeting's end
(16 CFR 310.4(b)(1)(iv))."""
MANY_LINES = 120
"""From so many lines on, states with more than `MOST_IDLE` idle agents are left out."""
MOST_IDLE = 20


@dataclass(frozen=True, slots=True)
class LongRun:
    """What a dialler does in the long run: two shares."""

    abandon_rate: float
    occupancy: float


def long_run(
    agents: int, answer_rate: float, line_seconds: float, handle_seconds: float, calls: float
) -> LongRun:
    """Return the long-run abandon rate and occupancy of a team.

    Parameters
    ----------
    agents : int
        At least 1.
    answer_rate : float
        Chance that a call is answered by a person. Unit: share, above 0.
    line_seconds, handle_seconds : float
        Mean time that a call holds a line, and that an answered one holds an agent.
    calls : float
        Calls per idle agent, at least 1: with ``i`` idle agents ``floor(calls * i)`` lines are
        kept in flight.

    Returns
    -------
    LongRun
        Of abandoned over live answers, and of handling over staffed time.

    Notes
    -----
    States are idle agents ``i`` and lines ``r``. A line ends after an exponential time; with
    chance `answer_rate` it ends in a live answer, which an idle agent takes, or which is abandoned
    where nobody is idle and nobody becomes idle in time. Lines are filled up at once and never
    taken back.

    Examples
    --------
    >>> below, at = (long_run(5, 0.2, 20.0, 210.0, calls) for calls in (1.99, 2.0))
    >>> f"{below.abandon_rate:.3f} {at.abandon_rate:.3f}"
    '0.012 0.063'
    """
    lines = [math.floor(calls * idle + 1e-9) for idle in range(agents + 1)]
    most_idle = agents if lines[-1] <= MANY_LINES else min(agents, MOST_IDLE)
    lines = lines[: most_idle + 1]
    idle, ringing, place = _states(lines)
    ends = ringing / line_seconds
    rates = np.zeros((len(idle), len(idle)))
    sources = np.arange(len(idle))
    is_ringing, is_idle = ringing > 0, idle > 0
    fewer = ringing - 1
    floor_of = np.array(lines)

    def flow(where: npt.NDArray[np.bool_], to: npt.NDArray[np.intp], rate: _Numbers) -> None:
        np.add.at(rates, (sources[where], to[where]), rate[where])

    kept = place[idle, np.maximum(fewer, floor_of[idle])]
    taken = place[np.maximum(idle - 1, 0), np.maximum(fewer, floor_of[np.maximum(idle - 1, 0)])]
    freed = place[
        np.minimum(idle + 1, most_idle),
        np.maximum(ringing, floor_of.take(np.minimum(idle + 1, most_idle))),
    ]
    flow(is_ringing, kept, ends * (1 - answer_rate))
    flow(is_ringing, taken, ends * answer_rate)
    flow(idle < most_idle, freed, (agents - idle) / handle_seconds)
    shares = _stationary(rates)
    live = shares @ ends * answer_rate
    too_late = math.exp(-PATIENCE_SECONDS * agents / handle_seconds)
    lost = shares[~is_idle] @ ends[~is_idle] * answer_rate * too_late
    return LongRun(float(lost / live), float(1 - shares @ idle / agents))


_Numbers = npt.NDArray[np.float64]
_Places = npt.NDArray[np.intp]


def _states(lines: list[int]) -> tuple[_Places, _Places, _Places]:
    """Return idle agents and lines of each state, and the state's place by both."""
    most = lines[-1]
    pairs = [(idle, r) for idle, least in enumerate(lines) for r in range(least, most + 1)]
    idle, ringing = np.array(pairs, dtype=np.intp).T
    place = np.zeros((len(lines), most + 1), dtype=np.intp)
    place[idle, ringing] = np.arange(len(pairs))
    return idle, ringing, place


def _stationary(rates: _Numbers) -> _Numbers:
    """Return the long-run share of time in each state."""
    balance = rates.T - np.diag(rates.sum(axis=1))
    balance[-1] = 1.0
    total = np.zeros(len(rates))
    total[-1] = 1.0
    return np.linalg.solve(balance, total).astype(np.float64)
