"""Holidays and the operator's own days: kept from ordinary hours, and learned from their like."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from core.forecasting.rate_days import KINDS, day_shifts
from core.forecasting.rate_hours import log_odds, rate_hours
from core.forecasting.rate_methods import NAMES, RateFits, rate_fits
from core.history.centre import Centre, Told
from core.history.days import DayCalendar, DayKind, OwnDay
from tests.unit.forecasting.made_series import MONDAY, end_of, rate_records

SPECIAL, REDUCED = DayKind.SPECIAL, DayKind.REDUCED
USUAL = np.full(168, 0.3)


def _day(number: int) -> date:
    return (MONDAY + timedelta(days=number)).date()


def _centre(kind: DayKind, *numbers: int) -> Centre:
    return Centre(
        "UTC", Told(DayCalendar(own_days=tuple(OwnDay(_day(n), kind=kind) for n in numbers)))
    )


def _spoilt(*numbers: int, days: int = 28) -> pd.DataFrame:
    """A campaign that is hardly answered on some days."""
    records = rate_records(days)
    on = records["ds"].dt.date.isin([_day(number) for number in numbers])
    return records.assign(answered=records["answered"].where(~on, records["answered"] // 5))


def _fits(records: pd.DataFrame, centre: Centre) -> RateFits:
    return rate_fits(centre.rate_history(records, "C1", end_of(records)), 24, centre)


@pytest.mark.parametrize("name", NAMES)
def test_a_special_day_does_not_pass_for_an_ordinary_one(name: str) -> None:
    spoilt = _spoilt(7, 14, 21)  # Mondays, as the day to come
    expected = _fits(rate_records(28), Centre()).share(name)
    known = _fits(spoilt, _centre(SPECIAL, 7, 14, 21)).share(name)
    unknown = _fits(spoilt, Centre()).share(name)
    assert np.abs(known - expected).mean() < 0.03
    assert np.abs(unknown - expected).mean() > 0.05


@pytest.mark.parametrize("name", NAMES)
def test_the_next_special_day_is_forecast_as_those_before_it(name: str) -> None:
    share = _fits(_spoilt(5, 16), _centre(SPECIAL, 5, 16, 28)).share(name)
    ordinary = _fits(_spoilt(5, 16), _centre(SPECIAL, 5, 16)).share(name)
    assert share.mean() < ordinary.mean() - 0.1
    assert (share > 0).all()


def test_a_kind_that_was_never_seen_changes_nothing() -> None:
    usual = _fits(rate_records(28), Centre()).share("average")
    np.testing.assert_array_equal(
        _fits(rate_records(28), _centre(REDUCED, 28)).share("average"), usual
    )


def test_two_days_are_believed_more_than_one_and_quiet_campaigns_more_than_wild_ones() -> None:
    one, two = (
        rate_hours(centre.rate_history(_spoilt(5, 16), "C1", end_of(rate_records(28))), 24, centre)
        for centre in (_centre(SPECIAL, 5), _centre(SPECIAL, 5, 16))
    )
    raw = float((log_odds(np.array([0.07])) - log_odds(np.array([0.36])))[0])
    shift = [day_shifts(hours, USUAL, 0.1)[SPECIAL] for hours in (one, two)]
    assert raw < shift[1] < shift[0] < 0
    assert shift[0] < day_shifts(one, USUAL, 1.0)[SPECIAL] < 0


def test_without_unlike_days_there_is_no_shift() -> None:
    centre = Centre()
    records = rate_records(14)
    hours = rate_hours(centre.rate_history(records, "C1", end_of(records)), 24, centre)
    np.testing.assert_array_equal(day_shifts(hours, USUAL, 0.1), np.zeros(KINDS))


def test_a_handful_of_calls_on_a_special_day_says_little() -> None:
    records = _spoilt(5)
    few = records.assign(
        offered=records["offered"].where(records["ds"].dt.date != _day(5), 1),
        answered=records["answered"].where(records["ds"].dt.date != _day(5), 0),
    )
    centre = _centre(SPECIAL, 5)
    many, handful = (
        day_shifts(
            rate_hours(centre.rate_history(each, "C1", end_of(each)), 24, centre), USUAL, 0.1
        )[SPECIAL]
        for each in (records, few)
    )
    assert many < 2 * handful < 0


def test_where_most_days_are_special_they_are_the_rule() -> None:
    centre = _centre(SPECIAL, *range(20), 28)
    fits = _fits(rate_records(28), centre)
    assert len(fits.hours.rate) == len(rate_records(28))
    assert not fits.hours.ahead_kind.any()


def test_components_show_what_came_on_a_special_day_and_leave_it_to_the_rest() -> None:
    fits = _fits(_spoilt(5), _centre(SPECIAL, 5))
    parts = fits.components().set_index("ds")
    noon = parts.loc[pd.Timestamp(MONDAY) + pd.Timedelta(days=5, hours=12)]
    assert noon["observed"] < 0.12
    assert noon["trend"] + noon["seasonal"] + noon["resid"] == pytest.approx(noon["observed"])
    assert noon["resid"] < -0.15
