"""What a forecast is: its rows, where it came from, and what its method was worth so far.

These types hold facts and no rule. A forecast is made once, stored, and shown from the store; the
same forecast never has two bands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import pandas as pd

BAND_LEVELS = (0.5, 0.8, 0.95)
"""The levels that a forecast gives bands of beside the one asked for."""


def bound_names(level: float) -> tuple[str, str]:
    """Return the columns of `Forecast.rows` that hold the band of a level.

    Examples
    --------
    >>> bound_names(0.8)
    ('lower_80', 'upper_80')
    """
    return f"lower_{level * 100:g}", f"upper_{level * 100:g}"


class SeriesKind(StrEnum):
    """What a series counts."""

    ANSWER_RATE = "answer-rate"
    """Answered over attempts of a campaign. Unit: share."""
    VOLUME = "volume"
    """Contacts of a queue. Unit: contacts an hour."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How far forecasts were from what came, over past cutoffs.

    Parameters
    ----------
    method : str
        The method that made them.
    error : float
        WAPE for volumes (sum of absolute errors over sum of actuals); for answer rates the mean
        absolute error weighted by attempts, as a share. None where nothing could be compared.
    mase : float or None
        Mean absolute error over that of the seasonal-naive method in the training window.
    mape : float or None
        The tutorials' measure: actual 0 replaced by 1.
    bias : float or None
        Forecast minus actual, weighted as the error; positive is too high. Unit: as the error.
    coverage : float or None
        Share of actuals inside the band; None where the method has no band.
    interval_score : float or None
        Winkler's score of the band, relative to the mean actual; lower is better.
    hours : int
        How many hours were compared.
    cutoffs : int
        From how many past cutoffs.
    coverage_open : float or None
        As ``coverage``, of the hours that were not forecast closed.
    noise_floor : float or None
        The error that chance alone would leave to a forecast that knew every mean, were the counts
        Poisson; unit as the error.
    """

    method: str
    error: float | None
    mase: float | None
    mape: float | None
    bias: float | None
    coverage: float | None
    interval_score: float | None
    hours: int
    cutoffs: int
    coverage_open: float | None = None
    noise_floor: float | None = None


@dataclass(frozen=True)
class Forecast:
    """A forecast of one series, with all that is needed to trust or to repeat it.

    Parameters
    ----------
    forecast_id : str
        Unique; given when it is made.
    kind : SeriesKind
        What is forecast.
    series_id, series_name : str
        Campaign or queue.
    method : str
        The method that made the rows, by its real name.
    requested_method : str
        What was asked for, ``auto`` included.
    reason : str
        Why this method, in a sentence; empty where it was asked for by name.
    parameters : mapping
        What the method ran with.
    level : float
        The band's claim, 0.5 to 0.99.
    band : str
        How the band was made, in words; empty where there is none.
    cutoff : datetime
        Start of the last hour that the method saw.
    history_start : datetime
        Start of the first hour that the method saw.
    history_hours : mapping of str to int
        Hours by status: open, closed, missing.
    made_at : datetime
        When it was made.
    time_zone : str
        The zone whose clock the centre lives by.
    seed : int or None
        Of the method's randomness, where it has any.
    versions : mapping
        Package to version, of those that matter for the rows.
    rows : DataFrame
        See `core.frames.FORECAST_ROWS`; and, where the method's errors give them, the bounds of
        `BAND_LEVELS` in the columns of `bound_names`.
    components : DataFrame
        ``ds`` and one column per component, over history and forecast where the method has them;
        no row where it has none.
    scores : tuple of Scores
        Of the method and of the seasonal-naive baseline, over past cutoffs; empty where the
        history is too short to look back.
    warnings : tuple of str
        What the reader should know, in sentences.
    """

    forecast_id: str
    kind: SeriesKind
    series_id: str
    series_name: str
    method: str
    requested_method: str
    reason: str
    parameters: Mapping[str, Any]
    level: float
    band: str
    cutoff: datetime
    history_start: datetime
    history_hours: Mapping[str, int]
    made_at: datetime
    time_zone: str
    seed: int | None
    versions: Mapping[str, str]
    rows: pd.DataFrame
    components: pd.DataFrame
    scores: tuple[Scores, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def unit(self) -> str:
        """The unit of `rows`."""
        return "share" if self.kind is SeriesKind.ANSWER_RATE else "contacts per hour"

    def band_at(self, level: float) -> pd.DataFrame | None:
        """Return the band of a level, or None where the forecast was stored without it.

        Returns
        -------
        DataFrame
            ``ds``, ``yhat_lower`` and ``yhat_upper``.
        """
        names = ("yhat_lower", "yhat_upper") if level == self.level else bound_names(level)
        if not set(names) <= set(self.rows.columns):
            return None
        band = self.rows[["ds", *names]]
        return band.rename(columns=dict(zip(names, ("yhat_lower", "yhat_upper"), strict=True)))

    def scores_of(self, method: str) -> Scores | None:
        """Return the scores of a method, or None where it was not compared."""
        return next((scores for scores in self.scores if scores.method == method), None)
