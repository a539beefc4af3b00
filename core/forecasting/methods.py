"""The methods by name. A new method is one line here, beside its own module."""

from collections.abc import Mapping

from core.errors import UsageError
from core.forecasting import prophet, rate_methods, seasonal_naive, stl, volume_prophet
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import Forecaster, LocalTime
from core.forecasting.rolled import AVERAGE
from core.forecasting.volume_forecaster import FastVolume
from core.forecasting.volume_methods import NAMES

AUTO = "auto"
BASELINE = seasonal_naive.NAME
FAST_VOLUME = (AVERAGE, *(name for name in NAMES if name != BASELINE))
"""Volume methods that take many series in one pass; ``auto`` tries these and the baseline."""
MODELS: Mapping[SeriesKind, tuple[str, ...]] = {
    SeriesKind.ANSWER_RATE: (*rate_methods.NAMES, stl.NAME),
    SeriesKind.VOLUME: (*FAST_VOLUME, volume_prophet.NAME, prophet.NAME),
}
"""The methods that have to beat the baseline."""
TRIED: Mapping[SeriesKind, tuple[str, ...]] = {
    SeriesKind.ANSWER_RATE: rate_methods.NAMES,
    SeriesKind.VOLUME: FAST_VOLUME,
}
"""The methods that ``auto`` tries beside the baseline."""
DEFAULT: Mapping[SeriesKind, str] = {
    SeriesKind.ANSWER_RATE: rate_methods.AVERAGE,
    SeriesKind.VOLUME: AVERAGE,
}
"""The method in force where no forecast of a series is stored."""
NOT_TRIED = f"{volume_prophet.NAME} and {prophet.NAME} take long and are tried only by name."


def method_names(kind: SeriesKind) -> tuple[str, ...]:
    """Return every name that can be asked for, `auto` first.

    Examples
    --------
    >>> method_names(SeriesKind.VOLUME)[:3]
    ('auto', 'seasonal-naive', 'average')
    """
    return (AUTO, BASELINE, *MODELS[kind])


def forecaster_for(
    kind: SeriesKind, name: str, centre: LocalTime, *, weekly: bool = True, daily: bool = True
) -> Forecaster:
    """Return the method of this name.

    Parameters
    ----------
    kind : SeriesKind
        What to forecast.
    name : str
        One of `method_names`, but not ``auto``, which is a choice and no method.
    centre : LocalTime
        The centre's clock.
    weekly, daily : bool
        Whether a model that can leave its weekly or daily shape out has it.

    Raises
    ------
    UsageError
        If there is no such method for this kind; the known ones are listed.
    """
    if name == BASELINE:
        return seasonal_naive.SeasonalNaive(kind, centre)
    forecaster: Forecaster | None = None
    if kind is SeriesKind.ANSWER_RATE:
        if name in rate_methods.NAMES:
            forecaster = rate_methods.RateForecaster(name, centre)
        elif name == stl.NAME:
            forecaster = stl.TutorialAnswerRate()
    elif name in FAST_VOLUME:
        forecaster = FastVolume(name, centre)
    elif name == volume_prophet.NAME:
        forecaster = volume_prophet.CleanedProphet(centre)
    elif name == prophet.NAME:
        forecaster = prophet.TutorialVolume(weekly=weekly, daily=daily)
    if forecaster is None:
        raise unknown_method(kind, name)
    return forecaster


def unknown_method(kind: SeriesKind, name: str) -> UsageError:
    """Return the error for a name that is none of `method_names`."""
    return UsageError(
        f"There is no method '{name}' for {kind.value}.",
        f"Choose one of {', '.join(method_names(kind))}.",
    )
