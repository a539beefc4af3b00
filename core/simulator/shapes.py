"""How a day is spread over the hours of the local clock: drawn by hand, twenty-four numbers each.

A number is relative to the mean of the hours that are usually open. Nothing here is fitted.
"""

from typing import Final

DayShape = tuple[float, ...]


def _day(first: int, *levels: float) -> DayShape:
    """Return 24 levels, zero outside the hours given."""
    return (0.0,) * first + levels + (0.0,) * (24 - first - len(levels))


OFFICE: Final = _day(
    7, 0.42, 0.86, 1.28, 1.44, 1.32, 0.94, 0.82, 1.05, 1.16, 1.02, 0.72, 0.47, 0.34, 0.28
)
"""Late morning peak, a dip at noon, a lower hump in the afternoon."""

MORNING: Final = _day(7, 0.95, 1.75, 1.9, 1.45, 1.05, 0.75, 0.62, 0.66, 0.6, 0.5, 0.4, 0.32, 0.25)
"""Everybody calls as soon as somebody is there."""

EVENING: Final = _day(
    8, 0.3, 0.42, 0.5, 0.55, 0.62, 0.66, 0.7, 0.86, 1.15, 1.62, 1.95, 1.8, 1.25, 0.7
)
"""Callers are at work until five."""

FLAT: Final = _day(7, 0.8, 0.95, 1.05, 1.08, 1.04, 0.96, 0.95, 1.0, 1.06, 1.04, 0.95, 0.85, 0.7)
"""Business callers, evenly over the day."""

ROUND_THE_CLOCK: Final = _day(
    0,
    *(0.42, 0.33, 0.27, 0.25, 0.28, 0.42, 0.78, 1.15, 1.32, 1.34, 1.28, 1.2),
    *(1.12, 1.1, 1.12, 1.18, 1.28, 1.42, 1.55, 1.58, 1.42, 1.12, 0.82, 0.58),
)
"""An emergency line: never silent, busiest when people come home."""

DIALLED: Final = _day(8, 0.55, 0.82, 0.97, 1.0, 0.94, 0.78, 0.86, 0.95, 1.0, 1.0, 0.96, 0.84, 0.6)
"""Agents on outbound shifts, relative to the full team."""

AT_HOME: Final = (
    (0.6,) * 8
    + (0.7, 0.82, 0.88, 0.9, 0.93, 0.96, 0.9, 0.92, 1.0, 1.12, 1.21, 1.24, 1.14)
    + (0.9, 0.7, 0.6)
)
"""Chance that a consumer picks up, relative to the campaign's mean: best in the evening."""

AT_WORK: Final = (
    (0.5,) * 8
    + (0.86, 1.04, 1.12, 1.1, 0.92, 0.86, 1.0, 1.06, 1.08, 1.1, 1.12, 1.04, 0.86)
    + (0.6, 0.5, 0.5)
)
"""Chance that somebody with a desk picks up: twice a day, a little better towards evening."""
