"""Offering a plan for review, and offering to undo what was pushed."""

from datetime import timedelta

import pytest

from core.errors import (
    ApproverNotAllowed,
    LimitBroken,
    RecordNotFound,
    TransitionRefused,
    UsageError,
)
from core.units import CampaignId
from core.workflow.plan import Check, CheckState
from core.workflow.proposal import ProposalState
from core.workflow.reversal import Present
from tests.unit.services.review_desk import ReviewDesk
from tests.unit.workflow.builders import campaign_plan, pacing_plan


def test_a_plan_becomes_a_proposal_that_waits_for_a_decision() -> None:
    desk = ReviewDesk()
    proposal = desk.submitting.submit(desk.plan(), " ana ", " Answers well. ")
    assert (proposal.proposal_id, proposal.state) == ("P-1001", ProposalState.SUBMITTED)
    assert (proposal.author, proposal.reason) == ("ana", "Answers well.")
    assert desk.proposal() == proposal
    (entry,) = desk.entries()
    assert (entry.event.step, entry.event.person, entry.event.reason) == (
        "proposal.submitted",
        "ana",
        "Answers well.",
    )
    assert desk.tenant.writes == []


def test_a_blocked_plan_is_refused_and_its_checks_are_named() -> None:
    desk = ReviewDesk()
    blocked = pacing_plan(
        checks=(
            Check("capacity", CheckState.PASS, "Agents are scheduled."),
            Check("abandon target", CheckState.BLOCK, "9.5 % is above the cap of 3 %."),
        )
    )
    with pytest.raises(LimitBroken, match="abandon target") as refusal:
        desk.submitting.submit(blocked, "Ana", "Why not.")
    assert "above the cap of 3 %" in str(refusal.value)
    assert desk.entries() == ()


def test_a_reason_is_needed() -> None:
    desk = ReviewDesk()
    with pytest.raises(UsageError, match="needs a reason"):
        desk.submitting.submit(desk.plan(), "Ana", "  ")
    assert desk.entries() == ()


def test_a_plan_that_changes_nothing_is_refused() -> None:
    desk = ReviewDesk()
    with pytest.raises(UsageError, match="has the proposed values already"):
        desk.submitting.submit(desk.plan({"predictive.answerRate": 0.3}), "Ana", "Why.")


def test_a_viewer_may_not_propose() -> None:
    desk = ReviewDesk(roles={"Vic": "viewer"})
    with pytest.raises(ApproverNotAllowed, match="Vic is a viewer and may not propose"):
        desk.submitting.submit(desk.plan(), "Vic", "Why.")


def test_a_newer_proposal_of_the_same_person_supersedes_the_older() -> None:
    desk = ReviewDesk()
    desk.approved()
    newer = desk.submitting.submit(desk.plan({"predictive.answerRate": 0.4}), "ANA", "Better.")
    older = desk.proposal("P-1001")
    assert older.state is ProposalState.SUPERSEDED
    assert newer.proposal_id == "P-1002"
    assert desk.entries()[-2].event.facts["supersededBy"] == "P-1002"


def test_somebody_elses_open_proposal_stands_in_the_way_and_is_named() -> None:
    desk = ReviewDesk()
    desk.submitted(author="Ana")
    with pytest.raises(TransitionRefused, match="P-1001 by Ana is open on Winback") as refusal:
        desk.submitted(author="Jonas")
    assert refusal.value.next_step == "Decide or withdraw it first."
    assert desk.steps() == ["proposal.submitted"]


def test_an_open_proposal_on_another_campaign_does_not_stand_in_the_way() -> None:
    desk = ReviewDesk()
    desk.submitted(author="Ana")
    desk.submitted(campaign_plan("Quiet hours"), author="Jonas")
    desk.submitted(campaign_plan("Other hours"), author="Mara")
    with pytest.raises(TransitionRefused, match="P-1002 by Jonas is open on Quiet hours"):
        desk.submitted(campaign_plan("Quiet hours"), author="Mara")


def test_what_has_expired_does_not_stand_in_the_way_and_is_marked() -> None:
    desk = ReviewDesk()
    desk.submitted(author="Ana")
    desk.clock.move(timedelta(hours=5))
    newer = desk.submitted(author="Jonas")
    assert newer.state is ProposalState.SUBMITTED
    assert desk.proposal("P-1001").state is ProposalState.EXPIRED


def test_an_unsettled_push_stands_in_the_way_even_of_its_author() -> None:
    desk = ReviewDesk()
    desk.approved()
    desk.moody.before_write = RuntimeError("the process broke")
    with pytest.raises(RuntimeError):
        desk.pushing.push("P-1001", "Mara")
    desk.clock.move(timedelta(hours=9))
    with pytest.raises(TransitionRefused, match="is open") as refusal:
        desk.submitted(author="Ana")
    assert refusal.value.next_step == "Verify it first: its push is not settled."


def test_undo_is_a_new_proposal_with_the_old_values() -> None:
    desk = ReviewDesk()
    desk.approved()
    desk.pushing.push("P-1001", "Mara")
    current = desk.tenant.read_campaign(CampaignId("c-1"))
    undo = desk.submitting.undo("P-1001", "Jonas", "Complaints.", Present(current))
    assert (undo.proposal_id, undo.state, undo.author) == (
        "P-1002",
        ProposalState.SUBMITTED,
        "Jonas",
    )
    assert undo.plan.reverses == "P-1001"
    desk.reviewing.approve("P-1002", "Mara")
    assert desk.pushing.push("P-1002", "Mara").state is ProposalState.VERIFIED
    assert desk.campaign()["predictive"] == {
        "answerRate": 0.3,
        "dropRate": 0.02,
        "maxAttempts": 4,
        "mode": "fast",
    }


def test_an_undo_to_an_abandon_target_above_the_cap_is_refused() -> None:
    desk = ReviewDesk()
    desk.tenant.change_as_somebody_else("c-1", {"predictive.dropRate": 0.05})
    desk.approved()
    desk.pushing.push("P-1001", "Mara")
    current = desk.tenant.read_campaign(CampaignId("c-1"))
    with pytest.raises(LimitBroken, match=r"5\.0.% is above the cap of 3\.0.%"):
        desk.submitting.undo("P-1001", "Ana", "Back.", Present(current))


def test_undo_of_what_does_not_exist_or_was_not_pushed_is_refused() -> None:
    desk = ReviewDesk()
    current = desk.tenant.read_campaign(CampaignId("c-1"))
    with pytest.raises(RecordNotFound, match="P-1001"):
        desk.submitting.undo("P-1001", "Ana", "Back.", Present(current))
    desk.submitted()
    with pytest.raises(TransitionRefused, match="changed nothing"):
        desk.submitting.undo("P-1001", "Ana", "Back.", Present(current))
