"""One forecast, whole: method chosen, rows, band, components, past scores and where it came from.

`make_forecast` takes one picklable request and no clock, so it runs as well in another process.
Nothing is stored here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import pandas as pd

from core.errors import DataError
from core.forecasting.forecast import Forecast
from core.forecasting.forecaster import MINIMUM_HOURS, ForecastParts, no_components
from core.forecasting.methods import AUTO, BASELINE, MODELS
from core.forecasting.request import ForecastRequest
from core.forecasting.select import Trial, ranked, reason_for, try_out
from core.forecasting.series import observed, to_last_record, usable
from core.frames import FORECAST_ROWS

SILENT_OPEN_HOURS = 3
SILENT_HOURS = 4 * 24
"""Longer than a weekend with a holiday: a feed that fell silent looks like days closed."""
PACKAGES = ("pandas", "numpy", "statsmodels", "prophet")


def make_forecast(request: ForecastRequest) -> Forecast:
    """Return the forecast of the hours after a history, with its scores over past cutoffs.

    The method that was asked for is tried at past cutoffs beside the seasonal-naive baseline; with
    ``auto`` every method is, and the best is taken. A method without a band of its own gets one
    from its past errors. Where ``auto`` takes a method without components, those of the best model
    that has some are shown, and the parameter ``components_of`` names it.

    Raises
    ------
    UsageError
        If method, horizon or level are out of range.
    TooLittleHistory
        If there are fewer hours than the method needs.
    DataError
        If the history cannot be forecast from.
    """
    request.check()
    usable(request.history, request.kind, MINIMUM_HOURS)
    is_auto = request.method == AUTO
    names = (*MODELS[request.kind], BASELINE) if is_auto else _with_baseline(request.method)
    trials = try_out(
        request.history,
        [request.forecaster(name) for name in names],
        request.centre,
        horizon=request.horizon,
        level=request.level,
        seed=request.seed,
    )
    if is_auto:
        chosen, parts, reason = _best(request, ranked(trials))
    else:
        chosen, reason = trials[0], ""
        parts = _parts(request, chosen)
    others = tuple(trial for trial in trials if trial is not chosen) if is_auto else ()
    parts = _with_components(request, parts, others)
    return _whole(request, chosen, parts, reason, trials)


def forecast_all(
    requests: Iterable[ForecastRequest], mapper: Callable[..., Iterable[Any]] = map
) -> Iterator[Forecast | DataError]:
    """Return the forecast of each series, or why it has none, in order.

    Parameters
    ----------
    requests : iterable of ForecastRequest
        One for each series.
    mapper : callable
        ``map`` or anything alike: a thread or process pool's ``map`` drops in.
    """
    return iter(mapper(attempt, requests))


def attempt(request: ForecastRequest) -> Forecast | DataError:
    """Return the forecast, or the error that says why there is none."""
    try:
        return make_forecast(request)
    except DataError as error:
        return error


def _with_baseline(name: str) -> tuple[str, ...]:
    return (name,) if name == BASELINE else (name, BASELINE)


def _parts(request: ForecastRequest, trial: Trial) -> ForecastParts:
    return trial.forecaster.forecast(request.history, request.horizon, request.level, request.seed)


def _best(request: ForecastRequest, trials: tuple[Trial, ...]) -> tuple[Trial, ForecastParts, str]:
    """Take the best trial whose forecast stands; tell why a better one does not."""
    passed_over: list[str] = []
    refusal: DataError | None = None
    for trial in trials:
        name = trial.forecaster.name
        try:
            parts = _parts(request, trial)
        except DataError as error:
            refusal = refusal or error
            passed_over.append(f"{name} was passed over: {error.what}")
            continue
        negative = int((parts.rows["yhat"] < 0).sum())
        if negative and name != BASELINE:
            passed_over.append(f"{name} was passed over: below 0 in {negative} hours.")
            continue
        others = [other for other in trials if other is not trial]
        return trial, parts, " ".join([reason_for(trial, others), *passed_over])
    raise refusal or DataError(f"No method can forecast {request.series_name}.")


def _with_components(
    request: ForecastRequest, parts: ForecastParts, others: tuple[Trial, ...]
) -> ForecastParts:
    """Let the best other method explain the series where the chosen one cannot."""
    own = parts.explain()
    if not own.empty:
        return replace(parts, explain=lambda: own)
    lender, lent = _lent_components(request, others)
    named = {**parts.parameters, "components_of": lender} if lender else parts.parameters
    return replace(parts, parameters=named, explain=lambda: lent)


def _lent_components(
    request: ForecastRequest, others: tuple[Trial, ...]
) -> tuple[str, pd.DataFrame]:
    for trial in ranked(others):
        try:
            components = _parts(request, trial).explain()
        except DataError:
            continue
        if not components.empty:
            return trial.forecaster.name, components
    return "", no_components()


def _whole(
    request: ForecastRequest,
    chosen: Trial,
    parts: ForecastParts,
    reason: str,
    trials: tuple[Trial, ...],
) -> Forecast:
    history, method = request.history, chosen.forecaster.name
    cutoff = history["ds"].iloc[-1]
    band = parts.band or chosen.error_band.words
    rows = parts.rows if parts.band else chosen.error_band.around(parts.rows)
    rows = rows.assign(unique_id=request.series_id, model=method, cutoff=cutoff)
    status = history["status"]
    return Forecast(
        forecast_id=request.forecast_id,
        kind=request.kind,
        series_id=request.series_id,
        series_name=request.series_name,
        method=method,
        requested_method=request.method,
        reason=reason,
        parameters=dict(parts.parameters),
        level=request.level,
        band=band,
        cutoff=cutoff.to_pydatetime(),
        history_start=history["ds"].iloc[0].to_pydatetime(),
        history_hours={name: int((status == name).sum()) for name in ("open", "closed", "missing")},
        made_at=request.made_at,
        time_zone=request.centre.time_zone,
        seed=parts.seed,
        versions={package: version(package) for package in PACKAGES},
        rows=FORECAST_ROWS.check(rows[list(FORECAST_ROWS.columns)].reset_index(drop=True)),
        components=parts.explain(),
        scores=tuple(
            trial.scores
            for trial in sorted(trials, key=lambda trial: trial is not chosen)
            if trial.scores.hours
        ),
        warnings=(*parts.warnings, *_warnings(request, band, trials)),
    )


def _warnings(request: ForecastRequest, band: str, trials: tuple[Trial, ...]) -> list[str]:
    history = request.history
    warnings = []
    missing = int((history["status"] == "missing").sum())
    if missing:
        hours = "1 hour" if missing == 1 else f"{missing} hours"
        verb = "is" if missing == 1 else "are"
        warnings.append(f"{hours} of the history {verb} missing though the centre was open.")
    silence = history.iloc[len(to_last_record(history)) :]
    if (silence["status"] == "missing").sum() >= SILENT_OPEN_HOURS or len(silence) > SILENT_HOURS:
        warnings.append(f"No record has come for the last {len(silence)} hours of the history.")
    values = observed(history, request.kind).dropna()
    if values.nunique() == 1:
        warnings.append(f"Every hour of the history counts the same: {values.iloc[0]:g}.")
    elif values.empty:
        warnings.append("Every hour of the history counts 0 contacts.")
    if not any(trial.scores.hours for trial in trials):
        warnings.append("The history is too short to measure past forecasts: there are no scores.")
    if not band:
        warnings.append("There are too few past errors to make a band from.")
    return warnings
