"""One push of a plan of a day: a change of its own that names the day and the slot it is for."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from core.campaigns import CampaignSnapshot
from core.documents import ABSENT, JsonObject, value_at, with_values
from core.workflow.day_plan import Slot
from core.workflow.plan import Base, FieldChange, Plan, PlanKind
from core.workflow.proposal import Proposal

EVIDENCE = "dayPlan"


def hour_plan(
    proposal: Proposal, slot: Slot, fields: JsonObject, current: CampaignSnapshot, note: str = ""
) -> Plan:
    """Return the change that brings a slot's fields to the campaign as it is now.

    Parameters
    ----------
    proposal : Proposal
        Of the plan of the day, approved.
    slot : Slot
        Which stretch of it.
    fields : JsonObject
        Within hours and bounds that were approved.
    current : CampaignSnapshot
        The campaign, just read.
    note : str
        What is to be said of it.
    """
    labels = {change.path.partition("/")[2]: change for change in proposal.plan.changes}
    now = {path: value_at(current.document, path) for path in fields}
    changes = tuple(
        FieldChange(
            path,
            labels[path].label.partition(", ")[2] or path if path in labels else path,
            labels[path].unit if path in labels else "text",
            None if now[path] is ABSENT else now[path],
            value,
            labels[path].limit if path in labels else "",
        )
        for path, value in fields.items()
    )
    return Plan(
        kind=PlanKind.PACING,
        target_id=proposal.plan.target_id,
        target_name=proposal.plan.target_name,
        base=Base(current.revision, current.content_digest, current.document, current.read_at),
        changes=changes,
        payload=with_values({}, fields),
        evidence={
            EVIDENCE: {
                "proposalId": proposal.proposal_id,
                "digest": proposal.plan.digest,
                "slot": slot.start.astimezone(UTC).isoformat(),
                "approved": slot.fields,
                "note": note,
            }
        },
        checks=(),
    )


def slot_start_of(plan: Plan, day_id: str) -> datetime | None:
    """Return the start of the slot that a change was pushed for; None for other plans."""
    evidence: Any = plan.evidence.get(EVIDENCE)
    if not isinstance(evidence, Mapping) or evidence.get("proposalId") != day_id:
        return None
    return datetime.fromisoformat(str(evidence["slot"]))
