"""Undo: the plan that puts back what a push replaced."""

import pytest

from core.errors import TransitionRefused, UsageError
from core.workflow.plan import CheckState
from core.workflow.reversal import Present, reversal
from tests.unit.workflow.builders import (
    campaign_document,
    campaign_plan,
    pacing_plan,
    proposal_in,
    snapshot_of,
)

PUSHED = campaign_document(predictive__answerRate=0.3412, predictive__dropRate=0.0281, version=8)


def test_an_undo_sets_the_old_values_against_the_present_revision() -> None:
    plan = reversal(proposal_in("verified"), Present(snapshot_of(PUSHED)))
    assert plan.payload == {"predictive": {"answerRate": 0.3, "dropRate": 0.02}}
    assert plan.reverses == "P-1001"
    assert plan.base is not None
    assert (plan.base.revision, plan.base.document) == ("8", PUSHED)
    assert [(each.label, each.now, each.proposed) for each in plan.changes] == [
        ("Answer rate", 0.3412, 0.3),
        ("Abandon target", 0.0281, 0.02),
    ]
    assert not plan.is_blocked


def test_a_field_that_did_not_exist_before_is_left_and_said_so() -> None:
    before = campaign_document()
    del before["predictive"]["maxAttempts"]
    pushed = proposal_in(
        "verified",
        pacing_plan({"predictive.answerRate": 0.4, "predictive.maxAttempts": 3}, before),
    )
    now = campaign_document(predictive__answerRate=0.4, predictive__maxAttempts=3, version=8)
    plan = reversal(pushed, Present(snapshot_of(now)))
    assert plan.payload == {"predictive": {"answerRate": 0.3}}
    warning = next(check for check in plan.checks if check.state is CheckState.WARNING)
    assert "predictive.maxAttempts did not exist before" in warning.message


def test_an_undo_over_somebody_elses_change_warns() -> None:
    now = snapshot_of(campaign_document(predictive__answerRate=0.5, version=12))
    plan = reversal(proposal_in("drifted"), Present(now))
    assert plan.payload == {"predictive": {"answerRate": 0.3}}
    assert "changed since the push" in [check.name for check in plan.checks]


def test_nothing_is_undone_where_the_old_values_stand_already() -> None:
    with pytest.raises(UsageError, match="values from before P-1001 already"):
        reversal(proposal_in("verified"), Present(snapshot_of(campaign_document(version=9))))


def test_what_was_not_pushed_cannot_be_undone() -> None:
    for state in ("submitted", "approved", "stale", "push_failed"):
        with pytest.raises(TransitionRefused, match=f"P-1001 is {state}"):
            reversal(proposal_in(state), Present(snapshot_of(PUSHED)))


def test_a_created_draft_is_removed_in_genesys_cloud() -> None:
    with pytest.raises(TransitionRefused, match="Delete the draft in Genesys Cloud"):
        reversal(proposal_in("verified", campaign_plan()), Present(snapshot_of(PUSHED)))
