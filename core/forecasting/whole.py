"""A forecast made whole: what a method gave, with where it came from and what to know of it.

Nothing is fitted, chosen or stored here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from core.forecasting.forecast import Forecast, Scores
from core.forecasting.noise import NOTHING_TO_WIN, nothing_to_win
from core.forecasting.request import ForecastRequest
from core.forecasting.series import observed
from core.frames import FORECAST_ROWS

SILENT_OPEN_HOURS = 3
SILENT_HOURS = 4 * 24
"""Longer than a weekend with a holiday: a feed that fell silent looks like days closed."""
PACKAGES = ("pandas", "numpy", "statsmodels", "prophet", "holidays")


@dataclass(frozen=True)
class Made:
    """What a method made of a request.

    Parameters
    ----------
    method : str
        Its real name.
    reason : str
        Why this one, in sentences; empty where it was asked for.
    rows : DataFrame
        ``ds``, ``yhat`` and its bounds; further bounds where there are any.
    band : str
        How the band was made; empty where there is none.
    parameters : mapping
        What the method ran with.
    components : DataFrame
        See `core.forecasting.forecast.Forecast`.
    scores : tuple of Scores
        The method's first.
    seed : int or None
        Of its randomness.
    warnings : tuple of str
        The method's own.
    """

    method: str
    reason: str
    rows: pd.DataFrame
    band: str
    parameters: Mapping[str, Any]
    components: pd.DataFrame
    scores: tuple[Scores, ...]
    seed: int | None = None
    warnings: tuple[str, ...] = ()


def whole(request: ForecastRequest, made: Made) -> Forecast:
    """Return the forecast that a request asked for."""
    history = request.history
    cutoff = history["ds"].iloc[-1]
    status = history["status"].to_numpy(dtype=object)
    rows = made.rows.assign(unique_id=request.series_id, model=made.method, cutoff=cutoff)
    bounds = [name for name in rows.columns if name not in (*FORECAST_ROWS.columns, "closed")]
    columns = [*FORECAST_ROWS.columns, *bounds]
    return Forecast(
        forecast_id=request.forecast_id,
        kind=request.kind,
        series_id=request.series_id,
        series_name=request.series_name,
        method=made.method,
        requested_method=request.method,
        reason=made.reason,
        parameters={**made.parameters, **request.centre.calendar_used},
        level=request.level,
        band=made.band,
        cutoff=cutoff.to_pydatetime(),
        history_start=history["ds"].iloc[0].to_pydatetime(),
        history_hours={name: int((status == name).sum()) for name in ("open", "closed", "missing")},
        made_at=request.made_at,
        time_zone=request.centre.time_zone,
        seed=made.seed,
        versions=dict(_versions()),
        rows=FORECAST_ROWS.check(rows[columns].reset_index(drop=True)),
        components=made.components,
        scores=made.scores,
        warnings=(
            *made.warnings,
            *_of_history(request),
            *_of_scores(made),
            *request.centre.days_named(pd.DatetimeIndex(rows["ds"])),
        ),
    )


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    return tuple((package, version(package)) for package in PACKAGES)


def _of_history(request: ForecastRequest) -> list[str]:
    history = request.history
    warnings = []
    is_missing = history["status"].to_numpy(dtype=object) == "missing"
    missing = int(is_missing.sum())
    if missing:
        hours = "1 hour" if missing == 1 else f"{missing} hours"
        verb = "is" if missing == 1 else "are"
        warnings.append(f"{hours} of the history {verb} missing though the centre was open.")
    silence = int(np.argmax(history["recorded"].to_numpy(dtype=bool)[::-1]))
    lost = int(is_missing[len(history) - silence :].sum())
    if lost >= SILENT_OPEN_HOURS or silence > SILENT_HOURS:
        warnings.append(f"No record has come for the last {silence} hours of the history.")
    values = observed(history, request.kind).to_numpy()
    values = values[~np.isnan(values)]
    if not len(values):
        warnings.append("Every hour of the history counts 0 contacts.")
    elif values.min() == values.max():
        warnings.append(f"Every hour of the history counts the same: {values[0]:g}.")
    return warnings


def _of_scores(made: Made) -> list[str]:
    warnings = []
    if not made.scores:
        warnings.append("The history is too short to measure past forecasts: there are no scores.")
    if not made.band:
        warnings.append("There are too few past errors to make a band from.")
    own = next((scores for scores in made.scores if scores.method == made.method), None)
    if own is not None and nothing_to_win(own.error, own.noise_floor):
        warnings.append(
            f"{NOTHING_TO_WIN}: the error is {own.error:.2f} and the noise floor"
            f" {own.noise_floor:.2f}, what chance alone leaves to any forecast."
        )
    return warnings
