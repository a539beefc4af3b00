"""Records to the tidy history frame."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.errors import FrameContractBroken, SettingsError
from core.frames import RATE_HISTORY, VOLUME_HISTORY
from core.history.status import hours_by_status
from core.history.tidy import tidied_again, tidy_rates, tidy_volumes

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BANK = Path(__file__).parents[4] / "shared" / "data" / "bank_calls_hourly.csv"


def _business_weeks(weeks: int) -> pd.DataFrame:
    ds = pd.date_range("2026-08-03", periods=weeks * 168, freq="h", tz="UTC")
    busy = ds[(ds.day_of_week < 5) & (ds.hour >= 8) & (ds.hour < 18)]
    return pd.DataFrame({"ds": busy, "y": 40.0 + busy.hour})


def test_closed_and_missing_hours_have_no_count_and_zero_hours_have_one() -> None:
    records = _business_weeks(4)
    lost, zero = pd.Timestamp("2026-08-12T10:00Z"), pd.Timestamp("2026-08-12T11:00Z")
    records = records.assign(y=records["y"].where(records["ds"] != zero, 0.0))
    records = records.loc[records["ds"] != lost]
    until = datetime(2026, 8, 31, tzinfo=UTC)
    history = tidy_volumes(records, "Q1", until=until, time_zone="UTC").set_index("ds")
    assert history.loc[lost, ["status", "recorded"]].tolist() == ["missing", False]
    assert history.loc[zero, ["y", "status", "recorded"]].tolist() == [0.0, "open", True]
    assert history.loc[pd.Timestamp("2026-08-12T03:00Z"), "status"] == "closed"
    assert np.isnan(history.loc[lost, "y"])
    assert history.loc[history["status"] == "closed", "y"].isna().all()
    assert history.loc[history["status"] == "open", "y"].notna().all()
    assert history["status"].isin(["open", "closed", "missing"]).all()


def test_an_hour_without_attempts_is_open_with_nothing_offered() -> None:
    records = pd.DataFrame(
        {
            "ds": pd.to_datetime(["2026-11-23T09:00Z", "2026-11-23T10:00Z", "2026-11-23T11:00Z"]),
            "offered": [10, 0, 8],
            "answered": [4, 0, 1],
        }
    )
    history = tidy_rates(records, "C1", until=NOON, time_zone="UTC")
    assert history["offered"].tolist() == [10.0, 0.0, 8.0]
    assert history["status"].tolist() == ["open"] * 3
    RATE_HISTORY.check(history)


def test_more_answers_than_offers_are_refused_with_series_and_hour() -> None:
    records = pd.DataFrame(
        {"ds": pd.to_datetime(["2026-11-23T09:00Z"]), "offered": [4], "answered": [5]}
    )
    with pytest.raises(
        FrameContractBroken, match=r"C1 have 5 answers of 4 offers at 2026-11-23T09"
    ):
        tidy_rates(records, "C1", until=NOON, time_zone="UTC")


def test_no_record_gives_an_empty_history_with_every_column() -> None:
    records = pd.DataFrame({"ds": pd.to_datetime([], utc=True), "y": pd.Series([], dtype=float)})
    history = tidy_volumes(records, "Q1", until=NOON, time_zone="UTC")
    assert history.empty
    VOLUME_HISTORY.check(history)
    assert hours_by_status(history) == {"open": 0, "closed": 0, "missing": 0}


def test_times_without_utc_are_refused() -> None:
    records = pd.DataFrame({"ds": pd.to_datetime(["2026-11-23T09:00"]), "y": [1.0]})
    with pytest.raises(FrameContractBroken, match="times in UTC"):
        tidy_volumes(records, "Q1", until=NOON, time_zone="UTC")


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(SettingsError):
        tidy_volumes(_business_weeks(1), "Q1", until=NOON, time_zone="Mars/Olympus")


def test_the_records_given_are_left_as_they_were() -> None:
    records = _business_weeks(2)
    before = records.copy(deep=True)
    tidy_volumes(records, "Q1", until=NOON, time_zone="Europe/Berlin")
    pd.testing.assert_frame_equal(records, before)


def test_a_history_tidied_again_is_what_was_known_then() -> None:
    records = _business_weeks(8)
    # From the fifth week on the centre works on Saturdays too.
    saturdays = pd.date_range("2026-09-05T08:00Z", periods=10, freq="h")
    records = pd.concat([records, pd.DataFrame({"ds": saturdays, "y": 30.0})])
    now = datetime(2026, 9, 28, tzinfo=UTC)
    then = datetime(2026, 8, 31, tzinfo=UTC)
    history = tidy_volumes(records, "Q1", until=now, time_zone="UTC")
    known = tidied_again(history, then, "UTC")
    pd.testing.assert_frame_equal(
        known, tidy_volumes(records, "Q1", until=then, time_zone="UTC"), check_freq=False
    )


def test_zeros_on_record_in_closed_hours_survive_tidying_again() -> None:
    ds = pd.date_range("2026-08-03", periods=3 * 168, freq="h", tz="UTC")
    records = pd.DataFrame({"ds": ds, "y": np.where((ds.hour > 7) & (ds.hour < 18), 9.0, 0.0)})
    now, then = datetime(2026, 8, 24, tzinfo=UTC), datetime(2026, 8, 8, tzinfo=UTC)
    history = tidy_volumes(records, "Q1", until=now, time_zone="UTC")
    assert history["recorded"].all()
    assert hours_by_status(history)["closed"] == 3 * 7 * 14
    # One week in, a zero on record had not been seen often enough to be a habit.
    pd.testing.assert_frame_equal(
        tidied_again(history, then, "UTC"),
        tidy_volumes(records, "Q1", until=then, time_zone="UTC"),
    )


@pytest.mark.skipif(not BANK.exists(), reason="the shared series of bank calls are not here")
def test_a_real_bank_is_open_on_weekdays_but_for_its_holidays() -> None:
    calls = pd.read_csv(BANK)
    zone = "America/New_York"
    calls["ds"] = pd.to_datetime(calls["ds"]).dt.tz_localize(zone).dt.tz_convert("UTC")
    until = (calls["ds"].max() + pd.Timedelta(hours=1)).to_pydatetime()
    history = tidy_volumes(calls[["ds", "y"]], "bank", until=until, time_zone=zone)
    clock = history["ds"].dt.tz_convert(zone)
    weekday = clock.dt.day_of_week < 5
    closed = history["status"] == "closed"
    assert closed[~weekday].all()
    assert closed[weekday & (clock.dt.hour < 7)].all()
    days = closed[weekday].groupby(clock[weekday].dt.strftime("%m-%d")).all()
    assert {"05-26", "07-04", "09-01"} <= set(days[days].index)  # Memorial, Independence, Labor Day
    assert len(days[days]) <= 6
    assert hours_by_status(history)["missing"] == 0
