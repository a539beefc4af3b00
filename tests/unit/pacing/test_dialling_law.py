"""How calls per agent, answer rate and abandon rate hang together."""

import math

import pytest

from core.pacing.dialling_law import Team, abandon_rate, calls_for, occupancy
from core.pacing.small_team_chain import long_run
from core.pacing.small_teams import calls_steps, rates_by_step


def team(agents: float) -> Team:
    return Team(agents, 20.0, 210.0)


@pytest.mark.parametrize("agents", [1, 5, 12, 32, 33, 100, 400])
def test_a_worse_answer_rate_never_lowers_calls_per_agent(agents: float) -> None:
    rates = [0.01 * number for number in range(1, 100)]
    calls = [calls_for(0.03, rate, team(agents)) for rate in rates]
    assert calls == sorted(calls, reverse=True)


@pytest.mark.parametrize("agents", [1, 5, 12, 32, 33, 100, 400])
def test_a_tighter_target_never_raises_calls_per_agent(agents: float) -> None:
    targets = [0.0, 1e-9, *(0.001 * number for number in range(1, 60))]
    calls = [calls_for(target, 0.2, team(agents)) for target in targets]
    assert calls == sorted(calls)
    assert calls[0] == 1.0


@pytest.mark.parametrize("agents", [3, 10, 25, 50, 200])
@pytest.mark.parametrize("target", [0.005, 0.02, 0.05])
def test_what_is_chosen_for_a_target_is_told_to_keep_it(agents: float, target: float) -> None:
    calls = calls_for(target, 0.2, team(agents))
    assert abandon_rate(calls, 0.2, team(agents)) <= target * 1.000001
    if agents > 32:
        assert abandon_rate(calls, 0.2, team(agents)) == pytest.approx(target)


@pytest.mark.parametrize("agents", [5, 24, 40, 100, 400])
@pytest.mark.parametrize("rate", [0.05, 0.2, 0.6])
def test_far_above_the_limit_the_abandon_rate_still_rises_and_stays_a_share(
    agents: float, rate: float
) -> None:
    told = [abandon_rate(1 + 0.25 * step, rate, team(agents)) for step in range(57)]
    assert told == sorted(told)
    assert told[-1] < 1


@pytest.mark.parametrize(
    ("agents", "calls", "rate", "simulated"),
    [
        (5, 15.0, 0.25, 0.726),
        (8, 10.0, 0.25, 0.562),
        (20, 15.0, 0.15, 0.417),
        (30, 10.0, 0.25, 0.392),
        (50, 10.3, 0.2, 0.233),
        (50, 15.0, 0.2, 0.402),
        (100, 13.9, 0.2, 0.265),
        (200, 15.0, 0.3, 0.41),
    ],
)
def test_far_above_the_limit_the_abandon_rate_is_what_simulated_teams_come_to(
    agents: float, calls: float, rate: float, simulated: float
) -> None:
    assert abandon_rate(calls, rate, team(agents)) == pytest.approx(simulated, rel=0.15)


def test_one_call_for_each_idle_agent_abandons_nobody() -> None:
    assert abandon_rate(1.0, 0.5, team(5)) == abandon_rate(1.0, 0.5, team(50)) == 0.0


def test_a_small_team_goes_in_whole_lines() -> None:
    assert abandon_rate(2.0, 0.2, team(5)) > 4 * abandon_rate(1.99, 0.2, team(5))
    assert abandon_rate(2.1, 0.2, team(5)) == abandon_rate(2.0, 0.2, team(5))


def test_larger_teams_may_dial_further_ahead() -> None:
    calls = [calls_for(0.03, 0.2, team(agents)) for agents in (5, 10, 25, 50, 100, 200)]
    assert calls == sorted(calls)
    assert len(set(calls)) == len(calls)


@pytest.mark.parametrize(
    ("agents", "expected"), [(10, 0.82), (25, 0.885), (50, 0.915), (100, 0.935)]
)
def test_occupancy_at_the_limit_is_what_simulated_teams_reach(agents: int, expected: float) -> None:
    busy = occupancy(calls_for(0.03, 0.2, team(agents)), 0.2, team(agents))
    assert busy == pytest.approx(expected, abs=0.01)


def test_nobody_is_busy_where_nobody_answers() -> None:
    assert occupancy(3.0, 0.0, team(5)) == occupancy(3.0, 0.0, team(50)) == 0.0


@pytest.mark.parametrize(
    ("agents", "calls", "rate"), [(4, 1.99, 0.3), (8, 2.5, 0.15), (12, 2.0, 0.2)]
)
def test_between_its_points_the_table_keeps_to_the_chain(
    agents: int, calls: float, rate: float
) -> None:
    told = long_run(agents, rate, 20.0, 210.0, calls)
    place = calls_steps().tolist().index(calls)
    abandoned, busy = rates_by_step(agents, rate, 20.0, 210.0)
    x = math.log1p(agents * 20.0 / 210.0)
    measured = math.exp(-0.206 + 0.150 * x + 0.315 * x * x)
    assert abandoned[place] == pytest.approx(told.abandon_rate * measured, rel=0.12)
    assert busy[place] == pytest.approx(told.occupancy, abs=0.01)
