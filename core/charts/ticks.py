"""Ticks of differences: a plus, a true minus, and a zero without either."""

from collections.abc import Iterable
from math import ceil, floor, log10
from typing import Any

import numpy as np

from core.charts.numbers import MINUS


def signed_ticks(values: Iterable[float], room: int = 2) -> dict[str, Any]:
    """Return the settings of an axis of differences: range, tick values and their texts.

    Parameters
    ----------
    values : iterable of float
        What is drawn; NaN is passed over.
    room : int
        How many ticks there is room for beside zero.

    Examples
    --------
    >>> signed_ticks([-2.1, 6.4])["ticktext"]
    ['0', '+5']
    """
    array = np.asarray([*values, 0.0], dtype="float64")
    low, high = float(np.nanmin(array)), float(np.nanmax(array))
    if high - low < 1e-9:
        low, high = -1.0, 1.0
    step = _step(low, high, room)
    places = range(ceil(low / step), floor(high / step) + 1)
    margin = (high - low) * 0.08
    return {
        "range": [round(low - margin, 6), round(high + margin, 6)],
        "tickvals": [round(place * step, 9) for place in places],
        "ticktext": [_signed(place * step) for place in places],
    }


def _step(low: float, high: float, room: int) -> float:
    """Return the smallest of 1, 2, 5, 10, ... that leaves no more ticks than there is room for."""
    power = 10.0 ** (floor(log10(high - low)) - 1)
    steps = (factor * power for factor in (1, 2, 5, 10, 20, 50, 100))
    return next(step for step in steps if floor(high / step) - ceil(low / step) <= room)


def _signed(value: float) -> str:
    if abs(value) < 1e-9:
        return "0"
    return f"{'+' if value > 0 else MINUS}{abs(value):g}"
