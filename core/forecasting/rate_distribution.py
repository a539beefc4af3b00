"""The beta-binomial distribution: how many calls of an hour are answered when luck is shared.

Arithmetic alone; it knows no forecast and no campaign.
"""

import numpy as np
import numpy.typing as npt

from core.forecasting.rate_hours import CLOSEST_TO_SURE

MOST_CALLS = 2000
"""Shares of more calls are told apart no finer."""
BLOCK = 64
"""Hours worked on at once."""

Floats = npt.NDArray[np.float64]


def distributions(
    share: Floats, calls: Floats, dispersion: float
) -> "list[tuple[npt.NDArray[np.intp], Floats, Floats]]":
    """Return beta-binomial distribution functions, in blocks of hours with like many calls.

    Parameters
    ----------
    share : array, shape (n_hours,)
        The mean of each hour.
    calls : array, shape (n_hours,)
        How many calls; more than `MOST_CALLS` scatter as they would, on so many steps.
    dispersion : float
        How alike the calls of one hour are, between 0 and 1.

    Returns
    -------
    list of (array, array, array)
        Which hours; the chance that at most 0, 1, … calls are answered, shape (n_block, n_steps);
        and the number of calls or steps of each, shape (n_block,).

    References
    ----------
    Skellam (1948), A probability distribution derived from the binomial distribution by regarding
    the probability of success as variable between the sets of trials. JRSS B 10(2).

    Examples
    --------
    >>> [(rows, below, count)] = distributions(np.array([0.5]), np.array([2.0]), 1 / 3)
    >>> below.round(3).tolist(), count.tolist()
    ([[0.333, 0.667, 1.0]], [2.0])
    """
    count = np.clip(np.round(calls), 1.0, MOST_CALLS)
    order = np.argsort(count, kind="stable")
    # Sorted, so that hours with few calls do not wait for those with many.
    blocks = [order[first : first + BLOCK] for first in range(0, len(order), BLOCK)]
    return [
        (rows, _at_most(share[rows], count[rows], calls[rows], dispersion), count[rows])
        for rows in blocks
    ]


def _at_most(share: Floats, count: Floats, calls: Floats, dispersion: float) -> Floats:
    """P(at most k answered), shape (n_hours, most calls + 1), by the ratio of neighbours."""
    # Where calls are more than are told apart, chance is that of all of them.
    alike = np.full(len(share), dispersion)
    several = count > 1
    scatter = (1.0 + (np.maximum(calls, count) - 1.0) * dispersion) / np.maximum(calls, count)
    alike[several] = (scatter[several] * count[several] - 1.0) / (count[several] - 1.0)
    alike = np.clip(alike, 1e-5, 0.999)
    sure = np.clip(share, CLOSEST_TO_SURE, 1.0 - CLOSEST_TO_SURE)
    size = (1.0 - alike) / alike
    yes, no = (sure * size)[:, None], ((1.0 - sure) * size)[:, None]
    answered = np.arange(int(count.max()))[None, :]
    left = np.maximum(count[:, None] - answered, 0.0)
    with np.errstate(divide="ignore"):
        steps = np.log(left * (answered + yes)) - np.log(
            (answered + 1.0) * (np.maximum(left - 1.0, 0.0) + no)
        )
    logs = np.hstack([np.zeros((len(share), 1)), np.cumsum(steps, axis=1)])
    mass = np.exp(logs - logs.max(axis=1, keepdims=True))
    below: Floats = np.cumsum(mass, axis=1) / mass.sum(axis=1, keepdims=True)
    return below
