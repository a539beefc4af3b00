"""The lifecycle: which moves there are, what each needs, and what each leaves behind."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import (
    PlanChangedAfterApproval,
    ProposalExpired,
    TransitionRefused,
    UsageError,
)
from core.workflow import lifecycle
from core.workflow.audit import STEPS
from core.workflow.lifecycle import STEP_OF, TABLE, Move, is_settled, moves_from
from core.workflow.moving import check_move, move, note_reread
from core.workflow.proposal import Conflict, ProposalState, PushRecord
from core.workflow.wording import NEXT_STEP
from tests.unit.workflow.builders import (
    NOON,
    PATHS,
    campaign_document,
    day_plan,
    pacing_plan,
    proposal_in,
)

REFUSED = [
    (state, name)
    for state, name in itertools.product(ProposalState, Move)
    if name not in TABLE[state]
]


def test_the_table_has_every_state_and_uses_every_move() -> None:
    assert set(TABLE) == set(ProposalState)
    assert {name for moves in TABLE.values() for name in moves} == set(Move)
    assert set(PATHS) == {state.value for state in ProposalState}


def test_the_picture_in_the_docstring_names_every_state_and_every_move() -> None:
    picture = lifecycle.__doc__ or ""
    assert [name.value for name in (*ProposalState, *Move) if name.value not in picture] == []


def test_every_move_leaves_an_audit_step_of_its_own() -> None:
    assert set(STEP_OF) == set(Move)
    assert len(set(STEP_OF.values())) == len(Move)
    of_proposals = {step for step in STEPS if step.partition(".")[0] in ("proposal", "push", "day")}
    assert set(STEP_OF.values()) | {"proposal.reread"} == of_proposals


@pytest.mark.parametrize("state", ProposalState, ids=str)
def test_every_state_can_be_reached_and_says_what_to_do_next(state: ProposalState) -> None:
    assert proposal_in(state.value).state is state
    assert NEXT_STEP[state].endswith(".")


@pytest.mark.parametrize(("state", "name"), REFUSED, ids=str)
def test_a_move_that_the_table_lacks_is_refused(state: ProposalState, name: Move) -> None:
    with pytest.raises(TransitionRefused, match=f"P-1001 is {state.value}"):
        check_move(proposal_in(state.value), name, NOON)


def test_a_move_makes_the_next_version_and_leaves_the_old_one_as_it_was() -> None:
    before = proposal_in("submitted")
    after, event = move(before, Move.APPROVE, by="Mara", at=NOON, reason="Fits the day.")
    assert (before.state, before.version) == (ProposalState.SUBMITTED, 1)
    assert (after.state, after.version) == (ProposalState.APPROVED, 2)
    assert (event.step, event.person, event.reason) == (
        "proposal.approved",
        "Mara",
        "Fits the day.",
    )
    assert event.facts["digest"] == before.plan.digest
    assert (event.facts["from"], event.facts["to"]) == ("submitted", "approved")


def test_an_approval_names_the_digest_of_the_plan() -> None:
    approved = proposal_in("approved")
    assert approved.approval is not None
    assert approved.approval.digest == approved.plan.digest


def test_a_plan_edited_after_approval_cannot_be_pushed() -> None:
    edited = replace(proposal_in("approved"), plan=pacing_plan({"predictive.answerRate": 0.9}))
    with pytest.raises(PlanChangedAfterApproval, match="not what was approved"):
        move(edited, Move.START_PUSH, by="Mara", at=NOON)


def test_a_push_without_any_approval_is_refused() -> None:
    with pytest.raises(PlanChangedAfterApproval):
        move(replace(proposal_in("approved"), approval=None), Move.START_PUSH, by="M", at=NOON)


@pytest.mark.parametrize(
    ("state", "name"), [("submitted", Move.APPROVE), ("approved", Move.START_PUSH)]
)
def test_what_has_expired_can_neither_be_approved_nor_pushed(state: str, name: Move) -> None:
    proposal = proposal_in(state)
    with pytest.raises(ProposalExpired, match="expired at 2026-11-25 16:00 UTC"):
        move(proposal, name, by="Mara", at=proposal.expires_at)
    moved, _ = move(proposal, name, by="Mara", at=proposal.expires_at - timedelta(seconds=1))
    assert moved.version == proposal.version + 1


def test_an_expired_proposal_can_still_be_rejected_withdrawn_and_marked_as_expired() -> None:
    proposal = proposal_in("submitted")
    for name in (Move.REJECT, Move.WITHDRAW, Move.EXPIRE):
        moved, _ = move(proposal, name, by="Mara", at=proposal.expires_at, reason="Too late.")
        assert moved.closing is not None
        assert moved.closing.by == "Mara"


@pytest.mark.parametrize(("state", "name"), [("draft", Move.SUBMIT), ("submitted", Move.REJECT)])
def test_submitting_and_rejecting_need_a_reason(state: str, name: Move) -> None:
    with pytest.raises(UsageError, match="needs a reason"):
        move(proposal_in(state), name, by="Mara", at=NOON, reason="  ")


def test_a_released_push_keeps_its_approval_and_can_be_pushed_again() -> None:
    released, event = move(proposal_in("pushing"), Move.RELEASE_PUSH, by="Mara", at=NOON)
    assert event.step == "push.released"
    again, _ = move(released, Move.START_PUSH, by="Mara", at=NOON)
    assert again.state is ProposalState.PUSHING


def test_what_was_found_at_the_tenant_is_kept_until_all_fits_again() -> None:
    found = Conflict(campaign_document(version=9), "9", NOON)
    pushed = proposal_in("pushed")
    drifted, _ = move(pushed, Move.REPORT_DRIFT, by="dialcast", at=NOON, conflict=found)
    assert drifted.conflict == found
    confirmed, _ = move(drifted, Move.CONFIRM, by="dialcast", at=NOON)
    assert confirmed.conflict is None


def test_submission_tells_the_audit_every_field() -> None:
    _, event = move(proposal_in("draft"), Move.SUBMIT, by="Ana", at=NOON, reason="Why not.")
    assert event.what == "Proposed: Answer rate 0.3 → 0.3412; Abandon target 0.02 → 0.0281."
    assert event.facts["changes"][0] == {
        "path": "predictive.answerRate",
        "now": 0.3,
        "proposed": 0.3412,
    }


def test_reading_again_changes_no_state_and_counts_as_a_version() -> None:
    pushing = proposal_in("pushing")
    record = replace(pushing.push or PushRecord("a", "b", NOON), sending_at=NOON)
    noted, event = note_reread(
        pushing, by="Mara", at=NOON, what="Read again.", facts={"found": "untouched"}, push=record
    )
    assert (noted.state, noted.version) == (pushing.state, pushing.version + 1)
    assert noted.push == record
    assert (event.step, event.facts["state"]) == ("proposal.reread", "pushing")


def test_buttons_follow_the_table() -> None:
    assert moves_from(ProposalState.SUBMITTED)[:3] == (Move.APPROVE, Move.REJECT, Move.WITHDRAW)
    assert [state.value for state in ProposalState if is_settled(state)] == [
        "rejected",
        "withdrawn",
        "expired",
        "superseded",
        "stale",
        "push_failed",
        "stopped",
        "finished",
    ]


def test_a_plan_of_a_day_is_halted_and_never_pushed_whole() -> None:
    day = proposal_in("approved", day_plan())
    with pytest.raises(TransitionRefused, match="not pushed as a whole"):
        move(day, Move.START_PUSH, by="Mara", at=NOON)
    paused, event = move(day, Move.PAUSE, by="Ana", at=NOON)
    assert (paused.state, event.step) == (ProposalState.PAUSED, "day.paused")
    resumed, _ = move(paused, Move.RESUME, by="Mara", at=NOON)
    assert resumed.state is ProposalState.APPROVED
    assert resumed.approval == day.approval


@pytest.mark.parametrize("name", [Move.PAUSE, Move.STOP, Move.FINISH])
def test_only_a_plan_of_a_day_can_be_halted(name: Move) -> None:
    with pytest.raises(TransitionRefused):
        move(proposal_in("approved"), name, by="Mara", at=NOON)
