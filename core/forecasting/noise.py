"""The noise floor: what chance alone leaves of an error, however good the forecast.

Contacts come one by one and unasked, so an hour with a mean of 4 brings 2 or 6 as easily. Counts
that vary more than Poisson counts have a higher floor, which nobody can know beforehand: this one
promises nothing, it only tells where nothing is left to win.
"""

import numpy as np
import numpy.typing as npt

NEAR_FLOOR = 1.15
"""An error within so much of the floor leaves nothing to win."""
NOTHING_TO_WIN = "Nothing can be won here"
"""How a warning begins that says so."""
LARGE = 100.0
"""From this mean on the normal limit is within 0.1 %."""

Floats = npt.NDArray[np.float64]


def chance_error(mean: Floats) -> Floats:
    """Return the mean absolute deviation of Poisson counts from their mean.

    Parameters
    ----------
    mean : array
        Means; what is below 0 counts as 0. Unit: contacts.

    References
    ----------
    Johnson, Kotz, Kemp (1992), Univariate discrete distributions, section 4.3: the deviation is
    twice the mean times the probability of its whole part.

    Examples
    --------
    >>> chance_error(np.array([0.0, 0.5, 4.0, 400.0])).round(3).tolist()
    [0.0, 0.607, 1.563, 15.958]
    """
    known = np.maximum(mean, 0.0)
    small = np.clip(known, 1e-12, LARGE)
    whole = np.floor(small).astype(np.int64)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1.0, LARGE + 1)))])
    exact = 2.0 * np.exp((whole + 1) * np.log(small) - small - log_factorial[whole])
    normal = np.sqrt(2.0 * known / np.pi)
    floor: Floats = np.where(known > LARGE, normal, np.where(known > 0, exact, 0.0))
    return floor


def nothing_to_win(error: float | None, floor: float | None) -> bool:
    """Return whether an error is so near its floor that no method can do much better.

    Examples
    --------
    >>> nothing_to_win(0.24, 0.22), nothing_to_win(0.4, 0.22), nothing_to_win(0.3, None)
    (True, False, False)
    """
    return error is not None and floor is not None and error <= NEAR_FLOOR * floor
