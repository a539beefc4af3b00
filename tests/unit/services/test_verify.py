"""Reading back what was pushed."""

import pytest

from core.errors import (
    ApproverNotAllowed,
    OutcomeUnknown,
    RecordNotFound,
    TenantRecordMissing,
    TenantUnreachable,
    TransitionRefused,
)
from core.workflow.proposal import ProposalState
from tests.unit.services.review_desk import DOWN, ReviewDesk, approved_desk
from tests.unit.workflow.builders import campaign_plan


def pushed_desk() -> ReviewDesk:
    desk = approved_desk()
    desk.pushing.push("P-1001", "Mara")
    return desk


def test_what_still_stands_stays_verified_and_the_reading_is_on_record() -> None:
    desk = pushed_desk()
    verified = desk.verifying.verify("P-1001", "Ana")
    assert verified.state is ProposalState.VERIFIED
    event = desk.entries()[-1].event
    assert (event.step, event.person) == ("proposal.reread", "Ana")
    assert event.what == "Read again: the tenant still has what was pushed."


def test_drift_is_reported_once_kept_up_to_date_and_taken_back_when_all_fits_again() -> None:
    desk = pushed_desk()
    desk.tenant.change_as_somebody_else("c-1", {"predictive.answerRate": 0.2})
    drifted = desk.verifying.verify("P-1001")
    assert drifted.state is ProposalState.DRIFTED
    assert (desk.entries()[-1].event.step, desk.entries()[-1].event.person) == (
        "push.drifted",
        "dialcast",
    )
    desk.tenant.change_as_somebody_else("c-1", {"predictive.answerRate": 0.1})
    again = desk.verifying.verify("P-1001")
    assert again.conflict is not None
    assert again.conflict.document["predictive"]["answerRate"] == 0.1
    assert desk.steps()[-1] == "proposal.reread"
    desk.tenant.change_as_somebody_else("c-1", {"predictive.answerRate": 0.3412})
    confirmed = desk.verifying.verify("P-1001")
    assert (confirmed.state, confirmed.conflict) == (ProposalState.VERIFIED, None)


def test_a_change_of_a_field_outside_the_plan_is_no_drift() -> None:
    desk = pushed_desk()
    desk.tenant.change_as_somebody_else("c-1", {"priority": 9})
    assert desk.verifying.verify("P-1001").state is ProposalState.VERIFIED


def test_a_campaign_that_is_gone_has_drifted() -> None:
    desk = pushed_desk()
    desk.moody.reads = [TenantRecordMissing("No such campaign.", status=404)]
    drifted = desk.verifying.verify("P-1001")
    assert drifted.state is ProposalState.DRIFTED
    assert drifted.conflict is not None
    assert drifted.conflict.document == {}


def test_a_created_draft_is_found_again_by_its_id_when_it_was_renamed() -> None:
    desk = ReviewDesk()
    desk.approved(campaign_plan())
    desk.pushing.push("P-1001", "Mara")
    (created,) = desk.tenant.find_campaigns("Quiet hours")
    desk.tenant.change_as_somebody_else(created.campaign_id, {"name": "Renamed"})
    assert desk.verifying.verify("P-1001").state is ProposalState.DRIFTED


def test_a_pushed_proposal_that_was_not_read_back_is_verified_later() -> None:
    desk = ReviewDesk()
    desk.approved()
    desk.moody.reads = [None, DOWN, DOWN, DOWN]
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.PUSHED
    assert desk.verifying.verify("P-1001").state is ProposalState.VERIFIED
    assert len(desk.tenant.writes) == 1


def test_verifying_settles_an_interrupted_push_and_never_writes() -> None:
    for applied in (False, True):
        desk = ReviewDesk()
        desk.approved()
        fault = RuntimeError("killed")
        desk.moody.before_write, desk.moody.after_write = (
            (None, fault) if applied else (fault, None)
        )
        with pytest.raises(RuntimeError):
            desk.pushing.push("P-1001", "Mara")
        settled = desk.verifying.verify("P-1001")
        assert settled.state.value == ("verified" if applied else "approved")
        assert len(desk.tenant.writes) == applied


def test_an_interrupted_push_stays_while_the_tenant_cannot_be_read() -> None:
    desk = ReviewDesk()
    desk.approved()
    desk.moody.after_write = RuntimeError("killed")
    with pytest.raises(RuntimeError):
        desk.pushing.push("P-1001", "Mara")
    desk.moody.reads = [DOWN] * 3
    with pytest.raises(OutcomeUnknown):
        desk.verifying.verify("P-1001")
    assert desk.proposal().state is ProposalState.PUSHING


def test_a_tenant_that_is_down_leaves_a_verified_proposal_as_it_is() -> None:
    desk = pushed_desk()
    steps = desk.steps()
    desk.moody.reads = [DOWN]
    with pytest.raises(TenantUnreachable):
        desk.verifying.verify("P-1001")
    assert desk.proposal().state is ProposalState.VERIFIED
    assert desk.steps() == steps


def test_what_was_never_pushed_cannot_be_verified() -> None:
    desk = ReviewDesk()
    desk.submitted()
    with pytest.raises(TransitionRefused, match="nothing of it is at the tenant"):
        desk.verifying.verify("P-1001")
    with pytest.raises(RecordNotFound):
        desk.verifying.verify("P-9")


def test_a_stranger_may_not_even_look() -> None:
    desk = pushed_desk()
    desk.roles = {"Mara": "supervisor"}
    with pytest.raises(ApproverNotAllowed):
        desk.verifying.verify("P-1001", "Eve")
