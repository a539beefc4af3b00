"""Abandon rate and occupancy of teams of up to 32 agents, read from a table.

In small teams whole lines decide (see `core.pacing.small_team_chain`, from which the table was
made), so calls per agent go in steps there. The chain takes a line's time as exponential; real
calls ring out in bunches, which shows with the number of agents that turn over during one call,
so its abandon rates are corrected by a factor that was measured against simulated diallers.
"""

import math
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

MOST_AGENTS = 32
LAST_WHOLE_STEP = 4.67
"""Above it, lines per idle agent may lie between two steps of the table."""
TABLE = "small_teams.npz"


@cache
def _table() -> dict[str, Any]:
    """Return the table: axes, and values by agents, calls, rate, and line over handle time."""
    with (files("core.pacing") / TABLE).open("rb") as stream, np.load(stream) as stored:
        return {
            "agents": stored["agents"].tolist(),
            "calls": stored["calls"].astype("float64"),
            "log_rate": np.log(stored["rate"]).tolist(),
            "log_ratio": np.log(stored["ratio"]).tolist(),
            "log_abandon": stored["log_abandon"].astype("float64") / 1000,
            "occupancy": stored["occupancy"].astype("float64") / 10000,
        }


@cache
def calls_steps() -> Numbers:
    """Return the calls per agent that the table knows, rising from 1."""
    steps: Numbers = _table()["calls"]
    return steps


def rates_by_step(
    agents: float, answer_rate: float, line_seconds: float, handle_seconds: float
) -> tuple[Numbers, Numbers]:
    """Return abandon rate and occupancy at each of `calls_steps`.

    Parameters
    ----------
    agents : float
        1 to `MOST_AGENTS`.
    answer_rate : float
        Chance that a call is answered by a person. Unit: share, above 0.
    line_seconds, handle_seconds : float
        Mean time that a call holds a line, and that an answered one holds an agent.

    Returns
    -------
    abandon_rates, occupancies : array of float, shape (n_steps,)
        Unit: share; both rise with the steps, and with the answer rate.
    """
    table = _table()
    by_rate_abandon, by_rate_occupancy = _of_team(agents, line_seconds / handle_seconds)
    low, high, part = _between(table["log_rate"], math.log(answer_rate))
    log_abandon = _mixed(by_rate_abandon[:, low], by_rate_abandon[:, high], part)
    occupancy = _mixed(by_rate_occupancy[:, low], by_rate_occupancy[:, high], part)
    return np.exp(log_abandon), occupancy


@lru_cache(maxsize=512)
def _of_team(agents: float, ratio: float) -> tuple[Numbers, Numbers]:
    """Return the table for one team, by step and answer rate; plans ask for few teams, often."""
    table = _table()
    low, high, part = _between(table["agents"], agents)
    left, right, share = _between(table["log_ratio"], math.log(ratio))
    log_abandon, occupancy = (
        _mixed(
            _mixed(values[low, :, :, left], values[high, :, :, left], part),
            _mixed(values[low, :, :, right], values[high, :, :, right], part),
            share,
        )
        for values in (table["log_abandon"], table["occupancy"])
    )
    return log_abandon + _correction(agents * ratio), occupancy


def _correction(turnover: float) -> float:
    """Return the log of how much more is abandoned than the chain says."""
    x = math.log1p(min(turnover, 6.0))
    return -0.206 + 0.150 * x + 0.315 * x * x


def _between(axis: list[float], at: float) -> tuple[int, int, float]:
    """Return the two places around a value on an axis, and how far it is to the second."""
    high = min(max(bisect_left(axis, at), 1), len(axis) - 1)
    part = (at - axis[high - 1]) / (axis[high] - axis[high - 1])
    return high - 1, high, min(max(part, 0.0), 1.0)


def _mixed(first: Numbers, second: Numbers, part: float) -> Numbers:
    return first + (second - first) * part
