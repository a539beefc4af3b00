"""Half-done pairs: a draft that is there, and a schedule that is not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.workflow.pairs import half_done, is_scheduled_apart
from core.workflow.plan import Plan, PlanKind
from core.workflow.proposal import Conflict, Proposal
from tests.unit.services.draft_desk import draft_plan
from tests.unit.workflow.builders import NOON, campaign_plan, pacing_plan, proposal_in

DRAFT = proposal_in("verified", draft_plan(), "P-1001")


def following(
    state: str, kind: PlanKind, number: int, *, follows: str = "", reverses: str = ""
) -> Proposal:
    plan: Plan = replace(pacing_plan(), kind=kind, follows=follows, reverses=reverses)
    return proposal_in(state, plan, f"P-{number}")


def schedule(state: str) -> Proposal:
    return following(state, PlanKind.SCHEDULE, 1002, follows="P-1001")


def test_a_draft_without_a_schedule_is_half_done_and_says_what_may_be_done() -> None:
    (pair,) = half_done([DRAFT])
    assert (pair.schedule, pair.is_waiting) == (None, False)
    assert pair.sentence == (
        "P-1001 created Quiet hours, and nobody has proposed its schedule."
        " Propose its schedule, or undo the draft."
    )


@pytest.mark.parametrize("state", ["submitted", "approved", "pushing"])
def test_a_schedule_on_its_way_is_waited_for(state: str) -> None:
    (pair,) = half_done([schedule(state), DRAFT])
    assert pair.is_waiting
    assert f"its schedule waits as a proposal of its own (P-1002, {state})" in pair.sentence


@pytest.mark.parametrize("state", ["rejected", "withdrawn", "expired", "stale", "push_failed"])
def test_a_schedule_that_came_to_nothing_leaves_the_pair_half_done(state: str) -> None:
    (pair,) = half_done([schedule(state), DRAFT])
    assert not pair.is_waiting
    assert "its schedule came to nothing" in pair.sentence


@pytest.mark.parametrize("state", ["pushed", "verified", "drifted"])
def test_a_schedule_that_was_pushed_makes_the_pair_whole(state: str) -> None:
    assert half_done([schedule(state), DRAFT]) == ()


def test_a_schedule_that_was_taken_back_makes_it_half_done_again() -> None:
    undo = following("verified", PlanKind.UNSCHEDULING, 1003, reverses="P-1002")
    assert len(half_done([undo, schedule("verified"), DRAFT])) == 1
    waiting = following("submitted", PlanKind.UNSCHEDULING, 1003, reverses="P-1002")
    assert half_done([waiting, schedule("verified"), DRAFT]) == ()


def test_a_draft_that_was_deleted_is_no_half_of_anything() -> None:
    deletion = following("verified", PlanKind.DELETION, 1003, reverses="P-1001")
    assert half_done([deletion, schedule("rejected"), DRAFT]) == ()


def test_a_draft_that_was_not_created_or_brought_its_schedule_is_not_half_done() -> None:
    assert half_done([proposal_in("approved", draft_plan())]) == ()
    assert not is_scheduled_apart(campaign_plan())
    assert half_done([proposal_in("verified", campaign_plan())]) == ()


def test_a_draft_that_is_gone_at_the_tenant_is_no_half_of_anything() -> None:
    drifted = proposal_in("drifted", draft_plan())
    gone = replace(drifted, conflict=Conflict({}, None, NOON))
    assert len(half_done([drifted])) == 1
    assert half_done([gone]) == ()


def test_nobody_is_needed_for_windows_that_are_past_or_a_schedule_that_waits() -> None:
    (pair,) = half_done([DRAFT])
    assert pair.needs_somebody(NOON)
    assert not pair.needs_somebody(NOON + timedelta(days=2))
    (waiting,) = half_done([schedule("submitted"), DRAFT])
    assert not waiting.needs_somebody(NOON)
