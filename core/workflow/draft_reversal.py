"""Taking back a draft and its schedule: the plans that delete, remove or restore.

Only what is off is deleted, and only what no schedule would switch on meanwhile.
"""

from core.campaigns import CampaignSnapshot
from core.dialler import CampaignSchedule
from core.errors import TransitionRefused, UsageError
from core.workflow.plan import (
    Check,
    CheckState,
    FieldChange,
    Plan,
    PlanKind,
    base_of,
    no_base,
)
from core.workflow.proposal import Proposal
from core.workflow.schedules import former_payload, intervals_in, schedule_content
from core.workflow.scheduling import INTERVALS, arming_check, windows_change
from core.workflow.verification import STATUS, has_proposed_values

OFF = "off"


def deletion(
    proposal: Proposal, current: CampaignSnapshot, schedule: CampaignSchedule | None
) -> Plan:
    """Return the plan that deletes the campaign that a draft created.

    Parameters
    ----------
    proposal : Proposal
        The draft, pushed.
    current : CampaignSnapshot
        The campaign, just read.
    schedule : CampaignSchedule or None
        Its schedule, just read.

    Raises
    ------
    TransitionRefused
        If the tenant offers no way to delete a campaign.
    """
    name, status = current.name, current.document.get(STATUS)
    if status is None:
        raise TransitionRefused(
            f"{proposal.proposal_id} created the campaign {proposal.plan.target_name}, and the"
            " tenant offers no way to remove one from here.",
            "Delete the draft in Genesys Cloud; it is off until somebody starts it.",
        )
    return Plan(
        kind=PlanKind.DELETION,
        target_id=current.campaign_id,
        target_name=name,
        base=base_of(current),
        changes=(FieldChange("name", "Campaign", "text", name, None),),
        payload={},
        evidence={"reverses": proposal.proposal_id},
        checks=_deletion_checks(proposal, current, schedule),
        reverses=proposal.proposal_id,
    )


def former_schedule(
    proposal: Proposal, campaign: CampaignSnapshot, current: CampaignSchedule | None
) -> Plan:
    """Return the plan that gives a campaign the schedule from before a push, or none again.

    Raises
    ------
    UsageError
        If it has that one, or none, already.
    """
    pushed = proposal.plan.base
    former = pushed.document if pushed else {}
    if schedule_content(former) == schedule_content(current.document if current else {}):
        raise UsageError(
            f"The schedule of {campaign.name} is as it was before {proposal.proposal_id} already.",
            "There is nothing to undo.",
        )
    base = base_of(current) if current else no_base(campaign.read_at)
    evidence = {"reverses": proposal.proposal_id}
    if former:
        payload = former_payload(former, campaign.campaign_id)
        return Plan(
            kind=PlanKind.SCHEDULE,
            target_id=campaign.campaign_id,
            target_name=campaign.name,
            base=base,
            changes=(windows_change(base, payload),),
            payload=payload,
            evidence=evidence,
            checks=(arming_check(campaign.name),),
            reverses=proposal.proposal_id,
        )
    windows = intervals_in(base.document)
    return Plan(
        kind=PlanKind.UNSCHEDULING,
        target_id=campaign.campaign_id,
        target_name=campaign.name,
        base=base,
        changes=(FieldChange(INTERVALS.path, INTERVALS.label, INTERVALS.unit, windows, []),),
        payload={},
        evidence=evidence,
        checks=(_running_check(campaign),),
        reverses=proposal.proposal_id,
    )


def _deletion_checks(
    proposal: Proposal, current: CampaignSnapshot, schedule: CampaignSchedule | None
) -> tuple[Check, ...]:
    status, name = current.document.get(STATUS), current.name
    is_off = status == OFF
    checks = [
        Check(
            "campaign is off",
            CheckState.PASS if is_off else CheckState.BLOCK,
            f"{name} is off."
            if is_off
            else f"{name} is {status}: switch it off in Genesys Cloud before it is deleted.",
        ),
        Check(
            "cannot be undone",
            CheckState.WARNING,
            f"What is deleted cannot be brought back; {proposal.proposal_id} can be drafted again.",
        ),
    ]
    if schedule is not None:
        message = f"{name} has a schedule, which switches it on: undo its schedule first."
        checks.append(Check("no schedule", CheckState.BLOCK, message))
    if not has_proposed_values(proposal.plan, current.document):
        message = f"The campaign is no longer as {proposal.proposal_id} created it."
        checks.append(Check("changed since the push", CheckState.WARNING, message))
    return tuple(checks)


def _running_check(campaign: CampaignSnapshot) -> Check:
    status = str(campaign.document.get(STATUS, ""))
    if status == OFF:
        return Check("campaign is off", CheckState.PASS, f"{campaign.name} is off and stays off.")
    return Check(
        "campaign is on",
        CheckState.WARNING,
        f"{campaign.name} is {status} and stays so: without a schedule nothing switches it off.",
    )
