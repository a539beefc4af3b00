"""Repeatable randomness: a number depends on the seed, its purpose and its time alone.

Generators are counter-based, so that the hours of a year can be made one by one and in any
order. There is no running state here, and no generator that two entities share.
"""

import hashlib
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np

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
