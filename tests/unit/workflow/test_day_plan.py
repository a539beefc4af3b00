"""The plan of a day: its hours, its slots, and the bounds of planning anew."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DataError, UsageError
from core.workflow.day_hour import hour_plan, slot_start_of
from core.workflow.day_plan import (
    HOUR,
    LATE_AFTER,
    Bounds,
    DayHour,
    DayPlan,
    Replanning,
    check_day,
    day_of,
    day_payload,
    within_leave,
)
from core.workflow.plan import PlanKind
from tests.unit.workflow.builders import (
    NOON,
    campaign_document,
    day_plan,
    proposal_in,
    snapshot_of,
)

PACE = "maxCallsPerAgent"
HOURS = (DayHour(NOON, {PACE: 2.4}), DayHour(NOON + 2 * HOUR, {PACE: 3.1}))
FREE = Replanning(15, {PACE: Bounds(1.0, 3.0)})


def test_a_day_comes_back_from_its_payload_as_it_was() -> None:
    day = DayPlan(HOURS, FREE)
    assert day_of(day_payload(day)) == day


def test_the_digest_covers_hours_and_bounds() -> None:
    plan = day_plan(0.021, 0.022)
    for other in (
        day_plan(0.021, 0.023),
        day_plan(0.021, 0.022, first=NOON + HOUR),
        day_plan(0.021, 0.022, replanning=FREE),
    ):
        assert other.digest != plan.digest


def test_a_moment_lies_in_the_slot_of_its_hour_and_in_none_between_hours() -> None:
    day = DayPlan(HOURS)
    slot = day.slot_at(NOON + timedelta(minutes=59))
    assert slot is not None
    assert (slot.start, slot.fields) == (NOON, {PACE: 2.4})
    assert day.slot_at(NOON + HOUR) is None
    assert day.slot_at(NOON - timedelta(seconds=1)) is None
    assert day.end == NOON + 3 * HOUR


def test_a_day_planned_anew_each_quarter_has_four_slots_an_hour() -> None:
    day = DayPlan(HOURS, FREE)
    assert len(day.slots()) == 8
    slot = day.slot_at(NOON + timedelta(minutes=31))
    assert slot is not None
    assert slot.start == NOON + timedelta(minutes=30)


def test_a_slot_is_late_a_quarter_of_an_hour_after_its_start() -> None:
    slot = DayPlan(HOURS).slots()[0]
    assert not slot.is_late(NOON + LATE_AFTER - timedelta(seconds=1))
    assert slot.is_late(NOON + LATE_AFTER)


@given(st.floats(0.1, 20.0))
def test_planning_anew_never_leaves_the_bounds(wanted: float) -> None:
    day = DayPlan(HOURS, FREE)
    fields, held = within_leave(day, day.slots()[0], {PACE: wanted})
    assert 1.0 <= fields[PACE] <= 3.0
    assert bool(held) == (not 1.0 <= wanted <= 3.0)


def test_a_field_without_bounds_keeps_to_what_was_approved() -> None:
    day = DayPlan((DayHour(NOON, {PACE: 2.4, "abandonRate": 3.0}),), FREE)
    fields, held = within_leave(day, day.slots()[0], {"abandonRate": 1.0, "priority": 5})
    assert fields == {PACE: 2.4, "abandonRate": 3.0}
    assert set(held) == {"abandonRate", "priority"}


@pytest.mark.parametrize(
    "day",
    [
        DayPlan(()),
        DayPlan((HOURS[1], HOURS[0])),
        DayPlan((HOURS[0], HOURS[0])),
        DayPlan(HOURS, replace(FREE, every_minutes=7)),
        DayPlan(HOURS, Replanning(60, {PACE: Bounds(3.0, 1.0)})),
    ],
    ids=["no hour", "out of order", "twice", "every 7 minutes", "bounds the wrong way"],
)
def test_a_day_that_is_none_is_refused(day: DayPlan) -> None:
    with pytest.raises(UsageError):
        check_day(day)


def test_a_payload_that_holds_no_day_is_refused() -> None:
    with pytest.raises(DataError):
        day_of({"hours": [{"ds": "noon"}], "replanning": None})


def test_a_push_names_its_day_and_slot_and_shows_what_changes() -> None:
    day = proposal_in("approved", day_plan(0.021, 0.022))
    slot = day_of(day.plan.payload).slots()[1]
    plan = hour_plan(day, slot, slot.fields, snapshot_of(campaign_document()))
    assert plan.kind is PlanKind.PACING
    assert plan.payload == {"predictive": {"dropRate": 0.022}}
    change = plan.changes[0]
    assert (change.label, change.unit) == ("Abandon target", "share")
    assert (change.now, change.proposed, change.limit) == (0.02, 0.022, "at most 3 %")
    assert slot_start_of(plan, day.proposal_id) == slot.start
    assert slot_start_of(plan, "P-9") is None
    assert slot_start_of(day.plan, day.proposal_id) is None
