"""Which pacing a campaign's dialler obeyed, and since when.

A campaign's document is read here as the dialler reads it. Changes are kept with their times;
the past is never changed.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

MOST_LINES_PER_IDLE_AGENT: Final = 15.0
"""The platform's own ceiling."""


@dataclass(frozen=True)
class PacingInForce:
    """What the dialler was told.

    Parameters
    ----------
    most_lines : float
        Lines that it may keep busy for each idle agent; 0: it does not dial.
    drop_target : float
        Share of live answers that it may lose before it slows down.
    """

    most_lines: float
    drop_target: float


def pacing_of(document: dict[str, Any]) -> PacingInForce:
    """Return how the dialler reads a campaign's document.

    Parameters
    ----------
    document : dict
        A document that the rulebook has accepted.

    Returns
    -------
    PacingInForce
        A predictive dialler places as many calls as it takes for one answer at the answer rate
        it assumes, and so does one in power mode; any other mode places one call for each idle
        agent.

    Examples
    --------
    >>> pacing_of({"status": "ON", "dialingMode": "PREDICTIVE",
    ...            "predictive": {"answerRate": 0.4, "dropRate": 0.02}})
    PacingInForce(most_lines=2.5, drop_target=0.02)
    >>> pacing_of({"status": "DRAFT"}).most_lines
    0.0
    """
    predictive = document.get("predictive") or {}
    drop_target = float(predictive.get("dropRate", 0.03))
    if document.get("status") != "ON":
        return PacingInForce(0.0, drop_target)
    if document.get("dialingMode") not in ("PREDICTIVE", "POWER"):
        return PacingInForce(1.0, drop_target)
    assumed = max(float(predictive.get("answerRate", 1.0)), 0.01)
    return PacingInForce(min(1 / assumed, MOST_LINES_PER_IDLE_AGENT), drop_target)


class PacingTimeline:
    """The pacing of one campaign through time.

    Parameters
    ----------
    first : PacingInForce
        In force since ever.

    Examples
    --------
    >>> timeline = PacingTimeline(PacingInForce(2.0, 0.03))
    >>> timeline.change(1000.0, PacingInForce(4.0, 0.01))
    >>> lines, drops = timeline.at(np.array([999.0, 1000.0]))
    >>> lines.tolist(), drops.tolist()
    ([2.0, 4.0], [0.03, 0.01])
    """

    def __init__(self, first: PacingInForce) -> None:
        self._since = [-np.inf]
        self._pacing = [first]

    def change(self, now: float, pacing: PacingInForce) -> None:
        """Put another pacing in force from a moment on.

        Parameters
        ----------
        now : float
            Seconds since 1970, not before the last change.
        pacing : PacingInForce
            What holds from then on.
        """
        if pacing != self._pacing[-1]:
            self._since.append(now)
            self._pacing.append(pacing)

    def at(self, times: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the lines and the drop target in force at some times.

        Parameters
        ----------
        times : ndarray of float, any shape
            Seconds since 1970.

        Returns
        -------
        most_lines, drop_target : ndarray of float, shape of `times`
            See `PacingInForce`.
        """
        which = np.searchsorted(self._since, times, side="right") - 1
        lines = np.array([pacing.most_lines for pacing in self._pacing])
        drops = np.array([pacing.drop_target for pacing in self._pacing])
        return lines[which], drops[which]
