"""How many calls in an hour stand for full use of the agents, and where that number comes from.

The number is taken from what was really offered. The tutorials' 1000 is a fallback that says its
name; it is never used in silence.
"""

from dataclasses import dataclass

import pandas as pd

from core.errors import UsageError
from core.frames import RATE_RECORDS
from core.pacing.wording import hour_text

FALLBACK_CALLS = 1000.0
"""The tutorials' default. Unit: calls an hour."""


@dataclass(frozen=True, slots=True)
class MaxOffers:
    """Calls an hour that stand for full use of the agents.

    Parameters
    ----------
    value : float
        More than 0. Unit: calls an hour.
    origin : str
        Where it comes from, in words.

    Raises
    ------
    UsageError
        If the value is not above 0.
    """

    value: float
    origin: str

    def __post_init__(self) -> None:
        if not self.value > 0:
            raise UsageError(
                f"The highest number of offered calls an hour is {self.value:g}.",
                "Give a number above 0.",
            )


def max_offers_from_history(rate_history: pd.DataFrame | None) -> MaxOffers:
    """Return the highest number of calls that were offered in one hour.

    Parameters
    ----------
    rate_history : DataFrame or None
        See `core.frames.RATE_RECORDS`; order and repeated hours do not matter. None where there
        is no history.

    Returns
    -------
    MaxOffers
        The fallback, by name, where no hour has an offered call.

    Raises
    ------
    FrameContractBroken
        If the frame lacks a column.

    Examples
    --------
    >>> hours = pd.date_range("2026-11-20T09:00Z", periods=3, freq="h")
    >>> history = pd.DataFrame({"ds": hours, "offered": [80, 200, 0], "answered": [9, 40, 0]})
    >>> max_offers = max_offers_from_history(history)
    >>> max_offers.value
    200.0
    >>> print(max_offers.origin)
    highest offered calls in an hour, seen 2026-11-20 10:00 UTC; history from
    2026-11-20 09:00 UTC to 2026-11-20 12:00 UTC
    >>> max_offers_from_history(None).origin
    'named fallback: no offered history'
    """
    fallback = MaxOffers(FALLBACK_CALLS, "named fallback: no offered history")
    if rate_history is None:
        return fallback
    RATE_RECORDS.check(rate_history)
    offered, hours = rate_history["offered"], rate_history["ds"]
    busiest = offered.max()
    if not busiest > 0:
        return fallback
    seen = hours.iloc[int(offered.argmax())]
    return MaxOffers(
        float(busiest),
        f"highest offered calls in an hour, seen {hour_text(seen)}; history from"
        f" {hour_text(hours.min())} to {hour_text(hours.max() + pd.Timedelta(hours=1))}",
    )
