"""What a day so far teaches: how far its answer rates and its abandoned calls are off.

Two corrections, both held back while little has been seen: one of the forecast, from live answers
against those expected, one of the dialling law, from abandoned calls against those it tells.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.pacing.dialling_law import Team, abandon_rate

COMMON_PART = 0.8
"""Part of a forecast's variance that is common to its day; the rest is each hour's own. Measured
errors of answer rates are mostly days that are good or bad throughout."""
PRIOR_ABANDONED = 10.0
"""So many abandoned calls of the law's own opinion stand against what was seen."""
PRIOR_ATTEMPTS = 200.0
LEAST_BIAS, MOST_BIAS = 0.8, 2.5


@dataclass(frozen=True, slots=True)
class SeenInterval:
    """One interval that is over, beside what was expected of it.

    Parameters
    ----------
    expected_rate : float
        Forecast chance of a live answer. Unit: share.
    attempts, live, abandoned : float
        What came. Unit: calls.
    calls : float or None
        Calls per agent that were set; None where nobody knows.
    team : Team or None
        Who dialled; None where nobody knows.
    """

    expected_rate: float
    attempts: float
    live: float
    abandoned: float
    calls: float | None
    team: Team | None


@dataclass(frozen=True, slots=True)
class Lessons:
    """Corrections for the rest of a day.

    Parameters
    ----------
    rate_factor : float
        By which forecast answer rates are multiplied.
    common_error : float
        What remains of the error common to the day. Unit: standard deviation of the logarithm.
    abandon_factor : float
        By which the law's abandon rates are multiplied.
    """

    rate_factor: float = 1.0
    common_error: float = 0.0
    abandon_factor: float = 1.0


def lessons_of(seen: Sequence[SeenInterval], error: float, hours: float) -> Lessons:
    """Return what intervals teach.

    Parameters
    ----------
    seen : sequence of SeenInterval
        Of the day, those for which there was a forecast.
    error : float
        Of the forecast before the day began. Unit: standard deviation of the logarithm.
    hours : float
        How long the intervals are together.

    Returns
    -------
    Lessons
        Nothing learned without a live answer.

    Examples
    --------
    >>> hour = SeenInterval(0.2, attempts=2000, live=480, abandoned=9, calls=None, team=None)
    >>> learned = lessons_of([hour], error=0.11, hours=1.0)
    >>> f"{learned.rate_factor:.2f} {learned.common_error:.2f}"
    '1.13 0.06'
    """
    common, own = common_error(error), own_error(error)
    live = sum(each.live for each in seen)
    expected = sum(each.expected_rate * each.attempts for each in seen)
    if live <= 0 or expected <= 0:
        return Lessons(common_error=common)
    noise = 1 / live + own**2 / max(1.0, math.ceil(hours))
    trust = common**2 / (common**2 + noise)
    factor = math.exp(trust * math.log(live / expected))
    return Lessons(factor, common * math.sqrt(1 - trust), _abandon_factor(seen, factor))


def common_error(error: float) -> float:
    """Return the part of an error that is common to the day."""
    return error * math.sqrt(COMMON_PART)


def own_error(error: float) -> float:
    """Return the part of an error that is each hour's own."""
    return error * math.sqrt(1 - COMMON_PART)


def _abandon_factor(seen: Sequence[SeenInterval], factor: float) -> float:
    told, came = PRIOR_ABANDONED, PRIOR_ABANDONED
    for each in seen:
        if each.team is None or each.calls is None or each.attempts <= 0:
            continue
        # An interval's own share of live answers is noisy where attempts are few.
        rate = (each.live + each.expected_rate * factor * PRIOR_ATTEMPTS) / (
            each.attempts + PRIOR_ATTEMPTS
        )
        told += abandon_rate(each.calls, rate, each.team) * each.live
        came += each.abandoned
    return min(max(came / told, LEAST_BIAS), MOST_BIAS)
