"""Many series on one clock: the arrays that the fast volume methods work on.

All series of a panel end with the same hour and are forecast equally far; shorter ones begin with
missing hours. A closed hour is told apart from a missing one. Nothing is filled in or forecast
here, and a panel never holds an hour that was not known at its cutoff.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.cleaned import WeekCounts, week_counts
from core.forecasting.forecaster import LocalTime
from core.forecasting.series import hours_ahead

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Panel:
    """Histories of volumes, side by side.

    Parameters
    ----------
    centre : LocalTime
        Whose clock and calendar all series live by.
    lengths : tuple of int
        How many hours each history has; all end with the same hour.
    ds : DatetimeIndex, shape (n_hours + horizon,)
        The hours of the longest history, then those to forecast.
    week : array of int, shape (n_hours + horizon,)
        Hour of the centre's week.
    kinds : array of int, shape (n_hours + horizon,)
        What the calendar calls each hour: 0 is ordinary; see `LocalTime.day_kinds`.
    counts : array, shape (n_series, n_hours)
        Contacts an hour; NaN where closed or missing.
    closed : array of bool, shape (n_series, n_hours)
        Where the centre was closed.
    horizon : int
        Unit: hours.
    """

    centre: LocalTime
    lengths: tuple[int, ...]
    ds: pd.DatetimeIndex
    week: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.int8]
    counts: Floats
    closed: Flags
    horizon: int

    @property
    def hours(self) -> int:
        """How many hours the longest history has."""
        return len(self.counts[0])

    @property
    def ahead(self) -> pd.DatetimeIndex:
        """The hours to forecast."""
        return self.ds[self.hours :]

    @property
    def week_ahead(self) -> npt.NDArray[np.int64]:
        """The hour of the week of each hour to forecast."""
        return self.week[self.hours :]

    @cached_property
    def shut(self) -> Flags:
        """Where the centre is expected closed, shape (n_series, horizon)."""
        missing = np.isnan(self.counts) & ~self.closed
        series = (
            (self.counts[row, self.hours - length :], missing[row, self.hours - length :])
            for row, length in enumerate(self.lengths)
        )
        is_ordinary = self.kinds[: self.hours] == 0
        return self.centre.expected_closed_each(
            self.week[: self.hours], is_ordinary, series, self.ahead
        )

    @cached_property
    def with_closed(self) -> Floats:
        """The counts, closed hours as 0; NaN where missing."""
        return np.where(self.closed, 0.0, self.counts)

    @cached_property
    def cleaned(self) -> WeekCounts:
        """The counts by week, with what each is worth to a model."""
        return week_counts(self.counts, self.week, self.kinds[: self.hours], self.week_ahead)

    def only(self, row: int) -> "Panel":
        """Return the panel of one of its series."""
        return replace(
            self,
            lengths=self.lengths[row : row + 1],
            counts=self.counts[row : row + 1],
            closed=self.closed[row : row + 1],
        )

    def earlier(self, hours: int, horizon: int) -> "Panel":
        """Return the panel as it stood some hours earlier.

        Series that did not exist then have no count.

        Parameters
        ----------
        hours : int
            At least `horizon`, and fewer than the history has.
        horizon : int
            How far to look ahead from there. Unit: hours.
        """
        kept = self.hours - hours
        end = kept + horizon
        return Panel(
            self.centre,
            tuple(max(length - hours, 0) for length in self.lengths),
            self.ds[:end],
            self.week[:end],
            self.kinds[:end],
            self.counts[:, :kept],
            self.closed[:, :kept],
            horizon,
        )

    def came(self, hours: int, horizon: int) -> Floats:
        """Return what came after some hours before the end, shape (n_series, horizon).

        Closed hours are 0; NaN where missing.
        """
        kept = self.hours - hours
        return self.with_closed[:, kept : kept + horizon]


def panel_of(histories: Sequence[pd.DataFrame], centre: LocalTime, horizon: int) -> Panel:
    """Return histories as one panel.

    Parameters
    ----------
    histories : sequence of DataFrame
        `core.frames.VOLUME_HISTORY`; at least one row each, and the same last hour.
    centre : LocalTime
        Whose clock and calendar all of them live by.
    horizon : int
        How far to look ahead. Unit: hours.
    """
    longest = max(histories, key=len)
    known = pd.DatetimeIndex(longest["ds"])
    ds = pd.DatetimeIndex(known.append(hours_ahead(longest, horizon)))
    week, kinds = centre.hour_of_week(ds), centre.day_kinds(ds)
    counts = np.full((len(histories), len(known)), np.nan)
    closed = np.zeros(counts.shape, dtype=bool)
    for row, history in enumerate(histories):
        first = len(known) - len(history)
        counts[row, first:] = history["y"].to_numpy(dtype="float64")
        closed[row, first:] = (history["status"] == "closed").to_numpy()
    lengths = tuple(len(each) for each in histories)
    return Panel(centre, lengths, ds, week, kinds, counts, closed, horizon)
