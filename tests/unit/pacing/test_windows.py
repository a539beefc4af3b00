"""Low-volume windows: contiguous, ahead, callable."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, UsageError
from core.pacing.windows import LowVolume, ThresholdHours, low_volume_windows

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def volume(values: Sequence[float], start: datetime = MONDAY) -> pd.DataFrame:
    hours = pd.date_range(start, periods=len(values), freq="h", unit="us")
    return pd.DataFrame(
        {
            "unique_id": "sales",
            "ds": hours,
            "model": "seasonal-naive",
            "cutoff": pd.Timestamp(start - HOUR).as_unit("us"),
            "yhat": np.array(values, dtype=float),
            "yhat_lower": np.nan,
            "yhat_upper": np.nan,
        }
    )


def spans(found: LowVolume) -> list[tuple[int, int]]:
    return [
        (int((each.start - MONDAY) / HOUR), int((each.end - MONDAY) / HOUR))
        for each in found.windows
    ]


def always(moment: datetime) -> bool:
    return True


def by_day(moment: datetime) -> bool:
    return 8 <= moment.astimezone(BERLIN).hour < 20


def test_each_low_stretch_is_a_window_of_its_own_and_peaks_between_are_left_out() -> None:
    rows = volume([9, 1, 1, 9, 9, 9, 2, 9, 9, 9, 9, 9])
    found = low_volume_windows(rows, now=MONDAY, is_callable=always)
    assert spans(found) == [(1, 3), (6, 7)]
    assert [each.expected_contacts for each in found.windows] == [1.0, 2.0]
    assert found.windows[0].start.utcoffset() == timedelta(0)


def test_low_means_strictly_under_the_quantile() -> None:
    rows = volume([1, 2, 3, 4, 5])
    found = low_volume_windows(rows, now=MONDAY, is_callable=always)
    assert found.threshold == 2.0
    assert spans(found) == [(0, 1)]


@pytest.mark.parametrize(
    ("now", "first_hour"),
    [
        (MONDAY, 0),
        (MONDAY + timedelta(microseconds=1), 1),
        (MONDAY + timedelta(minutes=59), 1),
        (MONDAY + HOUR, 1),
    ],
)
def test_a_window_begins_with_the_next_full_hour_at_the_earliest(
    now: datetime, first_hour: int
) -> None:
    rows = volume([1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9])
    found = low_volume_windows(rows, now=now, is_callable=always, quantile=0.3)
    assert spans(found) == [(first_hour, 3)]


def test_a_window_ends_where_callable_time_ends() -> None:
    lunch = {MONDAY + 2 * HOUR}
    rows = volume([1, 1, 1, 1, 9, 9, 9, 9, 9, 9])
    found = low_volume_windows(
        rows, now=MONDAY, is_callable=lambda moment: moment not in lunch, quantile=0.4
    )
    assert spans(found) == [(0, 2), (3, 4)]


def test_closed_nights_do_not_hide_the_low_hours_of_the_day() -> None:
    day = [0.0] * 8 + [5, 8, 30, 30, 30, 30, 30, 30, 30, 30, 9, 4] + [0.0] * 4
    found = low_volume_windows(volume(day * 2), now=MONDAY, is_callable=always)
    assert found.threshold == 8.75
    assert spans(found) == [(8, 10), (19, 20), (32, 34), (43, 44)]


def test_a_closed_hour_never_joins_a_window_though_it_may_be_callable() -> None:
    rows = volume([1, 0, 1, 9, 9, 9, 9, 9, 9])
    found = low_volume_windows(rows, now=MONDAY, is_callable=always, quantile=0.3)
    assert spans(found) == [(0, 1), (2, 3)]


def test_the_tutorials_own_threshold_counts_every_hour_of_the_forecast() -> None:
    rows = volume([-3, 0, 1, 5, 9, 9, 9, 9])
    found = low_volume_windows(
        rows, now=MONDAY + 2 * HOUR, is_callable=always, quantile=0.5, over=ThresholdHours.ALL
    )
    assert found.threshold == float(np.quantile([-3, 0, 1, 5, 9, 9, 9, 9], 0.5))
    assert spans(found) == [(2, 4)]


def test_shorter_windows_than_the_minimum_are_left_out() -> None:
    rows = volume([1, 9, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9])
    found = low_volume_windows(rows, now=MONDAY, is_callable=always, minimum_hours=2)
    assert spans(found) == [(2, 4)]


def test_a_missing_hour_splits_a_window() -> None:
    rows = volume([1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9]).drop(index=1)
    found = low_volume_windows(rows, now=MONDAY, is_callable=always)
    assert spans(found) == [(0, 1), (2, 3)]


@pytest.mark.parametrize(
    ("local_day", "low_utc"),
    [
        (datetime(2026, 3, 28, tzinfo=BERLIN), [7, 30, 54]),
        (datetime(2026, 10, 24, tzinfo=BERLIN), [6, 31, 55]),
    ],
)
def test_the_day_of_a_clock_change_keeps_local_callable_hours(
    local_day: datetime, low_utc: list[int]
) -> None:
    start = local_day.astimezone(UTC).replace(hour=0) + timedelta(days=1)
    rows = volume([9.0] * 72, start)
    morning = rows["ds"].dt.tz_convert(BERLIN).dt.hour <= 8
    rows.loc[morning, "yhat"] = 1.0
    found = low_volume_windows(rows, now=start, is_callable=by_day)
    begins = [int((each.start - start) / HOUR) for each in found.windows]
    assert begins == low_utc
    assert {each.start.astimezone(BERLIN).hour for each in found.windows} == {8}
    assert {each.hours for each in found.windows} == {1.0}


def test_an_hour_repeated_by_the_clock_is_one_hour_longer_and_not_split() -> None:
    start = datetime(2026, 10, 24, 22, tzinfo=UTC)
    rows = volume([9, 1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9], start)
    found = low_volume_windows(rows, now=start, is_callable=always, quantile=0.3)
    window = found.windows[0]
    assert window.hours == 3.0
    assert (window.start.astimezone(BERLIN).hour, window.end.astimezone(BERLIN).hour) == (1, 3)


def test_a_flat_forecast_has_no_low_hour_and_says_so() -> None:
    with pytest.raises(DataError, match=r"no low-volume hour.*quantile, 4\.0 contacts"):
        low_volume_windows(volume([4.0] * 24), now=MONDAY, is_callable=always)


def test_a_forecast_that_is_past_or_never_callable_says_so() -> None:
    rows = volume([1, 2, 3, 4])
    with pytest.raises(DataError, match="ahead, callable and open"):
        low_volume_windows(rows, now=MONDAY + 4 * HOUR, is_callable=always)
    with pytest.raises(DataError, match="ahead, callable and open"):
        low_volume_windows(rows, now=MONDAY, is_callable=lambda moment: False)


def test_windows_that_are_all_too_short_are_told_with_the_longest() -> None:
    rows = volume([1, 1, 9, 9, 9, 9, 9, 9, 9])
    with pytest.raises(DataError, match="longest low-volume window has 2 h; 3 h are asked"):
        low_volume_windows(rows, now=MONDAY, is_callable=always, minimum_hours=3)


@pytest.mark.parametrize(("quantile", "minimum_hours"), [(0.0, 1), (1.0, 1), (0.25, 0)])
def test_a_quantile_or_minimum_without_sense_is_refused(
    quantile: float, minimum_hours: int
) -> None:
    with pytest.raises(UsageError):
        low_volume_windows(
            volume([1, 2]),
            now=MONDAY,
            is_callable=always,
            quantile=quantile,
            minimum_hours=minimum_hours,
        )
