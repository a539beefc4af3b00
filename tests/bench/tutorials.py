"""The two tutorials' procedures, written down plainly from their description.

They share no line with the product: tests compare the product's `tutorial` methods with them, and
benchmarks take their time as the measure.
"""

from typing import Any

import numpy as np
import pandas as pd


def answer_rate_procedure(
    records: pd.DataFrame, last: pd.Timestamp | None = None
) -> "pd.Series[Any]":
    """Forecast 24 hours of answer rates from records with ``ds``, ``offered``, ``answered``.

    The hourly grid ends with the last record, or where a later hour is given, there: the hours
    between are filled with the last rate.
    """
    from statsmodels.tsa.seasonal import STL

    rates = records.set_index("ds").sort_index()
    series = (rates["answered"] / rates["offered"]).resample("1h").mean()
    if last is not None:
        series = series.reindex(pd.date_range(series.index[0], last, freq="h"))
    series = series.interpolate(method="linear").fillna(0)
    if len(series) < 48:
        raise ValueError("insufficient historical data, minimum 48 hours")
    parts = STL(series, period=24, robust=True).fit()
    slope = parts.trend.diff().dropna().mean()
    last = parts.trend.iloc[-1]
    trend = np.array([last + step * slope for step in range(1, 25)])
    index = pd.date_range(series.index[-1], periods=25, freq="h")[1:]
    return pd.Series((trend + parts.seasonal.iloc[-24:].to_numpy()).clip(0, 1), index=index)


def volume_preparation(records: pd.DataFrame) -> pd.DataFrame:
    """Prepare records with ``ds`` (UTC) and ``y`` for Prophet."""
    frame = records.drop_duplicates(subset="ds").sort_values("ds")
    frame = frame.assign(ds=frame["ds"].dt.tz_localize(None)).set_index("ds")
    hours = pd.date_range(frame.index.min(), frame.index.max(), freq="h")
    frame = frame.reindex(hours).ffill()
    frame["y"] = frame["y"].astype(int).clip(lower=0)
    return frame.rename_axis("ds").reset_index()[["ds", "y"]]


def volume_model(prepared: pd.DataFrame, **settings: Any) -> Any:
    """Fit Prophet as the tutorial sets it."""
    from prophet import Prophet

    chosen = {
        "daily_seasonality": True,
        "weekly_seasonality": True,
        "seasonality_mode": "additive",
        "interval_width": 0.95,
        "changepoint_prior_scale": 0.05,
    }
    return Prophet(**(chosen | settings)).fit(prepared)


def volume_prediction(model: Any, hours: int = 168) -> pd.DataFrame:
    """Predict the history and a week, as the tutorial does."""
    future = model.make_future_dataframe(periods=hours, freq="h")
    return model.predict(future)[["ds", "yhat", "yhat_lower", "yhat_upper"]]
