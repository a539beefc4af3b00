"""Bands of a forecast: which ones its rows hold, their names in tables, and their fills.

A forecast that was stored before bands had levels holds one. Nothing is computed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import pandas as pd

from core.charts.canvas import Trace
from core.charts.numbers import NARROW
from core.charts.picture import Column, LegendEntry, Look
from core.charts.traces import band_trace
from core.forecasting.forecast import BAND_LEVELS, bound_names
from core.forecasting.rate_bands import PROBABILITY

OWN_BOUNDS = ("yhat_lower", "yhat_upper")


class BandOf(StrEnum):
    """What a band of an answer rate is a band of."""

    OBSERVED = "observed"
    """The share that will be observed among the calls of an hour."""
    PROBABILITY = "probability"
    """The chance that one call is answered."""


@dataclass(frozen=True, slots=True)
class Band:
    """A band and the columns of forecast rows that hold it.

    Parameters
    ----------
    level : float
        Its claim, a share.
    lower, upper : str
        The columns of its bounds.
    of : BandOf
        What it is a band of; volumes have only what will be observed.
    """

    level: float
    lower: str
    upper: str
    of: BandOf = BandOf.OBSERVED

    @property
    def table_names(self) -> tuple[str, str]:
        """What its bounds are called in a table and in the CSV: each with its level."""
        if (self.lower, self.upper) == OWN_BOUNDS:
            return bound_names(self.level)
        return self.lower, self.upper

    def columns(self, unit: Literal["share", "count"]) -> tuple[Column, Column]:
        """Return how its bounds are read in a table."""
        lower, upper = self.table_names
        what = "Probability" if self.of is BandOf.PROBABILITY else level_text(self.level)
        return Column(lower, f"{what} from", unit), Column(upper, f"{what} to", unit)


def bands_of(rows: pd.DataFrame, level: float) -> tuple[Band, ...]:
    """Return the bands that forecast rows hold, the widest first.

    Parameters
    ----------
    rows : DataFrame
        `core.frames.FORECAST_ROWS`, with the bounds of `BAND_LEVELS` or without.
    level : float
        What ``yhat_lower`` and ``yhat_upper`` claim.

    Examples
    --------
    >>> rows = pd.DataFrame({"yhat_lower": [1.0], "yhat_upper": [9.0]})
    >>> [band.level for band in bands_of(rows, 0.9)]
    [0.9]
    >>> [band.level for band in bands_of(rows.assign(lower_50=3.0, upper_50=7.0), 0.9)]
    [0.9, 0.5]
    """
    columns = {each: bound_names(each) for each in BAND_LEVELS} | {level: OWN_BOUNDS}
    bands = [Band(each, *columns[each]) for each in sorted(columns, reverse=True)]
    return tuple(band for band in bands if _holds(rows, band))


def rate_bands_of(
    rows: pd.DataFrame, level: float, wanted: BandOf
) -> tuple[tuple[Band, ...], tuple[Band, ...]]:
    """Return the bands of an answer rate: those to draw, and the others, for the table alone.

    Rows without the band of the probability are drawn with that of the observed share.
    """
    observed = bands_of(rows, level)
    band = Band(level, *PROBABILITY, BandOf.PROBABILITY)
    probability = (band,) if _holds(rows, band) else ()
    if wanted is BandOf.PROBABILITY and probability:
        return probability, observed
    return observed, probability


def level_text(level: float) -> str:
    r"""Return a band's level.

    Examples
    --------
    >>> level_text(0.95)
    '95\u202f%'
    """
    return f"{level * 100:g}{NARROW}%"


def band_traces(
    rows: pd.DataFrame, bands: Sequence[Band], look: Look, *, axis: str = "y"
) -> list[Trace]:
    """Return the fills of bands, the widest first, so that a narrower one lies on a wider."""
    fills = (
        band_trace(
            rows, band.lower, band.upper, look, fill=look.palette.band_fill(band.level), axis=axis
        )
        for band in bands
    )
    return [fill for fill in fills if fill is not None]


def band_legend(bands: Sequence[Band], look: Look) -> list[LegendEntry]:
    """Return one entry for all bands, or none where there are none."""
    if not bands:
        return []
    colour = look.palette.forecast
    of = " of the probability" if bands[0].of is BandOf.PROBABILITY else ""
    return [
        LegendEntry(f"{band_levels(bands)}{of}", "band" if len(bands) == 1 else "bands", colour)
    ]


def band_levels(bands: Sequence[Band]) -> str:
    r"""Return the levels of some bands, the narrowest first.

    Examples
    --------
    >>> band_levels([Band(0.95, "lower_95", "upper_95"), Band(0.5, "lower_50", "upper_50")])
    '50 and 95\u202f% bands'
    """
    if len(bands) == 1:
        return f"{level_text(bands[0].level)} band"
    *first, last = (f"{band.level * 100:g}" for band in reversed(bands))
    return f"{', '.join(first)} and {last}{NARROW}% bands"


def _holds(rows: pd.DataFrame, band: Band) -> bool:
    if not {band.lower, band.upper} <= set(rows.columns):
        return False
    return bool(rows[[band.lower, band.upper]].notna().all(axis=1).any())
