"""Repeatable randomness: a number depends on the seed, its purpose and its time alone.

Generators are counter-based, so that the hours of a year can be made one by one and in any
order. There is no running state here, and no generator that two entities share.
"""

import hashlib
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

_OUTLIER_PERIOD_DAYS: Final = 200


@lru_cache(maxsize=4096)
def _key(seed: int, entity: str, purpose: str) -> int:
    text = f"{seed}\x1f{entity}\x1f{purpose}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "little")


def stream(seed: int, entity: str, purpose: str, tick: int) -> np.random.Generator:
    """Return the generator of one entity for one purpose at one tick.

    Parameters
    ----------
    seed : int
        The world's seed.
    entity : str
        Id of a queue, campaign or skill.
    purpose : str
        What the numbers are for; two purposes share no numbers.
    tick : int
        An hour since 1970, a day's ordinal or a week's number. Not negative.

    Returns
    -------
    Generator
        At the start of its stream.

    Examples
    --------
    >>> first, again = (stream(7, "q", "day", 3).integers(1000) for _ in range(2))
    >>> bool(first == again)
    True
    """
    # Ticks are 2**128 counter steps apart, so that their streams cannot meet.
    return np.random.Generator(
        np.random.Philox(key=_key(seed, entity, purpose), counter=tick << 128)
    )


def chance(seed: int, entity: str, purpose: str, tick: int) -> float:
    """Return one number in [0, 1), much quicker than from a stream.

    Parameters
    ----------
    seed, entity, purpose, tick
        As for `stream`.

    Returns
    -------
    float
        Evenly spread over [0, 1).

    Examples
    --------
    >>> chance(7, "q", "missing", 3) == chance(7, "q", "missing", 3)
    True
    """
    text = f"{seed}\x1f{entity}\x1f{purpose}\x1f{tick}"
    drawn = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(drawn, "little") / 2.0**64


def chances(seed: int, entity: str, purpose: str, ticks: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return one number in [0, 1) for each of many ticks at once.

    Parameters
    ----------
    seed, entity, purpose
        As for `stream`.
    ticks : ndarray of int
        Not negative.

    Returns
    -------
    ndarray of float, shape of `ticks`
        Evenly spread over [0, 1); not the numbers that `chance` has.

    References
    ----------
    Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014 (the mixing
    function of SplitMix64).

    Examples
    --------
    >>> both = chances(7, "q", "ending", np.array([3, 4]))
    >>> bool(both[1] == chances(7, "q", "ending", np.array([4]))[0])
    True
    """
    mixed = ticks.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed += np.uint64(_key(seed, entity, purpose) & 0xFFFFFFFFFFFFFFFF)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return np.asarray((mixed >> np.uint64(11)) / 2.0**53)


def is_outlier_day(seed: int, entity: str, day: date) -> bool:
    """Tell whether something unusual happens to an entity on a day: one day in each 200.

    Parameters
    ----------
    seed : int
        The world's seed.
    entity : str
        Id of a queue or campaign.
    day : date
        The local date.

    Returns
    -------
    bool

    Examples
    --------
    >>> from datetime import timedelta
    >>> days = [date(2025, 1, 1) + timedelta(days=n) for n in range(400)]
    >>> 1 <= sum(is_outlier_day(7, "q", day) for day in days) <= 3
    True
    """
    period, day_in_period = divmod(day.toordinal(), _OUTLIER_PERIOD_DAYS)
    return int(chance(seed, entity, "outlier", period) * _OUTLIER_PERIOD_DAYS) == day_in_period
