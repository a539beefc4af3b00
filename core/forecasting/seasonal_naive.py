"""Seasonal naive: the same hour of last week. The baseline that every model must beat.

The hour is that of the centre's clock, so a clock change moves nothing. It copies counts that were
made: a holiday, a lost record or an hour without an answer rate is passed over for the week before.
It has no trend, no model and no band of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import DataError
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import MINIMUM_HOURS, ForecastParts, LocalTime
from core.forecasting.series import HOUR, hours_ahead, observed, usable

NAME = "seasonal-naive"
WEEKS_BACK = 8
DAYS_BACK = 28
PARAMETERS = {"lag_days": 7, "weeks_back": WEEKS_BACK, "days_back": DAYS_BACK}


@dataclass(frozen=True, slots=True)
class SeasonalNaive:
    """The same hour of the latest week that has a value.

    Where the last `WEEKS_BACK` weeks have none (the history may be shorter than a week), the same
    hour of the latest day; where `DAYS_BACK` days have none, the mean. The warnings tell how often.

    Parameters
    ----------
    kind : SeriesKind
        What it forecasts.
    centre : LocalTime
        The centre's clock.
    """

    kind: SeriesKind
    centre: LocalTime

    @property
    def name(self) -> str:
        """What it is called in results."""
        return NAME

    @property
    def minimum_hours(self) -> int:
        """How many hours of history it needs."""
        return MINIMUM_HOURS

    def forecast(
        self,
        history: pd.DataFrame,
        horizon: int,
        level: float,  # noqa: ARG002
        seed: int,  # noqa: ARG002
    ) -> ForecastParts:
        """Return the forecast; see `core.forecasting.forecaster.Forecaster.forecast`."""
        usable(history, self.kind, self.minimum_hours)
        ahead = hours_ahead(history, horizon)
        closed = self.centre.expected_closed(history, ahead)
        copies = copied(
            observed(history, self.kind).to_numpy()[None, :],
            np.array([self._mean(history)]),
            history["ds"].iloc[0],
            ahead,
            closed[None, :],
            self.centre,
        )
        rows = pd.DataFrame({"ds": ahead, "yhat": copies.values[0], "closed": closed}).assign(
            yhat_lower=np.nan, yhat_upper=np.nan
        )
        if self.kind is SeriesKind.ANSWER_RATE:
            rows = rows.loc[~rows["closed"]].reset_index(drop=True)
            if rows.empty:
                raise DataError(
                    f"The centre is expected to be closed in each of the next {horizon} hours: "
                    "there is no answer rate to forecast.",
                    "Ask for a longer horizon, or choose another method.",
                )
        warnings = copies.warnings(0, len(history))
        return ForecastParts(rows, dict(PARAMETERS), warnings=warnings)

    def _mean(self, history: pd.DataFrame) -> float:
        if self.kind is SeriesKind.ANSWER_RATE:
            return float(history["answered"].sum() / history["offered"].sum())
        mean = history["y"].mean()
        return 0.0 if pd.isna(mean) else float(mean)


@dataclass(frozen=True, slots=True)
class Copies:
    """Values copied from earlier hours, for any number of series.

    Parameters
    ----------
    values : array, shape (n_series, horizon)
        0 where closed.
    by_day, by_mean : array of int, shape (n_series,)
        For how many hours no week before had a value, so that a day or the mean stands in.
    """

    values: npt.NDArray[np.float64]
    by_day: npt.NDArray[np.int64]
    by_mean: npt.NDArray[np.int64]

    def warnings(self, row: int, hours: int) -> tuple[str, ...]:
        """Return what the reader of a series should know; `hours` is how long its history is."""
        told = []
        if hours < 7 * 24:
            told.append(
                "The history is shorter than a week: the same hour of the day before stands in for "
                "the same hour of last week."
            )
        if self.by_day[row] and hours >= 7 * 24:
            told.append(
                f"{self.by_day[row]} hours have no value in the weeks before: the same hour of the "
                "latest day stands in."
            )
        if self.by_mean[row]:
            told.append(
                f"{self.by_mean[row]} hours have no value on any day before: the mean stands in."
            )
        return tuple(told)


def copied(
    known: npt.NDArray[np.float64],
    mean: npt.NDArray[np.float64],
    first: pd.Timestamp,
    ahead: pd.DatetimeIndex,
    closed: npt.NDArray[np.bool_],
    centre: LocalTime,
) -> Copies:
    """Return the same clock hour of the latest week that has a value, for each series.

    Parameters
    ----------
    known : array, shape (n_series, n_hours)
        Values of every hour from `first` on; NaN where there is none.
    mean : array, shape (n_series,)
        What stands in where no earlier day has a value.
    first : Timestamp
        The hour of the first column.
    ahead : DatetimeIndex, shape (horizon,)
        The hours to forecast.
    closed : array of bool, shape (n_series, horizon)
        Where the centre is expected closed: 0.
    centre : LocalTime
        The centre's clock.
    """
    values = np.where(closed, 0.0, np.nan)
    by_day = np.zeros(len(known), dtype=np.int64)
    for days, is_weekly in _lags():
        empty = np.isnan(values)
        columns = np.flatnonzero(empty.any(axis=0))
        if not len(columns):
            break
        before = centre.days_before(ahead[columns], days)
        place = np.asarray((before - first) // HOUR, dtype=np.int64)
        is_there = (place >= 0) & (place < known.shape[1])
        found = np.where(is_there, known[:, np.where(is_there, place, 0)], np.nan)
        values[:, columns] = np.where(empty[:, columns], found, values[:, columns])
        by_day += 0 if is_weekly else (empty & ~np.isnan(values)).sum(axis=1)
    empty = np.isnan(values)
    return Copies(np.where(empty, mean[:, None], values), by_day, empty.sum(axis=1))


def _lags() -> Iterator[tuple[int, bool]]:
    yield from ((7 * week, True) for week in range(1, WEEKS_BACK + 1))
    yield from ((day, False) for day in range(1, DAYS_BACK + 1))
