"""The whole way over HTTP against a tenant that misbehaves: approved once, pushed exactly once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.clock import FrozenClock
from core.errors import PermissionMissing, ProposalStale, TenantError
from core.simulator.faults import Fault
from core.simulator.server import running_simulator
from core.workflow.plan import PlanKind
from core.workflow.proposal import ProposalState
from tests.contract.http_desk import HttpDesk
from tests.unit.workflow.builders import NOON

BORNE = sorted(set(Fault) - {Fault.FORBIDDEN, Fault.SLOW})
KINDS = pytest.mark.parametrize("kind", [PlanKind.PACING, PlanKind.CAMPAIGN], ids=str)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[HttpDesk]:
    with running_simulator(seed=7, clock=FrozenClock(NOON)) as simulator:
        yield HttpDesk(f"sqlite:///{tmp_path}/dialcast.sqlite", simulator.url)


def push_until_known(desk: HttpDesk) -> int:
    """Push as an operator does who is told to push again; return how often."""
    for attempt in range(1, 6):
        try:
            desk.push()
        except TenantError:
            assert desk.proposal().state in (ProposalState.APPROVED, ProposalState.PUSHING)
        else:
            return attempt
    raise AssertionError("never pushed")


@KINDS
@pytest.mark.parametrize("fault", BORNE, ids=str)
def test_under_each_fault_the_proposal_is_pushed_exactly_once(
    desk: HttpDesk, fault: Fault, kind: PlanKind
) -> None:
    desk.misbehave(fault)
    desk.approved(kind)
    push_until_known(desk)
    assert desk.proposal().state is ProposalState.VERIFIED
    assert desk.writes() == 1
    desk.entries()


@KINDS
def test_under_all_of_them_together_too(desk: HttpDesk, kind: PlanKind) -> None:
    desk.approved(kind)
    desk.misbehave(*BORNE)
    push_until_known(desk)
    assert desk.verify().state is ProposalState.VERIFIED
    assert desk.writes() == 1


@KINDS
def test_an_answer_that_was_lost_after_the_write_needs_no_second_push(
    desk: HttpDesk, kind: PlanKind
) -> None:
    desk.approved(kind)
    desk.misbehave(Fault.LOST_ANSWERS)
    pushed = desk.push()
    assert pushed.state is ProposalState.VERIFIED
    assert pushed.push is not None
    assert "lost" in pushed.push.message
    assert desk.writes() == 1


@KINDS
def test_a_write_that_was_dropped_is_pushed_again_by_hand(desk: HttpDesk, kind: PlanKind) -> None:
    desk.approved(kind)
    desk.misbehave(Fault.DROPPED_WRITES)
    with pytest.raises(TenantError, match="nothing was applied"):
        desk.push()
    assert (desk.proposal().state, desk.writes()) == (ProposalState.APPROVED, 0)
    assert desk.push().state is ProposalState.VERIFIED
    assert desk.writes() == 1


def test_a_missing_permission_is_told_and_the_proposal_stays_approved(desk: HttpDesk) -> None:
    desk.approved()
    desk.misbehave(Fault.FORBIDDEN)
    with pytest.raises(PermissionMissing):
        desk.push()
    assert (desk.proposal().state, desk.writes()) == (ProposalState.APPROVED, 0)


def test_a_colleagues_change_makes_it_stale_and_names_the_colleague(desk: HttpDesk) -> None:
    desk.approved()
    desk.change_as_somebody_else({"predictive": {"dropRate": 0.015}})
    with pytest.raises(ProposalStale, match="was changed at the tenant by "):
        desk.push()
    assert (desk.proposal().state, desk.writes()) == (ProposalState.STALE, 0)


def test_every_field_outside_the_plan_stays_as_it_was(desk: HttpDesk) -> None:
    base = desk.approved().plan.base
    desk.push()
    assert base is not None
    after = desk.campaign().document
    moved = {"predictive", "version", "dateModified", "modifiedBy"}
    assert {key: value for key, value in after.items() if key not in moved} == {
        key: value for key, value in base.document.items() if key not in moved
    }
    assert after["predictive"]["maxAttempts"] == base.document["predictive"]["maxAttempts"]
