"""The usual answer rate of each hour of the week: a beta-binomial profile, shrunk step by step.

The overall rate is shifted by hour of the day, then by weekday, then by hour of the week; each
shift is shrunk towards none by as much as its calls and the spread of its like suggest (empirical
Bayes), so a fortnight stays close to the overall mean and a long history shows its own week. Recent
days count more. Calls of one hour are not independent: a thousand of them in one hour count for
less than a hundred in each of ten.

References
----------
Williams (1982), Extra-binomial variation in logistic linear models, Applied Statistics 31(2).
DerSimonian, Laird (1986), Meta-analysis in clinical trials, section on the between-study variance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.forecasting.rate_hours import CLOSEST_TO_SURE, RateHours, log_odds, share_of

NAME = "profile"
HALF_LIFE_DAYS = 28.0
HOURS_PER_WEEK = 168
ROUNDS = 2
FIRST_DISPERSION = 0.03
HIGHEST_DISPERSION = 0.5
DISPERSION_PRIOR_HOURS = 12.0
"""What `FIRST_DISPERSION` counts for beside the hours seen."""
FEWEST_PRIOR_CALLS, MOST_PRIOR_CALLS = 2.0, 5000.0

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class WeekProfile:
    """The usual rate of each hour of the week.

    Parameters
    ----------
    share : array, shape (168,)
        From Monday 00:00 on, between 0 and 1.
    dispersion : float
        How alike the calls of one hour are: 0 is chance alone, 1 is all or none.
    prior_calls : float
        How many independent calls the shape counts for beside what an hour of the week has shown.
    """

    share: Floats
    dispersion: float
    prior_calls: float

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What it was made with."""
        return {
            "half_life_days": HALF_LIFE_DAYS,
            "dispersion": round(self.dispersion, 4),
            "prior_calls": round(self.prior_calls, 1),
        }


def week_profile(hours: RateHours) -> WeekProfile:
    """Return the usual rate of each hour of the week.

    Parameters
    ----------
    hours : RateHours
        Of one campaign.

    Examples
    --------
    >>> grid = np.arange(336)
    >>> import pandas as pd
    >>> from core.forecasting.rate_hours import UnlikeHours
    >>> hours = RateHours(
    ...     offered=np.full(336, 50.0),
    ...     answered=np.where(grid % 24 < 12, 10.0, 20.0),
    ...     place=grid,
    ...     grid_week=grid % 168,
    ...     grid_day=grid // 24,
    ...     ahead=pd.DatetimeIndex([]),
    ...     ahead_place=grid[:0],
    ...     ahead_week=grid[:0],
    ...     ahead_day=grid[:0],
    ...     ahead_kind=grid[:0],
    ...     unlike=UnlikeHours(grid[:0], grid[:0], np.zeros(0), np.zeros(0)),
    ... )
    >>> week_profile(hours).share[[0, 12, 167]].round(2).tolist()
    [0.2, 0.4, 0.4]
    """
    every = np.arange(HOURS_PER_WEEK)
    recency = 0.5 ** ((hours.days - 1 - hours.day) / HALF_LIFE_DAYS)
    dispersion, prior_calls = FIRST_DISPERSION, MOST_PRIOR_CALLS
    odds = np.zeros(HOURS_PER_WEEK)
    for _ in range(ROUNDS):
        calls = independent_calls(hours.offered, dispersion)
        mean = (recency * calls * hours.rate).sum() / (recency * calls).sum()
        odds = np.full(HOURS_PER_WEEK, log_odds(np.array([mean]))[0])
        shift, _ = _shifts(hours.week % 24, hours.rate, share_of(odds)[hours.week], calls, recency)
        odds = odds + shift[every % 24]
        odds = odds + _weekday_shifts(hours, share_of(odds)[hours.week], calls)[every // 24]
        parent = share_of(odds)[hours.week]
        shift, prior_calls = _shifts(hours.week, hours.rate, parent, calls, recency)
        odds = odds + shift
        dispersion = dispersion_of(hours.rate, share_of(odds)[hours.week], hours.offered)
    return WeekProfile(share_of(odds), dispersion, prior_calls)


def independent_calls(offered: Floats, dispersion: float) -> Floats:
    """Return how many calls that know nothing of each other tell as much.

    Examples
    --------
    >>> independent_calls(np.array([1.0, 1000.0]), 0.01).round().tolist()
    [1.0, 91.0]
    """
    calls: Floats = offered / (1.0 + (offered - 1.0) * dispersion)
    return calls


def dispersion_of(rate: Floats, share: Floats, offered: Floats) -> float:
    """Return how alike the calls of one hour are, from how far rates lie from a forecast.

    Parameters
    ----------
    rate, share : array, shape (n_hours,)
        Observed and expected.
    offered : array, shape (n_hours,)
        Calls, at least 1.

    Returns
    -------
    float
        By moments: what the squared distance exceeds chance by, over what it would be if calls of
        an hour were all alike. A few hours' worth of `FIRST_DISPERSION` is added.

    Examples
    --------
    >>> rates = np.tile([0.3, 0.7], 500)
    >>> round(dispersion_of(rates, np.full(1000, 0.5), np.full(1000, 100.0)), 2)
    0.15
    """
    # A forecast of exactly 0 or 1 would leave no room for chance at all.
    sure = np.clip(share, CLOSEST_TO_SURE, 1.0 - CLOSEST_TO_SURE)
    variance = sure * (1.0 - sure)
    excess = (rate - share) ** 2 - variance / offered
    room = variance * (1.0 - 1.0 / offered)
    prior = DISPERSION_PRIOR_HOURS * float(np.mean(variance))
    found = (float(excess.sum()) + prior * FIRST_DISPERSION) / (float(room.sum()) + prior)
    return min(max(found, 1e-4), HIGHEST_DISPERSION)


def _weekday_shifts(hours: RateHours, parent: Floats, calls: Floats) -> Floats:
    """Shifts by weekday, from whole days: a bad day spoils all its hours, and is one bad day."""
    day, place = np.unique(hours.day, return_inverse=True)
    total = np.bincount(place, calls).astype("float64")
    rate = np.bincount(place, calls * hours.rate) / total
    expected = np.bincount(place, calls * parent) / total
    of_day = independent_calls(total, dispersion_of(rate, expected, np.maximum(total, 1.0)))
    weekday = np.zeros(len(day), dtype=np.int64)
    weekday[place] = hours.week // 24
    recency = 0.5 ** ((hours.days - 1 - day) / HALF_LIFE_DAYS)
    return _shifts(weekday, rate, expected, of_day, recency)[0]


def _shifts(
    group: Numbers, rate: Floats, parent: Floats, calls: Floats, recency: Floats
) -> tuple[Floats, float]:
    """Shifts of the log odds by group, shrunk towards none, and how many calls the none counts."""
    size = HOURS_PER_WEEK
    weight = recency * calls
    total = np.bincount(group, weight, size)
    seen = np.maximum(total, 1e-12)
    expected = np.clip(np.bincount(group, weight * parent, size) / seen, 1e-4, 1.0 - 1e-4)
    actual = np.bincount(group, weight * rate, size) / seen
    # Old hours count less and are less sure: so many independent calls a group's mean is worth.
    worth = total**2 / np.maximum(np.bincount(group, recency * weight, size), 1e-12)
    prior = _prior_calls(worth[total > 0], (actual - expected)[total > 0], expected[total > 0])
    shrunk = (worth * actual + prior * expected) / (worth + prior)
    shift = np.where(total > 0, log_odds(shrunk) - log_odds(expected), 0.0)
    return shift, prior


def _prior_calls(worth: Floats, gap: Floats, expected: Floats) -> float:
    chance = expected * (1.0 - expected)
    precision = worth / chance
    spread = float((precision * gap**2).sum()) - (len(worth) - 1)
    room = float(precision.sum() - (precision**2).sum() / precision.sum())
    between = max(spread, 0.0) / room if room > 0 else 0.0
    if between <= 0:
        return MOST_PRIOR_CALLS
    prior = float(np.mean(chance)) / between - 1.0
    return min(max(prior, FEWEST_PRIOR_CALLS), MOST_PRIOR_CALLS)
