"""Which hours a rate is learned from, and which are forecast."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, TooLittleHistory
from core.forecasting.rate_hours import LONGEST_DAYS, log_odds, rate_hours, share_of
from core.history.centre import Centre
from tests.unit.forecasting.made_series import MONDAY, rate_history, rate_records


def test_hours_without_an_offer_are_left_out_and_never_filled() -> None:
    records = rate_records(14)
    records.loc[5, ["offered", "answered"]] = 0
    hours = rate_hours(rate_history(records), 24, Centre())
    assert len(hours.rate) == len(records) - 1
    assert (hours.offered > 0).all()


def test_closed_hours_ahead_are_absent() -> None:
    hours = rate_hours(rate_history(rate_records(14)), 24, Centre())
    assert hours.ahead.hour.tolist() == list(range(8, 20))


def test_a_day_is_a_day_of_the_clock_though_it_has_25_hours() -> None:
    ds = pd.date_range("2026-10-19T22:00Z", periods=10 * 24, freq="h")
    records = pd.DataFrame({"ds": ds, "offered": 10, "answered": 4})
    until = (ds[-1] + timedelta(hours=1)).to_pydatetime()
    berlin = Centre("Europe/Berlin")
    hours = rate_hours(berlin.rate_history(records, "C1", until), 24, berlin)
    assert np.bincount(hours.day).tolist() == [24, 24, 24, 24, 24, 25, 24, 24, 24, 23]
    assert hours.ahead_day.tolist() == [9] + [10] * 23


def test_only_the_latest_days_count() -> None:
    hours = rate_hours(rate_history(rate_records(120)), 24, Centre())
    assert hours.days <= LONGEST_DAYS + 1


def test_a_campaign_at_rest_for_long_is_still_known_by_its_last_calls() -> None:
    history = rate_history(rate_records(10), until=MONDAY + timedelta(days=150))
    hours = rate_hours(history, 24 * 7, Centre())
    assert len(hours.rate) == 120


def test_a_centre_closed_throughout_has_no_rate_to_forecast() -> None:
    history = rate_history(rate_records(14))
    with pytest.raises(DataError, match="expected to be closed in each of the next 4 hours"):
        rate_hours(history, 4, Centre())


def test_less_than_two_days_are_refused() -> None:
    history = rate_history(rate_records(14)).iloc[:47]
    with pytest.raises(TooLittleHistory):
        rate_hours(history, 24, Centre())


def test_log_odds_come_back_as_shares_and_never_leave_0_to_1() -> None:
    shares = np.array([0.0, 0.01, 0.5, 0.99, 1.0])
    back = share_of(log_odds(shares))
    np.testing.assert_allclose(back[1:4], shares[1:4])
    assert 0 < back[0] < 0.01
    assert 0.99 < back[4] < 1
