"""The answer-rate methods by name: all read the same counted hours, and share what they fit.

Nothing is chosen or scored here, and no band is made: see `core.forecasting.rate_trials`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import UsageError
from core.forecasting import rate_profile, rate_regression, rate_stl
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import MINIMUM_HOURS, ForecastParts, LocalTime
from core.forecasting.rate_days import KINDS, day_shifts
from core.forecasting.rate_hours import RateHours, log_odds, rate_hours, share_of

AVERAGE = "average"
MEMBERS = (rate_stl.NAME, rate_regression.NAME)
"""The profile is no member: the decomposition rests on it."""
NAMES = (AVERAGE, rate_stl.NAME, rate_regression.NAME, rate_profile.NAME)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RateFits:
    """What the methods make of one history; each fit is made once, and only when it is needed.

    Parameters
    ----------
    hours : RateHours
        Counted hours and hours to forecast.
    ds : DatetimeIndex, shape (n_hours,)
        Those of the grid.
    """

    hours: RateHours
    ds: pd.DatetimeIndex

    def share(self, name: str) -> Floats:
        """Return the forecast of a method, shape (n_ahead,).

        Hours of days unlike others are shifted by what such days did; see
        `core.forecasting.rate_days`.

        Raises
        ------
        UsageError
            If the name is none of `NAMES`.
        """
        share = self._of_ordinary_days(name)
        shift = self._day_shifts[self.hours.ahead_kind]
        if shift.any():
            # Only there: log odds are kept off 0 and 1, and a share need not be.
            share = np.where(shift == 0.0, share, share_of(log_odds(share) + shift))
        kept: Floats = np.clip(share, 0.0, 1.0)
        return kept

    def _of_ordinary_days(self, name: str) -> Floats:
        if name == AVERAGE:
            share = np.mean([self._of_ordinary_days(member) for member in MEMBERS], axis=0)
        elif name == rate_profile.NAME:
            share = self._profile.share[self.hours.ahead_week]
        elif name == rate_stl.NAME:
            share = rate_stl.carried_on(self.hours, self._profile, self._parts)
        elif name == rate_regression.NAME:
            share = rate_regression.regressed(self.hours, self._regression)
        else:
            raise UsageError(f"'{name}' is no answer-rate method.", f"Name one of {NAMES}.")
        return np.asarray(share, dtype=np.float64)

    def parameters(self, name: str) -> Mapping[str, Any]:
        """Return what a method ran with."""
        told = {"components_of": rate_stl.NAME} if name != rate_stl.NAME else {}
        if name == AVERAGE:
            return {"members": ", ".join(MEMBERS), **told}
        if name == rate_profile.NAME:
            return {**self._profile.parameters, **told}
        if name == rate_regression.NAME:
            return {**self._regression.parameters, **told}
        return dict(rate_stl.PARAMETERS)

    def components(self) -> pd.DataFrame:
        """Return trend and season, which explain the series whatever the method."""
        return rate_stl.components(self.ds, self.hours, self._profile, self._parts)

    @cached_property
    def _day_shifts(self) -> Floats:
        if not len(self.hours.unlike.place):
            return np.zeros(KINDS)
        variances = self._regression.variances
        day_variance = variances.lasting + variances.single
        return day_shifts(self.hours, self._profile.share, day_variance)

    @cached_property
    def _profile(self) -> rate_profile.WeekProfile:
        return rate_profile.week_profile(self.hours)

    @cached_property
    def _parts(self) -> rate_stl.StlParts:
        return rate_stl.decomposed(self.hours, self._profile)

    @cached_property
    def _regression(self) -> rate_regression.Fit:
        return rate_regression.fitted(self.hours)


@dataclass(frozen=True, slots=True)
class RateForecaster:
    """One of the answer-rate methods as a forecaster among others.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    centre : LocalTime
        The centre's clock and calendar.
    """

    name: str
    centre: LocalTime

    @property
    def kind(self) -> SeriesKind:
        """What it forecasts."""
        return SeriesKind.ANSWER_RATE

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
        fits = rate_fits(history, horizon, self.centre)
        return ForecastParts(
            forecast_rows(fits, self.name), fits.parameters(self.name), explain=fits.components
        )


def rate_fits(history: pd.DataFrame, horizon: int, centre: LocalTime) -> RateFits:
    """Return a history ready for every method; see `core.forecasting.rate_hours.rate_hours`."""
    hours = rate_hours(history, horizon, centre)
    return RateFits(hours, pd.DatetimeIndex(history["ds"].iloc[-len(hours.grid_week) :]))


def forecast_rows(fits: RateFits, name: str) -> pd.DataFrame:
    """Return the forecast of a method as rows without a band."""
    return pd.DataFrame({"ds": fits.hours.ahead, "yhat": fits.share(name)}).assign(
        yhat_lower=np.nan, yhat_upper=np.nan, closed=False
    )
