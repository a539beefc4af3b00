"""Laws of the tidy history, for any records that a tenant may give."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.frames import VOLUME_HISTORY
from core.history.calendar import CallableHours, hour_of_week, same_clock_before, zone_named
from core.history.status import hours_by_status
from core.history.tidy import tidied_again, tidy_rates, tidy_volumes

START = datetime(2026, 10, 12, tzinfo=UTC)  # two weeks before Europe leaves summer time
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
QUARTERS = st.integers(0, 4 * 24 * 30)
RECORDS = st.lists(st.tuples(QUARTERS, st.integers(0, 60)), max_size=120)
UNTIL = st.integers(1, 24 * 35)


def _volumes(records: list[tuple[int, int]]) -> pd.DataFrame:
    ds = [START + timedelta(minutes=15 * quarter) for quarter, _ in records]
    return pd.DataFrame(
        {
            "ds": pd.to_datetime(pd.Series(ds, dtype="datetime64[us, UTC]"), utc=True),
            "y": pd.Series([count for _, count in records], dtype="float64"),
        }
    )


@settings(max_examples=60, deadline=None)
@given(records=RECORDS, hours=UNTIL, zone=ZONES)
def test_hours_tile_the_span_and_each_means_one_thing(
    records: list[tuple[int, int]], hours: int, zone: str
) -> None:
    until = START + timedelta(hours=hours)
    given_records = _volumes(records)
    history = tidy_volumes(given_records, "Q", until=until, time_zone=zone)
    VOLUME_HISTORY.check(history)
    known = given_records.loc[given_records["ds"] < pd.Timestamp(until)]
    assert history.empty == known.empty
    if known.empty:
        return
    assert history["ds"].iloc[0] == known["ds"].min().floor("h")
    assert history["ds"].iloc[-1] == pd.Timestamp(until) - pd.Timedelta(hours=1)
    assert (history["ds"].diff().dropna() == pd.Timedelta(hours=1)).all()
    assert sum(hours_by_status(history).values()) == len(history)
    is_open = history["status"] == "open"
    assert (history["y"].notna() == is_open).all()
    assert not (history["recorded"] & (history["status"] == "missing")).any()
    # Nothing is counted twice and nothing is lost: what was closed had counted nothing.
    assert history["y"].sum() == known.drop_duplicates("ds", keep="last")["y"].sum()


@settings(max_examples=40, deadline=None)
@given(records=RECORDS, hours=UNTIL, zone=ZONES, order=st.randoms(use_true_random=False))
def test_the_order_of_different_records_does_not_matter(
    records: list[tuple[int, int]], hours: int, zone: str, order: "object"
) -> None:
    once = list({quarter: (quarter, count) for quarter, count in records}.values())
    shuffled = once.copy()
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    until = START + timedelta(hours=hours)
    first, second = (
        tidy_volumes(_volumes(each), "Q", until=until, time_zone=zone) for each in (once, shuffled)
    )
    pd.testing.assert_frame_equal(first, second)


@settings(max_examples=40, deadline=None)
@given(records=RECORDS, hours=UNTIL, zone=ZONES, earlier=UNTIL)
def test_tidying_again_is_tidying_what_was_known_then(
    records: list[tuple[int, int]], hours: int, zone: str, earlier: int
) -> None:
    until, then = (START + timedelta(hours=n) for n in (hours, min(earlier, hours)))
    history = tidy_volumes(_volumes(records), "Q", until=until, time_zone=zone)
    known = tidied_again(history, then, zone)
    expected = tidy_volumes(_volumes(records), "Q", until=then, time_zone=zone)
    if expected.empty:
        assert known.empty
    else:
        pd.testing.assert_frame_equal(known, expected)


@settings(max_examples=40, deadline=None)
@given(records=RECORDS, zone=ZONES)
def test_a_campaign_never_answers_more_than_it_offers(
    records: list[tuple[int, int]], zone: str
) -> None:
    volumes = _volumes(records)
    rates = volumes.rename(columns={"y": "offered"}).assign(answered=volumes["y"] // 2)
    history = tidy_rates(rates, "C", until=START + timedelta(days=30), time_zone=zone)
    is_open = history["status"] == "open"
    assert (history.loc[is_open, "answered"] <= history.loc[is_open, "offered"]).all()
    assert history.loc[~is_open, ["offered", "answered"]].isna().all(axis=None)


@given(zone=ZONES, hour=st.integers(0, 24 * 365), weeks=st.integers(1, 8))
def test_the_same_clock_weeks_ago_is_the_same_hour_of_the_week_but_for_a_skipped_one(
    zone: str, hour: int, weeks: int
) -> None:
    ds = pd.DatetimeIndex([START + timedelta(hours=hour)])
    before = same_clock_before(ds, 7 * weeks, zone_named(zone))
    step = (ds - before)[0] - pd.Timedelta(weeks=weeks)
    assert abs(step) <= pd.Timedelta(hours=1)
    gap = hour_of_week(ds, zone_named(zone)) - hour_of_week(before, zone_named(zone))
    assert int(np.abs(gap[0])) <= 1


@given(
    zone=ZONES,
    opens=st.integers(0, 22),
    length=st.integers(1, 24),
    hour=st.integers(0, 24 * 60),
)
def test_a_callable_hour_lies_whole_within_the_window_on_the_clock(
    zone: str, opens: int, length: int, hour: int
) -> None:
    closes = min(opens + length, 24)
    hours = CallableHours.parse(f"Mo-Su {opens:02d}:00-{closes:02d}:00", zone)
    start = START + timedelta(hours=hour)
    clock = start.astimezone(zone_named(zone))
    if hours.is_callable(start):
        assert opens <= clock.hour < closes
    elif clock.minute == 0 and opens <= clock.hour < closes:
        # Only the hour that a clock change repeats shows the window's start again at its end.
        assert (start + timedelta(hours=1)).astimezone(zone_named(zone)).hour == clock.hour
