"""What a window's limit still allows: answers, abandons, and what is left."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """A window so far.

    Parameters
    ----------
    limit : float
        Highest rate of abandoned over live answers, a share.
    live : float
        Live answers so far. Unit: calls.
    abandoned : float
        Of them abandoned. Unit: calls.

    Examples
    --------
    >>> morning = Allowance(0.03, live=400, abandoned=8)
    >>> morning.rate, morning.left
    (0.02, 4.0)
    """

    limit: float
    live: float = 0.0
    abandoned: float = 0.0

    @property
    def rate(self) -> float | None:
        """Abandoned over live answers so far, a share; None before the first."""
        return self.abandoned / self.live if self.live else None

    @property
    def left(self) -> float:
        """How many more could be abandoned right now within the limit; below 0 where it is broken.

        Unit: calls.
        """
        return self.limit * self.live - self.abandoned

    def rate_over(self, live_ahead: float) -> float:
        """Return the abandon rate that would use up the limit over the live answers ahead.

        Examples
        --------
        >>> Allowance(0.03, 400, 8).rate_over(200)
        0.05
        """
        return max(0.0, self.limit + self.left / live_ahead) if live_ahead > 0 else 0.0


def safe_count(allowed: float, caution: float, dispersion: float, spread: float = 0.0) -> float:
    """Return how many to aim at so that chance stays within what is allowed.

    Parameters
    ----------
    allowed : float
        Highest count. Unit: calls.
    caution : float
        How many standard deviations to keep away from it.
    dispersion : float
        Variance of the count over its mean; abandoned calls come in bunches, so above 1.
    spread : float
        Standard deviation of the mean itself, as a part of it.

    Returns
    -------
    float
        The count ``x`` with ``x + caution * sqrt(dispersion * x + (spread * x) ** 2) = allowed``;
        rises with `allowed`.

    Examples
    --------
    >>> x = safe_count(20.0, 2.0, 4.0)
    >>> round(x, 1), round(x + 2.0 * (4.0 * x) ** 0.5, 6)
    (8.4, 20.0)
    """
    if allowed <= 0:
        return 0.0
    half = 2 * allowed + caution**2 * dispersion
    lean = 1 - (caution * spread) ** 2
    return 2 * allowed**2 / (half + math.sqrt(max(0.0, half**2 - 4 * lean * allowed**2)))
