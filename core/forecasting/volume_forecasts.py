"""Forecasts of volumes by the fast methods: many requests, one pass.

Requests that end with the same hour and ask for the same share one panel; every series has its own
choice, band and scores. A request whose history cannot be used is answered by its error.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from core.errors import DataError
from core.forecasting import volume_decomposition
from core.forecasting.day_effects import unlike_factors
from core.forecasting.forecast import Forecast
from core.forecasting.forecaster import MINIMUM_HOURS
from core.forecasting.methods import AUTO, BASELINE, DEFAULT, NOT_TRIED
from core.forecasting.panel import Panel, panel_of
from core.forecasting.request import ForecastRequest
from core.forecasting.rolled import AVERAGE
from core.forecasting.series import usable
from core.forecasting.volume_bands import banded_rows
from core.forecasting.volume_choice import (
    Choice,
    PastVolumes,
    choose,
    rank_of,
    volume_reason,
)
from core.forecasting.volume_forecaster import averaged, parameters_of, tried
from core.forecasting.volume_methods import NAMES, last_week, volumes
from core.forecasting.whole import Made, whole

PANEL_SERIES = 64
"""So many at once are in the cache of a processor, and leave work for another one."""

Floats = npt.NDArray[np.float64]


def forecast_volumes(
    requests: Sequence[ForecastRequest], mapper: Callable[..., Iterable[Any]] = map
) -> list[Forecast | DataError]:
    """Return the forecast of each request, or why it has none, in order.

    Parameters
    ----------
    requests : sequence of ForecastRequest
        For volumes, by ``auto`` or a fast method, and checked.
    mapper : callable
        ``map`` or anything alike; given one panel at a time.
    """
    panels, outcomes = panels_of(requests)
    parts = [[requests[place] for place in places] for places in panels]
    for places, made in zip(panels, mapper(forecast_panel, parts), strict=True):
        outcomes.update(zip(places, made, strict=True))
    return [outcomes[place] for place in range(len(requests))]


def panels_of(
    requests: Sequence[ForecastRequest],
) -> tuple[list[list[int]], dict[int, Forecast | DataError]]:
    """Return which requests share a panel, by place, and those that cannot be forecast, and why."""
    refused: dict[int, Forecast | DataError] = {}
    groups: dict[object, list[int]] = {}
    for place, request in enumerate(requests):
        try:
            usable(request.history, request.kind, MINIMUM_HOURS)
        except DataError as error:
            refused[place] = error
            continue
        last = request.history["ds"].iloc[-1]
        key = (last, request.horizon, request.method, request.centre)
        groups.setdefault(key, []).append(place)
    panels = [
        places[begin : begin + PANEL_SERIES]
        for places in groups.values()
        for begin in range(0, len(places), PANEL_SERIES)
    ]
    return panels, refused


def forecast_panel(requests: Sequence[ForecastRequest]) -> list[Forecast]:
    """Return the forecast of each request of one panel; see `panels_of`."""
    first = requests[0]
    panel = panel_of([each.history for each in requests], first.centre, first.horizon)
    is_auto = first.method == AUTO
    names = (*NAMES, AVERAGE) if is_auto else tuple(dict.fromkeys((first.method, BASELINE)))
    rolled = tried(panel, names)
    past = PastVolumes(panel, rolled)
    weights = rolled.weights(NAMES) if AVERAGE in names else None
    parts = volume_decomposition.taken_apart(panel)
    factors = unlike_factors(panel)
    forecasts = []
    now: dict[str, Floats] = {}
    for row, request in enumerate(requests):
        if is_auto:
            choice = choose(past.errors(row), request.method_in_force or DEFAULT[request.kind])
        else:
            choice = Choice(first.method, "", past.errors(row))
        name = choice.method
        if name not in now:
            now[name] = _values(panel, name, weights)
        values = now[name][row]
        band = past.band(name, row)
        scores = [
            past.scores(each, row, request.level, banded=each in (name, BASELINE))
            for each in rank_of(names, choice)
        ]
        made = Made(
            method=name,
            reason=f"{volume_reason(choice, scores[0])} {NOT_TRIED}" if is_auto else "",
            rows=banded_rows(
                panel.ahead, values, panel.shut[row], factors[row], band, request.level
            ),
            band=band.words(request.level),
            parameters=_parameters(name, weights, row),
            components=volume_decomposition.components(panel, parts, row, values),
            scores=tuple(each for each in scores if each.hours),
            warnings=_warnings(panel, row) if name == BASELINE else (),
        )
        forecasts.append(whole(request, made))
    return forecasts


def _values(panel: Panel, name: str, weights: Floats | None) -> Floats:
    if name == AVERAGE and weights is not None:
        return averaged(panel, weights)
    return volumes(panel, name)


def _parameters(name: str, weights: Floats | None, row: int) -> Mapping[str, object]:
    told = parameters_of(name, weights, row)
    if name == volume_decomposition.NAME:
        return told
    return {**told, "components_of": volume_decomposition.NAME}


def _warnings(panel: Panel, row: int) -> tuple[str, ...]:
    return last_week(panel.only(row)).warnings(0, panel.lengths[row])
