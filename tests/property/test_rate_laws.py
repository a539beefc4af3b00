"""Laws of answer-rate forecasts: a share and two bands around it, or a refusal in words."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import DataError
from core.forecasting.forecast import SeriesKind
from core.forecasting.make import attempt
from core.forecasting.rate_bands import PROBABILITY, RateBand
from core.forecasting.rate_calls import UsualCalls
from core.forecasting.request import ForecastRequest
from core.history.centre import Centre

START = datetime(2026, 10, 12, tzinfo=UTC)
SHARES = st.floats(0.0, 1.0)
METHODS = st.sampled_from(["auto", "average", "stl", "regression", "profile", "tutorial"])
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
PATTERNS = st.sampled_from(["all day", "office", "one hour a day", "one day", "seldom"])


def _records(days: int, pattern: str, level: float, share: float, gap: float) -> pd.DataFrame:
    rng = np.random.default_rng(days)
    ds = pd.date_range(START, periods=days * 24, freq="h")
    dialled = {
        "all day": np.ones(len(ds), dtype=bool),
        "office": np.asarray((ds.hour >= 8) & (ds.hour < 18) & (ds.day_of_week < 5)),
        "one hour a day": np.asarray(ds.hour == 10),
        "one day": np.asarray(ds.day == START.day + 1),
        "seldom": rng.random(len(ds)) < 0.03,
    }[pattern]
    offered = rng.poisson(level, len(ds)) * dialled
    frame = pd.DataFrame({"ds": ds, "offered": offered, "answered": rng.binomial(offered, share)})
    return frame.loc[rng.random(len(ds)) >= gap]


@settings(max_examples=15, deadline=None)
@given(
    days=st.integers(2, 30), pattern=PATTERNS, level=st.floats(0.0, 300.0), share=SHARES,
    gap=st.sampled_from([0.0, 0.3, 0.9]), zone=ZONES, method=METHODS, horizon=st.integers(1, 72),
    wanted=st.floats(0.5, 0.99),
)  # fmt: skip
def test_any_history_gives_shares_with_bands_around_them_or_a_refusal(
    days: int, pattern: str, level: float, share: float, gap: float, zone: str, method: str,
    horizon: int, wanted: float,
) -> None:  # fmt: skip
    records = _records(days, pattern, level, share, gap)
    assume(len(records) > 0)
    until, centre = START + timedelta(days=days), Centre(zone)
    asked = ForecastRequest(
        forecast_id="F",
        kind=SeriesKind.ANSWER_RATE,
        series_id="C",
        series_name="C",
        history=centre.rate_history(records, "C", until),
        centre=centre,
        made_at=until,
        horizon=horizon,
        method=method,
        level=wanted,
    )
    outcome = attempt(asked)
    if isinstance(outcome, DataError):
        assert outcome.what
        return
    rows = outcome.rows
    assert rows["ds"].between(until, until + timedelta(hours=horizon - 1)).all()
    for lower, upper in (("yhat_lower", "yhat_upper"), PROBABILITY, ("lower_50", "upper_50")):
        assert rows[lower].between(0.0, rows["yhat"]).all()
        assert rows[upper].between(rows["yhat"], 1.0).all()
    assert rows["yhat"].between(0.0, 1.0).all()


@given(
    yhat=st.lists(SHARES, min_size=1, max_size=8),
    calls=st.floats(1.0, 5000.0),
    dispersion=st.floats(1e-4, 0.5),
    centrality=st.lists(SHARES, max_size=60),
    levels=st.tuples(st.floats(0.5, 0.99), st.floats(0.5, 0.99)),
)
@settings(deadline=None)
def test_a_higher_level_never_has_a_narrower_band_and_the_forecast_is_inside(
    yhat: list[float],
    calls: float,
    dispersion: float,
    centrality: list[float],
    levels: tuple[float, float],
) -> None:
    usual = UsualCalls(np.ones(168), Centre())
    band = RateBand(dispersion, np.sort(np.array(centrality)), 1, usual)
    shares, many = np.array(yhat), np.full(len(yhat), calls)
    narrow, wide = (band.bounds(shares, many, level) for level in sorted(levels))
    assert (wide[0] <= narrow[0]).all()
    assert (wide[1] >= narrow[1]).all()
    assert (narrow[0] <= shares).all()
    assert (narrow[1] >= shares).all()
    assert (wide[0] >= 0).all()
    assert (wide[1] <= 1).all()
