"""A desk on a tenant that paces by calls per agent, with a worker's sign of life to be given."""

from dataclasses import replace

from core.bootstrap import Services, wire
from core.clock import FrozenClock
from core.dialler import OutboundSettings, TimeTaken
from core.documents import JsonObject
from core.pacing.stepping import CALLS_FIELD
from core.screens.names import campaign_names
from core.screens.pacing import view
from core.screens.pacing_view import PacingView, Wanted
from core.screens.recent import Recent
from core.services.day_planning import plan_day
from core.settings import Settings
from core.units import QueueId
from core.workflow.approval import Person
from core.workflow.day_plan import DayHour, Replanning, day_of, day_payload
from core.workflow.heartbeat import Heartbeat
from core.workflow.proposal import Proposal
from tests.support.desk import (
    BERLIN,
    BILLING,
    CAMPAIGNS,
    NOW,
    PLANNER,
    SKILL,
    SUPERVISOR,
    WINBACK,
    Desk,
    filled_desk,
    settings_for,
)
from tests.support.live_tenant import live_tenant

PLATFORM: JsonObject = {
    **{key: value for key, value in CAMPAIGNS[0].items() if key != "predictive"},
    "dialingMode": "power",
    "maxCallsPerAgent": 2.0,
    "abandonRate": 3.0,
}
SETTINGS = OutboundSettings("CALLS_THAT_REACHED_QUEUE", 10.0, None, 2.0, None)
HANDLE = {QueueId(BILLING): TimeTaken(100, 24_000.0)}


def platform_settings(**environment: str) -> Settings:
    """Return the settings of a desk whose tenant speaks the platform's dialect."""
    return settings_for(DIALCAST_TENANT="genesys", GENESYS_REGION="mypurecloud.de", **environment)


def platform_desk(
    *, settings: Settings | None = None, campaign: JsonObject | None = None, **told: object
) -> Desk:
    """Return a filled desk whose first campaign is paced by calls per agent.

    What the tenant tells can be given by name: `live`, `day`, `settings_told`, `rules`, `times`.
    """
    clock = FrozenClock(NOW)
    known = {"settings": told.pop("settings_told", SETTINGS), "times": HANDLE} | told
    tenant = live_tenant(clock, [campaign or PLATFORM, CAMPAIGNS[1]], **known)
    made = filled_desk(tenant=tenant)
    services = wire(
        settings or platform_settings(), clock, tenant, tenant.writer, made.services.unit_of_work
    )
    return Desk(services, tenant, clock)


def pacing_of(
    desk: Desk, person: str = PLANNER, recent: Recent | None = None, **wanted: object
) -> PacingView:
    """Return the page Capacity & pacing of the first campaign, as a person sees it."""
    recent = recent or desk.recent()
    names = campaign_names(desk.services, recent)
    asked = Wanted(WINBACK, **wanted)  # type: ignore[arg-type]
    who = desk.services.people.person(person) if person else Person("")
    return view(desk.services, recent, names, asked, who, desk.look())


def day_in_force(desk: Desk, replanning: Replanning | None = None) -> Proposal:
    """Return a plan of the day that was proposed and approved.

    Of calls per agent alone: the tenant in memory takes every rate for a share.
    """
    services = desk.services
    advice = services.recommending.pacing(WINBACK, SKILL)
    plan = plan_day(advice, desk.clock, BERLIN, replanning)
    day = day_of(plan.payload)
    hours = tuple(DayHour(hour.ds, {CALLS_FIELD: hour.fields[CALLS_FIELD]}) for hour in day.hours)
    plan = replace(plan, payload=day_payload(replace(day, hours=hours)))
    waiting = services.submit.submit(plan, PLANNER, "A calm day")
    return services.review.approve(waiting.proposal_id, SUPERVISOR, "agreed")


def worker_alive(services: Services) -> None:
    """Let the worker have given a sign of life just now."""
    now = services.clock.now()
    with services.unit_of_work() as work:
        work.worker.beat(Heartbeat("w-1", now, now))
        work.commit()
