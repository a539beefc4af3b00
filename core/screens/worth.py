"""What a stored forecast is worth, in one sentence, for pages that act on it."""

from core.charts.numbers import count, points, share
from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.forecasting.methods import BASELINE
from core.screens.forecast_page import method_words


def worth_of(forecast: Forecast) -> str:
    """Return how far the method was off beside the baseline, and how its band held.

    Parameters
    ----------
    forecast : Forecast
        With its scores over past cutoffs, or without any.
    """
    own, baseline = forecast.scores_of(forecast.method), forecast.scores_of(BASELINE)
    name = method_words(forecast.kind, forecast.method)
    if own is None or own.error is None:
        return (
            f"Forecast by {name}; the history is too short to look back, so its error is not known."
        )
    return f"Forecast by {name}: {_error(own, baseline, forecast)}{_band(own, forecast)}."


def _error(own: Scores, baseline: Scores | None, forecast: Forecast) -> str:
    told = f"off by {_size(own.error, forecast.kind)} on average"
    if forecast.method == BASELINE:
        return f"{told}; it is the baseline itself"
    if baseline is None or baseline.error is None:
        return told
    return f"{told}, the baseline by {_size(baseline.error, forecast.kind)}"


def _band(own: Scores, forecast: Forecast) -> str:
    if own.coverage is None:
        return ""
    return (
        f"; its {share(forecast.level, 0)} band held {share(own.coverage)} of {count(own.hours)}"
        " past hours"
    )


def _size(error: float | None, kind: SeriesKind) -> str:
    if kind is SeriesKind.VOLUME:
        return f"{share(error)} of the contacts"
    return points(error).removeprefix("+")
