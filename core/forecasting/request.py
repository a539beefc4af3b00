"""What is asked of a forecast, in one picklable value. Nothing is computed here."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from core.errors import UsageError
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import Forecaster, LocalTime
from core.forecasting.methods import AUTO, forecaster_for, method_names, unknown_method

DEFAULT_HORIZON = {SeriesKind.ANSWER_RATE: 24, SeriesKind.VOLUME: 168}
LONGEST_HORIZON = 366 * 24
LEVELS = (0.5, 0.99)


@dataclass(frozen=True)
class ForecastRequest:
    """What to forecast, and how.

    Parameters
    ----------
    forecast_id : str
        Unique; the forecast will carry it.
    kind : SeriesKind
        What the series counts.
    series_id, series_name : str
        Campaign or queue.
    history : DataFrame
        As `core.history.tidy` returns it.
    centre : LocalTime
        The centre's clock: a `core.history.centre.Centre`.
    made_at : datetime
        The present, aware.
    horizon : int
        1 to 8784. Unit: hours.
    method : str
        One of `core.forecasting.methods.method_names`.
    level : float
        What the band shall cover, 0.5 to 0.99.
    seed : int
        Of the method's randomness, 0 to 2**32 - 1.
    weekly, daily : bool
        Whether a model that can leave its weekly or daily shape out has it.
    method_in_force : str
        The method of the last stored forecast of the series; ``auto`` leaves it only for one that
        is clearly better. Empty where there is none.
    """

    forecast_id: str
    kind: SeriesKind
    series_id: str
    series_name: str
    history: pd.DataFrame
    centre: LocalTime
    made_at: datetime
    horizon: int
    method: str = AUTO
    level: float = 0.95
    seed: int = 0
    weekly: bool = True
    daily: bool = True
    method_in_force: str = ""

    def forecaster(self, name: str) -> Forecaster:
        """Return the method of this name, set up for this request."""
        return forecaster_for(self.kind, name, self.centre, weekly=self.weekly, daily=self.daily)

    def check(self) -> None:
        """Refuse what no method can do; raises `UsageError`."""
        if self.method not in method_names(self.kind):
            raise unknown_method(self.kind, self.method)
        if not 1 <= self.horizon <= LONGEST_HORIZON:
            raise UsageError(
                f"A horizon of {self.horizon} hours cannot be forecast.",
                f"Give 1 to {LONGEST_HORIZON} hours.",
            )
        lowest, highest = LEVELS
        if not lowest <= self.level <= highest:
            raise UsageError(
                f"A band of {self.level * 100:g} % cannot be made.",
                f"Give a level of {lowest * 100:g} to {highest * 100:g} %.",
            )
