"""A desk in memory on a tenant that copies drafts, and drafts with their schedules on it."""

from dataclasses import replace

from core.bootstrap import wire
from core.services.plan import plan_campaign
from core.workflow.proposal import Proposal
from tests.support.desk import (
    BILLING,
    CAMPAIGNS,
    PLANNER,
    QUEUES,
    SKILL,
    SUPERVISOR,
    WINBACK,
    Desk,
    filled_desk,
    made_tenant,
    settings_for,
)
from tests.support.platform_tenant import PlatformTenant, platform_document

REASON = "The evenings are quiet"


def copying_desk() -> Desk:
    """Return a desk with history and forecasts on a tenant of the platform's kind."""
    desk = filled_desk(settings=settings_for(DIALCAST_TENANT="genesys"))
    known = made_tenant(desk.clock)
    tenant = PlatformTenant(
        desk.clock,
        [platform_document(id=each["id"], name=each["name"]) for each in CAMPAIGNS],
        queues=QUEUES,
        outbound=known._outbound,
        volumes=known._volumes,
        capacity={SKILL: known._capacity[SKILL], BILLING: known._capacity[SKILL]},
    )
    services = wire(
        desk.services.settings, desk.clock, tenant, tenant.writer, desk.services.unit_of_work
    )
    return replace(desk, services=services, tenant=tenant)


def copied(desk: Desk) -> Proposal:
    """Return a draft that waits for a decision."""
    services = desk.services
    draft = services.drafting.draft(BILLING, name="Quiet hours", template_id=WINBACK)
    plan = plan_campaign(draft, desk.clock.now(), services.settings.abandon_cap)
    return services.submit.submit(plan, PLANNER, REASON)


def created(desk: Desk) -> Proposal:
    """Return a draft that was created; its schedule waits."""
    return pushed(desk, copied(desk))


def pushed(desk: Desk, proposal: Proposal) -> Proposal:
    """Return a proposal after its approval and push."""
    desk.services.review.approve(proposal.proposal_id, SUPERVISOR, "agreed")
    return desk.services.push.push(proposal.proposal_id, SUPERVISOR)


def unscheduled(desk: Desk) -> Proposal:
    """Return a draft that was created and whose schedule was rejected."""
    draft = created(desk)
    desk.services.review.reject("P-1002", SUPERVISOR, "not these hours")
    return draft
