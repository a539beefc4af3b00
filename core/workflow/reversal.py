"""Undo: the plan that takes back what a push did. It is a proposal like any other.

A change of values puts the old ones back, a schedule makes room for the former one or is removed,
a draft is deleted. What was deleted cannot be brought back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.campaigns import CampaignSnapshot
from core.dialler import CampaignSchedule
from core.documents import ABSENT, JsonObject, with_values
from core.errors import TransitionRefused, UsageError
from core.workflow.comparison import leaves, means_the_same
from core.workflow.draft_reversal import deletion, former_schedule
from core.workflow.pairs import AT_THE_TENANT
from core.workflow.plan import Base, Check, CheckState, FieldChange, Plan, PlanKind, base_of
from core.workflow.proposal import Proposal
from core.workflow.verification import comparable, has_proposed_values


@dataclass(frozen=True, slots=True)
class Present:
    """A campaign and its schedule as they are now; None where there is none."""

    campaign: CampaignSnapshot
    schedule: CampaignSchedule | None = None


def is_reversible(proposal: Proposal) -> bool:
    """Whether something is at the tenant that an undo can take back, as far as that is known."""
    return proposal.state in AT_THE_TENANT and proposal.plan.kind is not PlanKind.DELETION


def reversal(proposal: Proposal, present: Present) -> Plan:
    """Return the plan that takes back what a proposal did.

    Parameters
    ----------
    proposal : Proposal
        That was pushed.
    present : Present
        Just read: what the new plan is made against.

    Raises
    ------
    TransitionRefused
        If nothing was pushed, or it cannot be taken back from here.
    UsageError
        If all is as it was before already.
    """
    check_reversible(proposal)
    return _WAYS[proposal.plan.kind](proposal, present)


def check_reversible(proposal: Proposal) -> None:
    """Raise `TransitionRefused` where it is known, without reading, that there is no undo."""
    if proposal.state not in AT_THE_TENANT:
        raise TransitionRefused(
            f"{proposal.proposal_id} is {proposal.state.value}: it changed nothing.",
            "Only what was pushed can be undone.",
        )
    if proposal.plan.kind is PlanKind.DELETION:
        raise TransitionRefused(
            f"{proposal.proposal_id} deleted the campaign {proposal.plan.target_name}, and what was"
            " deleted cannot be brought back.",
            "Draft it again.",
        )


def _former_values(proposal: Proposal, present: Present) -> Plan:
    """A field that did not exist before is left: the tenant's update sets fields, removes none."""
    plan, current = proposal.plan, present.campaign
    base = _base_of(plan)
    before, now = (leaves(comparable(plan, each.document)) for each in (base, current))
    pushed = leaves(plan.payload)
    old: JsonObject = {
        path: before[path]
        for path in pushed
        if path in before and not means_the_same(before[path], now.get(path, ABSENT))
    }
    if not old:
        raise UsageError(
            f"{plan.target_name} has the values from before {proposal.proposal_id} already.",
            "There is nothing to undo.",
        )
    return Plan(
        kind=PlanKind.PACING,
        target_id=plan.target_id,
        target_name=current.name,
        base=base_of(current),
        changes=tuple(_change(proposal, path, now.get(path), value) for path, value in old.items()),
        payload=with_values({}, old),
        evidence={"reverses": proposal.proposal_id, "valuesOf": base.read_at.isoformat()},
        checks=_checks(proposal, current, sorted(path for path in pushed if path not in before)),
        reverses=proposal.proposal_id,
    )


def _without_schedule(proposal: Proposal, present: Present) -> Plan:
    return former_schedule(proposal, present.campaign, present.schedule)


def _without_campaign(proposal: Proposal, present: Present) -> Plan:
    return deletion(proposal, present.campaign, present.schedule)


_WAYS: Mapping[PlanKind, Callable[[Proposal, Present], Plan]] = {
    PlanKind.PACING: _former_values,
    PlanKind.CAMPAIGN: _without_campaign,
    PlanKind.SCHEDULE: _without_schedule,
    PlanKind.UNSCHEDULING: _without_schedule,
}


def _base_of(plan: Plan) -> Base:
    assert plan.base is not None, "a change of values is made against a campaign that was read"
    return plan.base


def _change(proposal: Proposal, path: str, now: Any, old: Any) -> FieldChange:
    known = next((each for each in proposal.plan.changes if each.path == path), None)
    label, unit, limit = (known.label, known.unit, known.limit) if known else (path, "", "")
    return FieldChange(path, label, unit, now, old, limit)


def _checks(
    proposal: Proposal, current: CampaignSnapshot, new_fields: list[str]
) -> tuple[Check, ...]:
    checks = [
        Check(
            "old values",
            CheckState.PASS,
            f"Puts back what {proposal.proposal_id} replaced.",
        )
    ]
    if new_fields:
        checks.append(
            Check(
                "fields that were absent",
                CheckState.WARNING,
                f"{', '.join(new_fields)} did not exist before and cannot be removed; it stays.",
            )
        )
    if not has_proposed_values(proposal.plan, current.document):
        checks.append(
            Check(
                "changed since the push",
                CheckState.WARNING,
                f"The campaign no longer has what {proposal.proposal_id} set; this replaces what"
                " somebody set since.",
            )
        )
    return tuple(checks)
