"""How far forecasts were from what came.

One formula per measure, over hours that can be compared: open hours with a value, and closed hours
as 0 contacts. Measures weigh an hour by the calls offered in it where the series is a rate, for an
hour with 3 calls says little. Nothing here looks at the hours that a model was fitted on.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.forecasting.series import outcomes

LAG_HOURS = 168


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
    if compared.empty:
        return Scores(method, None, None, None, None, None, None, 0, 0)
    actual = compared["actual"].to_numpy(dtype="float64")
    deviation = compared["yhat"].to_numpy(dtype="float64") - actual
    weight = compared["weight"].to_numpy(dtype="float64")
    size = float((weight * actual).sum() if kind is SeriesKind.VOLUME else weight.sum())
    scale = compared["scale"].to_numpy(dtype="float64")
    has_scale = scale > 0
    scaled = np.abs(deviation[has_scale]) / scale[has_scale]
    return Scores(
        method=method,
        error=_over(float((weight * np.abs(deviation)).sum()), size),
        mase=_over(float((weight[has_scale] * scaled).sum()), float(weight[has_scale].sum())),
        mape=float(np.mean(np.abs(deviation) / np.where(actual == 0, 1.0, actual))),
        bias=_over(float((weight * deviation).sum()), size),
        **_band_scores(compared, level),
        hours=len(compared),
        cutoffs=int(compared["cutoff"].nunique()),
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


def _band_scores(compared: pd.DataFrame, level: float) -> Mapping[str, Any]:
    banded = compared.loc[compared["yhat_lower"].notna() & compared["yhat_upper"].notna()]
    if banded.empty:
        return {"coverage": None, "interval_score": None}
    actual, lower, upper, weight = (
        banded[name].to_numpy(dtype="float64")
        for name in ("actual", "yhat_lower", "yhat_upper", "weight")
    )
    outside = np.maximum(lower - actual, 0.0) + np.maximum(actual - upper, 0.0)
    winkler = (upper - lower) + 2.0 / (1.0 - level) * outside
    return {
        "coverage": float(np.mean(outside == 0)),
        "interval_score": _over(float((weight * winkler).sum()), float((weight * actual).sum())),
    }


def _over(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None
