"""Bands from a method's own past errors, for methods that have none.

Split-conformal in spirit: the half-width is that quantile of the absolute errors at past cutoffs
which the level asks for. Volume errors are first divided by the square root of the forecast (a
count's own measure of chance), so busy hours get wider bands than quiet ones. Hours expected closed
are exactly 0 and lend no error. The band never leaves 0..1 for a rate, nor goes below 0 contacts.

Whether it covers is measured out of sample: each past cutoff is judged by the others' errors.
"""

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.forecast import SeriesKind

LEAST_ERRORS = 20
"""With fewer past errors there is no band."""


@dataclass(frozen=True, slots=True)
class ErrorBand:
    """A band around any forecast of the same method.

    Parameters
    ----------
    kind : SeriesKind
        What is forecast.
    half_width : float
        In contacts over the square root of the forecast, or as a share; NaN where there is none.
    words : str
        How it was made; empty where there is none.
    """

    kind: SeriesKind
    half_width: float
    words: str

    def around(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return forecast rows with ``yhat_lower`` and ``yhat_upper`` set."""
        yhat = rows["yhat"].to_numpy(dtype="float64")
        reach = self.half_width * _spread(yhat, self.kind)
        if self.words:
            reach = np.where(rows["closed"].astype(bool), 0.0, reach)
        lower, upper = yhat - reach, yhat + reach
        highest = 1.0 if self.kind is SeriesKind.ANSWER_RATE else np.inf
        return rows.assign(
            yhat_lower=np.clip(lower, 0.0, highest), yhat_upper=np.clip(upper, 0.0, highest)
        )


def band_from_errors(compared: pd.DataFrame, kind: SeriesKind, level: float) -> ErrorBand:
    """Return the band that a method's past errors give.

    Parameters
    ----------
    compared : DataFrame
        As `core.forecasting.backtest.backtest` returns it.
    kind : SeriesKind
        What was forecast.
    level : float
        What the band shall cover, a share.

    References
    ----------
    Lei, G'Sell, Rinaldo, Tibshirani, Wasserman (2018), Distribution-free predictive inference for
    regression, section 2.2.

    Examples
    --------
    >>> compared = pd.DataFrame(
    ...     {"cutoff": 0, "yhat": 0.3, "actual": np.linspace(0.2, 0.4, 99), "closed": False}
    ... )
    >>> band = band_from_errors(compared, SeriesKind.ANSWER_RATE, 0.95)
    >>> round(band.half_width, 3), band.words
    (0.096, '95 % of 99 errors of 1 past forecast')
    """
    counted = compared.loc[~compared["closed"].astype(bool)]
    yhat = counted["yhat"].to_numpy(dtype="float64")
    deviation = np.abs(counted["actual"].to_numpy(dtype="float64") - yhat)
    errors = np.sort(deviation / _spread(yhat, kind))
    if len(errors) < LEAST_ERRORS:
        return ErrorBand(kind, float("nan"), "")
    # One more than there are: the hour to come is one of the lot.
    rank = ceil((len(errors) + 1) * level)
    cutoffs = int(counted["cutoff"].nunique())
    source = f"{len(errors)} errors of {cutoffs} past forecast{'' if cutoffs == 1 else 's'}"
    if rank > len(errors):
        words = f"the largest of {source}, too few to tell {level * 100:g} %"
    else:
        words = f"{level * 100:g} % of {source}"
    return ErrorBand(kind, float(errors[min(rank, len(errors)) - 1]), words)


def judged_by_others(compared: pd.DataFrame, kind: SeriesKind, level: float) -> pd.DataFrame:
    """Return past forecasts with the bands that the errors at the other cutoffs give.

    With a single cutoff there are no others, and no band.
    """
    if compared.empty:
        return compared
    judged = [
        band_from_errors(compared.loc[compared["cutoff"] != cutoff], kind, level).around(own)
        for cutoff, own in compared.groupby("cutoff", sort=False)
    ]
    return pd.concat(judged, ignore_index=True)


def _spread(yhat: npt.NDArray[np.float64], kind: SeriesKind) -> "npt.NDArray[Any]":
    if kind is SeriesKind.ANSWER_RATE:
        return np.ones(len(yhat))
    return np.sqrt(np.maximum(yhat, 1.0))
