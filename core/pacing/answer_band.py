"""How high an answer rate may turn out, read from the band of its forecast.

A band of the probability is taken as it is. A band of the observed share is wider, because an
hour's calls are a sample: a quarter of that sampling margin is taken off, and never more than
leaves the band at 0.71 of its width. Taking off all of it would trust a band that was made without
sampling; taking off none would hold small teams back for noise that no plan can answer to.
"""

import math
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

from core.pacing.dialling_law import LEAST_RATE as LEAST_LAW_RATE
from core.pacing.order import ForecastHour

CAUTION = 1.75
"""Standard deviations above the likely rate: holds on 19 of 20 days, and a little more because the
abandon rate is convex."""
ERROR_WHERE_ABSENT = 0.25
"""What is assumed of a forecast without a band: it is off by a quarter on two days of three."""
HIGHEST_RATE = 0.99
LEAST_RATE = 0.005


@dataclass(frozen=True, slots=True)
class AnswerBand:
    """How an hour's answer rate may turn out.

    Parameters
    ----------
    rate, high_rate : float
        The likely chance of a live answer, and one that holds on 19 of 20 days. Unit: share.
    error : float
        Standard deviation of the logarithm of the rate.
    """

    rate: float
    high_rate: float
    error: float

    def corrected(self, factor: float, remaining: float) -> "AnswerBand":
        """Return the band after a day has taught something.

        Parameters
        ----------
        factor : float
            By which rates are multiplied.
        remaining : float
            Standard deviation of the logarithm that remains, in place of `error`.
        """
        rate = min(self.rate * factor, HIGHEST_RATE)
        part = min(1.0, remaining / self.error) if self.error else 1.0
        high = rate * (self.high_rate / self.rate) ** part
        return AnswerBand(rate, min(high, HIGHEST_RATE), self.error * part)


def answer_band(hour: ForecastHour, level: float, live_answers: float) -> AnswerBand:
    """Return how an hour's answer rate may turn out.

    Parameters
    ----------
    hour : ForecastHour
        The forecast, with its bounds where it has any.
    level : float
        What the bounds claim, a share.
    live_answers : float
        How many live answers the hour will have. Unit: calls.

    Returns
    -------
    AnswerBand
        Its high rate falls with the likely rate and with the upper bound, wherever the level is at
        least 92 %.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> nine = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> band = answer_band(ForecastHour(nine, 0.2, None, None, 0.25, 10.0), 0.95, 300.0)
    >>> f"{band.high_rate:.3f} {band.error:.3f}"
    '0.244 0.114'
    """
    rate = min(max(hour.rate, LEAST_RATE), HIGHEST_RATE)
    claimed = _deviations(level)
    # Below its least rate the dialling law knows no difference, so that an error means nothing.
    error = _width(hour, max(rate, LEAST_LAW_RATE), claimed, live_answers) / claimed
    return AnswerBand(rate, min(rate * math.exp(CAUTION * error), HIGHEST_RATE), error)


@cache
def _deviations(level: float) -> float:
    """Return how many standard deviations a two-sided level lies off."""
    return NormalDist().inv_cdf((1 + level) / 2)


def _width(hour: ForecastHour, rate: float, claimed: float, live: float) -> float:
    """Return the distance from the rate to its upper bound, in logarithms."""
    if hour.probability_upper is not None:
        return math.log(max(hour.probability_upper, rate) / rate)
    if hour.upper is not None:
        whole = math.log(max(hour.upper, rate) / rate)
    elif hour.lower is not None:
        whole = math.log(rate / min(max(hour.lower, LEAST_RATE), rate))
    else:
        return ERROR_WHERE_ABSENT * claimed
    sampling = claimed * math.sqrt((1 - rate) / max(live, 1.0))
    return max(whole / math.sqrt(2), whole - sampling / 4)
