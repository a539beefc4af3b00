"""The plan of a draft's schedule, made from what the tenant has now; nothing is stored or sent."""

from core.clock import Clock
from core.ports import UnitOfWorkFactory
from core.services.reading import ObjectReader, campaign_of
from core.units import CampaignId
from core.workflow.plan import Plan
from core.workflow.scheduling import check_schedulable, schedule_plan


def plan_schedule(
    unit_of_work: UnitOfWorkFactory, reader: ObjectReader, clock: Clock, proposal_id: str
) -> Plan:
    """Return the plan that schedules the draft of a proposal.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    reader : ObjectReader
        The tenant.
    clock : Clock
        Tells which windows are ahead.
    proposal_id : str
        Whose draft was created.

    Raises
    ------
    RecordNotFound
        If there is no such proposal.
    TransitionRefused
        If it is no draft that was created and needs a schedule of its own.
    UsageError
        If all of its windows are past.
    TenantError
        If campaign or schedule cannot be read.
    """
    with unit_of_work() as work:
        draft = work.proposals.get(proposal_id)
    check_schedulable(draft)
    campaign_id = CampaignId(campaign_of(draft) or "")
    campaign = reader.read_campaign(campaign_id)
    return schedule_plan(draft, campaign, reader.campaign_schedule(campaign_id), clock.now())
