"""Every kind of proposal over HTTP against the platform's dialect, with a tenant that loses things.

What is applied is what was approved, once, and the second half of a draft waits for its own yes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.clock import FrozenClock
from core.errors import ProposalStale, TenantError
from core.simulator.faults import Fault
from core.simulator.server import running_simulator
from core.units import CampaignId
from core.workflow.plan import PlanKind
from core.workflow.proposal import ProposalState
from tests.contract.platform_desk import KINDS, PACE, PlatformDesk
from tests.unit.workflow.builders import NOON

EACH_KIND = pytest.mark.parametrize("kind", KINDS, ids=str)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PlatformDesk]:
    with running_simulator(seed=7, clock=FrozenClock(NOON)) as simulator:
        yield PlatformDesk(f"sqlite:///{tmp_path}/dialcast.sqlite", simulator.url)


@EACH_KIND
def test_a_dropped_write_is_pushed_again_and_a_lost_answer_needs_no_third_push(
    desk: PlatformDesk, kind: PlanKind
) -> None:
    proposal_id = desk.approved(kind).proposal_id
    before = desk.writes()
    desk.misbehave(Fault.DROPPED_WRITES)
    with pytest.raises(TenantError, match="nothing was applied"):
        desk.push(proposal_id)
    assert (desk.proposal(proposal_id).state, desk.writes()) == (ProposalState.APPROVED, before)
    desk.misbehave(Fault.LOST_ANSWERS)
    assert desk.push(proposal_id).state is ProposalState.VERIFIED
    desk.misbehave()
    assert desk.verify(proposal_id).state is ProposalState.VERIFIED
    assert desk.writes() == before + 1
    desk.entries()


def test_every_field_outside_the_plan_stays_as_it_was(desk: PlatformDesk) -> None:
    base = desk.approved(PlanKind.PACING).plan.base
    desk.push()
    assert base is not None
    after = desk.campaign().document
    moved = {*PACE, "maxCallsPerAgentDecimal", "version", "dateModified"}
    assert {key: value for key, value in after.items() if key not in moved} == {
        key: value for key, value in base.document.items() if key not in moved
    }


def test_the_pair_is_whole_again_after_its_schedule_was_taken_back(desk: PlatformDesk) -> None:
    removal = desk.approved(PlanKind.UNSCHEDULING)
    desk.push(removal.proposal_id)
    campaign_id = CampaignId(removal.plan.target_id)
    assert desk.reader.campaign_schedule(campaign_id) is None
    again = desk.schedule_again()
    assert again.plan.follows == "P-1001"


def test_a_draft_that_a_colleague_changed_is_not_armed(desk: PlatformDesk) -> None:
    schedule = desk.approved(PlanKind.SCHEDULE)
    current = desk.reader.read_campaign(CampaignId(schedule.plan.target_id))
    desk.writer.update_campaign(current, {"abandonRate": 9.0})
    with pytest.raises(ProposalStale, match="or its schedule was changed at the tenant"):
        desk.push(schedule.proposal_id)
    assert desk.reader.campaign_schedule(current.campaign_id) is None
