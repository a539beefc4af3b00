"""Days that are not like others: public holidays and the operator's own, hour by hour.

The calendar says what a day is. It does not say what a day does: how many contacts come on a
holiday is learned by the forecasting methods. It opens no hour that is closed otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import SettingsError
from core.history.public_holidays import checked_country, public_holidays

MINUTES_PER_DAY = 24 * 60

Flags = npt.NDArray[np.bool_]


class DayKind(IntEnum):
    """What an hour of a day is."""

    ORDINARY = 0
    """Like any other."""
    HOLIDAY = 1
    """On a public holiday."""
    CLOSED = 2
    """The operator says: closed. No contact is counted and none is forecast."""
    REDUCED = 3
    """The operator says: open, and with less than usual."""
    SPECIAL = 4
    """The operator says: open, and unlike other days."""

    @property
    def word(self) -> str:
        """The kind as it is written in files and shown."""
        return self.name.lower()


OWN_KINDS = (DayKind.CLOSED, DayKind.REDUCED, DayKind.SPECIAL)
"""What an operator's own day can be."""
_WEAKEST_FIRST = (DayKind.HOLIDAY, DayKind.REDUCED, DayKind.SPECIAL, DayKind.CLOSED)


@dataclass(frozen=True, slots=True, order=True)
class OwnDay:
    """A day of the operator's own, or some hours of one.

    Parameters
    ----------
    date : date
        On the centre's clock.
    start_minute, end_minute : int
        The part of the day that is meant; the whole day unless given. Unit: minutes since
        midnight as the clock shows them.
    kind : DayKind
        One of `OWN_KINDS`.
    label : str
        What it is called.

    Raises
    ------
    SettingsError
        If the kind is not the operator's to give, or the part ends before it begins.

    Examples
    --------
    >>> OwnDay(date(2026, 12, 24), 14 * 60, 24 * 60, DayKind.CLOSED, "Christmas Eve").span
    '14:00-24:00'
    """

    date: date
    start_minute: int = 0
    end_minute: int = MINUTES_PER_DAY
    kind: DayKind = DayKind.CLOSED
    label: str = ""

    def __post_init__(self) -> None:
        if self.kind not in OWN_KINDS:
            words = ", ".join(kind.word for kind in OWN_KINDS)
            raise SettingsError(f"A day cannot be {self.kind.word}.", f"Give one of {words}.")
        if not 0 <= self.start_minute < self.end_minute <= MINUTES_PER_DAY:
            raise SettingsError(
                f"{self.date.isoformat()} {self.span} ends before it begins.",
                "Give a start before the end, from 00:00 to 24:00.",
            )

    @property
    def is_whole_day(self) -> bool:
        """Whether all of the day is meant."""
        return (self.start_minute, self.end_minute) == (0, MINUTES_PER_DAY)

    @property
    def span(self) -> str:
        """The part of the day, as a clock shows it."""
        return f"{clock_text(self.start_minute)}-{clock_text(self.end_minute)}"

    @property
    def name(self) -> str:
        """The label, or what kind of day it is."""
        return self.label or f"{self.kind.word} day"


def clock_text(minute: int) -> str:
    """Return a minute of the day as a clock shows it, ``24:00`` for its end.

    Examples
    --------
    >>> clock_text(570)
    '09:30'
    """
    return f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True, slots=True)
class DayCalendar:
    """A country's public holidays and the operator's own days, which win over them.

    Where own days overlap, closed wins over special, and special over reduced.

    Parameters
    ----------
    country : str
        A code such as ``US`` or, with a part of the country, ``DE-BE``; empty for none.
    own_days : tuple of OwnDay
        In any order.

    Raises
    ------
    SettingsError
        If there is no such country or part of it.

    Examples
    --------
    >>> calendar = DayCalendar("US", (OwnDay(date(2026, 12, 24), 780, 1440, label="Early close"),))
    >>> eve = pd.date_range("2026-12-24T12:00", periods=13, freq="h")
    >>> calendar.kinds(eve)[[0, 1, 12]].tolist()
    [0, 2, 1]
    >>> [calendar.names(eve)[place] for place in (0, 1, 12)]
    ['', 'Early close', 'Christmas Day']
    """

    country: str = ""
    own_days: tuple[OwnDay, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "country", checked_country(self.country))

    def kinds(self, clock: pd.DatetimeIndex) -> npt.NDArray[np.int8]:
        """Return the kind of each hour.

        Parameters
        ----------
        clock : DatetimeIndex, shape (n_hours,)
            What the centre's clock shows at the start of each hour, without a zone.

        Returns
        -------
        array of int8, shape (n_hours,)
            Values of `DayKind`. An hour that a closed span covers in part is reduced.
        """
        kinds = np.full(len(clock), DayKind.ORDINARY, dtype=np.int8)
        for touched, kind, _ in self._layers(clock):
            kinds[touched] = kind
        return kinds

    def names(self, clock: pd.DatetimeIndex) -> list[str]:
        """Return what each hour's day is called; empty where it is ordinary."""
        names = np.full(len(clock), "", dtype=object)
        for touched, _, name in self._layers(clock):
            names[touched] = name
        return [str(name) for name in names]

    def _layers(self, clock: pd.DatetimeIndex) -> list[tuple[Flags, DayKind, str]]:
        """Return which hours are touched, by what, the weakest kind first."""
        if not len(clock) or not (self.country or self.own_days):
            return []
        days = clock.to_numpy().astype("datetime64[D]")
        minutes = np.asarray(clock.hour * 60 + clock.minute)
        first, last = days.min().item(), days.max().item()
        layers = [
            (days == np.datetime64(day), DayKind.HOLIDAY, name)
            for day, name in public_holidays(self.country, first, last).items()
        ]
        for own in sorted(self.own_days):
            if first <= own.date <= last:
                layers.extend(_own_layers(own, days == np.datetime64(own.date), minutes))
        return sorted(layers, key=lambda layer: _WEAKEST_FIRST.index(layer[1]))


def _own_layers(
    own: OwnDay, is_day: Flags, minutes: npt.NDArray[np.int32]
) -> Iterator[tuple[Flags, DayKind, str]]:
    # An hour that runs past midnight, as zones with half hours have them, belongs to its start.
    ends = np.minimum(minutes + 60, MINUTES_PER_DAY)
    touched = is_day & (minutes < own.end_minute) & (ends > own.start_minute)
    if own.kind is not DayKind.CLOSED:
        yield touched, own.kind, own.name
        return
    covered = touched & (minutes >= own.start_minute) & (ends <= own.end_minute)
    yield touched & ~covered, DayKind.REDUCED, own.name
    yield covered, DayKind.CLOSED, own.name


NO_DAYS = DayCalendar()
"""Neither holidays nor days of the operator's own."""
