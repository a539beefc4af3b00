"""What a campaign has done so far: attempts, live answers and abandoned calls by interval.

The end of the last row is the present: where files are given, the files decide and not the clock.
Intervals are of one length, an hour or a part of it. Nothing is invented for one that is missing.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from core.errors import DataError
from core.frames import FrameContract
from core.pacing.allowance import Allowance

HOUR = timedelta(hours=1)

OBSERVED = FrameContract(
    "observed intervals",
    {
        "ds": "time",
        "attempts": "number",
        "live": "number",
        "abandoned": "number",
        "callsPerAgent": "number",
    },
    key=("ds",),
    whole=("attempts", "live", "abandoned"),
)
"""What a campaign did, by interval; `callsPerAgent` is NaN where nobody knows it. `live` counts
calls answered by a person, `abandoned` those of them that found no agent in time."""


@dataclass(frozen=True, slots=True)
class ObservedInterval:
    """One interval.

    Parameters
    ----------
    ds : datetime
        Its start, aware.
    attempts, live, abandoned : float
        Unit: calls.
    calls : float or None
        Calls per agent that were set; None where nobody knows.
    """

    ds: datetime
    attempts: float
    live: float
    abandoned: float
    calls: float | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """Intervals that are over.

    Parameters
    ----------
    intervals : tuple of ObservedInterval
        Sorted; none where nothing is over yet.
    length : timedelta
        How long each is, and how often the rest is planned anew.
    until : datetime or None
        Aware: the present, where the last interval is still under way; None where it is over.
    """

    intervals: tuple[ObservedInterval, ...]
    length: timedelta = HOUR
    until: datetime | None = None

    @property
    def end(self) -> datetime | None:
        """The present: the end of the last interval. None where nothing was seen yet."""
        if not self.intervals or self.until is not None:
            return self.until
        return self.intervals[-1].ds + self.length

    @property
    def last_calls(self) -> float | None:
        """Calls per agent that were set last, where that is known."""
        known = (each.calls for each in reversed(self.intervals) if each.calls is not None)
        return next(known, None)

    def since(self, moment: datetime) -> tuple[ObservedInterval, ...]:
        """Return the intervals that began at a moment or later."""
        return tuple(each for each in self.intervals if each.ds >= moment)

    def allowance(self, limit: float, since: datetime) -> Allowance:
        """Return what a limit still allows, over the intervals that began at a moment or later."""
        seen = self.since(since)
        live, abandoned = sum(each.live for each in seen), sum(each.abandoned for each in seen)
        return Allowance(limit, live, abandoned)


def observed_in(rows: pd.DataFrame, until: datetime | None = None) -> Observed:
    """Return intervals with the length that their starts tell.

    Parameters
    ----------
    rows : DataFrame
        `OBSERVED`, in any order.
    until : datetime, optional
        Aware: the present, where the last interval may still be under way.

    Returns
    -------
    Observed
        An hour long where there are fewer than two rows.

    Raises
    ------
    DataError
        If the intervals overlap the hour or do not divide it, or counts contradict each other.
    FrameContractBroken
        If a column is missing.

    Examples
    --------
    >>> starts = pd.date_range("2026-11-23T09:00Z", periods=3, freq="15min", unit="us")
    >>> rows = pd.DataFrame({"ds": starts, "attempts": 100.0, "live": 20.0, "abandoned": 0.0})
    >>> so_far = observed_in(rows.assign(callsPerAgent=2.0))
    >>> so_far.end.isoformat(), so_far.length
    ('2026-11-23T09:45:00+00:00', datetime.timedelta(seconds=900))
    """
    ordered = OBSERVED.check(rows).sort_values("ds", ignore_index=True)
    impossible = ordered[
        (ordered[["attempts", "live", "abandoned"]] < 0).any(axis=1)
        | (ordered["live"] > ordered["attempts"])
        | (ordered["abandoned"] > ordered["live"])
    ]
    if not impossible.empty:
        raise DataError(
            f"The interval from {impossible['ds'].iloc[0].isoformat()} has more live answers than"
            " attempts, more abandoned than live, or a count below 0.",
            "Correct the observed intervals.",
        )
    gaps = ordered["ds"].diff().dropna()
    interval = gaps.min().to_pytimedelta() if len(gaps) else HOUR
    interval = min(interval, HOUR)
    if HOUR % interval or any(gap % interval for gap in gaps):
        raise DataError(
            f"The observed intervals are {interval} apart at the closest, which does not fit"
            " into an hour.",
            "Give intervals of an hour, or of an even part of it such as 15 minutes.",
        )
    columns = [ordered[name].tolist() for name in OBSERVED.columns]
    intervals = tuple(
        ObservedInterval(
            start.to_pydatetime(), attempts, live, lost, None if math.isnan(calls) else calls
        )
        for start, attempts, live, lost, calls in zip(*columns, strict=True)
    )
    return Observed(intervals, interval, until)
