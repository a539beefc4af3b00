"""From a recommendation to a plan of the day, and what it is held against before each hour."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from core.clock import FrozenClock
from core.dialler import OutboundSettings, TimeTaken
from core.documents import JsonObject
from core.errors import DataError
from core.pacing.order import TenantFields
from core.services.day_planning import plan_day, usual_bounds
from core.services.day_steering import DaySteering
from core.services.recommend import PacingAdvice, Recommending, TimingGiven
from core.units import CampaignId, QueueId
from core.workflow.day_plan import Bounds, Replanning, day_of
from core.workflow.plan import PlanKind
from tests.support.desk import BILLING, CAMPAIGNS, NOW, SKILL, WINBACK, Desk, filled_desk
from tests.support.live_tenant import LiveTenant, live_tenant

BERLIN = ZoneInfo("Europe/Berlin")
PLATFORM = {
    **{key: value for key, value in CAMPAIGNS[0].items() if key != "predictive"},
    "dialingMode": "power",
    "maxCallsPerAgent": 2.0,
    "abandonRate": 3.0,
}
TIMING = TimingGiven(240.0, 20.0)
SETTINGS = OutboundSettings("CALLS_THAT_REACHED_QUEUE", 10.0, None, 2.0, None)


def desk_of(**told: object) -> Desk:
    clock = FrozenClock(NOW)
    told = {"settings": SETTINGS, "times": {QueueId(BILLING): TimeTaken(100, 24_000.0)}} | told
    return filled_desk(tenant=live_tenant(clock, [PLATFORM, CAMPAIGNS[1]], **told))


def recommending(desk: Desk, cap: float = 0.03) -> Recommending:
    services = desk.services
    return Recommending(
        services.unit_of_work,
        desk.tenant,
        services.history,
        desk.clock,
        cap,
        fields=TenantFields.PLATFORM,
    )


def advice_of(desk: Desk, policy: str = "compliant") -> PacingAdvice:
    return recommending(desk).pacing(WINBACK, SKILL, policy, timing=TIMING)


def test_a_day_has_a_row_for_each_hour_ahead_in_which_somebody_dials() -> None:
    desk = desk_of()
    advice = advice_of(desk)
    plan = plan_day(advice, desk.clock, BERLIN)
    dialled = [hour for hour in advice.recommendation.hours if hour.calls_per_agent is not None]
    hours = day_of(plan.payload).hours
    assert plan.kind is PlanKind.DAY
    assert [hour.ds for hour in hours] == [hour.ds for hour in dialled]
    assert [hour.fields["maxCallsPerAgent"] for hour in hours] == [
        hour.calls_per_agent for hour in dialled
    ]
    assert len(hours) >= 5


def test_the_diff_names_each_hour_on_the_centres_clock() -> None:
    desk = desk_of()
    plan = plan_day(advice_of(desk), desk.clock, BERLIN)
    first = plan.changes[0]
    hour = day_of(plan.payload).hours[0]
    assert first.label.startswith(f"{hour.ds.astimezone(BERLIN):%H:%M}–")
    assert first.path == f"{hour.ds.isoformat()}/maxCallsPerAgent"
    assert (first.now, first.proposed) == (2.0, hour.fields["maxCallsPerAgent"])
    assert len(plan.changes) == sum(len(each.fields) for each in day_of(plan.payload).hours)
    tomorrow = [change.label for change in plan.changes if change.label.startswith("Thu 26 Nov ")]
    assert len(tomorrow) == sum(
        len(each.fields)
        for each in day_of(plan.payload).hours
        if each.ds.astimezone(BERLIN).day == 26
    )


def test_the_bounds_of_planning_anew_travel_with_the_plan() -> None:
    desk = desk_of()
    again = Replanning(15, {"maxCallsPerAgent": Bounds(1.0, 3.0)})
    plan = plan_day(advice_of(desk), desk.clock, BERLIN, again)
    assert day_of(plan.payload).replanning == again
    assert plan.digest != plan_day(advice_of(desk), desk.clock, BERLIN).digest
    leave = plan.changes[0]
    assert leave.label.startswith("May be planned anew every 15 min, ")
    assert (leave.proposed, leave.limit) == ("1.00 to 3.00", "anything else needs a new approval")


def test_usual_bounds_lie_around_what_is_planned_and_within_the_ceiling() -> None:
    desk = desk_of()
    advice = advice_of(desk)
    bounds = usual_bounds(advice, desk.clock)["maxCallsPerAgent"]
    planned = [hour.calls_per_agent or 1 for hour in advice.recommendation.hours]
    assert 1.0 <= bounds.lowest <= min(planned)
    assert bounds.highest >= max(each for each in planned if each)
    assert bounds.highest <= 10.0


def test_a_policy_without_calls_per_agent_has_no_day() -> None:
    desk = desk_of()
    with pytest.raises(DataError, match="no hour ahead"):
        plan_day(advice_of(desk, "tutorial"), desk.clock, BERLIN)


@pytest.mark.parametrize(
    ("cap", "fields", "reason"),
    [
        (0.03, {"maxCallsPerAgent": 2.4, "abandonRate": 3.0}, ""),
        (0.02, {"maxCallsPerAgent": 2.4, "abandonRate": 3.0}, "above the limit in force"),
        (0.03, {"maxCallsPerAgent": 10.1}, "above the ceiling in force"),
    ],
)
def test_limits_in_force_now_count_and_not_those_of_the_approval(
    cap: float, fields: JsonObject, reason: str
) -> None:
    desk = desk_of()
    current = desk.tenant.read_campaign(CampaignId(WINBACK))
    told = DaySteering(recommending(desk, cap)).forbids(current, fields)
    assert (reason in told) if reason else told == ""


def test_a_campaign_that_dials_in_another_mode_takes_no_calls_per_agent() -> None:
    desk = desk_of()
    tenant = desk.tenant
    assert isinstance(tenant, LiveTenant)
    current = tenant.read_campaign(CampaignId(WINBACK))
    tenant.writer.update_campaign(current, {"dialingMode": "preview"})
    told = DaySteering(recommending(desk)).forbids(
        tenant.read_campaign(CampaignId(WINBACK)), {"maxCallsPerAgent": 2.0}
    )
    assert "mode preview" in told


def test_planning_anew_gives_what_the_present_recommendation_would_push() -> None:
    desk = desk_of()
    tenant = desk.tenant
    tenant._capacity[BILLING] = tenant._capacity[SKILL]
    advice = recommending(desk).pacing(WINBACK, BILLING, "compliant", is_watched=True)
    plan = plan_day(advice, desk.clock, BERLIN)
    proposal = desk.services.submit.submit(plan, "Paul Novak", "A calm day.")
    desk.clock.move(timedelta(minutes=1))
    slot = day_of(plan.payload).slots()[0]
    anew = DaySteering(recommending(desk)).plan_anew(proposal, slot)
    assert anew is not None
    assert set(anew) == {"maxCallsPerAgent", "abandonRate"}
