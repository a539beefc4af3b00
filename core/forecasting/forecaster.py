"""What every forecasting method is, and what it hands back.

A method sees a tidy history and nothing else: no clock, no tenant, no hour after the history's
last. It refuses with a `core.errors.DataError` where it cannot forecast; it never returns NaN.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.forecast import SeriesKind

MINIMUM_HOURS = 48
"""Two days: the least in which anything can be seen to repeat."""


class LocalTime(Protocol):
    """What forecasting needs to know of the centre's clock; `core.history.centre` has it."""

    @property
    def time_zone(self) -> str:
        """The name of the zone whose clock the centre lives by."""
        ...

    def hour_of_week(self, ds: pd.DatetimeIndex) -> npt.NDArray[np.int64]:
        """Return the hour of the centre's week, 0 (Monday 00:00) to 167."""
        ...

    def days_before(self, ds: pd.DatetimeIndex, days: int) -> pd.DatetimeIndex:
        """Return when the centre's clock showed the same, some days earlier."""
        ...

    def day_kinds(self, ds: pd.DatetimeIndex) -> npt.NDArray[np.int8]:
        """Return what each hour is: 0 ordinary, 1 holiday, 2 closed, 3 reduced, 4 special.

        Closed is what a person said is closed. Volumes are exactly 0 there and rates absent.
        """
        ...

    def day_names(self, ds: pd.DatetimeIndex) -> list[str]:
        """Return what each hour's day is called; empty where the calendar knows nothing of it."""
        ...

    def expected_closed(self, history: pd.DataFrame, ds: pd.DatetimeIndex) -> npt.NDArray[np.bool_]:
        """Return in which hours the centre is closed: as it was told, else as its history shows."""
        ...

    def expected_closed_each(
        self,
        week: npt.NDArray[np.int64],
        is_ordinary: npt.NDArray[np.bool_],
        series: Iterable[tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]],
        ds: pd.DatetimeIndex,
    ) -> npt.NDArray[np.bool_]:
        """Return the same for many series that end with the same hour, shape (n_series, n_hours).

        Of each its contacts and where a record is missing; see `core.history.centre`.
        """
        ...

    def days_named(self, ds: pd.DatetimeIndex) -> tuple[str, ...]:
        """Return a sentence for each day that the calendar knows as unlike others."""
        ...

    @property
    def calendar_used(self) -> Mapping[str, Any]:
        """What a forecast records of the calendar that it was made with."""
        ...

    def as_known_at(self, history: pd.DataFrame, until: datetime) -> pd.DataFrame:
        """Return a tidy history as it stood when the hour `until` was the open one."""
        ...


def no_components() -> pd.DataFrame:
    """Return the components of a method that has none: no row."""
    return pd.DataFrame({"ds": pd.Series([], dtype="datetime64[us, UTC]")})


@dataclass(frozen=True)
class ForecastParts:
    """What a method hands back.

    Parameters
    ----------
    rows : DataFrame
        ``ds``, ``yhat``, ``yhat_lower``, ``yhat_upper`` and ``closed``, in order, from the hour
        after the history on. The bounds are NaN where the method has no band of its own. ``closed``
        marks hours in which the method expects the centre closed: volume 0 and no doubt; for
        answer rates such hours are absent.
    parameters : mapping
        What the method ran with.
    band : str
        How its own band was made, in words; empty where it has none.
    seed : int or None
        Of its randomness, where it has any.
    warnings : tuple of str
        What the reader should know, in sentences.
    explain : callable
        Returns ``ds`` and one column per component. Worked out only when it is called, for
        backtests never ask.
    """

    rows: pd.DataFrame
    parameters: Mapping[str, Any]
    band: str = ""
    seed: int | None = None
    warnings: tuple[str, ...] = ()
    explain: Callable[[], pd.DataFrame] = no_components


class Forecaster(Protocol):
    """A forecasting method for one kind of series."""

    @property
    def name(self) -> str:
        """What it is called in results, by its real name."""
        ...

    @property
    def kind(self) -> SeriesKind:
        """What it forecasts."""
        ...

    @property
    def minimum_hours(self) -> int:
        """How many hours of history it needs."""
        ...

    def forecast(
        self, history: pd.DataFrame, horizon: int, level: float, seed: int
    ) -> ForecastParts:
        """Return the forecast of the hours after a history.

        Parameters
        ----------
        history : DataFrame
            `core.frames.RATE_HISTORY` or `VOLUME_HISTORY`, with ``recorded``.
        horizon : int
            How many hours. Unit: hours.
        level : float
            What the band claims to cover, a share.
        seed : int
            Of its randomness, where it has any; the same seed gives the same rows.

        Raises
        ------
        TooLittleHistory
            If there are fewer than `minimum_hours`.
        DataError
            If the history cannot be forecast from.
        """
        ...
