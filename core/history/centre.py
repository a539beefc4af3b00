"""What a centre's clock and habits tell a forecasting method, as one value to pass around.

`core.forecasting` knows no wall-clock time of its own: it is given a `Centre`.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.history.calendar import hour_of_week, same_clock_before, zone_named
from core.history.tidy import tidied_again


@dataclass(frozen=True, slots=True)
class Centre:
    """A contact centre, as far as time is concerned.

    Parameters
    ----------
    time_zone : str
        The zone whose clock the centre lives by.

    Raises
    ------
    SettingsError
        If there is no such zone.

    Examples
    --------
    >>> Centre("Europe/Berlin").hour_of_week(pd.DatetimeIndex(["2026-11-23T00:00Z"])).tolist()
    [1]
    """

    time_zone: str = "UTC"

    def __post_init__(self) -> None:
        zone_named(self.time_zone)

    def hour_of_week(self, ds: pd.DatetimeIndex) -> npt.NDArray[np.int64]:
        """Return the hour of the centre's week, 0 (Monday 00:00) to 167."""
        return hour_of_week(ds, zone_named(self.time_zone))

    def days_before(self, ds: pd.DatetimeIndex, days: int) -> pd.DatetimeIndex:
        """Return when the centre's clock showed the same, some days earlier."""
        return same_clock_before(ds, days, zone_named(self.time_zone))

    def as_known_at(self, history: pd.DataFrame, until: datetime) -> pd.DataFrame:
        """Return a tidy history as it stood when the hour `until` was the open one."""
        return tidied_again(history, until, self.time_zone)
