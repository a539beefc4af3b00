"""A plan of the day as every page tells it: its hours, the worker, and what halts it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import ApproverNotAllowed, TenantUnreachable, UsageError
from core.screens.day_plan import DayView, halt, plans_in_force
from core.screens.day_plan_offer import leave_of, propose_day
from core.workflow.approval import Person
from core.workflow.day_plan import Bounds, day_of
from core.workflow.heartbeat import TaskRun
from core.workflow.lifecycle import Move
from core.workflow.proposal import ProposalState
from tests.support.desk import PLANNER, SUPERVISOR, VIEWER, WINBACK, Desk
from tests.support.platform_desk import day_in_force, pacing_of, platform_desk, worker_alive
from tests.support.proposals import stored


def told(desk: Desk, person: str = SUPERVISOR) -> DayView:
    who = desk.services.people.person(person) if person else Person("")
    (view,) = plans_in_force(desk.services, who, desk.look())
    return view


def pushing(desk: Desk) -> None:
    """Let the worker push what is due."""
    worker_alive(desk.services)
    desk.services.day_plans.push_due(lambda _done, _steps, _step: None)


def test_without_a_plan_of_a_day_nothing_is_told(desk: Desk) -> None:
    assert plans_in_force(desk.services, Person(SUPERVISOR), desk.look()) == ()


def test_a_plan_in_force_tells_its_hours_and_that_the_worker_is_missing() -> None:
    desk = platform_desk()
    proposal = day_in_force(desk)
    view = told(desk)
    hours = day_of(proposal.plan.payload).hours
    assert view.sentence.startswith(
        f"Winback Autumn: the plan of the day {proposal.proposal_id} is in force, until "
    )
    assert f"Of {len(hours)} hours" in view.sentence
    assert "The worker is not running" in view.trouble
    assert len(view.rows) == len(hours)


def test_with_a_worker_alive_nothing_stands_in_the_way() -> None:
    desk = platform_desk()
    day_in_force(desk)
    worker_alive(desk.services)
    assert told(desk).trouble == ""


def test_an_hour_is_missed_once_it_is_late_and_never_pushed_after() -> None:
    desk = platform_desk()
    day_in_force(desk)
    desk.clock.move(timedelta(minutes=56))
    view = told(desk)
    # It is 12:16: the hour began over a quarter of an hour ago.
    assert (view.rows[1].state, view.rows[1].note) == ("missed", "the value in force stayed")
    assert view.rows[2].state == "waits"
    pushing(desk)
    assert told(desk).rows[1].state == "missed"


def test_an_hour_that_was_late_when_the_day_was_approved_is_not_missed() -> None:
    desk = platform_desk()
    day_in_force(desk)
    view = told(desk)
    # It is 11:20: nobody expected a push at 11.
    assert [row.state for row in view.rows[:2]] == ["before the approval", "waits"]
    assert view.sentence.endswith("1 before the approval.")


def test_a_pushed_hour_says_when_and_by_which_proposal() -> None:
    desk = platform_desk()
    day_in_force(desk)
    desk.clock.move(timedelta(minutes=41))
    pushing(desk)
    row = told(desk).rows[1]
    assert row.state == "pushed"
    assert row.note == "P-1002, at 12:01"


def test_a_task_that_failed_tells_why_and_that_late_hours_are_missed() -> None:
    desk = platform_desk()
    day_in_force(desk)
    worker_alive(desk.services)
    why = str(TenantUnreachable("The tenant could not be reached.", "Try again."))
    with desk.services.unit_of_work() as work:
        work.worker.note_run(TaskRun("day", desk.clock.now(), False, why))
        work.commit()
    trouble = told(desk).trouble
    assert "The tenant could not be reached." in trouble
    assert "Hours that pass are missed." in trouble


@pytest.mark.parametrize(
    ("person", "moves"),
    [
        (SUPERVISOR, {Move.PAUSE, Move.STOP}),
        (PLANNER, {Move.PAUSE, Move.STOP}),
        (VIEWER, set()),
        ("", set()),
    ],
)
def test_who_may_halt_has_the_buttons(person: str, moves: set[Move]) -> None:
    desk = platform_desk()
    day_in_force(desk)
    assert set(told(desk, person).moves) == moves


def test_pausing_acts_at_once_and_only_who_pushes_may_resume() -> None:
    desk = platform_desk()
    proposal = day_in_force(desk)
    sentence = halt(desk.services, told(desk), Move.PAUSE, Person(PLANNER))
    assert "is paused: nothing is pushed until it is resumed" in sentence
    assert stored(desk, proposal.proposal_id).state is ProposalState.PAUSED
    assert set(told(desk, PLANNER).moves) == {Move.STOP}
    assert set(told(desk).moves) == {Move.RESUME, Move.STOP}
    with pytest.raises(ApproverNotAllowed):
        halt(desk.services, told(desk), Move.RESUME, Person(PLANNER))
    halt(desk.services, told(desk), Move.RESUME, Person(SUPERVISOR))
    assert stored(desk, proposal.proposal_id).state is ProposalState.APPROVED


def test_a_paused_plan_pushes_nothing() -> None:
    desk = platform_desk()
    day_in_force(desk)
    halt(desk.services, told(desk), Move.PAUSE, Person(PLANNER))
    desk.clock.move(timedelta(minutes=41))
    pushing(desk)
    assert desk.tenant.writes == []
    assert told(desk).rows[1].state == "paused"


def test_a_stopped_plan_is_told_no_more() -> None:
    desk = platform_desk()
    day_in_force(desk)
    halt(desk.services, told(desk), Move.STOP, Person(PLANNER))
    assert plans_in_force(desk.services, Person(SUPERVISOR), desk.look()) == ()


def test_a_plan_that_somebody_elses_change_ended_is_told_until_its_day_is_over() -> None:
    desk = platform_desk()
    proposal = day_in_force(desk)
    desk.tenant.change_as_somebody_else(WINBACK, {"maxCallsPerAgent": 1.7})
    desk.clock.move(timedelta(minutes=41))
    pushing(desk)
    view = told(desk)
    assert f"{proposal.proposal_id} no longer acts" in view.sentence
    assert "Somebody else changed what it sets" in view.trouble
    assert view.moves == ()
    desk.clock.move(timedelta(days=2))
    assert plans_in_force(desk.services, Person(SUPERVISOR), desk.look()) == ()


def test_the_page_offers_no_second_plan_while_one_is_in_force() -> None:
    desk = platform_desk()
    proposal = day_in_force(desk)
    page = pacing_of(desk)
    assert page.day is not None
    assert page.day.offer.waiting is not None
    assert page.day.offer.waiting.sentence.startswith(
        f"{proposal.proposal_id} by {PLANNER} is in force until "
    )
    assert page.offer is not None
    assert "stop it to propose a single change" in page.offer.obstacle


def test_the_whole_day_is_proposed_with_the_leave_that_was_chosen() -> None:
    desk = platform_desk()
    page = pacing_of(desk)
    assert page.advice is not None
    leave = leave_of(15, 1.2, 2.6)
    sentence = propose_day(desk.services, page.advice, leave, Person(PLANNER), "A calm day")
    assert sentence == "P-1001 waits for another person."
    waiting = stored(desk, "P-1001")
    replanning = day_of(waiting.plan.payload).replanning
    assert replanning is not None
    assert replanning.bounds["maxCallsPerAgent"] == Bounds(1.2, 2.6)
    assert any("1.20 to 2.60" in str(change.proposed) for change in waiting.plan.changes)


def test_bounds_the_wrong_way_round_are_refused_and_nothing_is_stored() -> None:
    desk = platform_desk()
    page = pacing_of(desk)
    assert page.advice is not None
    with pytest.raises(UsageError, match="wrong way round"):
        propose_day(desk.services, page.advice, leave_of(60, 3.0, 1.0), Person(PLANNER), "Why")
    with desk.services.unit_of_work() as work:
        assert work.proposals.all() == ()


def test_quarters_are_told_where_the_day_is_planned_anew_so_often() -> None:
    desk = platform_desk()
    proposal = day_in_force(desk, leave_of(15, 1.0, 4.0))
    view = told(desk)
    assert len(view.rows) == 4 * len(day_of(proposal.plan.payload).hours)
    assert "quarters of an hour" in view.sentence
    assert replace(view, moves=()).proposal.state is ProposalState.APPROVED
