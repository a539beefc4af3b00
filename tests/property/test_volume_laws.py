"""Laws of the fast volume methods, for any history that the contract admits."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.make import forecast_all
from core.forecasting.methods import FAST_VOLUME, forecaster_for
from core.history.centre import Centre
from core.history.days import DayCalendar
from core.history.opening import OpeningHours
from core.history.told import Told
from tests.unit.forecasting.made_series import request

START = datetime(2026, 10, 12, tzinfo=UTC)
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
TOLD = st.sampled_from(
    [
        Told(),
        Told(DayCalendar("DE")),
        Told(DayCalendar("US"), OpeningHours.parse("Mo-Fr 08:00-18:00")),
    ]
)
HABITS = st.sampled_from(["office", "always", "one hour", "zeros", "constant", "wild"])


def _counts(habit: str, days: int, seed: int, *, decimal: bool) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    ds = pd.date_range(START, periods=days * 24, freq="h")
    shape = {
        "office": 30.0 * ((ds.day_of_week < 5) & (ds.hour >= 8) & (ds.hour < 17)),
        "always": 6.0 + 4.0 * np.sin(ds.hour / 24 * 2 * np.pi),
        "one hour": 12.0 * (ds.hour == 11),
        "zeros": np.zeros(len(ds)),
        "constant": np.full(len(ds), 5.0),
        "wild": rng.pareto(1.1, len(ds)) * 20,
    }[habit]
    counts = shape if habit == "constant" else rng.poisson(np.minimum(shape, 1e6))
    return pd.DataFrame({"ds": ds, "y": counts * (1.37 if decimal else 1.0)})


@settings(max_examples=40, deadline=None)
@given(
    habit=HABITS, days=st.integers(2, 45), seed=st.integers(0, 99), gap=st.floats(0.0, 0.9),
    zone=ZONES, told=TOLD, horizon=st.integers(1, 400), decimal=st.booleans(),
    level=st.floats(0.5, 0.99),
)  # fmt: skip
def test_a_volume_is_never_negative_nor_missing_and_nothing_where_closed(
    habit: str, days: int, seed: int, gap: float, zone: str, told: Told, horizon: int,
    decimal: bool, level: float,
) -> None:  # fmt: skip
    records = _counts(habit, days, seed, decimal=decimal)
    kept = np.random.default_rng(seed).random(len(records)) >= gap
    kept[0] = True
    centre = Centre(zone, told)
    history = centre.volume_history(records.loc[kept], "Q", START + timedelta(days=days))
    asked = request(
        SeriesKind.VOLUME, history, centre=centre, horizon=horizon, level=level, series_id="Q"
    )
    [made] = forecast_all([asked])
    assert isinstance(made, Forecast), made
    rows = made.rows
    assert len(rows) == horizon
    assert np.isfinite(rows["yhat"]).all()
    assert rows["yhat"].ge(0.0).all()
    closed = centre.expected_closed(history, pd.DatetimeIndex(rows["ds"]))
    assert rows.loc[closed, "yhat"].eq(0.0).all()
    if made.band:
        order = ["yhat_lower", "yhat", "yhat_upper"]
        assert (np.diff(rows[order].to_numpy(), axis=1) >= 0).all()
        order = ["lower_95", "lower_80", "lower_50", "yhat", "upper_50", "upper_80", "upper_95"]
        assert (np.diff(rows[order].to_numpy(), axis=1) >= 0).all()
        assert rows["lower_95"].ge(0.0).all()
        assert rows.loc[closed, ["yhat_lower", "yhat_upper", "upper_95"]].eq(0.0).all(axis=None)
    else:
        assert rows["yhat_lower"].isna().all()


@settings(max_examples=15, deadline=None)
@given(
    habit=HABITS, days=st.integers(2, 30), seed=st.integers(0, 99), zone=ZONES,
    name=st.sampled_from(FAST_VOLUME),
)  # fmt: skip
def test_each_fast_method_forecasts_any_history_and_takes_it_apart(
    habit: str, days: int, seed: int, zone: str, name: str
) -> None:
    centre = Centre(zone)
    records = _counts(habit, days, seed, decimal=False)
    history = centre.volume_history(records, "Q", START + timedelta(days=days))
    parts = forecaster_for(SeriesKind.VOLUME, name, centre).forecast(history, 50, 0.95, 0)
    rows, components = parts.rows, parts.explain().set_index("ds")
    assert np.isfinite(rows["yhat"]).all()
    assert rows["yhat"].ge(0.0).all()
    ahead = components.loc[components.index.isin(rows["ds"])].sum(axis=1)
    np.testing.assert_allclose(ahead, rows["yhat"], atol=1e-6 * max(1.0, rows["yhat"].max()))
