"""The dialler of these tests itself: what is known of dialling has to come out of it."""

import numpy as np
import pytest

from tests.dialler.dialler import CallTimes, Dialler


def came_of(calls: float, agents: int, rate: float, hours: float = 1.0) -> tuple[float, float]:
    days = 24
    dialler = Dialler(days, CallTimes(), seed=5)
    fixed = np.full(days, calls), np.full(days, agents), np.full(days, rate)
    dialler.run(900, *fixed)
    came = dialler.run(hours * 3600, *fixed)
    return (
        float(came.abandoned.sum() / came.live.sum()),
        float(came.handling.sum() / came.staffed.sum()),
    )


def test_one_call_for_each_idle_agent_abandons_nobody_and_wastes_a_third() -> None:
    abandoned, busy = came_of(1.0, 10, 0.2)
    assert abandoned < 0.001
    assert busy == pytest.approx(0.67, abs=0.02)


def test_a_whole_line_more_makes_all_the_difference_to_a_small_team() -> None:
    below, at = came_of(1.99, 5, 0.2)[0], came_of(2.0, 5, 0.2)[0]
    assert below < 0.02 < 0.04 < at


def test_attempts_end_in_live_answers_at_the_rate_given() -> None:
    dialler = Dialler(30, CallTimes(), seed=6)
    came = dialler.run(2700, np.full(30, 2.0), np.full(30, 20), np.full(30, 0.3))
    assert came.live.sum() / came.attempts.sum() == pytest.approx(0.3, abs=0.01)


def test_the_same_seed_gives_the_same_day() -> None:
    first, second = (
        Dialler(3, CallTimes(), seed=9).run(300, np.full(3, 2.0), np.full(3, 9), np.full(3, 0.2))
        for _ in range(2)
    )
    assert first.attempts.tolist() == second.attempts.tolist()
