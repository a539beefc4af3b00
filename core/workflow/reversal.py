"""Undo: the plan that puts back what a push replaced. It is a proposal like any other."""

from typing import Any

from core.campaigns import CampaignSnapshot
from core.documents import ABSENT, JsonObject, with_values
from core.errors import TransitionRefused, UsageError
from core.workflow.plan import Base, Check, CheckState, FieldChange, Plan, PlanKind
from core.workflow.proposal import Proposal, ProposalState
from core.workflow.verification import has_proposed_values, leaves, means_the_same

REVERSIBLE_STATES = (ProposalState.PUSHED, ProposalState.VERIFIED, ProposalState.DRIFTED)
"""States in which something is at the tenant that can be put back."""


def reversal(proposal: Proposal, current: CampaignSnapshot) -> Plan:
    """Return the plan that gives a campaign the values it had before a push.

    A field that did not exist before is left as it is, and a check says so: the tenant's update
    sets fields and removes none.

    Parameters
    ----------
    proposal : Proposal
        That was pushed.
    current : CampaignSnapshot
        The campaign, just read: what the new plan is made against.

    Raises
    ------
    TransitionRefused
        If nothing was pushed, or the push created a campaign.
    UsageError
        If the campaign has its old values already.
    """
    base = _base_of(proposal)
    before, now = leaves(base.document), leaves(current.document)
    pushed = leaves(proposal.plan.payload)
    old: JsonObject = {
        path: before[path]
        for path in pushed
        if path in before and not means_the_same(before[path], now.get(path, ABSENT))
    }
    if not old:
        raise UsageError(
            f"{proposal.plan.target_name} has the values from before {proposal.proposal_id}"
            " already.",
            "There is nothing to undo.",
        )
    return Plan(
        kind=PlanKind.PACING,
        target_id=proposal.plan.target_id,
        target_name=current.name,
        base=Base(current.revision, current.content_digest, current.document, current.read_at),
        changes=tuple(_change(proposal, path, now.get(path), value) for path, value in old.items()),
        payload=with_values({}, old),
        evidence={"reverses": proposal.proposal_id, "valuesOf": base.read_at.isoformat()},
        checks=_checks(proposal, current, sorted(path for path in pushed if path not in before)),
        reverses=proposal.proposal_id,
    )


def _base_of(proposal: Proposal) -> Base:
    if proposal.state not in REVERSIBLE_STATES:
        raise TransitionRefused(
            f"{proposal.proposal_id} is {proposal.state.value}: it changed nothing.",
            "Only what was pushed can be undone.",
        )
    if proposal.plan.base is None:
        raise TransitionRefused(
            f"{proposal.proposal_id} created the campaign {proposal.plan.target_name}, and the"
            " tenant offers no way to remove one from here.",
            "Delete the draft in Genesys Cloud; it is off until somebody starts it.",
        )
    return proposal.plan.base


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
