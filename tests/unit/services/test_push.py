"""Pushing: one write for one approval, and the truth about it on record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import (
    ApproverNotAllowed,
    AuthenticationFailed,
    LimitBroken,
    OutcomeUnknown,
    PayloadRejected,
    PermissionMissing,
    PlanChangedAfterApproval,
    ProposalExpired,
    ProposalStale,
    RateLimited,
    StaleRevision,
    TenantBroken,
    TenantError,
    TenantRecordMissing,
    TenantUnreachable,
    TransitionRefused,
    UnexpectedPayload,
)
from core.workflow.proposal import ProposalState
from core.workflow.three_way import three_way
from tests.unit.services.review_desk import ReviewDesk
from tests.unit.workflow.builders import campaign_plan

LOST = OutcomeUnknown("The answer was lost.")
DOWN = TenantUnreachable("No answer.")


def approved_desk() -> ReviewDesk:
    desk = ReviewDesk()
    desk.approved()
    return desk


def approved_creation() -> ReviewDesk:
    desk = ReviewDesk()
    desk.approved(campaign_plan())
    return desk


def test_an_approved_change_reaches_the_tenant_and_is_verified() -> None:
    desk = approved_desk()
    before = desk.campaign()
    pushed = desk.pushing.push("P-1001", "Mara")
    assert pushed.state is ProposalState.VERIFIED
    assert desk.campaign() == before | {
        "predictive": before["predictive"] | {"answerRate": 0.3412, "dropRate": 0.0281},
        "version": 8,
        "dateModified": desk.campaign()["dateModified"],
    }
    assert len(desk.tenant.writes) == 1
    assert pushed.push is not None
    assert (pushed.push.revision_before, pushed.push.revision_after) == ("7", "8")
    assert pushed.push.finished_at is not None
    assert desk.steps() == [
        "proposal.submitted",
        "proposal.approved",
        "push.started",
        "proposal.reread",
        "push.finished",
        "push.verified",
    ]
    assert {entry.event.person for entry in desk.entries()[2:]} == {"Mara"}


def test_an_approved_draft_is_created_and_its_id_kept() -> None:
    desk = approved_creation()
    pushed = desk.pushing.push("P-1001", "Mara")
    assert pushed.state is ProposalState.VERIFIED
    assert pushed.push is not None
    (created,) = desk.tenant.find_campaigns("Quiet hours")
    assert pushed.push.object_id == created.campaign_id
    assert len(desk.tenant.writes) == 1


@pytest.mark.parametrize("state", ["submitted", "rejected", "withdrawn"])
def test_what_is_not_approved_is_not_pushed(state: str) -> None:
    desk = ReviewDesk()
    desk.submitted()
    if state == "rejected":
        desk.reviewing.reject("P-1001", "Mara", "No.")
    if state == "withdrawn":
        desk.reviewing.withdraw("P-1001", "Ana")
    with pytest.raises(TransitionRefused, match=f"P-1001 is {state}"):
        desk.pushing.push("P-1001", "Mara")
    assert desk.tenant.writes == []


def test_what_was_pushed_already_is_not_pushed_again() -> None:
    desk = approved_desk()
    desk.pushing.push("P-1001", "Mara")
    with pytest.raises(TransitionRefused, match="pushed already"):
        desk.pushing.push("P-1001", "Mara")
    assert len(desk.tenant.writes) == 1


def test_a_planner_may_not_push() -> None:
    desk = ReviewDesk(roles={"Ana": "planner", "Mara": "supervisor"})
    desk.approved()
    with pytest.raises(ApproverNotAllowed, match="Ana is a planner and may not push"):
        desk.pushing.push("P-1001", "Ana")


def test_a_plan_edited_in_the_store_after_approval_is_not_pushed() -> None:
    desk = approved_desk()
    approved = desk.proposal()
    edited = replace(
        approved,
        plan=desk.plan({"predictive.answerRate": 0.9}),
        version=approved.version + 1,
    )
    with desk.store() as work:
        work.proposals.save(edited)
        work.commit()
    with pytest.raises(PlanChangedAfterApproval):
        desk.pushing.push("P-1001", "Mara")
    assert desk.tenant.writes == []


def test_an_expired_approval_is_marked_and_not_pushed() -> None:
    desk = approved_desk()
    desk.clock.move(timedelta(hours=4))
    with pytest.raises(ProposalExpired):
        desk.pushing.push("P-1001", "Mara")
    assert desk.proposal().state is ProposalState.EXPIRED
    assert desk.tenant.writes == []


def test_a_campaign_that_changed_since_makes_the_proposal_stale() -> None:
    desk = approved_desk()
    desk.tenant.change_as_somebody_else(
        "c-1", {"predictive.answerRate": 0.2, "modifiedBy": {"name": "Tomas Lund"}}
    )
    with pytest.raises(ProposalStale, match="stale") as refusal:
        desk.pushing.push("P-1001", "Mara")
    assert "by Tomas Lund at 2026-11-25 12:00 UTC (revision 7 → 8)" in str(refusal.value)
    stale = desk.proposal()
    assert stale.state is ProposalState.STALE
    assert stale.conflict is not None
    rows = three_way(stale.plan, stale.conflict.document)
    assert (rows[0].then, rows[0].now, rows[0].proposed) == (0.3, 0.2, 0.3412)
    assert desk.tenant.writes == []
    assert desk.steps()[-1] == "proposal.stale"


def test_another_field_that_changed_makes_it_stale_too() -> None:
    desk = approved_desk()
    desk.tenant.change_as_somebody_else("c-1", {"priority": 1})
    with pytest.raises(ProposalStale):
        desk.pushing.push("P-1001", "Mara")


def test_a_campaign_that_has_the_proposed_values_already_is_left_alone() -> None:
    desk = approved_desk()
    desk.tenant.change_as_somebody_else(
        "c-1", {"predictive.answerRate": 0.3412, "predictive.dropRate": 0.0281}
    )
    pushed = desk.pushing.push("P-1001", "Mara")
    assert pushed.state is ProposalState.VERIFIED
    assert pushed.push is not None
    assert "nothing was sent" in pushed.push.message
    assert desk.tenant.writes == []


def test_a_campaign_of_that_name_makes_a_draft_stale_even_if_it_is_alike() -> None:
    desk = approved_creation()
    desk.tenant.writer.create_campaign(desk.proposal().plan.payload)
    with pytest.raises(ProposalStale, match="a campaign named Quiet hours exists already"):
        desk.pushing.push("P-1001", "Mara")
    assert len(desk.tenant.writes) == 1


@pytest.mark.parametrize(
    "refusal",
    [
        PayloadRejected("dropRate is out of bounds.", fields={"dropRate": 0.0281}),
        PermissionMissing("No.", permission="outbound:campaign:edit"),
        TenantRecordMissing("No such campaign.", status=404),
        AuthenticationFailed("No.", status=401),
        RateLimited("Too many."),
        LimitBroken("A rate lies outside 0 to 1."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_refused_write_leaves_the_proposal_approved_and_pushable(refusal: Exception) -> None:
    desk = approved_desk()
    desk.moody.before_write = refusal
    with pytest.raises(type(refusal)):
        desk.pushing.push("P-1001", "Mara")
    released = desk.proposal()
    assert released.state is ProposalState.APPROVED
    event = desk.entries()[-1].event
    assert event.step == "push.released"
    assert str(refusal) in event.facts["message"]
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.VERIFIED
    assert len(desk.tenant.writes) == 1


def test_a_tenant_that_cannot_be_read_before_the_push_is_not_written_to() -> None:
    desk = approved_desk()
    desk.moody.reads = [DOWN]
    with pytest.raises(TenantUnreachable):
        desk.pushing.push("P-1001", "Mara")
    assert desk.proposal().state is ProposalState.APPROVED
    assert "Nothing was sent" in desk.entries()[-1].event.facts["message"]
    assert desk.tenant.writes == []


def test_a_change_between_reading_and_writing_is_stale_by_the_tenants_word() -> None:
    desk = approved_desk()
    desk.moody.before_write = lambda: desk.tenant.change_as_somebody_else("c-1", {"priority": 9})
    with pytest.raises(ProposalStale, match=r"revision 7 → 8"):
        desk.pushing.push("P-1001", "Mara")
    stale = desk.proposal()
    assert stale.state is ProposalState.STALE
    assert stale.conflict is not None
    assert stale.conflict.document["priority"] == 9
    assert desk.tenant.writes == []


def test_a_stale_answer_is_believed_even_if_the_tenant_cannot_be_read_then() -> None:
    desk = approved_desk()
    desk.moody.before_write = StaleRevision("Changed meanwhile.", status=409)
    desk.moody.reads = [None, DOWN]
    with pytest.raises(ProposalStale):
        desk.pushing.push("P-1001", "Mara")
    assert desk.proposal().state is ProposalState.STALE
    assert desk.proposal().conflict is None


@pytest.mark.parametrize("make", [approved_desk, approved_creation])
@pytest.mark.parametrize(
    "lost", [LOST, DOWN, TenantBroken("502"), UnexpectedPayload("<html>")], ids=str
)
def test_a_lost_answer_to_an_applied_write_is_a_success(
    make: Callable[[], ReviewDesk], lost: TenantError
) -> None:
    desk = make()
    desk.moody.after_write = lost
    pushed = desk.pushing.push("P-1001", "Mara")
    assert pushed.state is ProposalState.VERIFIED
    assert pushed.push is not None
    assert "reading back shows that it was applied" in pushed.push.message
    assert len(desk.tenant.writes) == 1


@pytest.mark.parametrize("make", [approved_desk, approved_creation])
def test_a_lost_write_that_never_arrived_can_be_pushed_again(
    make: Callable[[], ReviewDesk],
) -> None:
    desk = make()
    desk.moody.before_write = LOST
    with pytest.raises(TenantError, match="nothing was applied") as told:
        desk.pushing.push("P-1001", "Mara")
    assert told.value.next_step == "It is still approved: push it again."
    assert desk.proposal().state is ProposalState.APPROVED
    assert sum(desk.naps) >= 10
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.VERIFIED
    assert len(desk.tenant.writes) == 1


def test_a_lost_write_that_arrives_late_is_seen_by_waiting() -> None:
    desk = approved_desk()
    desk.moody.before_write = LOST

    def arrive() -> None:
        current = desk.tenant.read_campaign(desk.tenant.campaigns()[0].campaign_id)
        desk.tenant.writer.update_campaign(current, desk.proposal().plan.payload)

    desk.moody.reads = [None, None, None, arrive]
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.VERIFIED
    assert len(desk.tenant.writes) == 1


def test_a_lost_write_that_arrives_after_its_release_is_not_repeated() -> None:
    desk = approved_desk()
    desk.moody.before_write = LOST
    with pytest.raises(TenantError):
        desk.pushing.push("P-1001", "Mara")
    current = desk.tenant.read_campaign(desk.tenant.campaigns()[0].campaign_id)
    desk.tenant.writer.update_campaign(current, desk.proposal().plan.payload)
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.VERIFIED
    assert len(desk.tenant.writes) == 1


def test_a_late_write_that_crosses_the_second_push_is_settled_by_reading() -> None:
    desk = approved_desk()
    desk.moody.before_write = LOST
    with pytest.raises(TenantError):
        desk.pushing.push("P-1001", "Mara")

    def arrive() -> None:
        current = desk.tenant.read_campaign(desk.tenant.campaigns()[0].campaign_id)
        desk.tenant.writer.update_campaign(current, desk.proposal().plan.payload)

    desk.moody.before_write = arrive
    pushed = desk.pushing.push("P-1001", "Mara")
    assert pushed.state is ProposalState.VERIFIED
    assert pushed.push is not None
    assert "arrived late" in pushed.push.message
    assert len(desk.tenant.writes) == 1


def test_a_lost_creation_that_arrives_late_is_known_as_ours() -> None:
    desk = approved_creation()
    desk.moody.before_write = LOST
    with pytest.raises(TenantError):
        desk.pushing.push("P-1001", "Mara")
    desk.tenant.writer.create_campaign(desk.proposal().plan.payload)
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.VERIFIED
    assert len(desk.tenant.writes) == 1


def test_while_the_tenant_cannot_be_read_the_outcome_stays_unknown() -> None:
    desk = approved_desk()
    desk.moody.after_write = LOST
    desk.moody.reads = [None, DOWN, DOWN, DOWN]
    with pytest.raises(OutcomeUnknown, match="not known yet") as told:
        desk.pushing.push("P-1001", "Mara")
    assert "nothing is sent twice" in told.value.next_step
    unsettled = desk.proposal()
    assert unsettled.state is ProposalState.PUSHING
    assert unsettled.push is not None
    assert unsettled.push.message == "Whether it arrived is not known yet."
    assert desk.steps()[-1] == "proposal.reread"
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.VERIFIED
    assert len(desk.tenant.writes) == 1


def test_a_read_that_fails_in_between_is_borne() -> None:
    desk = approved_desk()
    desk.moody.after_write = LOST
    desk.moody.reads = [None, DOWN, DOWN]
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.VERIFIED


def test_somebody_elses_change_instead_of_a_lost_write_is_stale() -> None:
    desk = approved_desk()

    def lose() -> None:
        desk.tenant.change_as_somebody_else("c-1", {"priority": 5})
        raise LOST

    desk.moody.before_write = lose
    with pytest.raises(ProposalStale):
        desk.pushing.push("P-1001", "Mara")
    assert desk.proposal().state is ProposalState.STALE


def test_a_change_of_the_same_field_over_a_lost_write_cannot_be_told() -> None:
    desk = approved_desk()

    def overwrite() -> None:
        desk.tenant.change_as_somebody_else("c-1", {"predictive.answerRate": 0.11})
        raise LOST

    desk.moody.after_write = overwrite
    with pytest.raises(OutcomeUnknown, match="cannot be told"):
        desk.pushing.push("P-1001", "Mara")
    failed = desk.proposal()
    assert failed.state is ProposalState.PUSH_FAILED
    assert failed.conflict is not None
    assert failed.conflict.document["predictive"]["answerRate"] == 0.11
    with pytest.raises(TransitionRefused):
        desk.pushing.push("P-1001", "Mara")


def test_a_campaign_that_is_gone_after_a_lost_write_ends_the_push() -> None:
    desk = approved_desk()
    desk.moody.after_write = LOST
    gone = TenantRecordMissing("No such campaign.", status=404)
    desk.moody.reads = [None, *[gone] * 9]
    with pytest.raises(OutcomeUnknown, match="the campaign is gone"):
        desk.pushing.push("P-1001", "Mara")
    assert desk.proposal().state is ProposalState.PUSH_FAILED


def test_a_push_that_broke_within_the_program_is_settled_by_the_next_one() -> None:
    for applied in (False, True):
        desk = approved_desk()
        broken = RuntimeError("a fault of the program")
        desk.moody.before_write, desk.moody.after_write = (
            (None, broken) if applied else (broken, None)
        )
        with pytest.raises(RuntimeError):
            desk.pushing.push("P-1001", "Mara")
        assert desk.proposal().state is ProposalState.PUSHING
        settled = desk.pushing.push("P-1001", "Mara")
        assert settled.state.value == ("verified" if applied else "approved")
        assert len(desk.tenant.writes) == applied


def test_a_push_that_died_before_sending_is_released_without_waiting() -> None:
    desk = approved_desk()
    desk.moody.reads = [RuntimeError("killed")]
    with pytest.raises(RuntimeError):
        desk.pushing.push("P-1001", "Mara")
    settled = desk.pushing.push("P-1001", "Mara")
    assert settled.state is ProposalState.APPROVED
    assert desk.naps == []
    assert "before anything was sent" in desk.entries()[-1].event.facts["message"]


def test_long_after_a_crash_one_reading_is_enough() -> None:
    desk = approved_desk()
    desk.moody.before_write = RuntimeError("killed")
    with pytest.raises(RuntimeError):
        desk.pushing.push("P-1001", "Mara")
    desk.clock.move(timedelta(minutes=1))
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.APPROVED
    assert desk.naps == []


def test_a_tenant_that_makes_something_else_of_it_has_drifted() -> None:
    desk = approved_desk()
    desk.moody.after_write = lambda: desk.tenant.change_as_somebody_else(
        "c-1", {"predictive.answerRate": 0.34}
    )
    drifted = desk.pushing.push("P-1001", "Mara")
    assert drifted.state is ProposalState.DRIFTED
    assert drifted.conflict is not None
    assert drifted.conflict.document["predictive"]["answerRate"] == 0.34


def test_a_tenant_that_shows_a_write_late_is_given_a_moment() -> None:
    desk = approved_desk()
    old = desk.campaign()
    new: dict[str, object] = {}

    def hide() -> None:
        new.update(desk.campaign())
        desk.tenant._campaigns["c-1"] = old

    def show() -> None:
        desk.tenant._campaigns["c-1"] = new

    desk.moody.after_write = hide
    desk.moody.reads = [None, None, show]
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.VERIFIED


def test_a_push_that_cannot_be_read_back_stands_as_pushed() -> None:
    desk = approved_desk()
    desk.moody.reads = [None, DOWN, DOWN, DOWN]
    pushed = desk.pushing.push("P-1001", "Mara")
    assert pushed.state is ProposalState.PUSHED
    assert pushed.push is not None
    assert "not read back yet" in pushed.push.message


def test_while_one_pushes_nobody_else_pushes_verifies_or_withdraws() -> None:
    desk = approved_desk()
    told: list[str] = []

    def meanwhile() -> None:
        for action in (
            lambda: desk.pushing.push("P-1001", "Jonas"),
            lambda: desk.verifying.verify("P-1001"),
            lambda: desk.reviewing.withdraw("P-1001", "Ana"),
        ):
            with pytest.raises(TransitionRefused) as refusal:
                action()
            told.append(str(refusal.value))

    desk.moody.before_write = meanwhile
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.VERIFIED
    assert "P-1001 is being pushed or verified at this moment by Mara since 12:00:00 UTC" in told[0]
    assert told[1] == told[0]
    assert "P-1001 is pushing" in told[2]
    assert len(desk.tenant.writes) == 1
