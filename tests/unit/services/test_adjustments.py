"""Laying adjustments: who may, what is kept, and what the audit says."""

from datetime import UTC, datetime, timedelta

import pytest

from core.clock import FrozenClock
from core.errors import ApproverNotAllowed, RecordNotFound, UsageError
from core.forecasting.adjustments import AdjustmentAction
from core.forecasting.forecast import SeriesKind
from core.ports import UnitOfWorkFactory
from core.services.adjustments import MOST_PER_SERIES, Adjusting, AdjustmentWish
from core.workflow.approval import People
from core.workflow.audit import verify_chain

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ROLES = {"Ana": "planner", "Vera": "viewer"}


def wish(name: str = "Fair", amount: float = 0.3) -> AdjustmentWish:
    """Return a wish for more contacts in three hours."""
    return AdjustmentWish(
        SeriesKind.VOLUME,
        "q-1",
        "Billing",
        name,
        AdjustmentAction.PERCENT,
        amount,
        NOON,
        NOON + timedelta(hours=3),
        "  A fair\nin town ",
    )


@pytest.fixture
def clock() -> FrozenClock:
    """Give a clock that stands at noon."""
    return FrozenClock(NOON)


@pytest.fixture
def adjusting(store: UnitOfWorkFactory, clock: FrozenClock) -> Adjusting:
    """Give the service over a fresh store, with a planner and a viewer."""
    return Adjusting(store, clock, People(ROLES))


def test_an_adjustment_is_kept_with_who_and_when(adjusting: Adjusting) -> None:
    laid = adjusting.add(wish(), "ana")
    assert adjusting.of_series(SeriesKind.VOLUME, "q-1") == (laid,)
    assert (laid.author, laid.changed_at, laid.is_on) == ("Ana", NOON, True)


def test_every_change_is_in_the_audit_chain(
    adjusting: Adjusting, store: UnitOfWorkFactory, clock: FrozenClock
) -> None:
    laid = adjusting.add(wish(), "Ana")
    clock.move(timedelta(minutes=1))
    adjusting.switch(laid.adjustment_id, False, "Ana", "Billing")
    adjusting.remove(laid.adjustment_id, "Ana", "Billing")
    with store() as work:
        entries = work.audit.entries()
    assert [each.event.step for each in entries] == [
        "adjustment.added",
        "adjustment.changed",
        "adjustment.removed",
    ]
    assert entries[0].event.what == "Adjustment laid over the forecast: Fair, +30 %"
    assert entries[1].event.what == "Adjustment switched off: Fair, +30 %"
    assert {each.event.object_name for each in entries} == {"Billing"}
    assert verify_chain(entries).ok
    assert adjusting.of_series(SeriesKind.VOLUME, "q-1") == ()


def test_switching_to_what_it_is_already_changes_nothing(
    adjusting: Adjusting, store: UnitOfWorkFactory
) -> None:
    laid = adjusting.add(wish(), "Ana")
    assert adjusting.switch(laid.adjustment_id, True, "Ana", "Billing") == laid
    with store() as work:
        assert len(work.audit.entries()) == 1


def test_a_viewer_may_neither_lay_nor_switch_nor_remove(adjusting: Adjusting) -> None:
    laid = adjusting.add(wish(), "Ana")
    with pytest.raises(ApproverNotAllowed):
        adjusting.add(wish(), "Vera")
    with pytest.raises(ApproverNotAllowed):
        adjusting.switch(laid.adjustment_id, False, "Vera", "Billing")
    with pytest.raises(ApproverNotAllowed):
        adjusting.remove(laid.adjustment_id, "Vera", "Billing")
    assert adjusting.of_series(SeriesKind.VOLUME, "q-1") == (laid,)


def test_what_cannot_be_meant_is_refused_and_leaves_nothing(
    adjusting: Adjusting, store: UnitOfWorkFactory
) -> None:
    with pytest.raises(UsageError, match="out of range"):
        adjusting.add(wish(amount=50.0), "Ana")
    with store() as work:
        assert work.audit.entries() == ()
    assert adjusting.of_series(SeriesKind.VOLUME, "q-1") == ()


def test_a_series_takes_a_limited_number(adjusting: Adjusting) -> None:
    for number in range(MOST_PER_SERIES):
        adjusting.add(wish(f"Fair {number}"), "Ana")
    with pytest.raises(UsageError, match="Billing has 50 adjustments already"):
        adjusting.add(wish(), "Ana")


def test_one_that_is_gone_is_named(adjusting: Adjusting) -> None:
    with pytest.raises(RecordNotFound, match="no adjustment A-9"):
        adjusting.switch("A-9", False, "Ana", "Billing")
