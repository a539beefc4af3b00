"""Laws of forecasts, bands and scores, for any history that can be forecast."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import DataError
from core.forecasting.bands import error_band
from core.forecasting.forecast import SeriesKind
from core.forecasting.scores import score
from core.forecasting.seasonal_naive import SeasonalNaive
from core.forecasting.stl import TutorialAnswerRate
from core.history.centre import Centre
from core.history.tidy import tidy_rates, tidy_volumes

START = datetime(2026, 10, 12, tzinfo=UTC)
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
DAYS = st.integers(3, 20)
SHARES = st.floats(0.0, 1.0)


def _records(days: int, seed: int, gap: float, level: float) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    ds = pd.date_range(START, periods=days * 24, freq="h")
    kept = rng.random(len(ds)) >= gap
    shape = level * np.clip(np.sin((ds.hour - 6) / 24 * 2 * np.pi), 0.0, None)
    offered = rng.poisson(shape)
    frame = pd.DataFrame({"ds": ds, "offered": offered, "answered": rng.binomial(offered, 0.4)})
    return frame.loc[kept]


@settings(max_examples=30, deadline=None)
@given(
    days=DAYS, seed=st.integers(0, 99), gap=SHARES, level=st.floats(0.5, 80.0), zone=ZONES,
    horizon=st.integers(1, 72),
)  # fmt: skip
def test_any_rate_forecast_is_a_share_and_any_refusal_is_in_words(
    days: int, seed: int, gap: float, level: float, zone: str, horizon: int
) -> None:
    records = _records(days, seed, gap, level)
    assume(len(records) > 0)
    history = tidy_rates(records, "C", until=START + timedelta(days=days), time_zone=zone)
    naive = SeasonalNaive(SeriesKind.ANSWER_RATE, Centre(zone))
    refusals = []
    for forecaster in (naive, TutorialAnswerRate()):
        try:
            parts = forecaster.forecast(history, horizon, 0.95, seed)
        except DataError as refusal:
            refusals.append(refusal)
            continue
        assert parts.rows["yhat"].between(0.0, 1.0).all()
        assert (parts.rows["ds"] >= pd.Timestamp(START + timedelta(days=days))).all()
    assert all(refusal.what and refusal.next_step for refusal in refusals)


@settings(max_examples=30, deadline=None)
@given(
    days=DAYS, seed=st.integers(0, 99), gap=SHARES, level=st.floats(0.5, 80.0), zone=ZONES,
    horizon=st.integers(1, 200),
)  # fmt: skip
def test_the_baseline_of_a_volume_is_never_negative_and_zero_where_closed(
    days: int, seed: int, gap: float, level: float, zone: str, horizon: int
) -> None:
    records = _records(days, seed, gap, level).rename(columns={"offered": "y"})
    assume(len(records) > 0)
    history = tidy_volumes(records, "Q", until=START + timedelta(days=days), time_zone=zone)
    try:
        rows = (
            SeasonalNaive(SeriesKind.VOLUME, Centre(zone))
            .forecast(history, horizon, 0.95, seed)
            .rows
        )
    except DataError:
        return
    assert len(rows) == horizon
    assert (rows["ds"].diff().dropna() == pd.Timedelta(hours=1)).all()
    assert rows["yhat"].ge(0.0).all()
    assert rows.loc[rows["closed"], "yhat"].eq(0.0).all()


@given(
    kind=st.sampled_from(list(SeriesKind)),
    errors=st.lists(st.floats(-0.4, 0.4), min_size=20, max_size=80),
    yhat=st.lists(SHARES, min_size=1, max_size=20),
    lead=st.integers(1, 400),
    levels=st.tuples(st.floats(0.5, 0.99), st.floats(0.5, 0.99)),
)
def test_bands_hold_their_forecast_stay_in_range_and_nest_by_level(
    kind: SeriesKind,
    errors: list[float],
    yhat: list[float],
    lead: int,
    levels: tuple[float, float],
) -> None:
    count = len(errors)
    past = np.linspace(0.4, 0.6, count)
    band = error_band(past, past + np.array(errors), np.arange(1.0, count + 1), kind, 1)
    middle, ahead = np.array(yhat), np.full(len(yhat), float(lead))
    is_open = np.zeros(len(yhat), dtype=bool)
    narrow, wide = (band.bounds(middle, ahead, is_open, level) for level in sorted(levels))
    assert (narrow[0] <= middle).all()
    assert (narrow[1] >= middle).all()
    assert (wide[0] <= narrow[0]).all()
    assert (wide[1] >= narrow[1]).all()
    assert (wide[0] >= 0.0).all()
    if kind is SeriesKind.ANSWER_RATE:
        assert (wide[1] <= 1.0).all()


@given(
    kind=st.sampled_from(list(SeriesKind)),
    actual=st.lists(st.floats(0.01, 1.0), min_size=1, max_size=30),
    off=st.floats(-0.5, 0.5),
)
def test_an_error_is_never_smaller_than_its_bias_and_nothing_off_is_nothing(
    kind: SeriesKind, actual: list[float], off: float
) -> None:
    values = np.array(actual)
    compared = pd.DataFrame(
        {
            "cutoff": 0,
            "yhat": values + off,
            "yhat_lower": values - 1,
            "yhat_upper": values + 1,
            "actual": values,
            "weight": 1.0,
            "scale": 1.0,
        }
    )
    scores = score("m", compared, kind, 0.9)
    assert scores.error is not None
    assert scores.bias is not None
    assert scores.error >= abs(scores.bias) - 1e-9
    assert scores.coverage == 1.0
    if off == 0:
        assert scores.error == 0.0
