"""Pacing on simulated days: talk time, abandoned calls and days over 3 %, for teams of 5 to 200.

The dialler of `tests.dialler` shares no formula with the product. Forecasts are wrong as forecasts
are: 10 % common to the day and 5 % of each hour, with a band that says so. The bound knows the true
answer rates and abandons 3 % on average, so that it is over the limit on half of its days.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from core.pacing.dialling_law import Team, abandon_rate, calls_for
from core.pacing.small_teams import LAST_WHOLE_STEP, calls_steps
from core.pacing.stepping import rounded_down
from tests.dialler.days import (
    Outcome,
    Planner,
    Scenario,
    SoFar,
    constant,
    planned_every,
    planned_once,
    run_days,
)

DAYS = 60
LIMIT, TUTORIAL_AIM = 0.03, 0.01
SIZES = (5, 10, 25, 50, 100, 200)
TUTORIAL_RATE = 0.1
"""What the tutorial's formula comes to for up to 125 agents and 1000 calls an hour."""
CONSTANTS = (0.5, 0.65, 0.8, 0.95, 1.1, 1.25)
TARGETS = (0.005, 0.01, 0.015, 0.025, 0.03, 0.04)


def ratios() -> Iterator[str]:
    """Yield a line for each way of pacing, by team size."""
    yield "pacing on simulated days: occupancy, abandoned, days over 3 %"
    for agents in SIZES:
        yield from _team(Scenario(agents))
    for agents in (25, 50):
        yield from _team(Scenario(agents, common_error=0.25, own_error=0.1))


def _team(scenario: Scenario) -> Iterator[str]:
    usual = calls_for(LIMIT, scenario.answer_rate, _team_of(scenario, 0))
    fixed = [constant(rounded_down(usual * part)) for part in CONSTANTS]
    named: dict[str, Planner] = {
        "one to one": constant(1.0),
        "tutorial, read literally": constant(1 / TUTORIAL_RATE),
        "compliant, planned once": planned_once,
        "compliant, planned hourly": planned_every(60),
        "compliant, every 15 minutes": planned_every(15),
    }
    known = [_clairvoyant(target) for target in TARGETS]
    came = run_days(scenario, [*named.values(), *fixed, *known], DAYS, seed=20_261_123)
    constants, clairvoyants = came[len(named) : -len(known)], came[-len(known) :]
    outcomes = dict(zip(named, came, strict=False))
    head = f"N = {scenario.agents:<3} error {scenario.common_error:.0%} / {scenario.own_error:.0%}"
    for name in ("one to one", "tutorial, read literally"):
        yield _line(head, name, outcomes.pop(name))
    ideal = _occupancy_at(clairvoyants, TUTORIAL_AIM)
    yield f"{head}  {'tutorial, an ideal dialler at 1 %':<36} {ideal:6.1%}  {TUTORIAL_AIM:6.2%}"
    within = [outcome for outcome in constants if outcome.days_over(LIMIT) <= 0.05]
    best = max(within or constants[:1], key=lambda outcome: outcome.occupancy)
    yield _line(head, "best constant in hindsight", best)
    for name, outcome in outcomes.items():
        yield _line(head, name, outcome)
    bound = _occupancy_at(clairvoyants, LIMIT)
    yield f"{head}  {'bound: true rates known':<36} {bound:6.1%}  {LIMIT:6.2%}"


def _line(head: str, name: str, outcome: Outcome) -> str:
    return (
        f"{head}  {name:<36} {outcome.occupancy:6.1%}  {outcome.abandon_rate:6.2%}"
        f"  {outcome.days_over(LIMIT):5.0%}"
    )


def _team_of(scenario: Scenario, hour: int) -> Team:
    return scenario.timing.team(float(scenario.agents_by_hour[hour]))


def _clairvoyant(target: float) -> Planner:
    """Aim at one abandon rate with the true answer rates, by turns of whole lines if need be."""
    random = np.random.default_rng(round(target * 1e6))

    def planner(so_far: SoFar, hour: int, part: float) -> float:
        team, rate = _team_of(so_far.scenario, hour), float(so_far.true_rates[hour])
        calls = calls_for(target, rate, team)
        if team.is_small and calls < LAST_WHOLE_STEP:
            higher = float(min(step for step in calls_steps() if step > calls))
            low, high = (abandon_rate(each, rate, team) for each in (calls, higher))
            if high > low and random.random() < (target - low) / (high - low):
                calls = higher
        return rounded_down(min(calls, 15.0))

    return planner


def _occupancy_at(outcomes: list[Outcome], abandon_rate_wanted: float) -> float:
    """Return the occupancy at an abandon rate, between the two outcomes around it."""
    ordered = sorted(outcomes, key=lambda outcome: outcome.abandon_rate)
    for low, high in pairwise(ordered):
        if abandon_rate_wanted <= high.abandon_rate or high is ordered[-1]:
            span = high.abandon_rate - low.abandon_rate
            part = (abandon_rate_wanted - low.abandon_rate) / span
            return low.occupancy + part * (high.occupancy - low.occupancy)
    raise ValueError("At least two outcomes are needed.")
