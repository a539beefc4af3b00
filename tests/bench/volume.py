"""The volume forecast: 90 days of a queue, 168 hours ahead; prepare, fit and predict apart."""

from collections.abc import Iterator

import pandas as pd

from core.forecasting import prophet
from core.forecasting.forecast import SeriesKind
from core.forecasting.make import make_forecast
from tests.bench.measure import Ratio, compare
from tests.bench.tutorials import volume_model, volume_prediction, volume_preparation
from tests.unit.forecasting.made_series import request, volume_history, volume_records


def ratios() -> Iterator[Ratio]:
    """Measure each step of the tutorial's volume forecast, then everything that is stored."""
    records = volume_records(90)
    history = volume_history(records)
    prepared = volume_preparation(records)
    yield compare(
        "volume, prepare",
        lambda: prophet.prepare(volume_history(records)),
        lambda: volume_preparation(records),
        note="ours tells open, closed, missing and zero apart",
    )
    yield compare(
        "volume, fit",
        lambda: prophet.fit(prophet.prepare(history), 0.95, weekly=True, daily=True),
        lambda: volume_model(prepared),
    )
    model = volume_model(prepared)
    ahead = pd.date_range(history["ds"].iloc[-1], periods=169, freq="h")[1:]
    yield compare(
        "volume, predict",
        lambda: prophet.predict(model, ahead, 0),
        lambda: volume_prediction(model),
        note="ours predicts the future only",
    )
    for method, note in (
        ("tutorial", "with 3 past forecasts, baseline, scores, components"),
        ("seasonal-naive", "with 3 past forecasts, scores and band"),
    ):
        asked = request(SeriesKind.VOLUME, history, method=method)
        yield compare(
            f"volume, whole forecast, {method}",
            lambda asked=asked: make_forecast(asked),
            lambda: volume_prediction(volume_model(volume_preparation(records))),
            repeats=3,
            note=note,
        )
