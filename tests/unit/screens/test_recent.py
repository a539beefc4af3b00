"""What the tenant told a moment ago: kept for seconds, and never waited for for long."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Event
from time import monotonic

import pytest

from core.clock import FrozenClock
from core.errors import TenantRecordMissing, TenantUnreachable
from core.screens.recent import ASK_AGAIN_AFTER, FRESH_FOR, MOST_KEPT, Recent
from tests.support.desk import NOW


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def recent(clock: FrozenClock) -> Recent:
    return Recent(clock)


def answers(*values: object) -> "Iterator[object]":
    yield from values


def test_a_reading_stands_for_half_a_minute(recent: Recent, clock: FrozenClock) -> None:
    told = answers("first", "second")
    assert recent.read("key", lambda: next(told)).value == "first"
    clock.move(FRESH_FOR - timedelta(seconds=1))
    assert recent.read("key", lambda: next(told)).value == "first"
    clock.move(timedelta(seconds=1))
    assert recent.read("key", lambda: next(told)).value == "second"


def test_another_stamp_asks_anew(recent: Recent) -> None:
    told = answers("first", "second")
    assert recent.read("key", lambda: next(told), stamp=1).value == "first"
    assert recent.read("key", lambda: next(told), stamp=2).value == "second"


def test_trouble_shows_what_was_read_before_with_its_time(
    recent: Recent, clock: FrozenClock
) -> None:
    recent.read("key", lambda: "first")
    clock.move(FRESH_FOR)
    reading = recent.read("key", _unreachable)
    assert (reading.value, reading.read_at) == ("first", NOW)
    assert isinstance(reading.trouble, TenantUnreachable)


def test_a_failed_reading_is_not_repeated_at_once(recent: Recent, clock: FrozenClock) -> None:
    recent.read("key", _unreachable)
    assert recent.read("key", lambda: "first").value is None
    clock.move(ASK_AGAIN_AFTER)
    assert recent.read("key", lambda: "first").value == "first"


def test_a_slow_answer_costs_the_patience_and_is_there_the_next_time(clock: FrozenClock) -> None:
    recent, answered, done = Recent(clock, patience_seconds=0.05), Event(), Event()

    def slowly() -> str:
        answered.wait(10)
        return "late"

    def ask() -> str:
        try:
            return slowly()
        finally:
            done.set()

    reading = recent.read("key", ask)
    assert reading.value is None
    assert "not answered yet" in str(reading.trouble)
    answered.set()
    assert done.wait(10)
    clock.move(ASK_AGAIN_AFTER)
    assert recent.read("key", lambda: "never asked", patience_seconds=10).value == "late"


def test_while_one_thing_is_asked_in_vain_others_are_not_waited_for_as_long(
    clock: FrozenClock,
) -> None:
    recent, never = Recent(clock, patience_seconds=4.0), Event()
    recent.read("down", _unreachable)
    begun = monotonic()
    assert recent.read("other", lambda: never.wait(20)).value is None
    assert monotonic() - begun < 2.0
    never.set()


def test_a_refusal_does_not_count_as_a_tenant_that_is_down(clock: FrozenClock) -> None:
    recent = Recent(clock, patience_seconds=3.0)
    reading = recent.read("gone", _missing)
    assert isinstance(reading.trouble, TenantRecordMissing)
    # It takes longer than the little that is waited for while the tenant is down.
    assert recent.read("other", lambda: Event().wait(0.6)).trouble is None


def test_a_defect_of_ours_is_raised_where_the_page_asked(recent: Recent) -> None:
    with pytest.raises(ZeroDivisionError):
        recent.read("key", lambda: 1 / 0)


def test_readings_do_not_pile_up(recent: Recent) -> None:
    for number in range(MOST_KEPT + 5):
        recent.read(number, lambda: "read")
    told = answers("asked again")
    assert recent.read(0, lambda: next(told)).value == "asked again"


def _unreachable() -> str:
    raise TenantUnreachable("The tenant does not answer.", "Try again.")


def _missing() -> str:
    raise TenantRecordMissing("There is no such campaign.")
