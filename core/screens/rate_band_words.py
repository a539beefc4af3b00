"""The two bands of an answer rate in words: which is drawn, what it means, what it has held."""

from collections.abc import Sequence

import pandas as pd

from core.charts.bands import OWN_BOUNDS, Band, BandOf, band_levels
from core.charts.numbers import count
from core.forecasting.rate_bands import CALLS
from core.screens.judgement import Judgement

NOUNS = {BandOf.OBSERVED: "the observed share", BandOf.PROBABILITY: "the probability"}


def told_bounds(rows: pd.DataFrame, drawn: Sequence[Band], level: float) -> pd.DataFrame:
    """Return rows whose own bounds are those of the band that is drawn, for words to tell."""
    band = next((each for each in drawn if each.level == level), None)
    if band is None:
        return rows
    return rows.assign(**dict(zip(OWN_BOUNDS, (rows[band.lower], rows[band.upper]), strict=True)))


def band_title(drawn: Sequence[Band]) -> str:
    """Return which bands are drawn, to stand beside a title; empty where none is."""
    if not drawn:
        return ""
    return f"{band_levels(drawn)} of {NOUNS[drawn[0].of]}"


def band_sentence(
    rows: pd.DataFrame,
    drawn: Sequence[Band],
    wanted: BandOf,
    judgement: Judgement | None,
) -> str:
    """Return what the drawn band means, and what it has held of what it claims.

    Parameters
    ----------
    rows : DataFrame
        The open hours ahead of a forecast.
    drawn : sequence of Band
        As `core.charts.bands.rate_bands_of` chose them.
    wanted : BandOf
        What the reader asked for.
    judgement : Judgement or None
        What the band held so far.
    """
    if not drawn:
        return "This forecast has no band: its method has too few past errors."
    if drawn[0].of is BandOf.PROBABILITY:
        return (
            "This band is meant to hold the chance that one call is answered. The observed share"
            " of an hour scatters further, for calls are few; what a band held can only be counted"
            " there."
        )
    held = judgement.held if judgement else ""
    which = "This band is" if len(drawn) == 1 else "These bands are"
    means = f"{which} meant to hold the share answered of an hour's {_usual(rows)}. {held}".rstrip()
    if wanted is BandOf.PROBABILITY:
        return (
            "This forecast was stored without a band of the probability: “Forecast again” makes"
            f" one. {means}"
        )
    return means


def _usual(rows: pd.DataFrame) -> str:
    calls = rows[CALLS].median() if CALLS in rows and len(rows) else 0.0
    return f"usual {count(calls)} calls" if calls >= 1 else "calls"
