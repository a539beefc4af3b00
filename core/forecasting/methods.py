"""The methods by name. A new method is one line here, beside its own module."""

from core.errors import UsageError
from core.forecasting import prophet, seasonal_naive, stl
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import Forecaster, LocalTime

AUTO = "auto"
BASELINE = seasonal_naive.NAME
MODELS = {SeriesKind.ANSWER_RATE: (stl.NAME,), SeriesKind.VOLUME: (prophet.NAME,)}
"""The methods that have to beat the baseline."""


def method_names(kind: SeriesKind) -> tuple[str, ...]:
    """Return every name that can be asked for, `auto` first.

    Examples
    --------
    >>> method_names(SeriesKind.VOLUME)
    ('auto', 'seasonal-naive', 'tutorial')
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
    if name == stl.NAME and kind is SeriesKind.ANSWER_RATE:
        return stl.TutorialAnswerRate()
    if name == prophet.NAME and kind is SeriesKind.VOLUME:
        return prophet.TutorialVolume(weekly=weekly, daily=daily)
    raise unknown_method(kind, name)


def unknown_method(kind: SeriesKind, name: str) -> UsageError:
    """Return the error for a name that is none of `method_names`."""
    return UsageError(
        f"There is no method '{name}' for {kind.value}.",
        f"Choose one of {', '.join(method_names(kind))}.",
    )
