"""The metrics of slices of time, in the platform's terms: counts, and times in milliseconds.

Metrics that this tenant has no figures for are not here; they are accepted and stay silent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.documents import JsonObject
from core.simulator.platform.rows import Counts, Slices

SERVICE_TARGET: Final = 0.8
_LATE_SHARE: Final = 0.12
_TALK_SHARE: Final = 0.78
_HELD_SHARE: Final = 0.07
_ANSWER_SECONDS: Final = 16.0
_PATIENCE_SECONDS: Final = 75.0
_LATE_FOR_A_LIVE_CALL_SECONDS: Final = 3.0

Seconds = NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """What a metric comes to, one entry a slice.

    Parameters
    ----------
    count : ndarray of int
        How often.
    seconds : ndarray of float or None
        How long in all; None for a metric that only counts.
    late : ndarray of int or None
        How many missed the service level; None for any other metric.
    """

    count: Counts
    seconds: Seconds | None = None
    late: Counts | None = None


Measure = Callable[[Slices, float], Measured]


def stats_of(count: int, seconds: float | None, late: float | None) -> JsonObject:
    """Return a metric's total as the platform writes it.

    Parameters
    ----------
    count : int
        How often; not zero.
    seconds, late : float or None
        As in `Measured`.

    Examples
    --------
    >>> stats_of(3, None, None)
    {'count': 3}
    >>> stats_of(10, None, 1)["ratio"]
    0.9
    """
    if late is not None:
        return {
            "ratio": round(1 - late / count, 4),
            "numerator": float(count - late),
            "denominator": float(count),
            "target": SERVICE_TARGET,
        }
    if seconds is None:
        return {"count": count}
    mean = seconds / count * 1000
    longest, shortest = (2.4, 0.3) if count > 1 else (1.0, 1.0)
    return {
        "max": float(int(mean * longest)),
        "min": float(int(mean * shortest)),
        "count": count,
        "sum": float(int(seconds * 1000)),
    }


def _counted(column: str) -> Measure:
    return lambda slices, _mean: Measured(getattr(slices, column))


def _timed(share: float) -> Measure:
    return lambda slices, mean: Measured(slices.ended, slices.ended * slices.noise * mean * share)


def _late(slices: Slices) -> Counts:
    slow = (slices.answered * _LATE_SHARE * slices.noise).astype(np.int64)
    return slices.offered - slices.answered + slow


def _lost(slices: Slices, _mean: float) -> Measured:
    lost = slices.offered - slices.answered
    patience = np.where(slices.attempts > 0, _LATE_FOR_A_LIVE_CALL_SECONDS, _PATIENCE_SECONDS)
    return Measured(lost, lost * patience * slices.noise)


def _answered(slices: Slices, _mean: float) -> Measured:
    return Measured(slices.answered, slices.answered * _ANSWER_SECONDS * slices.noise)


def _waited(slices: Slices, mean: float) -> Measured:
    parts = _lost(slices, mean).seconds, _answered(slices, mean).seconds
    assert parts[0] is not None
    assert parts[1] is not None
    return Measured(slices.offered, parts[0] + parts[1])


MEASURES: Final[dict[str, Measure]] = {
    "nOffered": _counted("offered"),
    "nConnected": _counted("answered"),
    "nOutboundAttempted": _counted("attempts"),
    "nOutboundConnected": _counted("connected"),
    "nOutboundAbandoned": _counted("abandoned"),
    "nOverSla": lambda slices, _mean: Measured(_late(slices)),
    "oServiceLevel": lambda slices, _mean: Measured(slices.offered, late=_late(slices)),
    "tAnswered": _answered,
    "tAbandon": _lost,
    "tAcd": _waited,
    "tWait": _waited,
    "tDialing": lambda slices, _mean: Measured(slices.attempts, slices.ringing.astype(np.float64)),
    "tHandle": _timed(1.0),
    "tTalk": _timed(_TALK_SHARE),
    "tTalkComplete": _timed(_TALK_SHARE),
    "tHeld": _timed(_HELD_SHARE),
    "tHeldComplete": _timed(_HELD_SHARE),
    "tAcw": _timed(1 - _TALK_SHARE - _HELD_SHARE),
}
"""What each metric makes of slices and the mean time of handling; a count of zero is no record."""
