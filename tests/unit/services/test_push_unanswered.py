"""Pushing where the answer is lost or the program dies: nothing is sent twice; reading tells."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.errors import (
    OutcomeUnknown,
    ProposalStale,
    TenantBroken,
    TenantError,
    TenantRecordMissing,
    TransitionRefused,
    UnexpectedPayload,
)
from core.workflow.proposal import ProposalState
from tests.unit.services.review_desk import DOWN, LOST, ReviewDesk, approved_creation, approved_desk


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
