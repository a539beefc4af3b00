"""What people said of a centre's time: public holidays, days of its own, opening hours.

It wins over whatever a history seems to show. Nothing is learned here.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.history.days import NO_DAYS, DayCalendar, DayKind, OwnDay
from core.history.opening import OpeningHours

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Told:
    """What people said of a centre's time.

    Parameters
    ----------
    days : DayCalendar
        Public holidays and the operator's own days.
    opening : OpeningHours or None
        The opening hours; None where nobody told them.

    Examples
    --------
    >>> from datetime import date
    >>> from core.history.days import OwnDay
    >>> eve = OwnDay(date(2026, 12, 24), 840, 1440, label="Early close")
    >>> told = Told(DayCalendar("DE", (eve,)), OpeningHours.parse("Mo-Fr 08:00-18:00"))
    >>> clock = pd.DatetimeIndex(["2026-12-24T07:00", "2026-12-24T13:00", "2026-12-24T14:00"])
    >>> told.kinds(clock).tolist(), told.open(clock).tolist()
    ([2, 0, 2], [False, True, False])
    """

    days: DayCalendar = NO_DAYS
    opening: OpeningHours | None = None

    def kinds(self, clock: pd.DatetimeIndex) -> npt.NDArray[np.int8]:
        """Return the kind of each hour: `DayKind`, closed also outside the opening hours told.

        Parameters
        ----------
        clock : DatetimeIndex, shape (n_hours,)
            What the centre's clock shows at the start of each hour, without a zone.
        """
        kinds = self.days.kinds(clock)
        if self.opening is not None:
            kinds[self.opening.told(clock, is_open=False)] = DayKind.CLOSED
        return kinds

    def closed(self, clock: pd.DatetimeIndex) -> Flags:
        """Return in which hours people said that the centre is closed."""
        closed: Flags = self.kinds(clock) == DayKind.CLOSED
        return closed

    def open(self, clock: pd.DatetimeIndex) -> Flags:
        """Return in which hours people said that the centre is open."""
        if self.opening is None:
            return np.zeros(len(clock), dtype=bool)
        return self.opening.told(clock, is_open=True) & ~self.closed(clock)


TOLD_NOTHING = Told()


@dataclass(frozen=True, slots=True)
class NotedDay:
    """A day of the operator's own, and who told it when."""

    day: OwnDay
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """What opening hours are told of: a series, or the whole centre.

    Parameters
    ----------
    kind, series_id : str
        The series; both empty for the whole centre.
    """

    kind: str = ""
    series_id: str = ""

    @property
    def is_whole_centre(self) -> bool:
        """Whether all series are meant that have no hours of their own."""
        return not self.series_id


WHOLE_CENTRE = Scope()


@dataclass(frozen=True, slots=True)
class NotedOpening:
    """The opening hours of a series or of the whole centre, and who told them when."""

    scope: Scope
    opening: OpeningHours
    person: str
    at: datetime
