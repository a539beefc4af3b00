"""The second half of a draft: the plan that puts its windows on the campaign that was created.

A schedule arms the dialler, so it is a plan of its own, with a digest and an approval of its own.
"""

from datetime import datetime

from core.campaigns import CampaignSnapshot
from core.dialler import CampaignSchedule
from core.errors import TransitionRefused, UsageError
from core.workflow.pairs import AT_THE_TENANT, is_scheduled_apart
from core.workflow.plan import (
    Base,
    Check,
    CheckState,
    FieldChange,
    Plan,
    PlanKind,
    base_of,
    no_base,
)
from core.workflow.proposal import Proposal
from core.workflow.schedules import intervals_in, schedule_payload

INTERVALS = FieldChange("intervals", "Windows", "windows", None, None)
"""The one field of a schedule that a person judges."""


def schedule_plan(
    draft: Proposal,
    campaign: CampaignSnapshot,
    current: CampaignSchedule | None,
    at: datetime,
) -> Plan:
    """Return the plan that schedules a draft for those of its windows that are still ahead.

    Parameters
    ----------
    draft : Proposal
        That created the campaign.
    campaign : CampaignSnapshot
        As it was just read; it has to be as it is now when the schedule is pushed.
    current : CampaignSchedule or None
        The schedule that it has already.
    at : datetime
        Now; aware.

    Raises
    ------
    TransitionRefused
        If the proposal is no draft that was pushed, or its schedule was sent with it.
    UsageError
        If all of its windows are past.
    """
    check_schedulable(draft)
    windows = [
        window
        for window in draft.plan.evidence["windows"]
        if datetime.fromisoformat(window["start"]) >= at
    ]
    if not windows:
        raise UsageError(
            f"All windows of {draft.proposal_id} are past.",
            "Undo the draft and draft it again on the present forecast.",
        )
    spans = [
        (datetime.fromisoformat(each["start"]), datetime.fromisoformat(each["end"]))
        for each in windows
    ]
    payload = schedule_payload(campaign.campaign_id, spans)
    base = base_of(current) if current else no_base(campaign.read_at)
    evidence = {
        key: draft.plan.evidence[key]
        for key in ("queueId", "forecast", "threshold")
        if key in draft.plan.evidence
    }
    return Plan(
        kind=PlanKind.SCHEDULE,
        target_id=campaign.campaign_id,
        target_name=campaign.name,
        base=base,
        changes=(windows_change(base, payload),),
        payload=payload,
        evidence={**evidence, "draft": draft.proposal_id, "windows": windows},
        checks=_checks(draft, campaign, spans),
        follows=draft.proposal_id,
        campaign=base_of(campaign),
    )


def windows_change(base: Base, payload: dict[str, object]) -> FieldChange:
    """Return the change of a schedule's windows, in one spelling."""
    return FieldChange(
        INTERVALS.path,
        INTERVALS.label,
        INTERVALS.unit,
        intervals_in(base.document) if base.document else None,
        intervals_in(payload),
    )


def arming_check(name: str) -> Check:
    """Return the check that says what writing a schedule does."""
    return Check(
        "arms the dialler",
        CheckState.WARNING,
        f"This arms the dialler: the tenant switches {name} on and off by itself at these times.",
    )


def check_schedulable(draft: Proposal) -> None:
    """Raise `TransitionRefused` where a proposal is no draft that was created unscheduled."""
    if not is_scheduled_apart(draft.plan):
        raise TransitionRefused(
            f"{draft.proposal_id} is no draft that needs a schedule of its own.",
            "Name the proposal that created a campaign on this tenant.",
        )
    if draft.state not in AT_THE_TENANT:
        raise TransitionRefused(
            f"{draft.proposal_id} is {draft.state.value}: its campaign is not created yet.",
            "Have the draft approved and pushed first.",
        )


def _checks(
    draft: Proposal, campaign: CampaignSnapshot, spans: list[tuple[datetime, datetime]]
) -> tuple[Check, ...]:
    checks = [arming_check(campaign.name)]
    past = len(draft.plan.evidence["windows"]) - len(spans)
    if past:
        message = f"{past} of the draft's windows are past and left out."
        checks.append(Check("windows ahead", CheckState.WARNING, message))
    else:
        message = f"All {len(spans)} windows of the draft are ahead."
        checks.append(Check("windows ahead", CheckState.PASS, message))
    return tuple(checks)
