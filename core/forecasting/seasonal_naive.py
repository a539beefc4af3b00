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
from core.forecasting.series import hours_ahead, observed, usable

NAME = "seasonal-naive"
WEEKS_BACK = 8
DAYS_BACK = 28
CLOSED_WEEKS = 4
"""An hour is expected closed if it was in more than half of so many latest weeks."""


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
        closed = self._expected_closed(history, ahead)
        values, warnings = self._copied(history, ahead, closed)
        rows = pd.DataFrame({"ds": ahead, "yhat": values, "closed": closed}).assign(
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
        parameters = {"lag_days": 7, "weeks_back": WEEKS_BACK, "days_back": DAYS_BACK}
        return ForecastParts(rows, parameters, warnings=warnings)

    def _copied(
        self, history: pd.DataFrame, ahead: pd.DatetimeIndex, closed: npt.NDArray[np.bool_]
    ) -> tuple[npt.NDArray[np.float64], tuple[str, ...]]:
        known = observed(history, self.kind)
        values = np.where(closed, 0.0, np.nan)
        warnings = []
        if len(history) < 7 * 24:
            warnings.append(
                "The history is shorter than a week: the same hour of the day before stands in for "
                "the same hour of last week."
            )
        by_day = 0
        for days, is_weekly in _lags():
            empty = np.isnan(values)
            if not empty.any():
                break
            values[empty] = known.reindex(self.centre.days_before(ahead[empty], days)).to_numpy()
            by_day += 0 if is_weekly else int(empty.sum() - np.isnan(values).sum())
        empty = np.isnan(values)
        values[empty] = self._mean(history)
        if by_day and len(history) >= 7 * 24:
            warnings.append(
                f"{by_day} hours have no value in the weeks before: the same hour of the latest "
                "day stands in."
            )
        if empty.any():
            warnings.append(
                f"{int(empty.sum())} hours have no value on any day before: the mean stands in."
            )
        return values, tuple(warnings)

    def _mean(self, history: pd.DataFrame) -> float:
        if self.kind is SeriesKind.ANSWER_RATE:
            return float(history["answered"].sum() / history["offered"].sum())
        mean = history["y"].mean()
        return 0.0 if pd.isna(mean) else float(mean)

    def _expected_closed(
        self, history: pd.DataFrame, ahead: pd.DatetimeIndex
    ) -> npt.NDArray[np.bool_]:
        lately = history.iloc[-CLOSED_WEEKS * 168 :]
        week = self.centre.hour_of_week(pd.DatetimeIndex(lately["ds"]))
        closed = (lately["status"] == "closed").to_numpy()
        next_week = self.centre.hour_of_week(ahead)
        # Days that a short history does not hold yet follow the hour of the day.
        share = _share(week % 24, closed, 24)[next_week % 24]
        by_week = _share(week, closed, 168)[next_week]
        expected: npt.NDArray[np.bool_] = np.where(np.isnan(by_week), share, by_week) > 0.5
        return expected


def _lags() -> Iterator[tuple[int, bool]]:
    yield from ((7 * week, True) for week in range(1, WEEKS_BACK + 1))
    yield from ((day, False) for day in range(1, DAYS_BACK + 1))


def _share(
    group: npt.NDArray[np.int64], closed: npt.NDArray[np.bool_], size: int
) -> npt.NDArray[np.float64]:
    seen = np.bincount(group, minlength=size).astype("float64")
    share: npt.NDArray[np.float64] = np.divide(
        np.bincount(group, closed, minlength=size), seen, out=np.full(size, np.nan), where=seen > 0
    )
    return share
