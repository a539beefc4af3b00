"""What makes a forecast due for retraining: one function for each sign, each with a sentence.

All look at the same open hours, which no model had seen. The limits are few and the same for
every series; hours of one day resemble each other, so that each counts for a third of itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import sqrt
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from core.forecasting.drift_measures import (
    ALIKE,
    RARE,
    chance_of_at_most,
    error_and_hours,
    least_held,
    levels,
    numbers_of,
    open_share,
    spread_of,
    strongest_split,
    weighed,
)
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.forecaster import LocalTime

MAPE_LIMIT = 0.15
"""The tutorials' rule."""
MAPE_SLACK = 1.25
"""Where the backtest itself was above the rule, only so much more than it is news."""
ERROR_FACTOR = 1.25
ERROR_SPREAD = 0.8
"""Standard deviation of an absolute error over its mean; 0.76 where errors are normal."""
BIAS_LIMIT = {SeriesKind.ANSWER_RATE: 0.02, SeriesKind.VOLUME: 0.10}
SHIFT_LIMIT = {SeriesKind.ANSWER_RATE: 0.04, SeriesKind.VOLUME: 0.20}
SIGMAS = 3.0
SHIFT_SIGMAS = 4.5
"""More than elsewhere, because every hour is tried as the one of the shift."""


class Trigger(StrEnum):
    """A sign of drift."""

    LEVEL_SHIFT = "level-shift"
    WAPE = "wape"
    BIAS = "bias"
    COVERAGE = "coverage"
    MAPE = "mape"


@dataclass(frozen=True, slots=True)
class DriftFinding:
    """What one trigger found.

    Parameters
    ----------
    trigger : Trigger
        Which.
    is_raised : bool
        Whether it asks for retraining.
    sentence : str
        What is the case.
    measured, limit : float or None
        The figure and what it may be; None where there is none.
    since : datetime or None
        From when on, where the trigger can tell.
    """

    trigger: Trigger
    is_raised: bool
    sentence: str
    measured: float | None = None
    limit: float | None = None
    since: datetime | None = None


def mape_rule(forecast: Forecast, compared: pd.DataFrame, centre: LocalTime) -> DriftFinding:  # noqa: ARG001
    """Return what the tutorials' rule says, out of sample: retrain above 15 % MAPE.

    Where the method's backtest was above the rule already, chance or small counts are the reason
    and retraining alone would not help; then only a clear rise raises it.
    """
    actual = numbers_of(compared, "actual")
    deviation = np.abs(numbers_of(compared, "yhat") - actual)
    mape = float(np.mean(deviation / np.where(actual == 0, 1.0, actual)))
    own = forecast.scores_of(forecast.method)
    usual = own.mape / open_share(forecast) if own is not None and own.mape is not None else None
    limit = max(MAPE_LIMIT, (usual or 0.0) * MAPE_SLACK)
    told = f"MAPE {_percent(mape)} over {len(compared)} open hours"
    if mape <= MAPE_LIMIT:
        sentence = f"{told}, within the {_percent(MAPE_LIMIT)} of the rule."
    elif mape <= limit:
        sentence = (
            f"{told}, above the {_percent(MAPE_LIMIT)} of the rule, and {_percent(usual or 0.0)}"
            " in the backtest already: retraining alone would not bring it down."
        )
    else:
        sentence = f"{told}, above the {_percent(MAPE_LIMIT)} of the rule."
        if usual is not None:
            sentence = f"{sentence[:-1]} and {_percent(usual)} in the backtest."
    return DriftFinding(Trigger.MAPE, mape > limit, sentence, mape, limit)


def error_level(forecast: Forecast, compared: pd.DataFrame, centre: LocalTime) -> DriftFinding:  # noqa: ARG001
    """Return whether the error is above the backtest's own level, beyond chance."""
    own = forecast.scores_of(forecast.method)
    usual = own.error if own is not None else None
    error, effective = error_and_hours(forecast.kind, compared)
    name = "WAPE" if forecast.kind is SeriesKind.VOLUME else "Error"
    told = f"{name} {_size(error, forecast.kind)} over {len(compared)} open hours"
    if not usual:
        return DriftFinding(Trigger.WAPE, False, f"{told}; there is no backtest to compare.", error)
    # Sized by what the backtest promised: errors that grew would hide themselves in their spread.
    spread = ERROR_SPREAD * usual * sqrt(ALIKE / effective)
    limit = usual * ERROR_FACTOR
    raised = error > limit and error - usual > SIGMAS * spread
    verb = "well above" if raised else "beside"
    sentence = f"{told}, {verb} {_size(usual, forecast.kind)} in the backtest."
    return DriftFinding(Trigger.WAPE, raised, sentence, error, limit)


def coverage(forecast: Forecast, compared: pd.DataFrame, centre: LocalTime) -> DriftFinding:  # noqa: ARG001
    """Return whether the band holds less than it promises, by more than chance allows."""
    banded = compared.loc[compared["yhat_lower"].notna() & compared["yhat_upper"].notna()]
    if banded.empty:
        return DriftFinding(Trigger.COVERAGE, False, "The forecast has no band to hold.")
    inside = banded["actual"].between(banded["yhat_lower"], banded["yhat_upper"])
    held, hours = int(inside.sum()), len(banded)
    share = held / hours
    # A third of the hours, all as they were: neighbours miss together.
    tried = max(1, round(hours / ALIKE))
    raised = (
        share < forecast.level
        and chance_of_at_most(round(share * tried), tried, forecast.level) < RARE
    )
    limit = least_held(tried, forecast.level)
    sentence = (
        f"The {_percent(forecast.level)} band held {held} of {hours} open hours, {_percent(share)}"
        f"{'' if raised else ', within chance' if share < forecast.level else ''}."
    )
    return DriftFinding(Trigger.COVERAGE, raised, sentence, share, limit)


def bias(forecast: Forecast, compared: pd.DataFrame, centre: LocalTime) -> DriftFinding:  # noqa: ARG001
    """Return whether forecasts are off to one side, beyond chance."""
    kind = forecast.kind
    weight, deviation, size = weighed(kind, compared)
    value = float((weight * deviation).sum() / size) if size > 0 else 0.0
    spread = spread_of(weight * (deviation - deviation.mean()), size)
    raised = abs(value) > BIAS_LIMIT[kind] and abs(value) > SIGMAS * spread
    side = "too high" if value > 0 else "too low"
    told = f"Forecasts were {_size(abs(value), kind)} {side}"
    sentence = f"{told} over {len(compared)} open hours{'' if raised else ', within chance'}."
    return DriftFinding(Trigger.BIAS, raised, sentence, value, BIAS_LIMIT[kind])


def level_shift(forecast: Forecast, compared: pd.DataFrame, centre: LocalTime) -> DriftFinding:
    """Return whether, from some hour on, the series runs on another level than before.

    Every hour is tried as the first of the new level; the residuals before and after it are
    compared, each in units of what the forecast's own noise would be.
    """
    kind = forecast.kind
    weight, deviation, _ = weighed(kind, compared)
    noise = np.sqrt(np.maximum(numbers_of(compared, "yhat"), 1.0))
    if kind is SeriesKind.ANSWER_RATE:
        noise = 1.0 / np.sqrt(np.maximum(weight, 1.0))
    split, strength = strongest_split(-deviation / noise)
    before, after = levels(kind, compared, split)
    change = after - before
    raised = strength > SHIFT_SIGMAS and abs(change) > SHIFT_LIMIT[kind]
    if not raised:
        sentence = "No hour since which the series runs on another level."
        return DriftFinding(Trigger.LEVEL_SHIFT, False, sentence, change, SHIFT_LIMIT[kind])
    since = compared["ds"].iloc[split].to_pydatetime()
    clock = since.astimezone(ZoneInfo(centre.time_zone))
    what = "contacts run" if kind is SeriesKind.VOLUME else "answers run"
    sentence = (
        f"Since {clock:%a} {clock.day} {clock:%b}, {clock:%H:%M}, {what} {_side(after, kind)} the"
        f" forecast; before, {_side(before, kind)} it."
    )
    return DriftFinding(Trigger.LEVEL_SHIFT, True, sentence, change, SHIFT_LIMIT[kind], since)


TRIGGERS: tuple[Callable[[Forecast, pd.DataFrame, LocalTime], DriftFinding], ...] = (
    level_shift,
    error_level,
    bias,
    coverage,
    mape_rule,
)
"""The heaviest first."""


def _side(value: float, kind: SeriesKind) -> str:
    return f"{_size(abs(value), kind)} {'above' if value > 0 else 'below'}"


def _size(value: float, kind: SeriesKind) -> str:
    return _percent(value) if kind is SeriesKind.VOLUME else f"{value * 100:.1f} points"


def _percent(value: float) -> str:
    return f"{value * 100:.1f}".removesuffix(".0") + " %"
