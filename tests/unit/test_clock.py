"""Clocks tell aware UTC; a frozen one stands still until it is moved."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.clock import FrozenClock, SystemClock, hour_start

BERLIN = ZoneInfo("Europe/Berlin")
KOLKATA = ZoneInfo("Asia/Kolkata")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_machines_clock_tells_aware_utc_and_goes_on() -> None:
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second


def test_a_frozen_clock_stands_still_until_it_is_moved() -> None:
    clock = FrozenClock(NOON)
    assert clock.now() == clock.now() == NOON
    clock.move(timedelta(minutes=90))
    assert clock.now() == NOON + timedelta(minutes=90)


def test_a_frozen_clock_tells_utc_whatever_zone_it_was_set_in() -> None:
    now = FrozenClock(datetime(2026, 11, 23, 13, tzinfo=BERLIN)).now()
    assert now == NOON
    assert now.tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "start"),
    [
        (NOON, NOON),
        (NOON + timedelta(minutes=59, seconds=59, microseconds=999_999), NOON),
        (datetime(2026, 11, 23, 17, 45, tzinfo=KOLKATA), NOON),
        (
            datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN),
            datetime(2026, 10, 25, 1, tzinfo=UTC),
        ),
        (
            datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=BERLIN),
            datetime(2026, 10, 25, 0, tzinfo=UTC),
        ),
    ],
)
def test_an_hour_starts_on_the_clock_of_utc(moment: datetime, start: datetime) -> None:
    assert hour_start(moment) == start
    assert hour_start(moment).tzinfo is UTC
