"""The hours in which a campaign offered calls, on the centre's clock, and those to forecast.

What every answer-rate method starts from. Hours without an offer say nothing of a rate and are left
out, never filled; hours ahead in which the centre is expected closed have no rate and are left out
too. Hours of days unlike others (holidays, the operator's own days) are kept apart, so that they do
not pass for ordinary ones. Only the latest `LONGEST_DAYS` count: older habits of a list say little
of tomorrow.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import DataError
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import MINIMUM_HOURS, LocalTime
from core.forecasting.series import hours_ahead, usable

LONGEST_DAYS = 90
MOST_UNLIKE = 0.5
"""Where more of the counted hours than this are of unlike days, those are the rule: none is."""
CLOSEST_TO_SURE = 0.002
"""No share is taken for surer than this: what never failed yet may fail."""

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class UnlikeHours:
    """Counted hours of days unlike others, as arrays of one length.

    Parameters
    ----------
    kind : array of int
        See `LocalTime.day_kinds`.
    place : array of int
        Which hour of the grid, counted from 0.
    offered, answered : array
        Calls; at least one was offered in each hour.
    """

    kind: Numbers
    place: Numbers
    offered: Floats
    answered: Floats


@dataclass(frozen=True)
class RateHours:
    """Counted hours and hours to forecast.

    Parameters
    ----------
    offered, answered : array, shape (n_counted,)
        Calls in ordinary hours; at least one was offered in each.
    place : array of int, shape (n_counted,)
        Which hour of the grid, counted from 0.
    grid_week : array of int, shape (n_hours,)
        Hour of the centre's week of every hour of the grid, counted or not.
    grid_day : array of int, shape (n_hours,)
        Day of the centre's clock, counted from 0.
    ahead : DatetimeIndex, shape (n_ahead,)
        The hours to forecast.
    ahead_place : array of int, shape (n_ahead,)
        As `place`: the hours after the grid go on counting.
    ahead_week, ahead_day : array of int, shape (n_ahead,)
        As `grid_week` and `grid_day`.
    ahead_kind : array of int, shape (n_ahead,)
        What the calendar calls them; see `LocalTime.day_kinds`.
    unlike : UnlikeHours
        Counted hours that are no ordinary ones.
    """

    offered: Floats
    answered: Floats
    place: Numbers
    grid_week: Numbers
    grid_day: Numbers
    ahead: pd.DatetimeIndex
    ahead_place: Numbers
    ahead_week: Numbers
    ahead_day: Numbers
    ahead_kind: Numbers
    unlike: UnlikeHours

    @property
    def rate(self) -> Floats:
        """The observed share of each counted hour."""
        return self.answered / self.offered

    @property
    def week(self) -> Numbers:
        """The hour of the week of each counted hour."""
        return self.grid_week[self.place]

    @property
    def day(self) -> Numbers:
        """The day of each counted hour."""
        return self.grid_day[self.place]

    @property
    def days(self) -> int:
        """How many days of the clock the grid touches."""
        return int(self.grid_day[-1]) + 1

    @property
    def overall(self) -> float:
        """All answers over all offers, kept off 0 and 1."""
        return float((self.answered.sum() + 0.5) / (self.offered.sum() + 1.0))


def rate_hours(history: pd.DataFrame, horizon: int, centre: LocalTime) -> RateHours:
    """Return the counted hours of a history and the hours to forecast.

    Parameters
    ----------
    history : DataFrame
        `core.frames.RATE_HISTORY` with ``recorded``.
    horizon : int
        How many hours to look ahead, closed ones included. Unit: hours.
    centre : LocalTime
        The centre's clock.

    Raises
    ------
    TooLittleHistory
        If the history spans fewer than 48 hours.
    DataError
        If nothing was ever offered, or the centre is expected closed throughout.

    Examples
    --------
    >>> from core.history.centre import Centre
    >>> history = pd.DataFrame(
    ...     {
    ...         "unique_id": "C1",
    ...         "ds": pd.date_range("2026-11-23", periods=48, freq="h", tz="UTC"),
    ...         "offered": [10.0, 5.0] * 24,
    ...         "answered": [4.0, 1.0] * 24,
    ...         "status": "open",
    ...         "recorded": True,
    ...     }
    ... )
    >>> hours = rate_hours(history, 2, Centre())
    >>> len(hours.rate), hours.rate[0].item(), hours.ahead_week.tolist(), hours.ahead_day.tolist()
    (48, 0.4, [48, 49], [2, 2])
    """
    usable(history, SeriesKind.ANSWER_RATE, MINIMUM_HOURS)
    lately = _latest_offers(history)
    ahead = hours_ahead(history, horizon)
    is_open = ~centre.expected_closed(history, ahead)
    if not is_open.any():
        raise DataError(
            f"The centre is expected to be closed in each of the next {horizon} hours: there is no "
            "answer rate to forecast.",
            "Ask for a longer horizon, or choose another method.",
        )
    grid = pd.DatetimeIndex(lately["ds"])
    week = centre.hour_of_week(pd.DatetimeIndex(grid.append(ahead)))
    # The grid has every hour, so a new weekday is the next day, however long the clock made it.
    day = np.cumsum(np.diff(week // 24, prepend=week[0] // 24) != 0)
    hours = len(grid)
    kind = centre.day_kinds(pd.DatetimeIndex(grid.append(ahead))).astype(np.int64)
    offered = lately["offered"].fillna(0.0).to_numpy(dtype="float64")
    answered = lately["answered"].to_numpy(dtype="float64")
    counted = np.flatnonzero(offered > 0)
    if np.mean(kind[counted] != 0) > MOST_UNLIKE:
        kind = np.zeros_like(kind)
    place, apart = counted[kind[counted] == 0], counted[kind[counted] != 0]
    return RateHours(
        offered=offered[place],
        answered=answered[place],
        place=place,
        grid_week=week[:hours],
        grid_day=day[:hours],
        ahead=ahead[is_open],
        ahead_place=(hours + np.arange(horizon))[is_open],
        ahead_week=week[hours:][is_open],
        ahead_day=day[hours:][is_open],
        ahead_kind=kind[hours:][is_open],
        unlike=UnlikeHours(kind[apart], apart, offered[apart], answered[apart]),
    )


def _latest_offers(history: pd.DataFrame) -> pd.DataFrame:
    """The latest days; of a campaign at rest for longer, those before its last call."""
    offered = np.flatnonzero((history["offered"] > 0).to_numpy())
    first = max(0, min(len(history) - LONGEST_DAYS * 24, int(offered[-1]) - LONGEST_DAYS * 24))
    return history.iloc[first:]


def log_odds(share: Floats) -> Floats:
    """Return the logarithm of the odds of a share, kept off 0 and 1.

    Examples
    --------
    >>> log_odds(np.array([0.5, 1.0])).round(2).tolist()
    [0.0, 6.21]
    """
    kept = np.clip(share, CLOSEST_TO_SURE, 1.0 - CLOSEST_TO_SURE)
    odds: Floats = np.log(kept / (1.0 - kept))
    return odds


def share_of(odds: Floats) -> Floats:
    """Return the share whose log odds these are.

    Examples
    --------
    >>> share_of(np.array([0.0, 6.2])).round(3).tolist()
    [0.5, 0.998]
    """
    share: Floats = 1.0 / (1.0 + np.exp(-odds))
    return share
