"""What every store keeps of own days and opening hours, and whose change wins."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core.errors import ConcurrentEdit
from core.history.days import DayKind, OwnDay
from core.history.opening import OpeningHours
from core.history.told import WHOLE_CENTRE, NotedDay, NotedOpening, Scope
from core.ports import UnitOfWorkFactory
from tests.contract.conftest import StoreUnderTest

NOON = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC)
EVE = NotedDay(OwnDay(date(2026, 12, 24), 840, 1440, label="Heiligabend – früh"), "Ana", NOON)
MORNING = NotedDay(OwnDay(date(2026, 12, 24), 0, 840, DayKind.SPECIAL), "Ana", NOON)
INVENTORY = NotedDay(OwnDay(date(2026, 12, 2), kind=DayKind.REDUCED, label="Stock"), "Ben", NOON)
OFFICE = OpeningHours.parse("Mo-Fr 08:00-18:00")
BILLING = Scope("volume", "q-billing")


def test_days_come_back_as_they_were_told_the_earliest_first(store: UnitOfWorkFactory) -> None:
    with store() as work:
        for noted in (EVE, INVENTORY, MORNING):
            work.calendar.add_day(noted)
        work.commit()
    with store() as work:
        assert work.calendar.own_days() == (INVENTORY, MORNING, EVE)


def test_a_part_of_a_day_is_told_once(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.calendar.add_day(EVE)
        work.commit()
    other = replace(EVE, day=replace(EVE.day, kind=DayKind.SPECIAL))
    with store() as work, pytest.raises(ConcurrentEdit, match="14:00-24:00 is in the calendar"):
        work.calendar.add_day(other)
    with store() as work:
        assert work.calendar.own_days() == (EVE,)


def test_a_day_that_somebody_changed_is_not_removed(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.calendar.add_day(EVE)
        work.commit()
    for gone in (replace(EVE.day, label="Other"), INVENTORY.day):
        with store() as work, pytest.raises(ConcurrentEdit, match="changed by somebody else"):
            work.calendar.remove_day(gone)
    with store() as work:
        work.calendar.remove_day(EVE.day)
        work.commit()
    with store() as work:
        assert work.calendar.own_days() == ()


def test_hours_told_again_take_the_place_of_those_before(store: UnitOfWorkFactory) -> None:
    later = OpeningHours.parse("Mo-Fr 09:00-20:00", since=date(2026, 12, 1))
    first = NotedOpening(BILLING, OFFICE, "Ana", NOON)
    centre = NotedOpening(WHOLE_CENTRE, OFFICE, "Ben", NOON)
    second = NotedOpening(BILLING, later, "Ben", NOON)
    with store() as work:
        for noted in (first, centre, second):
            work.calendar.tell_opening(noted)
        work.commit()
    with store() as work:
        assert work.calendar.opening_hours() == (centre, second)
        work.calendar.forget_opening(BILLING)
        work.calendar.forget_opening(Scope("volume", "never told"))
        work.commit()
    with store() as work:
        assert work.calendar.opening_hours() == (centre,)


def test_nothing_is_kept_without_a_commit(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.calendar.add_day(EVE)
        work.calendar.tell_opening(NotedOpening(WHOLE_CENTRE, OFFICE, "Ana", NOON))
    with store() as work:
        assert work.calendar.own_days() == ()
        assert work.calendar.opening_hours() == ()


def test_one_tenants_calendar_is_not_anothers(store_under_test: StoreUnderTest) -> None:
    if store_under_test.kind == "memory":
        pytest.skip("a store in memory holds one tenant")
    from core.store.open import open_store

    other = open_store(store_under_test.url, "another tenant")
    with other() as work:
        if work.calendar.own_days() == ():
            work.calendar.add_day(EVE)
            work.commit()
    with store_under_test.open_again()() as work:
        assert work.calendar.own_days() == ()
