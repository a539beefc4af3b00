"""What pacing needs to know of a forecast, so that it need not know how forecasts are made.

A protocol and nothing else: `core.forecasting.forecast.Forecast` has all of it.
"""

from datetime import datetime
from typing import Protocol

import pandas as pd


class ForecastSource(Protocol):
    """A forecast of one series, with what a recommendation or a draft says about it.

    Attributes
    ----------
    kind : str
        ``answer-rate`` or ``volume``.
    forecast_id, series_id, series_name, method : str
        Which forecast, of what, by which method.
    cutoff, made_at : datetime
        Aware: start of the last hour the method saw, and when the forecast was made.
    level : float
        What the band claims, a share.
    rows : DataFrame
        See `core.frames.FORECAST_ROWS`.
    warnings : tuple of str
        What the reader should know, in sentences.
    """

    @property
    def kind(self) -> str: ...
    @property
    def forecast_id(self) -> str: ...
    @property
    def series_id(self) -> str: ...
    @property
    def series_name(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def cutoff(self) -> datetime: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def level(self) -> float: ...
    @property
    def rows(self) -> pd.DataFrame: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...
