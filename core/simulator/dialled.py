"""What a campaign's dialling came to: an hour of it, and a moment.

Sums only; how it came about is the dialler's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.simulator.dialler import ROUNDS, Dialled


@dataclass(frozen=True)
class HourOfDialling:
    """What one hour of a campaign came to, or a quarter of it.

    Parameters
    ----------
    hour : int
        Hour since 1970, UTC.
    attempts, answered, live, abandoned : int
        Calls placed; answered by a person or machine; by a person; lost for want of an agent.
    idle_rounds : int
        Sum over the rounds of the agents without a conversation.
    line_rounds : int
        Sum over the rounds of the calls that were neither answered nor given up.
    agents : int
        Agents present.
    rounds : int
        Rounds of the dialler that are counted.
    """

    hour: int
    attempts: int
    answered: int
    live: int
    abandoned: int
    idle_rounds: int
    line_rounds: int
    agents: int
    rounds: int


Quarters: TypeAlias = tuple[HourOfDialling, ...]
"""The four quarters of one hour."""

_SUMMED: Final = {
    "attempts": "attempts",
    "answered": "answered",
    "live": "live",
    "abandoned": "abandoned",
    "idle_rounds": "idle",
    "line_rounds": "lines",
}


@dataclass(frozen=True)
class Instant:
    """The dialler at this moment.

    Parameters
    ----------
    agents : int
        Agents present.
    idle : float
        Agents without a conversation, mean of the last rounds.
    pace : float
        Lines that it allows itself for each of them, mean of the last rounds; 0: it does not dial.
    outstanding : int
        Calls that are neither answered nor given up.
    """

    agents: int
    idle: float
    pace: float
    outstanding: int


@dataclass(frozen=True)
class Shift:
    """One hour of a team at work.

    Parameters
    ----------
    hour : int
        Hour since 1970, UTC.
    agents : int
        Agents present.
    answer_chance : float
        Chance that a call is answered.
    """

    hour: int
    agents: int
    answer_chance: float


def quarters_of(
    shifts: Sequence[Shift], dialled: Dialled, known: NDArray[np.bool_]
) -> list[Quarters]:
    """Return the sums over the rounds of each quarter of some hours.

    Parameters
    ----------
    shifts : sequence of Shift
        The hours.
    dialled : Dialled
        What came of them.
    known : ndarray of bool, shape (ROUNDS, n_hours)
        Which rounds count.

    Returns
    -------
    list of Quarters
        One entry an hour.
    """

    def summed(values: NDArray[Any]) -> list[list[int]]:
        by_quarter = (values * known).reshape(4, ROUNDS // 4, len(shifts)).sum(axis=1)
        told: list[list[int]] = by_quarter.T.astype(np.int64).tolist()
        return told

    told = {total: summed(getattr(dialled, name)) for total, name in _SUMMED.items()}
    told["rounds"] = summed(np.ones_like(known))
    return [
        tuple(
            HourOfDialling(
                hour=shift.hour,
                agents=shift.agents,
                **{name: values[place][quarter] for name, values in told.items()},
            )
            for quarter in range(4)
        )
        for place, shift in enumerate(shifts)
    ]


def whole(quarters: Quarters) -> HourOfDialling:
    """Return an hour from its quarters."""
    first = quarters[0]
    names = (*_SUMMED, "rounds")
    sums = {name: sum(getattr(one, name) for one in quarters) for name in names}
    return HourOfDialling(hour=first.hour, agents=first.agents, **sums)
