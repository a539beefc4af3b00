"""Pushing: one write for one approval, and the truth about it on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import (
    ApproverNotAllowed,
    AuthenticationFailed,
    LimitBroken,
    PayloadRejected,
    PermissionMissing,
    PlanChangedAfterApproval,
    ProposalExpired,
    ProposalStale,
    RateLimited,
    StaleRevision,
    TenantRecordMissing,
    TenantUnreachable,
    TransitionRefused,
)
from core.workflow.proposal import ProposalState
from core.workflow.three_way import three_way
from tests.unit.services.review_desk import DOWN, ReviewDesk, approved_creation, approved_desk


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
