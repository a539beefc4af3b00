"""What a method would have made of the past: whole forecasts at past cutoffs, as it makes them now.

`auto` chooses anew at each cutoff, and a band comes from the errors that were known then, so that
neither is judged by what it could not know. Many series and cutoffs are made together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

import pandas as pd

from core.errors import DataError
from core.forecasting.backtest import COLUMNS
from core.forecasting.bands import judged_by_others
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import LocalTime
from core.forecasting.make import forecast_all
from core.forecasting.request import ForecastRequest
from core.forecasting.scores import naive_error
from core.forecasting.series import HOUR, outcomes

SLOW = ("tutorial",)
"""Not made whole at each cutoff, which would look back once more from each: that takes minutes."""
PAST_COLUMNS = (*COLUMNS, "fit_seconds")


@dataclass(frozen=True)
class Past:
    """The past of one series.

    Parameters
    ----------
    history : DataFrame
        A tidy history with ``recorded``.
    centre : LocalTime
        The centre, which knows how the history stood at an earlier time.
    cutoffs : sequence of datetime
        The last hours that a method may see.
    """

    history: pd.DataFrame
    centre: LocalTime
    cutoffs: Sequence[datetime]


def past_forecasts(
    pasts: Sequence[Past],
    method: str,
    *,
    kind: SeriesKind,
    horizon: int,
    level: float,
    seed: int = 0,
) -> tuple[pd.DataFrame, ...]:
    """Return past forecasts by a method beside what came, a frame for each series.

    Parameters
    ----------
    pasts : sequence of Past
        Histories and cutoffs, one for each series.
    method : str
        One of `core.forecasting.methods.method_names`, ``auto`` among them.
    kind : SeriesKind
        What is forecast.
    horizon : int
        How far each cutoff looks ahead. Unit: hours.
    level : float
        What the band claims to cover, a share.
    seed : int
        Of the method's randomness.

    Returns
    -------
    tuple of DataFrame
        The columns of `core.forecasting.backtest.backtest`, and ``fit_seconds``: how long a
        forecast took, its share where many were made together. A cutoff at which the method
        refuses is left out. A slow method without a band of its own gets the one that its errors
        at the other cutoffs give.

    Raises
    ------
    UsageError
        If there is no such method, or horizon or level are out of range.
    """
    requests = [
        ForecastRequest(
            forecast_id=f"{number}-{place}",
            kind=kind,
            series_id=str(past.history["unique_id"].iloc[0]),
            series_name=str(past.history["unique_id"].iloc[0]),
            history=past.centre.as_known_at(past.history, _end_of(cutoff)),
            centre=past.centre,
            made_at=_end_of(cutoff),
            horizon=horizon,
            method=method,
            level=level,
            seed=seed,
        )
        for number, past in enumerate(pasts)
        for place, cutoff in enumerate(past.cutoffs)
    ]
    began = perf_counter()
    is_slow = method in SLOW
    made = [_rows_alone(each) for each in requests] if is_slow else _rows(requests)
    seconds = (perf_counter() - began) / max(1, len(requests))
    frames: list[list[pd.DataFrame]] = [[] for _ in pasts]
    for request, rows in zip(requests, made, strict=True):
        if rows is not None:
            number = int(request.forecast_id.partition("-")[0])
            frames[number].append(_compared(request, rows, pasts[number], seconds))
    return tuple(_joined(each, kind, level) for each in frames)


def _end_of(cutoff: datetime) -> datetime:
    return (pd.Timestamp(cutoff) + HOUR).to_pydatetime()


def _rows(requests: Sequence[ForecastRequest]) -> list[pd.DataFrame | None]:
    return [None if isinstance(each, DataError) else each.rows for each in forecast_all(requests)]


def _rows_alone(request: ForecastRequest) -> pd.DataFrame | None:
    request.check()
    forecaster = request.forecaster(request.method)
    try:
        return forecaster.forecast(
            request.history, request.horizon, request.level, request.seed
        ).rows
    except DataError:
        return None


def _compared(
    request: ForecastRequest, rows: pd.DataFrame, past: Past, seconds: float
) -> pd.DataFrame:
    beside = rows[["ds", "yhat", "yhat_lower", "yhat_upper"]].merge(
        outcomes(past.history, request.kind), on="ds"
    )
    return beside.assign(
        closed=(beside["yhat"] == 0) & ~(beside["yhat_upper"] > 0),
        cutoff=request.history["ds"].iloc[-1],
        scale=naive_error(request.history, request.kind),
        fit_seconds=seconds,
    )[list(PAST_COLUMNS)]


def _joined(frames: list[pd.DataFrame], kind: SeriesKind, level: float) -> pd.DataFrame:
    told = [frame for frame in frames if len(frame)]
    if not told:
        return pd.DataFrame({name: pd.Series([], dtype="float64") for name in PAST_COLUMNS})
    joined = pd.concat(told, ignore_index=True)
    if joined["yhat_lower"].isna().all():
        return judged_by_others(joined, kind, level)[list(PAST_COLUMNS)]
    return joined
