"""How far forecasts were from what came.

One formula per measure, over hours that can be compared: open hours with a value, and closed hours
as 0 contacts. Measures weigh an hour by the calls offered in it where the series is a rate, for an
hour with 3 calls says little. Nothing here looks at the hours that a model was fitted on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.forecasting.noise import chance_error
from core.forecasting.series import outcomes

LAG_HOURS = 168
LEAST_OF_FLOOR = 0.9
"""An error below so much of the noise floor shows that the counts are no Poisson counts."""

Floats = npt.NDArray[np.float64]


def score(method: str, compared: pd.DataFrame, kind: SeriesKind, level: float) -> Scores:
    """Return the scores of a method.

    Parameters
    ----------
    method : str
        Its name.
    compared : DataFrame
        ``cutoff``, ``ds``, ``yhat``, ``yhat_lower``, ``yhat_upper``, ``actual``, ``weight`` and
        ``scale`` (see `naive_error`), one row for each hour compared.
    kind : SeriesKind
        What was forecast.
    level : float
        What the band claimed to cover, a share.

    Returns
    -------
    Scores
        Every measure None where there is nothing to compare.

    References
    ----------
    Hyndman, Koehler (2006), Another look at measures of forecast accuracy (MASE). Gneiting, Raftery
    (2007), Strictly proper scoring rules, section 6.2 (interval score).

    Examples
    --------
    >>> compared = pd.DataFrame(
    ...     {
    ...         "cutoff": 0,
    ...         "ds": [1, 2],
    ...         "yhat": [8.0, 12.0],
    ...         "yhat_lower": [5.0, 11.0],
    ...         "yhat_upper": [11.0, 13.0],
    ...         "actual": [10.0, 10.0],
    ...         "weight": 1.0,
    ...         "scale": 4.0,
    ...     }
    ... )
    >>> scores = score("seasonal-naive", compared, SeriesKind.VOLUME, 0.95)
    >>> scores.error, scores.mase, scores.bias, scores.coverage
    (0.2, 0.5, 0.0, 0.5)
    """
    columns = {
        name: compared[name].to_numpy(dtype="float64")
        for name in ("yhat", "yhat_lower", "yhat_upper", "actual", "weight", "scale")
    }
    closed = (
        compared["closed"].to_numpy(dtype=bool)
        if "closed" in compared
        else np.zeros(len(compared), dtype=bool)
    )
    compared_arrays = Compared(**columns, closed=closed, cutoffs=int(compared["cutoff"].nunique()))
    return scored(method, compared_arrays, kind, level)


@dataclass(frozen=True, slots=True)
class Compared:
    """Forecasts beside what came, as arrays of one length.

    Parameters
    ----------
    yhat, yhat_lower, yhat_upper : array
        Forecasts and bounds; the bounds NaN where there is no band.
    actual : array
        What came.
    weight : array
        What an hour counts for.
    scale : array
        See `naive_error`.
    closed : array of bool
        Where the centre was expected closed.
    cutoffs : int
        From how many past cutoffs.
    """

    yhat: Floats
    yhat_lower: Floats
    yhat_upper: Floats
    actual: Floats
    weight: Floats
    scale: Floats
    closed: npt.NDArray[np.bool_]
    cutoffs: int


def scored(method: str, compared: Compared, kind: SeriesKind, level: float) -> Scores:
    """Return the scores of a method from arrays; see `score`."""
    actual, weight, scale = compared.actual, compared.weight, compared.scale
    if not len(actual):
        return Scores(method, None, None, None, None, None, None, 0, 0)
    deviation = compared.yhat - actual
    size = float((weight * actual).sum() if kind is SeriesKind.VOLUME else weight.sum())
    has_scale = scale > 0
    scaled = np.abs(deviation[has_scale]) / scale[has_scale]
    error = _over(float((weight * np.abs(deviation)).sum()), size)
    return Scores(
        method=method,
        error=error,
        mase=_over(float((weight[has_scale] * scaled).sum()), float(weight[has_scale].sum())),
        mape=float(np.mean(np.abs(deviation) / np.where(actual == 0, 1.0, actual))),
        bias=_over(float((weight * deviation).sum()), size),
        **_band_scores(compared, level),
        hours=len(actual),
        cutoffs=compared.cutoffs,
        noise_floor=_floor(compared.yhat, size, error) if kind is SeriesKind.VOLUME else None,
    )


def naive_error(history: pd.DataFrame, kind: SeriesKind) -> float:
    """Return the mean absolute error of last week's value within a history.

    The scale of MASE: closed hours count as 0, missing ones are passed over, and a rate's hours are
    weighted by the calls offered. NaN where the history is too short.

    Examples
    --------
    >>> history = pd.DataFrame(
    ...     {
    ...         "ds": pd.date_range("2026-11-02", periods=169, freq="h", tz="UTC"),
    ...         "y": [10.0] * 168 + [13.0],
    ...         "status": "open",
    ...     }
    ... )
    >>> naive_error(history, SeriesKind.VOLUME)
    3.0
    """
    known = outcomes(history, kind).set_index("ds")
    week_before = pd.DatetimeIndex(known.index) - pd.Timedelta(hours=LAG_HOURS)
    before = known["actual"].reindex(week_before).to_numpy()
    change = np.abs(known["actual"].to_numpy() - before)
    weight = np.where(np.isnan(change), 0.0, known["weight"].to_numpy())
    total = float(weight.sum())
    return float((weight * np.nan_to_num(change)).sum() / total) if total > 0 else float("nan")


def score_stored(forecast: Forecast, history: pd.DataFrame) -> Scores:
    """Return the scores of a stored forecast on the hours that came since.

    Parameters
    ----------
    forecast : Forecast
        Made before the hours came.
    history : DataFrame
        The tidy history of the same series, as it is now; what it holds from before the forecast's
        cutoff gives MASE its scale.

    Returns
    -------
    Scores
        With no hour compared where none has come yet.
    """
    past = history.loc[history["ds"] <= pd.Timestamp(forecast.cutoff)]
    compared = forecast.rows.merge(outcomes(history, forecast.kind), on="ds")
    compared = compared.assign(scale=naive_error(past, forecast.kind))
    return score(forecast.method, compared, forecast.kind, forecast.level)


def _band_scores(compared: Compared, level: float) -> Mapping[str, Any]:
    banded = ~np.isnan(compared.yhat_lower) & ~np.isnan(compared.yhat_upper)
    if not banded.any():
        return {"coverage": None, "coverage_open": None, "interval_score": None}
    actual, lower, upper, weight = (
        each[banded]
        for each in (compared.actual, compared.yhat_lower, compared.yhat_upper, compared.weight)
    )
    outside = np.maximum(lower - actual, 0.0) + np.maximum(actual - upper, 0.0)
    winkler = (upper - lower) + 2.0 / (1.0 - level) * outside
    is_open = ~compared.closed[banded]
    return {
        "coverage": float(np.mean(outside == 0)),
        "coverage_open": float(np.mean(outside[is_open] == 0)) if is_open.any() else None,
        "interval_score": _over(float((weight * winkler).sum()), float((weight * actual).sum())),
    }


def _floor(yhat: Floats, size: float, error: float | None) -> float | None:
    """What chance alone leaves; None where the counts vary less than Poisson counts would."""
    floor = _over(float(chance_error(yhat).sum()), size)
    if floor is None or error is None or error < LEAST_OF_FLOOR * floor:
        return None
    return floor


def _over(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None
