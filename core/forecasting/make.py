"""Forecasts, one or many: method chosen, rows, band, components, past scores and their origin.

`make_forecast` takes one picklable request and no clock, so it runs as well in another process.
`forecast_all` takes many; volumes by the fast methods are made in one pass. Nothing is stored here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from core.errors import DataError
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.forecaster import MINIMUM_HOURS, ForecastParts, no_components
from core.forecasting.methods import AUTO, BASELINE, DEFAULT, FAST_VOLUME, TRIED
from core.forecasting.rate_trials import try_rates
from core.forecasting.request import ForecastRequest
from core.forecasting.select import Trial, ranked, reason_for, try_out
from core.forecasting.series import usable
from core.forecasting.volume_forecasts import forecast_volumes
from core.forecasting.whole import Made, whole


def make_forecast(request: ForecastRequest) -> Forecast:
    """Return the forecast of the hours after a history, with its scores over past cutoffs.

    The method that was asked for is tried at past cutoffs beside the seasonal-naive baseline; with
    ``auto`` every method of `core.forecasting.methods.TRIED` is, and one is chosen. A method that
    has no band of its own gets one from its past errors. Where it has no components, those of
    another are shown, and the parameter ``components_of`` names it.

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
    if _is_fast(request):
        [outcome] = forecast_volumes([request])
        if isinstance(outcome, DataError):
            raise outcome
        return outcome
    usable(request.history, request.kind, MINIMUM_HOURS)
    is_auto = request.method == AUTO
    names = (*TRIED[request.kind], BASELINE) if is_auto else _with_baseline(request.method)
    tried = try_rates if request.kind is SeriesKind.ANSWER_RATE else try_out
    trials = tried(
        request.history,
        [request.forecaster(name) for name in names],
        request.centre,
        horizon=request.horizon,
        level=request.level,
        seed=request.seed,
    )
    if is_auto:
        in_force = request.method_in_force or DEFAULT[request.kind]
        chosen, *others = ranked(trials, in_force)
        reason = reason_for(chosen, others)
    else:
        chosen, others, reason = trials[0], [], ""
    parts = _with_components(request, _parts(request, chosen), tuple(others))
    return whole(request, _made(request, chosen, parts, reason, trials))


def forecast_all(
    requests: Iterable[ForecastRequest], mapper: Callable[..., Iterable[Any]] = map
) -> Iterator[Forecast | DataError]:
    """Return the forecast of each series, or why it has none, in order.

    Parameters
    ----------
    requests : iterable of ForecastRequest
        One for each series. Volumes by ``auto`` or a fast method are forecast many at once, the
        others one by one.
    mapper : callable
        ``map`` or anything alike: a thread or process pool's ``map`` drops in.
    """
    asked = list(requests)
    fast = [each for each in asked if _is_fast(each)]
    for request in fast:
        request.check()
    together = iter(forecast_volumes(fast, mapper))
    alone = iter(mapper(attempt, [each for each in asked if not _is_fast(each)]))
    return (next(together if _is_fast(each) else alone) for each in asked)


def attempt(request: ForecastRequest) -> Forecast | DataError:
    """Return the forecast, or the error that says why there is none."""
    try:
        return make_forecast(request)
    except DataError as error:
        return error


def _is_fast(request: ForecastRequest) -> bool:
    is_volume = request.kind is SeriesKind.VOLUME
    return is_volume and request.method in (AUTO, BASELINE, *FAST_VOLUME)


def _with_baseline(name: str) -> tuple[str, ...]:
    return (name,) if name == BASELINE else (name, BASELINE)


def _parts(request: ForecastRequest, trial: Trial) -> ForecastParts:
    return trial.forecaster.forecast(request.history, request.horizon, request.level, request.seed)


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


def _made(
    request: ForecastRequest,
    chosen: Trial,
    parts: ForecastParts,
    reason: str,
    trials: tuple[Trial, ...],
) -> Made:
    cutoff = request.history["ds"].iloc[-1]
    band = chosen.error_band
    by_rank = sorted(trials, key=lambda trial: trial is not chosen)
    return Made(
        method=chosen.forecaster.name,
        reason=reason,
        rows=parts.rows if parts.band else band.around(parts.rows, cutoff, request.level),
        band=parts.band or band.words(request.level),
        parameters=parts.parameters,
        components=parts.explain(),
        scores=tuple(trial.scores for trial in by_rank if trial.scores.hours),
        seed=parts.seed,
        warnings=parts.warnings,
    )
