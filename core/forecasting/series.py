"""A tidy history read as a series: its values, what came true, and whether it can be used at all.

Nothing is filled in here: how to fill a gap is each method's own affair.
"""

from typing import Any

import numpy as np
import pandas as pd

from core.errors import DataError, FrameContractBroken, TooLittleHistory
from core.forecasting.forecast import SeriesKind
from core.frames import RATE_HISTORY, VOLUME_HISTORY

HOUR = pd.Timedelta(hours=1)


def observed(history: pd.DataFrame, kind: SeriesKind) -> "pd.Series[Any]":
    """Return the value of each hour, indexed by ``ds``.

    Returns
    -------
    Series of float, shape (n_hours,)
        Volumes: contacts an hour. Answer rates: answered over offered, a share. NaN in closed and
        missing hours, and for a rate where nothing was offered.

    Examples
    --------
    >>> history = pd.DataFrame(
    ...     {
    ...         "ds": pd.date_range("2026-11-23T09:00Z", periods=2, freq="h"),
    ...         "offered": [20.0, 0.0],
    ...         "answered": [5.0, 0.0],
    ...     }
    ... )
    >>> observed(history, SeriesKind.ANSWER_RATE).tolist()
    [0.25, nan]
    """
    if kind is SeriesKind.VOLUME:
        ds = pd.DatetimeIndex(history["ds"], name="ds")
        return pd.Series(history["y"].to_numpy(dtype="float64"), ds, name="y")
    indexed = history.set_index("ds")
    offered = indexed["offered"].astype("float64")
    return indexed["answered"].astype("float64") / offered.where(offered > 0)


def outcomes(history: pd.DataFrame, kind: SeriesKind) -> pd.DataFrame:
    """Return what a forecast is compared with.

    A closed hour counts as 0 contacts, so that forecasting calls into the night costs something.
    Missing hours, and hours in which nothing was offered, cannot be compared and are left out.

    Returns
    -------
    DataFrame
        ``ds``, ``actual`` and ``weight``: what the hour counts for, 1 for volumes and the number of
        calls offered for answer rates.

    Examples
    --------
    >>> history = pd.DataFrame(
    ...     {
    ...         "ds": pd.date_range("2026-11-23T09:00Z", periods=3, freq="h"),
    ...         "y": [7.0, float("nan"), float("nan")],
    ...         "status": ["open", "closed", "missing"],
    ...     }
    ... )
    >>> outcomes(history, SeriesKind.VOLUME)["actual"].tolist()
    [7.0, 0.0]
    """
    values = observed(history, kind).to_numpy(copy=True)
    if kind is SeriesKind.VOLUME:
        values[(history["status"] == "closed").to_numpy()] = 0.0
        weights = np.ones(len(values))
    else:
        weights = history["offered"].to_numpy(dtype="float64")
    compared = pd.DataFrame({"ds": history["ds"], "actual": values, "weight": weights})
    return compared.loc[compared["actual"].notna()].reset_index(drop=True)


def usable(history: pd.DataFrame, kind: SeriesKind, minimum_hours: int) -> pd.DataFrame:
    """Return the history, or refuse it in words.

    Raises
    ------
    TooLittleHistory
        If it spans fewer hours than are needed.
    DataError
        If it holds nothing to forecast from.
    FrameContractBroken
        If it lacks a column.
    """
    (VOLUME_HISTORY if kind is SeriesKind.VOLUME else RATE_HISTORY).check(history)
    if "recorded" not in history.columns:
        raise FrameContractBroken("The history lacks the column recorded; core.history gives it.")
    what = "contacts" if kind is SeriesKind.VOLUME else "calls offered"
    if history.empty:
        raise DataError(
            f"There are no {what} on record. Nothing to forecast.",
            "Read a longer span, or choose another series.",
        )
    series_id = str(history["unique_id"].iloc[0])
    known = observed(history, kind).notna().to_numpy() | _recorded_zero(history, kind)
    if not known.any():
        days = max(1, round(len(history) / 24))
        raise DataError(
            f"No {what} in {days} days of {series_id}. Nothing to forecast.",
            "Read a longer span, or choose another series.",
        )
    if len(history) < minimum_hours:
        raise TooLittleHistory(
            f"{series_id} cannot be forecast: insufficient historical data, minimum "
            f"{minimum_hours} hours, and there are {len(history)}.",
            "Read a longer span: more --days on the command line, a longer span on the page "
            "(days_back).",
            have_hours=len(history),
            need_hours=minimum_hours,
        )
    return history


def to_last_record(history: pd.DataFrame) -> pd.DataFrame:
    """Return the history up to the last hour that the tenant gave a record for.

    The tutorials know no other hours: their grid ends there.

    Examples
    --------
    >>> history = pd.DataFrame({"y": [1.0, 2.0, 0.0], "recorded": [True, True, False]})
    >>> len(to_last_record(history))
    2
    """
    recorded = np.flatnonzero(history["recorded"].to_numpy(dtype=bool))
    return history.iloc[: recorded[-1] + 1] if len(recorded) else history.iloc[:0]


def hours_ahead(history: pd.DataFrame, horizon: int) -> pd.DatetimeIndex:
    """Return the hours after a history's last.

    Examples
    --------
    >>> history = pd.DataFrame({"ds": pd.date_range("2026-11-23T09:00Z", periods=2, freq="h")})
    >>> hours_ahead(history, 1)[0].isoformat()
    '2026-11-23T11:00:00+00:00'
    """
    first = history["ds"].iloc[-1] + HOUR
    return pd.date_range(first, periods=horizon, freq="h", unit="us", name="ds")


def _recorded_zero(history: pd.DataFrame, kind: SeriesKind) -> "np.ndarray[Any, Any]":
    # A feed that writes zeros into hours judged closed still says something of a queue; a rate
    # without a single attempt says nothing.
    if kind is SeriesKind.VOLUME:
        return history["recorded"].to_numpy(dtype=bool)
    return np.zeros(len(history), dtype=bool)
