"""The fast volume methods, days unlike others, and what a forecast is made of."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from core.forecasting.contributions import contributions
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.make import make_forecast
from core.forecasting.methods import FAST_VOLUME
from core.forecasting.noise import chance_error
from core.forecasting.scores import Compared, scored
from core.history.centre import Centre
from core.history.days import DayCalendar, DayKind, OwnDay
from core.history.told import Told
from tests.unit.forecasting.made_series import end_of, request, volume_records

VOLUME = SeriesKind.VOLUME
RECORDS = volume_records(89)
LAST = RECORDS["ds"].max().date()


def _forecast(*days: OwnDay, method: str = "auto", records: pd.DataFrame = RECORDS) -> Forecast:
    centre = Centre(told=Told(DayCalendar(own_days=days)))
    history = centre.volume_history(records, "Q1", end_of(records))
    return make_forecast(request(VOLUME, history, centre=centre, method=method))


def _day(days_ahead: int, kind: DayKind) -> OwnDay:
    day = LAST + pd.Timedelta(days=days_ahead)
    return OwnDay(date(day.year, day.month, day.day), kind=kind)


def _sum(made: Forecast, day: OwnDay, column: str = "yhat") -> float:
    return float(made.rows.loc[made.rows["ds"].dt.date == day.date, column].sum())


@pytest.mark.parametrize("method", [*FAST_VOLUME, "seasonal-naive"])
def test_a_day_that_was_said_to_be_closed_has_no_contact_by_any_method(method: str) -> None:
    closed = _day(4, DayKind.CLOSED)
    made = _forecast(closed, method=method)
    assert _sum(_forecast(method=method), closed) > 100
    assert _sum(made, closed) == _sum(made, closed, "yhat_upper") == 0.0


def test_a_reduced_day_is_half_of_the_usual_until_days_like_it_were_seen() -> None:
    ahead = _day(4, DayKind.REDUCED)
    usual = _sum(_forecast(), ahead)
    assert _sum(_forecast(ahead), ahead) == pytest.approx(0.5 * usual, rel=0.05)
    past = tuple(_day(-days, DayKind.REDUCED) for days in (2, 9, 16))
    seen = RECORDS.assign(
        y=RECORDS["y"].where(~RECORDS["ds"].dt.date.isin([each.date for each in past]), 6.0)
    )
    learned = _sum(_forecast(ahead, *past, records=seen), ahead)
    # Three days brought about a tenth of the usual: three parts of that and one of a half.
    assert 0.15 * usual < learned < 0.25 * usual


def test_on_a_day_unlike_others_the_band_reaches_from_nothing_to_an_ordinary_day() -> None:
    ahead = _day(4, DayKind.REDUCED)
    made, ordinary = _forecast(ahead), _forecast()
    assert _sum(made, ahead, "yhat_lower") == 0.0
    assert _sum(made, ahead, "yhat_upper") == pytest.approx(
        _sum(ordinary, ahead, "yhat_upper"), rel=0.05
    )


def test_a_window_of_a_forecast_is_the_sum_of_what_its_components_bring() -> None:
    made = _forecast()
    first = made.rows["ds"].iloc[40]
    window = (first.to_pydatetime(), (first + pd.Timedelta(hours=30)).to_pydatetime())
    brought = contributions(made.components, window)
    assert list(brought) == ["trend", "weekly", "daily", "remainder"]
    assert sum(brought.values()) == pytest.approx(made.rows["yhat"].iloc[40:70].sum())


def test_a_cleaned_prophet_is_never_negative_closed_at_night_and_adds_up() -> None:
    made = _forecast(_day(4, DayKind.REDUCED), method="prophet")
    rows = made.rows
    night = rows["ds"].dt.hour.isin([0, 3, 22])
    assert rows["yhat"].ge(0).all()
    assert rows.loc[night, "yhat"].eq(0).all()
    assert _sum(made, _day(4, DayKind.REDUCED)) > 0
    naive, own = made.scores_of("seasonal-naive"), made.scores[0]
    assert own.error is not None
    assert naive is not None
    assert naive.error is not None
    assert own.error < naive.error
    parts = made.components.set_index("ds").loc[rows["ds"]]
    np.testing.assert_allclose(parts.sum(axis=1), rows["yhat"], atol=1e-6)


@pytest.mark.parametrize("mean", [0.3, 2.0, 7.5, 60.0, 400.0])
def test_the_noise_floor_is_what_poisson_counts_are_off_their_mean(mean: float) -> None:
    counts = np.random.default_rng(1).poisson(mean, 400_000)
    measured = float(np.abs(counts - mean).mean())
    assert chance_error(np.array([mean]))[0] == pytest.approx(measured, rel=0.01)


def test_counts_steadier_than_chance_have_no_noise_floor() -> None:
    hours = np.full(50, 100.0)
    none = np.full(50, np.nan)
    steady = Compared(hours, none, none, hours + 0.5, np.ones(50), none, hours < 0, 1)
    assert scored("m", steady, VOLUME, 0.95).noise_floor is None
