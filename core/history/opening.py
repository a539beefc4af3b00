"""The hours of the week in which a centre is open, as a person told or as they were learned.

Nothing is learned here: `core.history.habits` reads a history.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import SettingsError
from core.history.calendar import DAY_NAMES, HOURS_PER_WEEK, CallableHours

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The hours of the week in which a centre is open, as a person told them.

    Parameters
    ----------
    open_hours : frozenset of int
        Hours of the centre's week, 0 (Monday 00:00) to 167.
    since : date or None
        The first day on which they hold, on the centre's clock; None for always.

    Raises
    ------
    SettingsError
        If no hour is open, or one is none of a week.

    Examples
    --------
    >>> OpeningHours.of(range(8, 18)).text
    'Mo 08:00-18:00'
    """

    open_hours: frozenset[int]
    since: date | None = None

    def __post_init__(self) -> None:
        if not self.open_hours:
            raise SettingsError(
                "A week without an open hour leaves nothing to forecast.",
                "Leave at least one hour open, or give closed days.",
            )
        if not all(0 <= hour < HOURS_PER_WEEK for hour in self.open_hours):
            raise SettingsError("A week has the hours 0 to 167.", "Give hours within a week.")

    @classmethod
    def of(cls, open_hours: Iterable[int], since: date | None = None) -> Self:
        """Return opening hours from any collection of hours of the week."""
        return cls(frozenset(int(hour) for hour in open_hours), since)

    @classmethod
    def parse(cls, text: str, since: date | None = None) -> Self:
        """Return opening hours from text such as ``Mo-Fr 08:00-20:00, Sa 09:00-16:00``.

        An hour is open if any part of it is.

        Raises
        ------
        SettingsError
            If the text cannot be read; the part at fault is named.

        Examples
        --------
        >>> sorted(OpeningHours.parse("Tu 08:30-10:00").open_hours)
        [32, 33]
        """
        windows = CallableHours.parse(text, "UTC").windows
        hours = (
            day * 24 + hour
            for day, first, last in windows
            for hour in range(first // 60, -(-last // 60))
        )
        return cls.of(hours, since)

    @property
    def is_open(self) -> Flags:
        """Whether each hour of the week is open, shape (168,)."""
        flags = np.zeros(HOURS_PER_WEEK, dtype=bool)
        flags[sorted(self.open_hours)] = True
        return flags

    @property
    def text(self) -> str:
        """The hours as they are written, days alike joined."""
        return opening_text(self.is_open)

    def told(self, clock: pd.DatetimeIndex, *, is_open: bool) -> Flags:
        """Return which hours were told to be open, or else closed; none before they hold.

        Parameters
        ----------
        clock : DatetimeIndex, shape (n_hours,)
            What the centre's clock shows, without a zone.
        is_open : bool
            Which of the two to return.
        """
        week = np.asarray(clock.day_of_week * 24 + clock.hour, dtype=np.int64)
        told: Flags = self.is_open[week] == is_open
        if self.since is not None:
            told &= np.asarray(clock >= pd.Timestamp(self.since))
        return told


def opening_text(is_open: Flags) -> str:
    """Return the open hours of a week as they are written, days alike joined.

    Examples
    --------
    >>> week = np.zeros(168, dtype=bool)
    >>> for day in range(5):
    ...     week[day * 24 + 8 : day * 24 + 18] = True
    >>> week[5 * 24 + 9] = True
    >>> opening_text(week)
    'Mo-Fr 08:00-18:00, Sa 09:00-10:00'
    """
    days = [_spans(is_open[day * 24 : day * 24 + 24]) for day in range(7)]
    entries = []
    first = 0
    for day in range(1, 8):
        if day < 7 and days[day] == days[first]:
            continue
        named = DAY_NAMES[first] if day - 1 == first else f"{DAY_NAMES[first]}-{DAY_NAMES[day - 1]}"
        entries += [f"{named} {span}" for span in days[first]]
        first = day
    return ", ".join(entries)


def _spans(day: Flags) -> tuple[str, ...]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], day, [False]]).astype(int)))
    return tuple(
        f"{first:02d}:00-{past_last:02d}:00"
        for first, past_last in zip(edges[::2], edges[1::2], strict=True)
    )
