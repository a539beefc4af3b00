"""Pushing a draft, its schedule, and what takes them back: one write each, settled by reading."""

from datetime import timedelta

import pytest

from core.errors import (
    LimitBroken,
    OutcomeUnknown,
    ProposalStale,
    TenantError,
    TenantUnreachable,
    TransitionRefused,
    UsageError,
)
from core.workflow.approval import PROGRAM
from core.workflow.plan import CheckState, PlanKind
from core.workflow.proposal import ProposalState
from core.workflow.schedules import schedule_content
from tests.unit.services.draft_desk import (
    WINDOWS,
    DraftDesk,
    Make,
    approved_deletion,
    approved_schedule,
    approved_unscheduling,
    draft_payload,
    draft_plan,
)
from tests.unit.services.review_desk import LOST

MAKES = pytest.mark.parametrize(
    "make", [approved_schedule, approved_unscheduling, approved_deletion]
)


def test_a_draft_is_created_off_and_its_schedule_waits_as_a_proposal_of_its_own() -> None:
    desk = DraftDesk()
    created = desk.created()
    assert created.state is ProposalState.VERIFIED
    assert desk.tenant.writes == [draft_payload()]
    assert desk.platform.schedules == {}
    schedule = desk.proposal("P-1002")
    assert (schedule.plan.kind, schedule.state) == (PlanKind.SCHEDULE, ProposalState.SUBMITTED)
    assert (schedule.author, schedule.plan.follows) == ("Ana", "P-1001")
    assert created.push is not None
    assert schedule.plan.target_id == created.push.object_id
    assert schedule.plan.payload["timeZone"] == "UTC"
    assert schedule.plan.payload["intervals"][0] == {
        "start": "2026-11-26T09:00:00.000Z",
        "end": "2026-11-26T11:00:00.000Z",
    }


def test_the_audit_says_that_a_schedule_was_proposed_by_itself_and_for_whom() -> None:
    desk = DraftDesk()
    desk.created()
    event = desk.entries()[-1].event
    assert (event.step, event.person) == ("proposal.submitted", PROGRAM.name)
    assert event.what.startswith("Proposed by itself, as P-1001 was verified: write the schedule")
    assert (event.facts["follows"], event.facts["author"]) == ("P-1001", "Ana")
    assert "P-1001 by Ana" in event.reason


def test_its_author_may_not_approve_the_schedule_of_a_draft() -> None:
    desk = DraftDesk()
    desk.created()
    with pytest.raises(Exception, match="Ana"):
        desk.reviewing.approve("P-1002", "Ana")


def test_an_approved_schedule_reaches_the_tenant_and_is_verified_however_it_is_spelled() -> None:
    desk = DraftDesk()
    pushed = desk.scheduled()
    assert pushed.state is ProposalState.VERIFIED
    (stored,) = desk.platform.schedules.values()
    assert stored["intervals"][0]["start"] == "2026-11-26T09:00:00.000"
    assert len(desk.tenant.writes) == 2


def test_a_schedule_of_which_all_windows_are_past_is_not_offered() -> None:
    desk = DraftDesk()
    desk.approved(draft_plan())
    desk.moody.after_write = lambda: desk.clock.move(timedelta(days=3))
    desk.pushing.push("P-1001", "Mara")
    with desk.store() as work:
        assert [each.proposal_id for each in work.proposals.all()] == ["P-1001"]
    with pytest.raises(UsageError, match="All windows of P-1001 are past"):
        desk.schedule_again()


def test_a_rejected_schedule_can_be_proposed_again_and_again_waits_for_approval() -> None:
    desk = DraftDesk()
    desk.created()
    desk.reviewing.reject("P-1002", "Mara", "Not today.")
    again = desk.schedule_again()
    assert (again.state, again.plan.follows) == (ProposalState.SUBMITTED, "P-1001")
    assert desk.pushed(again).state is ProposalState.VERIFIED


def test_a_draft_that_was_not_created_cannot_be_scheduled() -> None:
    desk = DraftDesk()
    desk.submitted(draft_plan())
    with pytest.raises(TransitionRefused, match="is submitted: its campaign is not created yet"):
        desk.schedule_again()


@pytest.mark.parametrize(
    "values", [{"abandonRate": 30}, {"campaignStatus": "on"}, {"queue": {"id": "q-2"}}], ids=str
)
def test_a_draft_that_somebody_changed_meanwhile_is_not_armed(values: dict[str, object]) -> None:
    desk = DraftDesk()
    schedule = approved_schedule(desk)
    desk.tenant.change_as_somebody_else(schedule.plan.target_id, values)
    with pytest.raises(ProposalStale, match="or its schedule was changed at the tenant"):
        desk.pushing.push("P-1002", "Mara")
    assert desk.platform.schedules == {}
    assert desk.proposal("P-1002").state is ProposalState.STALE


def test_a_schedule_that_somebody_wrote_meanwhile_is_not_replaced() -> None:
    desk = DraftDesk()
    schedule = approved_schedule(desk)
    told = ("2026-11-27T09:00:00.000Z", "2026-11-27T10:00:00.000Z")
    desk.platform.schedule_as_somebody_else(schedule.plan.target_id, told)
    with pytest.raises(ProposalStale):
        desk.pushing.push("P-1002", "Mara")
    assert len(desk.tenant.writes) == 1


@MAKES
def test_a_lost_answer_to_an_applied_write_is_a_success(make: Make) -> None:
    desk = DraftDesk()
    approved = make(desk)
    written = len(desk.tenant.writes)
    desk.moody.after_write = LOST
    pushed = desk.pushing.push(approved.proposal_id, "Mara")
    assert pushed.state is ProposalState.VERIFIED
    assert len(desk.tenant.writes) == written + 1


@MAKES
def test_a_lost_write_that_never_arrived_can_be_pushed_again(make: Make) -> None:
    desk = DraftDesk()
    approved = make(desk)
    written = len(desk.tenant.writes)
    desk.moody.before_write = LOST
    with pytest.raises(TenantError, match="nothing was applied"):
        desk.pushing.push(approved.proposal_id, "Mara")
    assert desk.proposal(approved.proposal_id).state is ProposalState.APPROVED
    assert desk.pushing.push(approved.proposal_id, "Mara").state is ProposalState.VERIFIED
    assert len(desk.tenant.writes) == written + 1


@MAKES
def test_while_the_tenant_cannot_be_read_a_lost_write_stays_unsettled(make: Make) -> None:
    desk = DraftDesk()
    approved = make(desk)
    desk.moody.after_write = LOST
    down = TenantUnreachable("No answer.")
    desk.moody.reads = [*([None] * _reads_before(approved.plan.kind)), *([down] * 6)]
    with pytest.raises(OutcomeUnknown):
        desk.pushing.push(approved.proposal_id, "Mara")
    assert desk.proposal(approved.proposal_id).state is ProposalState.PUSHING
    desk.moody.reads = []
    assert desk.verifying.verify(approved.proposal_id).state is ProposalState.VERIFIED


def test_an_undone_schedule_is_removed_and_the_pair_is_half_done_again() -> None:
    desk = DraftDesk()
    desk.scheduled()
    undo = desk.undone("P-1002")
    assert (undo.plan.kind, undo.plan.reverses) == (PlanKind.UNSCHEDULING, "P-1002")
    assert desk.pushed(undo).state is ProposalState.VERIFIED
    assert desk.platform.schedules == {}


def test_an_undone_schedule_makes_room_for_the_former_one() -> None:
    desk = DraftDesk()
    created = desk.created()
    assert created.push is not None
    campaign_id = created.push.object_id
    former = ("2026-11-28T09:00:00.000Z", "2026-11-28T10:00:00.000Z")
    desk.platform.schedule_as_somebody_else(campaign_id, former)
    before = schedule_content(desk.platform.schedules[campaign_id])
    desk.reviewing.reject("P-1002", "Mara", "It has one.")
    desk.pushed(desk.schedule_again())
    assert schedule_content(desk.platform.schedules[campaign_id]) != before
    undo = desk.undone("P-1003")
    assert undo.plan.kind is PlanKind.SCHEDULE
    assert "arms the dialler" in [check.name for check in undo.plan.checks]
    assert desk.pushed(undo).state is ProposalState.VERIFIED
    assert schedule_content(desk.platform.schedules[campaign_id]) == before


def test_an_undone_draft_is_deleted() -> None:
    desk = DraftDesk()
    pushed = desk.pushing.push(approved_deletion(desk).proposal_id, "Mara")
    assert pushed.state is ProposalState.VERIFIED
    assert desk.tenant.find_campaigns("Quiet hours") == ()
    assert desk.verifying.verify(pushed.proposal_id).state is ProposalState.VERIFIED
    with pytest.raises(TransitionRefused, match="cannot be brought back"):
        desk.undone(pushed.proposal_id)


def test_a_draft_that_runs_or_has_a_schedule_is_not_deleted() -> None:
    desk = DraftDesk()
    schedule = desk.scheduled()
    with pytest.raises(LimitBroken, match="undo its schedule first"):
        desk.undone("P-1001")
    desk.platform.schedules.clear()
    desk.platform.status_moves_by_itself(schedule.plan.target_id, "on")
    with pytest.raises(LimitBroken, match="Quiet hours is on"):
        desk.undone("P-1001")


def test_a_draft_that_was_switched_on_after_the_approval_is_not_deleted() -> None:
    desk = DraftDesk()
    deletion = approved_deletion(desk)
    desk.platform.status_moves_by_itself(deletion.plan.target_id, "on")
    with pytest.raises(ProposalStale):
        desk.pushing.push(deletion.proposal_id, "Mara")
    assert desk.tenant.find_campaigns("Quiet hours")


def test_what_somebody_deleted_already_counts_as_deleted() -> None:
    desk = DraftDesk()
    deletion = approved_deletion(desk)
    desk.platform.forget(deletion.plan.target_id)
    written = len(desk.tenant.writes)
    assert desk.pushing.push(deletion.proposal_id, "Mara").state is ProposalState.VERIFIED
    assert len(desk.tenant.writes) == written


def test_the_deletion_of_a_draft_takes_the_place_of_its_schedule_that_waits() -> None:
    desk = DraftDesk()
    desk.created()
    assert desk.undone("P-1001").plan.kind is PlanKind.DELETION
    assert desk.proposal("P-1002").state is ProposalState.SUPERSEDED


def test_a_campaign_that_its_schedule_switches_on_has_not_drifted() -> None:
    desk = DraftDesk()
    schedule = desk.scheduled()
    desk.platform.status_moves_by_itself(schedule.plan.target_id, "on")
    assert desk.verifying.verify("P-1001").state is ProposalState.VERIFIED
    assert desk.verifying.verify("P-1002").state is ProposalState.VERIFIED


def test_a_draft_that_the_tenant_created_running_has_drifted() -> None:
    desk = DraftDesk()
    desk.approved(draft_plan())
    desk.moody.after_write = lambda: desk.platform.status_moves_by_itself("created-1", "on")
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.DRIFTED
    assert desk.verifying.verify("P-1001").state is ProposalState.DRIFTED


def test_the_schedule_plan_warns_that_it_arms_the_dialler_and_lists_its_windows() -> None:
    desk = DraftDesk()
    desk.created()
    plan = desk.proposal("P-1002").plan
    warning = plan.checks[0]
    assert (warning.name, warning.state) == ("arms the dialler", CheckState.WARNING)
    (change,) = plan.changes
    assert (change.unit, change.now) == ("windows", None)
    assert [each["start"] for each in change.proposed] == [each["start"] for each in WINDOWS]


def _reads_before(kind: PlanKind) -> int:
    return 2 if kind is PlanKind.SCHEDULE else 1
