"""Proposals in each state of their life, brought there by the services themselves."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pandas as pd

from core.clock import FrozenClock
from core.errors import ProposalStale
from core.services.moves import record_move
from core.services.plan import plan_campaign, plan_pacing
from core.tenants.memory import MemoryTenant
from core.workflow.lifecycle import Move
from core.workflow.plan import Check, CheckState
from core.workflow.proposal import LIFETIMES, Proposal, ProposalState, PushRecord
from tests.support.desk import (
    BILLING,
    CAMPAIGNS,
    LOYALTY,
    NOW,
    PLANNER,
    QUEUES,
    SKILL,
    SUPERVISOR,
    WINBACK,
    Desk,
    open_hours,
    rate_records,
)

REASON = "Evening answer rate is up since the new list"


def proposed(desk: Desk, campaign_id: str = WINBACK, by: str = PLANNER) -> Proposal:
    """Return a pacing change that waits for a decision."""
    services = desk.services
    advice = services.recommending.pacing(campaign_id, SKILL)
    return services.submit.submit(plan_pacing(advice, services.clock), by, REASON)


def drafted(desk: Desk, queue_id: str = BILLING, by: str = PLANNER) -> Proposal:
    """Return a campaign draft that waits for a decision."""
    services = desk.services
    draft = services.drafting.draft(queue_id)
    plan = plan_campaign(draft, services.clock.now(), services.settings.abandon_cap)
    return services.submit.submit(plan, by, REASON)


def warned(desk: Desk, message: str = "Only 5 of 12 hours are ahead.") -> Proposal:
    """Return a pacing change with a warning among its checks."""
    services = desk.services
    plan = plan_pacing(services.recommending.pacing(WINBACK, SKILL), services.clock)
    check = Check("forecast hours", CheckState.WARNING, message)
    return services.submit.submit(replace(plan, checks=(*plan.checks, check)), PLANNER, REASON)


def approved(desk: Desk, campaign_id: str = WINBACK) -> Proposal:
    """Return a pacing change that may be pushed."""
    waiting = proposed(desk, campaign_id)
    return desk.services.review.approve(waiting.proposal_id, SUPERVISOR, "agreed")


def verified(desk: Desk, campaign_id: str = WINBACK) -> Proposal:
    """Return a pacing change that the tenant has."""
    return desk.services.push.push(approved(desk, campaign_id).proposal_id, SUPERVISOR)


def stale(desk: Desk) -> Proposal:
    """Return a pacing change that somebody at the tenant was faster than."""
    waiting = approved(desk)
    change_at_tenant(desk, 0.33)
    try:
        desk.services.push.push(waiting.proposal_id, SUPERVISOR)
    except ProposalStale:
        return stored(desk, waiting.proposal_id)
    raise AssertionError("the push went through")


def drifted(desk: Desk) -> Proposal:
    """Return a pacing change that somebody at the tenant undid."""
    pushed = verified(desk)
    change_at_tenant(desk, 0.33)
    return desk.services.verify.verify(pushed.proposal_id, SUPERVISOR)


def rejected(desk: Desk) -> Proposal:
    """Return a pacing change that was refused."""
    return desk.services.review.reject(proposed(desk).proposal_id, SUPERVISOR, "not today")


def withdrawn(desk: Desk) -> Proposal:
    """Return a pacing change that its author took back."""
    return desk.services.review.withdraw(proposed(desk).proposal_id, PLANNER)


def expired(desk: Desk) -> Proposal:
    """Return a pacing change that nobody decided in time."""
    waiting = proposed(desk)
    desk.clock.move(LIFETIMES[waiting.plan.kind] + timedelta(minutes=1))
    desk.services.review.expire_old()
    return stored(desk, waiting.proposal_id)


def interrupted(desk: Desk, campaign_id: str = WINBACK) -> Proposal:
    """Return a pacing change whose push lost its process just before the write."""
    waiting = approved(desk, campaign_id)
    now = desk.clock.now()
    intent = PushRecord("attempt", SUPERVISOR, now, now, object_id=waiting.plan.target_id)
    with desk.services.unit_of_work() as work:
        moved = record_move(work, desk.clock, waiting, Move.START_PUSH, SUPERVISOR, push=intent)
        work.commit()
    return moved


def change_at_tenant(desk: Desk, answer_rate: float, campaign_id: str = WINBACK) -> None:
    """Change a campaign as a colleague would, in the tenant's own screens."""
    values = {"predictive.answerRate": answer_rate, "modifiedBy": "Tomas Lund"}
    desk.tenant.change_as_somebody_else(campaign_id, values)


def stored(desk: Desk, proposal_id: str) -> Proposal:
    """Return a proposal as it is stored."""
    with desk.services.unit_of_work() as work:
        return work.proposals.get(proposal_id)


def tenant_with_agents(agents: float | None) -> MemoryTenant:
    """Return the desk's tenant with so many agents in each hour; None: without a schedule."""
    hours = open_hours(NOW - timedelta(days=100), NOW + timedelta(days=14))
    past = hours[hours < pd.Timestamp(NOW).floor("h") + pd.Timedelta(hours=1)]
    capacity = {} if agents is None else {SKILL: pd.DataFrame({"ds": hours, "agents": agents})}
    return MemoryTenant(
        FrozenClock(NOW),
        CAMPAIGNS,
        outbound={WINBACK: rate_records(past, 0.34, 1), LOYALTY: rate_records(past, 0.22, 2)},
        queues=QUEUES,
        capacity=capacity,
    )


IN_STATE: Mapping[ProposalState, Callable[[Desk], Proposal]] = {
    ProposalState.SUBMITTED: proposed,
    ProposalState.APPROVED: approved,
    ProposalState.PUSHING: interrupted,
    ProposalState.VERIFIED: verified,
    ProposalState.DRIFTED: drifted,
    ProposalState.STALE: stale,
    ProposalState.REJECTED: rejected,
    ProposalState.WITHDRAWN: withdrawn,
    ProposalState.EXPIRED: expired,
}
"""What brings a proposal of the planner's into each state."""
