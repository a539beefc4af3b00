"""Agents ahead: the tenant's schedule, and what people entered by hand."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from core.clock import FrozenClock
from core.errors import ApproverNotAllowed, UsageError
from core.frames import CAPACITY
from core.ports import UnitOfWorkFactory
from core.services.staffing import CHANGED, Staffing
from core.staffing import Capacity, CapacityOrigin, scheduled, unknown
from core.units import SkillId
from core.workflow.approval import People, Role

NOW = datetime(2026, 11, 25, 8, 20, tzinfo=UTC)
NINE = datetime(2026, 11, 25, 9, tzinfo=UTC)
NOON = NINE + timedelta(hours=3)


def hours(*agents: float, start: datetime = NINE) -> pd.DataFrame:
    ds = pd.date_range(start, periods=len(agents), freq="h", unit="us")
    return CAPACITY.check(pd.DataFrame({"ds": ds, "agents": list(agents)}))


class Schedule:
    """A schedule that tells what it is given."""

    def __init__(self, told: Capacity) -> None:
        self.told = told

    def agents_scheduled(self, skill_id: SkillId, start: datetime, end: datetime) -> Capacity:
        return self.told


def staffing(store: UnitOfWorkFactory, told: Capacity, roles: dict[str, Role]) -> Staffing:
    return Staffing(store, Schedule(told), FrozenClock(NOW), People(roles))


def test_without_an_entry_the_schedule_is_what_there_is(store: UnitOfWorkFactory) -> None:
    desk = staffing(store, scheduled(hours(5, 6, 7)), {})
    read = desk.agents("sales", NINE, NOON)
    assert read.origin is CapacityOrigin.SCHEDULE
    assert read.frame["agents"].tolist() == [5, 6, 7]


def test_an_hour_entered_by_hand_stands_in_place_of_the_schedule_and_says_so(
    store: UnitOfWorkFactory,
) -> None:
    desk = staffing(store, scheduled(hours(5, 6, 7), ("Shared with Claims.",)), {})
    assert desk.enter("sales", hours(0, start=NINE + timedelta(hours=1)), by="Ana") == 1
    read = desk.agents("sales", NINE, NOON)
    assert read.frame["agents"].tolist() == [5, 0, 7]
    assert read.origin is CapacityOrigin.BY_HAND
    assert read.notes == ("1 hour entered by hand, last by Ana.", "Shared with Claims.")


def test_what_the_schedule_does_not_tell_stays_unknown(store: UnitOfWorkFactory) -> None:
    desk = staffing(store, unknown("No licence."), {})
    desk.enter("sales", hours(4), by="Ana")
    assert len(desk.agents("sales", NINE, NOON).frame) == 1
    assert not desk.agents("claims", NINE, NOON).is_known


def test_forgotten_hours_go_back_to_the_schedule(store: UnitOfWorkFactory) -> None:
    desk = staffing(store, scheduled(hours(5, 6, 7)), {})
    desk.enter("sales", hours(1, 2, 3), by="Ana")
    assert desk.forget("sales", NINE, NINE + timedelta(hours=2), by="Ana") == 2
    assert desk.agents("sales", NINE, NOON).frame["agents"].tolist() == [5, 6, 3]
    assert desk.forget("sales", NOON, NOON + timedelta(hours=2), by="Ana") == 0


def test_every_change_is_in_the_audit_with_its_hours(store: UnitOfWorkFactory) -> None:
    desk = staffing(store, unknown(), {})
    desk.enter("sales", hours(4, 5), by="Ana", reason="Two are ill")
    desk.forget("sales", NINE, NOON, by="Ana")
    with store() as work:
        events = [entry.event for entry in work.audit.entries()]
    assert [event.step for event in events] == [CHANGED, CHANGED]
    assert events[0].reason == "Two are ill"
    assert events[0].facts == {"2026-11-25T09:00:00+00:00": 4.0, "2026-11-25T10:00:00+00:00": 5.0}


def test_who_may_only_look_cannot_enter_agents(store: UnitOfWorkFactory) -> None:
    desk = staffing(store, unknown(), {"Vera": Role.VIEWER})
    with pytest.raises(ApproverNotAllowed):
        desk.enter("sales", hours(4), by="Vera")
    with pytest.raises(ApproverNotAllowed):
        desk.forget("sales", NINE, NOON, by="Vera")
    assert desk.entered("sales", NINE, NOON) == ()


@pytest.mark.parametrize("agents", [-1.0, 1e9, float("inf")])
def test_a_number_that_no_team_has_is_refused(store: UnitOfWorkFactory, agents: float) -> None:
    desk = staffing(store, unknown(), {})
    with pytest.raises(UsageError):
        desk.enter("sales", hours(4, agents), by="Ana")
    assert desk.entered("sales", NINE, NOON) == ()
