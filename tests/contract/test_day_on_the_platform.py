"""A plan of a day on the platform's dialect: each hour reaches the tenant in its time, once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.bootstrap import Services, connect
from core.clock import FrozenClock
from core.forecasting.forecast import SeriesKind
from core.services.day_planning import plan_day, usual_bounds
from core.services.forecast import ForecastOrder
from core.services.work import Report
from core.settings import read_settings
from core.simulator.server import RunningSimulator, running_simulator
from core.tenants.genesys import connect_genesys
from core.units import CampaignId
from core.workflow.day_plan import Replanning, Slot, day_of
from core.workflow.proposal import Proposal, ProposalState

MORNING = datetime(2026, 11, 25, 8, 50, tzinfo=UTC)
"""Wednesday, 09:50 in the centre: every team is at work."""


def nobody(done: int, steps: int, step: str) -> None:
    """Report to nobody."""


REPORT: Report = nobody


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(MORNING)


@pytest.fixture
def tenant(clock: FrozenClock) -> Iterator[RunningSimulator]:
    with running_simulator(seed=7, clock=clock) as simulator:
        yield simulator


@pytest.fixture
def desk(tenant: RunningSimulator, clock: FrozenClock, tmp_path: Path) -> Iterator[Services]:
    settings = read_settings(
        {
            "DIALCAST_TENANT": "genesys",
            "GENESYS_API_URL": tenant.url,
            "GENESYS_CLIENT_ID": "demo-client",
            "GENESYS_CLIENT_SECRET": "demo-secret",
            "DIALCAST_TIMEZONE": "Europe/Berlin",
            "DIALCAST_DATABASE_URL": f"sqlite:///{tmp_path}/dialcast.sqlite",
        },
        Path("no-secrets.toml"),
    )
    services = connect(settings, clock=clock)
    yield services
    services.close()


def day_in_force(desk: Services, *, every_minutes: int = 0) -> Proposal:
    """Forecast, plan and approve the day of the campaign that dials too slow."""
    campaign = next(each for each in desk.tenant.campaigns() if each.name == "Winback Autumn")
    order = ForecastOrder(SeriesKind.ANSWER_RATE, campaign.campaign_id, campaign.name)
    desk.forecasting.run(order)
    advice = desk.recommending.pacing(campaign.campaign_id, str(campaign.queue_id))
    again = Replanning(every_minutes, usual_bounds(advice, desk.clock)) if every_minutes else None
    plan = plan_day(advice, desk.clock, desk.settings.time_zone, again)
    proposal = desk.submit.submit(plan, "Ana", "A calm day")
    return desk.review.approve(proposal.proposal_id, "Mara")


def slot_after(day: Proposal, moment: datetime) -> Slot:
    return next(slot for slot in day_of(day.plan.payload).slots() if slot.start > moment)


def pace_of(desk: Services, day: Proposal) -> float:
    current = desk.tenant.read_campaign(CampaignId(day.plan.target_id))
    return float(current.document["maxCallsPerAgent"])


def test_two_hours_reach_the_tenant_each_in_its_time_and_once(
    desk: Services, clock: FrozenClock
) -> None:
    day = day_in_force(desk)
    for _ in range(2):
        slot = slot_after(day, clock.now())
        clock.move(slot.start + timedelta(minutes=1) - clock.now())
        desk.day_plans.push_due(REPORT)
        desk.day_plans.push_due(REPORT)
        assert pace_of(desk, day) == slot.fields["maxCallsPerAgent"]
    pushes = desk.day_plans.pushes_of(day.proposal_id)
    assert [each.state for each in pushes] == [ProposalState.VERIFIED] * len(pushes)
    assert len(pushes) == 2


def test_what_was_pushed_moves_the_simulated_diallers_pace(
    desk: Services, clock: FrozenClock
) -> None:
    day = day_in_force(desk)
    slot = slot_after(day, clock.now())
    clock.move(slot.start + timedelta(minutes=1) - clock.now())
    desk.day_plans.push_due(REPORT)
    clock.move(timedelta(minutes=10))
    today = desk.live.today(day.plan.target_id)
    assert today.calls_per_agent_set == slot.fields["maxCallsPerAgent"]
    assert today.live is not None
    assert today.live.calls_per_agent is not None
    assert today.live.calls_per_agent <= slot.fields["maxCallsPerAgent"] + 1e-9


def test_the_rest_of_the_day_is_planned_anew_within_its_bounds(
    desk: Services, clock: FrozenClock
) -> None:
    day = day_in_force(desk, every_minutes=15)
    replanning = day_of(day.plan.payload).replanning
    assert replanning is not None
    bounds = replanning.bounds["maxCallsPerAgent"]
    for _ in range(3):
        slot = slot_after(day, clock.now())
        clock.move(slot.start + timedelta(minutes=1) - clock.now())
        desk.day_plans.push_due(REPORT)
        assert bounds.lowest <= pace_of(desk, day) <= bounds.highest


def test_a_colleague_who_sets_the_pace_ends_the_day_and_keeps_their_value(
    desk: Services, tenant: RunningSimulator, clock: FrozenClock
) -> None:
    day = day_in_force(desk)
    settings = desk.settings
    reader, writer = connect_genesys(
        tenant.url, tenant.url, "demo-client", "demo-secret", clock, zone=settings.time_zone
    )
    current = reader.read_campaign(CampaignId(day.plan.target_id))
    writer.update_campaign(current, {"maxCallsPerAgent": 1.2})
    reader.close()
    slot = slot_after(day, clock.now())
    clock.move(slot.start + timedelta(minutes=1) - clock.now())
    desk.day_plans.push_due(REPORT)
    with desk.unit_of_work() as work:
        assert work.proposals.get(day.proposal_id).state is ProposalState.STALE
    assert pace_of(desk, day) == 1.2
