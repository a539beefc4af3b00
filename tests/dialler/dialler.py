"""A dialler for tests, agent by agent and call by call, on many days at once.

It shares no formula with the product: time goes on by half seconds, calls are placed each second,
and what is abandoned is counted. A live answer that finds no idle agent waits two seconds and is
then abandoned and lost. Agents never pause, and leave after their last call when a shift ends.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STEP_SECONDS = 0.5
PATIENCE_STEPS = 4
LONGEST_HANDLE = 8192
LONGEST_LINE = 128
POOL = 200_003

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CallTimes:
    """How long calls take, and what becomes of those that nobody answers.

    Parameters
    ----------
    talk, talk_spread, wrap, wrap_spread : float
        Log-normal: mean in seconds, and coefficient of variation.
    answer, answer_spread : float
        Normal, cut to 2 to 22 seconds, after 3 seconds of dialling.
    rings : float
        After which an unanswered call is given up. Unit: seconds.
    machines, failures : float
        Of the calls without a live answer: taken by a machine, and failed after 3 seconds.
    """

    talk: float = 180.0
    talk_spread: float = 0.9
    wrap: float = 30.0
    wrap_spread: float = 0.5
    answer: float = 12.0
    answer_spread: float = 5.0
    rings: float = 25.0
    machines: float = 0.3
    failures: float = 0.1

    @property
    def handle_seconds(self) -> float:
        return self.talk + self.wrap

    def line_seconds(self, answer_rate: float) -> float:
        """Mean time that an attempt holds a line."""
        picked_up = 3 + self.answer
        silent = 1 - self.machines - self.failures
        other = self.machines * picked_up + self.failures * 3 + silent * (3 + self.rings)
        return answer_rate * picked_up + (1 - answer_rate) * other


@dataclass(frozen=True)
class Came:
    """What came in a stretch of time, by day."""

    attempts: Counts
    live: Counts
    abandoned: Counts
    handling: Numbers
    staffed: Numbers


class Dialler:
    """A dialler on many days at once; each keeps its calls from one stretch to the next."""

    def __init__(self, days: int, times: CallTimes, seed: int) -> None:
        self.days = days
        self._random = np.random.default_rng(seed)
        self._step = 0
        self._busy = np.zeros(days, dtype=np.int64)
        self._lines = np.zeros(days, dtype=np.int64)
        self._hang_up = np.zeros((LONGEST_HANDLE, days), dtype=np.int32)
        self._line_ends = np.zeros((LONGEST_LINE, days), dtype=np.int32)
        self._answers = np.zeros((LONGEST_LINE, days), dtype=np.int32)
        self._waiting = [np.zeros(days, dtype=np.int64) for _ in range(PATIENCE_STEPS)]
        self._handle_pool = self._steps_of(
            self._log_normal(times.talk, times.talk_spread)
            + self._log_normal(times.wrap, times.wrap_spread),
            LONGEST_HANDLE,
        )
        self._live_pool = self._steps_of(3 + self._ringing(times), LONGEST_LINE)
        self._other_pool = self._steps_of(self._other(times), LONGEST_LINE)
        self._drawn = 0

    def run(self, seconds: float, calls: Numbers, agents: Counts, answer_rates: Numbers) -> Came:
        """Dial on, each day with its own calls per idle agent, agents and answer rate."""
        came = Came(
            *(np.zeros(self.days, dtype=np.int64) for _ in range(3)),
            *(np.zeros(self.days) for _ in range(2)),
        )
        for _ in range(round(seconds / STEP_SECONDS)):
            self._one_step(came, calls, agents, answer_rates)
        return came

    def _one_step(self, came: Came, calls: Numbers, agents: Counts, answer_rates: Numbers) -> None:
        handle_slot, line_slot = self._step % LONGEST_HANDLE, self._step % LONGEST_LINE
        self._busy -= self._hang_up[handle_slot]
        self._hang_up[handle_slot] = 0
        self._lines -= self._line_ends[line_slot]
        self._line_ends[line_slot] = 0
        idle = np.maximum(agents - self._busy, 0)
        answered = self._answers[line_slot].astype(np.int64)
        self._answers[line_slot] = 0
        came.live[:] += answered
        queue = [*self._waiting, answered]
        served = np.zeros(self.days, dtype=np.int64)
        if any(waits.any() for waits in queue):
            for place, waits in enumerate(queue):
                taken = np.minimum(waits, idle)
                queue[place] = waits - taken
                idle -= taken
                served += taken
            came.abandoned[:] += queue[0]
            self._waiting = queue[1:]
            self._serve(served)
        if self._step % 2 == 0:
            # A line more is kept in flight only where an agent waits for it.
            wanted = np.where(idle > 0, np.floor(calls * idle + 1e-9) - self._lines, 0)
            placed = np.maximum(wanted, 0).astype(np.int64)
            if placed.any():
                self._place(placed, answer_rates)
                came.attempts[:] += placed
        came.handling[:] += STEP_SECONDS * np.minimum(self._busy, agents)
        came.staffed[:] += STEP_SECONDS * agents
        self._step += 1

    def _serve(self, served: Counts) -> None:
        if not served.any():
            return
        days = np.repeat(np.arange(self.days), served)
        ends = (self._step + self._drawn_from(self._handle_pool, len(days))) % LONGEST_HANDLE
        np.add.at(self._hang_up, (ends, days), 1)
        self._busy += served

    def _place(self, placed: Counts, answer_rates: Numbers) -> None:
        days = np.repeat(np.arange(self.days), placed)
        is_live = self._random.random(len(days)) < answer_rates[days]
        steps = np.where(
            is_live,
            self._drawn_from(self._live_pool, len(days)),
            self._drawn_from(self._other_pool, len(days)),
        )
        ends = (self._step + steps) % LONGEST_LINE
        np.add.at(self._line_ends, (ends, days), 1)
        np.add.at(self._answers, (ends[is_live], days[is_live]), 1)
        self._lines += placed

    def _drawn_from(self, pool: Counts, many: int) -> Counts:
        # A pool of prime length, read on and on, is a stream of its own for every purpose.
        start = self._drawn
        self._drawn = (start + many) % POOL
        return np.take(pool, range(start, start + many), mode="wrap")

    def _log_normal(self, mean: float, spread: float) -> Numbers:
        variance = np.log1p(spread**2)
        normal = self._random.standard_normal(POOL)
        return mean * np.exp(np.sqrt(variance) * normal - variance / 2)

    def _ringing(self, times: CallTimes) -> Numbers:
        draws = times.answer + times.answer_spread * self._random.standard_normal(POOL * 2)
        inside = draws[(draws >= 2) & (draws <= 22)]
        return np.resize(inside, POOL)

    def _other(self, times: CallTimes) -> Numbers:
        draw = self._random.random(POOL)
        by_machine = 3 + self._ringing(times)
        held = np.where(draw < times.failures + times.machines, by_machine, 3 + times.rings)
        return np.where(draw < times.failures, 3.0, held)

    def _steps_of(self, seconds: Numbers, longest: int) -> Counts:
        steps = np.floor(seconds / STEP_SECONDS + self._random.random(POOL)).astype(np.int64)
        return np.clip(steps, 1, longest - 1)
