"""Named adjustments that a person lays over a forecast; the model's own line is never touched.

Pure: who may lay one, and where it is kept, is decided elsewhere. A closed hour stays closed,
a rate stays within 0 and 1, a volume is never negative, whatever an adjustment says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import UsageError
from core.forecasting.forecast import Forecast, SeriesKind

VALUE_PREFIXES = ("yhat", "lower_", "upper_", "probability")
"""Columns of a forecast's rows that are values of the series, and move with its line."""
LOWEST_CHANGE, HIGHEST_CHANGE = -1.0, 9.0
"""From nothing left to ten times as much; beyond that somebody has mistyped."""
MOST_CONTACTS = 1_000_000.0


class AdjustmentAction(StrEnum):
    """What an adjustment does to the hours it covers."""

    PERCENT = "percent"
    """Raises or lowers by a share of the value."""
    SET = "set"
    """Replaces the value."""
    MIN = "min"
    """Raises what is lower."""
    MAX = "max"
    """Lowers what is higher."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One adjustment of one series.

    Parameters
    ----------
    adjustment_id : str
        Unique.
    kind : SeriesKind
        Answer rate or volume.
    series_id : str
        Campaign or queue.
    name : str
        What it is called: "Black Friday".
    action : AdjustmentAction
        What it does.
    amount : float
        A share for `PERCENT`, 0.3 for thirty per cent more; else a value of the series, a share
        or contacts an hour.
    start, end : datetime
        Aware; the hours that begin in [start, end).
    note : str
        Why.
    is_on : bool
        Whether it counts.
    author : str
        Who changed it last.
    changed_at : datetime
        When; aware.
    version : int
        1 when it is laid, one more with each change.
    """

    adjustment_id: str
    kind: SeriesKind
    series_id: str
    name: str
    action: AdjustmentAction
    amount: float
    start: datetime
    end: datetime
    note: str
    is_on: bool
    author: str
    changed_at: datetime
    version: int = 1

    def check(self) -> None:
        """Refuse an adjustment that cannot be meant.

        Raises
        ------
        UsageError
            If it has no name, covers no hour, or its amount is out of range.
        """
        if not self.name.strip():
            raise UsageError("The adjustment has no name.", "Name what it is for.")
        if self.end <= self.start:
            raise UsageError(
                f"The adjustment {self.name} ends before it begins.",
                "Let it end at least an hour after its begin.",
            )
        lowest, highest = self._range()
        if not (np.isfinite(self.amount) and lowest <= self.amount <= highest):
            span = (
                "-100 to 900 per cent"
                if self.action is AdjustmentAction.PERCENT
                else "0 to 100 per cent"
                if self.kind is SeriesKind.ANSWER_RATE
                else f"0 to {MOST_CONTACTS:.0f} contacts an hour"
            )
            raise UsageError(f"The amount of {self.name} is out of range.", f"Give {span}.")

    def _range(self) -> tuple[float, float]:
        if self.action is AdjustmentAction.PERCENT:
            return LOWEST_CHANGE, HIGHEST_CHANGE
        return 0.0, 1.0 if self.kind is SeriesKind.ANSWER_RATE else MOST_CONTACTS


def adjusted_rows(forecast: Forecast, adjustments: Sequence[Adjustment]) -> pd.DataFrame:
    """Return the rows of a forecast with its adjustments over them.

    Adjustments work one after the other, each on what those before it left, in the order given.
    A band moves with its line: per cent widen or narrow it in proportion, the other actions
    shift it.

    Parameters
    ----------
    forecast : Forecast
        As stored; it is not changed.
    adjustments : sequence of Adjustment
        Those that are off, or of other hours, do nothing.

    Returns
    -------
    DataFrame
        As ``forecast.rows``, every value of the series adjusted. A volume's closed hours (0 with
        nothing above it) stay as they are.

    Examples
    --------
    >>> moved(np.array([10.0, 20.0]), AdjustmentAction.PERCENT, 0.1).tolist()
    [11.0, 22.0]
    """
    rows = forecast.rows.copy()
    names = [name for name in rows.columns if name.startswith(VALUE_PREFIXES)]
    is_open = ~_closed(rows, forecast.kind)
    highest = 1.0 if forecast.kind is SeriesKind.ANSWER_RATE else np.inf
    for adjustment in adjustments:
        covered = is_open & _covered(rows, adjustment)
        if not covered.any():
            continue
        before = rows["yhat"].to_numpy(dtype="float64")
        after = np.clip(moved(before, adjustment.action, adjustment.amount), 0.0, highest)
        for name in names:
            own = rows[name].to_numpy(dtype="float64")
            shifted = (
                moved(own, adjustment.action, adjustment.amount)
                if adjustment.action is AdjustmentAction.PERCENT
                else own + (after - before)
            )
            rows[name] = np.where(covered, np.clip(shifted, 0.0, highest), own)
    return rows


def moved(
    values: npt.NDArray[np.float64], action: AdjustmentAction, amount: float
) -> npt.NDArray[np.float64]:
    """Return values after an action, without any bound of the series.

    Examples
    --------
    >>> moved(np.array([10.0, 20.0]), AdjustmentAction.MIN, 15.0).tolist()
    [15.0, 20.0]
    >>> moved(np.array([10.0, 20.0]), AdjustmentAction.SET, 12.0).tolist()
    [12.0, 12.0]
    """
    if action is AdjustmentAction.PERCENT:
        return values * (1.0 + amount)
    if action is AdjustmentAction.MIN:
        return np.maximum(values, amount)
    if action is AdjustmentAction.MAX:
        return np.minimum(values, amount)
    return np.full(len(values), amount)


def adjustments_over(
    forecast: Forecast, adjustments: Sequence[Adjustment]
) -> tuple[Adjustment, ...]:
    """Return the adjustments that are on and cover an hour of a forecast."""
    return tuple(
        adjustment for adjustment in adjustments if _covered(forecast.rows, adjustment).any()
    )


def adjusted_forecast(forecast: Forecast, adjustments: Sequence[Adjustment]) -> Forecast:
    """Return the forecast that planning uses: adjusted, and saying so.

    Parameters
    ----------
    forecast : Forecast
        As stored.
    adjustments : sequence of Adjustment
        Of its series.

    Returns
    -------
    Forecast
        The same one where no adjustment counts. Else with adjusted rows, a warning for each
        adjustment, and the parameter ``adjustments`` that names them.
    """
    over = adjustments_over(forecast, adjustments)
    if not over:
        return forecast
    return told_as_adjusted(replace(forecast, rows=adjusted_rows(forecast, over)), over)


def told_as_adjusted(forecast: Forecast, over: Sequence[Adjustment]) -> Forecast:
    """Return a forecast whose rows are adjusted so that it says so: a warning each, and names."""
    told = tuple(
        f"Adjusted by hand: {each.name}, {amount_words(each)}, by {each.author}." for each in over
    )
    return replace(
        forecast,
        warnings=(*forecast.warnings, *told),
        parameters={**forecast.parameters, "adjustments": [each.name for each in over]},
    )


def amount_words(adjustment: Adjustment) -> str:
    """Return what an adjustment does, in words.

    Examples
    --------
    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 27, 12, tzinfo=UTC)
    >>> fair = Adjustment(
    ...     "A-1", SeriesKind.VOLUME, "q", "Fair", AdjustmentAction.PERCENT, 0.3, noon, noon, "",
    ...     True, "Ana", noon,
    ... )
    >>> amount_words(fair), amount_words(replace(fair, action=AdjustmentAction.MAX, amount=80.0))
    ('+30 %', 'at most 80 contacts an hour')
    """
    if adjustment.action is AdjustmentAction.PERCENT:
        return f"{adjustment.amount * 100:+g} %".replace("-", "−")
    unit = (
        f"{adjustment.amount * 100:g} %"
        if adjustment.kind is SeriesKind.ANSWER_RATE
        else f"{adjustment.amount:g} contacts an hour"
    )
    return {
        AdjustmentAction.SET: f"set to {unit}",
        AdjustmentAction.MIN: f"at least {unit}",
        AdjustmentAction.MAX: f"at most {unit}",
    }[adjustment.action]


def _covered(rows: pd.DataFrame, adjustment: Adjustment) -> "npt.NDArray[Any]":
    begins = rows["ds"]
    covered = (begins >= pd.Timestamp(adjustment.start)) & (begins < pd.Timestamp(adjustment.end))
    return covered.to_numpy(dtype=bool) & adjustment.is_on


def _closed(rows: pd.DataFrame, kind: SeriesKind) -> "npt.NDArray[Any]":
    """Which hours are closed: a rate has no row there, a volume is 0 and cannot be more."""
    if kind is SeriesKind.ANSWER_RATE:
        return np.zeros(len(rows), dtype=bool)
    upper = rows["yhat_upper"].to_numpy(dtype="float64")
    closed: npt.NDArray[np.bool_] = (rows["yhat"].to_numpy(dtype="float64") == 0.0) & ~(upper > 0.0)
    return closed
