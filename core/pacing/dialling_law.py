"""How calls per agent, answer rate and abandon rate hang together for a team.

Two sources: a table for teams of up to 32 agents, where whole lines decide, and beyond it a curve
in one variable, the agents that turn over during one call attempt. Both only know the long run of
an hour; nothing here knows a limit's window, an error of the forecast or a person's decision.
"""

import math
from dataclasses import dataclass

import numpy as np

from core.pacing.small_teams import (
    LAST_WHOLE_STEP,
    MOST_AGENTS,
    Numbers,
    calls_steps,
    rates_by_step,
)

LEAST_RATE = 0.02
"""Below it, answer rates count as this."""
LEAST_CALLS = 1.0
USUAL_LIMIT = 0.03
FAR_SMALL, FAR_LARGE = 0.25, 0.06
"""Abandon rates above which the table of small teams, and the curve of large ones, say nothing."""
FEW_IDLE = 2.5
"""With fewer idle agents on average, and few lines for each, whole lines decide here too."""
FEW_LINES = 3.3


@dataclass(frozen=True, slots=True)
class Team:
    """Who dials in an hour.

    Parameters
    ----------
    agents : float
        Staffed. More than 0.
    line_seconds : float
        Mean time that a call holds a line, answered or not.
    handle_seconds : float
        Mean time that an answered call holds an agent.
    """

    agents: float
    line_seconds: float
    handle_seconds: float

    @property
    def is_small(self) -> bool:
        """Whether the table knows the team."""
        return self.agents <= MOST_AGENTS

    @property
    def turnover(self) -> float:
        """Agents that turn over during one call attempt."""
        return self.agents * self.line_seconds / self.handle_seconds

    @property
    def sensitivity(self) -> float:
        """By how many per cent the abandon rate rises when the answer rate rises by one.

        Two in a team of five, three and a half at 25 agents, five at 100: measured.
        """
        return 2.4 * math.exp(0.28 * math.log(self.turnover))

    @property
    def conversations_per_hour(self) -> float:
        """What the team could handle in an hour if nobody ever waited."""
        return self.agents * 3600 / self.handle_seconds


def calls_for(target: float, answer_rate: float, team: Team) -> float:
    """Return the most calls per agent that keep the abandon rate at a target.

    Parameters
    ----------
    target : float
        Abandoned over live answers, of an hour in the long run. Unit: share.
    answer_rate : float
        Chance that a call is answered by a person. Unit: share.
    team : Team
        Who dials.

    Returns
    -------
    float
        Lines in flight per idle agent, at least 1 (which abandons next to nobody), not rounded.
        Falls with the answer rate and rises with the target.

    References
    ----------
    Fitted on 1,215 simulated cells of 4 to 400 agents: root mean square error 6 %; the table's
    abandon rates lie within 12 % of simulated ones.

    Examples
    --------
    >>> team = Team(50, 20.0, 210.0)
    >>> round(calls_for(0.03, 0.2, team), 1), round(calls_for(0.03, 0.1, team), 1)
    (5.1, 9.5)
    >>> calls_for(0.03, 0.2, Team(5, 20.0, 210.0))
    1.99
    """
    if target <= 0:
        return LEAST_CALLS
    rate = max(answer_rate, LEAST_RATE)
    if not team.is_small:
        return _guarded(math.exp(_log_calls(target, rate, team)), rate, team)
    abandon_rates, _ = rates_by_step(
        max(team.agents, 1.0), rate, team.line_seconds, team.handle_seconds
    )
    return _on_steps(abandon_rates, target)


def abandon_rate(calls: float, answer_rate: float, team: Team) -> float:
    """Return the long-run abandon rate at a number of calls per agent.

    Parameters
    ----------
    calls : float
        Lines in flight per idle agent.
    answer_rate : float
        Chance that a call is answered by a person. Unit: share.
    team : Team
        Who dials.

    Returns
    -------
    float
        Abandoned over live answers, a share; 0 where at most one line waits for each idle agent.

    Notes
    -----
    Beyond 6 % it no longer inverts `calls_for`; in 95 of 100 cells it lies within 20 % of simulated
    diallers: 3 to 200 agents, answer rates of 0.07 to 0.7, up to 15 calls per agent.

    Examples
    --------
    >>> [f"{abandon_rate(calls, 0.2, Team(50, 20.0, 210.0)):.3f}" for calls in (5.3, 10.3)]
    ['0.035', '0.253']
    """
    if calls <= LEAST_CALLS:
        return 0.0
    rate = max(answer_rate, LEAST_RATE)
    if team.is_small:
        abandon_rates, _ = rates_by_step(
            max(team.agents, 1.0), rate, team.line_seconds, team.handle_seconds
        )
        told = _at_step(abandon_rates, calls, logarithmic=True)
        return told if told <= FAR_SMALL else max(FAR_SMALL, _far(calls, rate, team))
    slope, bend = _slope(team), 0.02282
    over = math.log(calls * rate) - _log_middle(rate, team)
    inside = slope * slope + 4 * bend * over
    if inside <= 0:
        return 0.0
    fitted = USUAL_LIMIT * math.exp((math.sqrt(inside) - slope) / (2 * bend))
    return min(fitted, max(FAR_LARGE, _far(calls, rate, team)))


def occupancy(calls: float, answer_rate: float, team: Team) -> float:
    """Return the share of staffed time in which agents handle calls.

    Parameters
    ----------
    calls, answer_rate, team
        As in `abandon_rate`.

    Returns
    -------
    float
        Unit: share.

    Examples
    --------
    >>> f"{occupancy(1.0, 0.2, Team(50, 20.0, 210.0)):.2f}"
    '0.68'
    """
    rate = max(answer_rate, 0.0)
    if team.is_small and rate >= LEAST_RATE:
        _, occupancies = rates_by_step(
            max(team.agents, 1.0), rate, team.line_seconds, team.handle_seconds
        )
        return _at_step(occupancies, max(calls, LEAST_CALLS), logarithmic=False)
    flow = max(calls, 0.0) * rate * team.handle_seconds / team.line_seconds
    return flow / (1 + flow)


def _on_steps(abandon_rates: Numbers, target: float) -> float:
    """Return the highest step that keeps a target, and beyond whole steps what lies between."""
    steps = calls_steps()
    place = int(np.searchsorted(abandon_rates, target, side="right")) - 1
    if place < 0:
        return LEAST_CALLS
    if place == len(steps) - 1 or steps[place] < LAST_WHOLE_STEP:
        return float(steps[place])
    low, high = math.log(abandon_rates[place]), math.log(abandon_rates[place + 1])
    part = (math.log(target) - low) / (high - low) if high > low else 0.0
    return float(steps[place] + part * (steps[place + 1] - steps[place]))


def _at_step(values: Numbers, calls: float, *, logarithmic: bool) -> float:
    steps = calls_steps()
    place = int(np.searchsorted(steps, calls + 1e-9, side="right")) - 1
    if place >= len(steps) - 1 or steps[place] < LAST_WHOLE_STEP:
        return float(values[place])
    part = float((calls - steps[place]) / (steps[place + 1] - steps[place]))
    low, high = float(values[place]), float(values[place + 1])
    if logarithmic:
        low, high = math.log(low), math.log(high)
        return math.exp(low + part * (high - low))
    return low + part * (high - low)


def _far(calls: float, rate: float, team: Team) -> float:
    """Return the abandon rate far above any limit: a logistic curve, fitted on simulated days."""
    turnover = max(team.agents, 1.0) * team.line_seconds / team.handle_seconds
    return 1 / (1 + math.exp(1.394 - 1.468 * math.log(calls * rate) + 0.48 * math.log(turnover)))


def _log_calls(target: float, rate: float, team: Team) -> float:
    limit = math.log(target / USUAL_LIMIT)
    # The parabola turns at its vertex; further down, fewer calls abandon no fewer.
    limit = max(limit, -_slope(team) / (2 * 0.02282))
    return _log_middle(rate, team) + _slope(team) * limit + 0.02282 * limit * limit - math.log(rate)


def _slope(team: Team) -> float:
    return 0.24749 - 0.01532 * math.log1p(team.turnover)


def _log_middle(rate: float, team: Team) -> float:
    """Return the log of calls times answer rate at the usual limit of 3 %."""
    x = math.log1p(team.turnover)
    # Measured later: large teams abandon somewhat more at low answer rates than the first fit says.
    largeness = team.turnover / (team.turnover + 8)
    lift = 3.51215 / (1 + team.turnover) + 0.04665 + 0.25 * largeness
    curve = -1.8973 + 1.39979 * x - 0.23799 * x**2 + 0.01361 * x**3 - 0.0675 * largeness
    # Beyond 1 / lift the fit would have more calls at a higher answer rate.
    return curve + lift * min(rate, 1 / lift)


def _guarded(calls: float, rate: float, team: Team) -> float:
    """Return calls per agent that stay below a whole step where few agents are idle."""
    per_line = rate * team.handle_seconds / team.line_seconds
    if calls < FEW_LINES and team.agents < FEW_IDLE * (1 + calls * per_line):
        enough_idle = (team.agents / FEW_IDLE - 1) / per_line
        calls = max(math.floor(2 * calls) / 2 - 0.01, min(calls, enough_idle))
    return max(LEAST_CALLS, calls)
