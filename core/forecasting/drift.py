"""Drift: whether stored forecasts of a series still hold what its method promised.

Scores only hours that came after a forecast was stored, each by the forecast that was in force
when it began. A finding is a plain sentence; whether to retrain is for `DriftReport.state`. What
chance alone would do is allowed for, so that a quiet queue does not cry every day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import pandas as pd

from core.forecasting.assessment import compared_with
from core.forecasting.drift_triggers import TRIGGERS, DriftFinding
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.forecaster import LocalTime

WINDOW = {SeriesKind.ANSWER_RATE: timedelta(days=7), SeriesKind.VOLUME: timedelta(days=14)}
"""How far back hours are scored."""
LEAST_HOURS = 12
"""With fewer open hours to compare nothing is told yet."""
FRESH_HOURS = 12
"""A forecast with fewer open hours of its own is too new to be blamed for the others."""


class DriftState(StrEnum):
    """How a series stands."""

    RETRAIN = "retrain"
    """It is off, and the forecast in force shares in it."""
    WATCH = "watch"
    """It was off, and has been forecast anew since: too few hours came to tell."""
    SOUND = "sound"
    """Nothing is off beyond chance."""
    UNKNOWN = "unknown"
    """Too few hours have come since a forecast was stored."""


@dataclass(frozen=True, slots=True)
class DriftReport:
    """How the stored forecasts of a series hold.

    Parameters
    ----------
    kind : SeriesKind
        Answer rate or volume.
    series_id, series_name : str
        Campaign or queue.
    checked_at : datetime
        Aware.
    forecast_id, method : str
        The forecast in force.
    requested_method : str
        As it was asked for.
    state : DriftState
        How it stands.
    hours : int
        How many open hours were compared.
    error : float or None
        Of those hours: WAPE, or for a rate the weighted mean absolute error.
    findings : tuple of DriftFinding
        What each trigger found, raised or not.
    """

    kind: SeriesKind
    series_id: str
    series_name: str
    checked_at: datetime
    forecast_id: str
    method: str
    requested_method: str
    state: DriftState
    hours: int
    error: float | None
    findings: tuple[DriftFinding, ...] = ()

    @property
    def needs_retraining(self) -> bool:
        """Whether it should be forecast anew."""
        return self.state is DriftState.RETRAIN

    @property
    def reasons(self) -> tuple[str, ...]:
        """The sentences of the triggers that were raised, the heaviest first."""
        return tuple(each.sentence for each in self.findings if each.is_raised)


def in_force(forecasts: Sequence[Forecast], history: pd.DataFrame) -> pd.DataFrame:
    """Return each hour that came, beside the newest forecast stored before it began.

    Parameters
    ----------
    forecasts : sequence of Forecast
        Of one series, in any order.
    history : DataFrame
        Its tidy history, as it is now.

    Returns
    -------
    DataFrame
        As `core.forecasting.assessment.compared_with`, one row an hour, with ``forecast_id``.
    """
    frames = [
        compared_with(each, history).assign(forecast_id=each.forecast_id)
        for each in sorted(forecasts, key=lambda each: each.made_at, reverse=True)
    ]
    told = [frame for frame in frames if len(frame)]
    if not told:
        return frames[0] if frames else pd.DataFrame()
    newest_first = pd.concat(told, ignore_index=True)
    return newest_first.drop_duplicates("ds").sort_values("ds", ignore_index=True)


def drift_of(
    forecasts: Sequence[Forecast], history: pd.DataFrame, centre: LocalTime, now: datetime
) -> DriftReport:
    """Return how the stored forecasts of a series hold.

    Parameters
    ----------
    forecasts : sequence of Forecast
        Of one series and one requested method; at least one.
    history : DataFrame
        Its tidy history, as it is now.
    centre : LocalTime
        Names times in the sentences.
    now : datetime
        Aware.
    """
    newest = max(forecasts, key=lambda each: each.made_at)
    compared = in_force(forecasts, history)
    if len(compared):
        compared = compared[compared["ds"] >= pd.Timestamp(now - WINDOW[newest.kind])]
    open_hours = compared if compared.empty else compared[~compared["closed"]]
    enough = len(open_hours) >= LEAST_HOURS
    findings = tuple(trigger(newest, open_hours, centre) for trigger in TRIGGERS) if enough else ()
    return DriftReport(
        newest.kind,
        newest.series_id,
        newest.series_name,
        now,
        newest.forecast_id,
        newest.method,
        newest.requested_method,
        _state(newest, open_hours, findings),
        len(open_hours),
        _error(newest.kind, compared) if enough else None,
        tuple(sorted(findings, key=lambda each: not each.is_raised)),
    )


def _state(
    newest: Forecast, open_hours: pd.DataFrame, findings: tuple[DriftFinding, ...]
) -> DriftState:
    if not findings:
        return DriftState.UNKNOWN
    if not any(each.is_raised for each in findings):
        return DriftState.SOUND
    own = int((open_hours["forecast_id"] == newest.forecast_id).sum())
    is_only_one = own == len(open_hours)
    return DriftState.RETRAIN if own >= FRESH_HOURS or is_only_one else DriftState.WATCH


def _error(kind: SeriesKind, compared: pd.DataFrame) -> float | None:
    deviation = (compared["yhat"] - compared["actual"]).abs() * compared["weight"]
    size = compared["weight"]
    if kind is SeriesKind.VOLUME:
        size = size * compared["actual"]
    return float(deviation.sum() / size.sum()) if size.sum() > 0 else None
