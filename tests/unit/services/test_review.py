"""Deciding on proposals."""

from datetime import datetime, timedelta

import pytest

from core.clock import FrozenClock
from core.errors import (
    ApproverNotAllowed,
    PlanChangedAfterApproval,
    ProposalExpired,
    RecordNotFound,
    TransitionRefused,
    UsageError,
)
from core.services.review import ReviewProposal
from core.workflow.proposal import ProposalState
from tests.unit.services.review_desk import ReviewDesk


def test_an_approval_is_stored_with_person_reason_and_digest() -> None:
    desk = ReviewDesk()
    submitted = desk.submitted()
    approved = desk.reviewing.approve("P-1001", "Mara", "Fits.", submitted.plan.digest)
    assert desk.proposal() == approved
    assert approved.approval is not None
    assert (approved.approval.approver, approved.approval.digest) == (
        "Mara",
        submitted.plan.digest,
    )
    event = desk.entries()[-1].event
    assert (event.step, event.person, event.reason) == ("proposal.approved", "Mara", "Fits.")
    assert event.facts["digest"] == submitted.plan.digest


def test_the_author_cannot_approve_while_four_eyes_are_in_force() -> None:
    desk = ReviewDesk()
    desk.submitted()
    with pytest.raises(ApproverNotAllowed, match="Ana proposed P-1001"):
        desk.reviewing.approve("P-1001", "Ana")
    assert desk.proposal().state is ProposalState.SUBMITTED


def test_where_four_eyes_are_off_the_audit_says_that_the_author_approved() -> None:
    desk = ReviewDesk(four_eyes=False)
    desk.submitted()
    desk.reviewing.approve("P-1001", "ana")
    event = desk.entries()[-1].event
    assert event.what == "Approved by its author: four-eyes review is switched off."
    assert event.facts["fourEyes"] is False


def test_another_person_with_four_eyes_off_is_a_plain_approval() -> None:
    desk = ReviewDesk(four_eyes=False)
    desk.approved()
    assert desk.entries()[-1].event.what == "Approved."


def test_a_planner_and_a_stranger_cannot_approve() -> None:
    desk = ReviewDesk(roles={"Ana": "planner", "Jonas": "planner"})
    desk.submitted()
    with pytest.raises(ApproverNotAllowed, match="Jonas is a planner"):
        desk.reviewing.approve("P-1001", "Jonas")
    with pytest.raises(ApproverNotAllowed, match="Mara has no role"):
        desk.reviewing.approve("P-1001", "Mara")


def test_an_approval_of_another_plan_than_the_one_shown_is_refused() -> None:
    desk = ReviewDesk()
    desk.submitted()
    with pytest.raises(PlanChangedAfterApproval, match="not the plan that was shown"):
        desk.reviewing.approve("P-1001", "Mara", digest="0" * 64)
    assert desk.proposal().state is ProposalState.SUBMITTED


def test_an_expired_proposal_is_marked_and_the_approver_told() -> None:
    desk = ReviewDesk()
    desk.submitted()
    desk.clock.move(timedelta(hours=4))
    with pytest.raises(ProposalExpired, match="expired at 2026-11-25 16:00 UTC"):
        desk.reviewing.approve("P-1001", "Mara")
    assert desk.proposal().state is ProposalState.EXPIRED
    assert (desk.entries()[-1].event.step, desk.entries()[-1].event.person) == (
        "proposal.expired",
        "dialcast",
    )
    with pytest.raises(TransitionRefused, match="P-1001 is expired"):
        desk.reviewing.approve("P-1001", "Mara")


def test_a_rejection_needs_a_reason_and_ends_it() -> None:
    desk = ReviewDesk()
    desk.submitted()
    with pytest.raises(UsageError, match="needs a reason"):
        desk.reviewing.reject("P-1001", "Mara", " ")
    rejected = desk.reviewing.reject("P-1001", "Mara", "Too much at noon.")
    assert rejected.state is ProposalState.REJECTED
    assert rejected.closing is not None
    assert rejected.closing.reason == "Too much at noon."
    with pytest.raises(TransitionRefused, match="P-1001 is rejected"):
        desk.reviewing.approve("P-1001", "Mara")


def test_the_author_does_not_reject_and_may_withdraw() -> None:
    desk = ReviewDesk()
    desk.submitted()
    with pytest.raises(ApproverNotAllowed):
        desk.reviewing.reject("P-1001", "Ana", "Changed my mind.")
    assert desk.reviewing.withdraw("P-1001", "Ana").state is ProposalState.WITHDRAWN


def test_an_approved_proposal_can_be_withdrawn_and_then_not_pushed() -> None:
    desk = ReviewDesk()
    desk.approved()
    desk.reviewing.withdraw("P-1001", "Mara", "Storm warning.")
    with pytest.raises(TransitionRefused, match="P-1001 is withdrawn"):
        desk.pushing.push("P-1001", "Mara")
    assert desk.tenant.writes == []


def test_a_planner_cannot_withdraw_what_another_proposed() -> None:
    desk = ReviewDesk(roles={"Ana": "planner", "Jonas": "planner"})
    desk.submitted()
    with pytest.raises(ApproverNotAllowed, match="Jonas is a planner"):
        desk.reviewing.withdraw("P-1001", "Jonas")


def test_old_proposals_are_expired_and_open_ones_left() -> None:
    desk = ReviewDesk()
    desk.submitted()
    assert desk.reviewing.expire_old() == ()
    desk.clock.move(timedelta(hours=4))
    (expired,) = desk.reviewing.expire_old()
    assert (expired.proposal_id, expired.state) == ("P-1001", ProposalState.EXPIRED)
    assert desk.reviewing.expire_old() == ()
    assert desk.steps() == ["proposal.submitted", "proposal.expired"]


def test_whoever_finds_it_expired_second_leaves_it_to_the_first() -> None:
    desk = ReviewDesk()
    desk.submitted()
    desk.clock.move(timedelta(hours=4))

    class OvertakenClock(FrozenClock):
        def now(self) -> datetime:
            desk.reviewing.expire_old()
            return super().now()

    second = ReviewProposal(desk.store, OvertakenClock(desk.clock.at), desk.people)
    assert second.expire_old() == ()
    assert desk.steps() == ["proposal.submitted", "proposal.expired"]


def test_a_proposal_that_does_not_exist_is_named() -> None:
    with pytest.raises(RecordNotFound, match="There is no proposal P-9"):
        ReviewDesk().reviewing.approve("P-9", "Mara")
