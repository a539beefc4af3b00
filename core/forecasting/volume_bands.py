"""The band of a volume forecast: its method's own errors, and for days unlike others their limits.

On a holiday or a day of the operator's own a forecast is an expectation, and errors of ordinary
days tell nothing of it: the band there reaches from no contact at all up to what an ordinary day
would have as its upper bound.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.bands import ErrorBand
from core.forecasting.forecast import BAND_LEVELS, bound_names

LEAST_FACTOR = 1e-6

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def volume_bounds(
    band: ErrorBand, yhat: Floats, shut: Flags, factors: Floats, level: float
) -> tuple[Floats, Floats]:
    """Return the lower and the upper bound of each hour ahead.

    Parameters
    ----------
    band : ErrorBand
        What the method's errors were like.
    yhat : array, shape (horizon,)
        The forecast. Unit: contacts an hour.
    shut : array of bool, shape (horizon,)
        Where the centre is expected closed.
    factors : array, shape (horizon,)
        See `core.forecasting.day_effects.unlike_factors`.
    level : float
        What the band shall cover, a share.
    """
    lead = np.arange(1.0, len(yhat) + 1)
    lower, upper = band.bounds(yhat, lead, shut, level)
    unlike = ~np.isnan(factors) & ~shut
    if not unlike.any() or not band.is_there:
        return lower, upper
    ordinary = np.where(unlike, yhat / np.maximum(factors, LEAST_FACTOR), yhat)
    _, highest = band.bounds(ordinary, lead, shut, level)
    return np.where(unlike, 0.0, lower), np.where(unlike, np.maximum(upper, highest), upper)


def banded_rows(
    ahead: pd.DatetimeIndex,
    yhat: Floats,
    shut: Flags,
    factors: Floats,
    band: ErrorBand,
    level: float,
) -> pd.DataFrame:
    """Return forecast rows with the bounds of a level and of `BAND_LEVELS`; see `volume_bounds`."""
    columns: dict[str, object] = {"ds": ahead, "yhat": yhat, "closed": shut}
    wanted = [(level, ("yhat_lower", "yhat_upper"))]
    if band.is_there:
        wanted += [(each, bound_names(each)) for each in BAND_LEVELS]
    for each, (lower, upper) in wanted:
        columns[lower], columns[upper] = volume_bounds(band, yhat, shut, factors, each)
    return pd.DataFrame(columns)
