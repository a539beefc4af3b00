"""Proposals as the JSON documents that the store keeps, and back without loss."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from core.documents import JsonObject
from core.workflow.plan import Base, Check, CheckState, FieldChange, Plan, PlanKind
from core.workflow.proposal import (
    Approval,
    Closing,
    Conflict,
    Proposal,
    ProposalState,
    PushRecord,
)


def proposal_document(proposal: Proposal) -> JsonObject:
    """Return the document of a proposal; `proposal_from` is its inverse."""
    return {
        "proposal_id": proposal.proposal_id,
        "plan": _plan_document(proposal.plan),
        "author": proposal.author,
        "reason": proposal.reason,
        "state": proposal.state.value,
        "version": proposal.version,
        "created_at": _text(proposal.created_at),
        "expires_at": _text(proposal.expires_at),
        "approval": _flat(proposal.approval),
        "closing": _flat(proposal.closing),
        "push": _flat(proposal.push),
        "conflict": _flat(proposal.conflict),
    }


def proposal_from(document: JsonObject) -> Proposal:
    """Return the proposal of a document."""
    approval, closing = document["approval"], document["closing"]
    push, conflict = document["push"], document["conflict"]
    return Proposal(
        proposal_id=document["proposal_id"],
        plan=_plan_from(document["plan"]),
        author=document["author"],
        reason=document["reason"],
        state=ProposalState(document["state"]),
        version=document["version"],
        created_at=_needed(document["created_at"]),
        expires_at=_needed(document["expires_at"]),
        approval=Approval(**_with_moments(approval, "at")) if approval else None,
        closing=Closing(**_with_moments(closing, "at")) if closing else None,
        push=(
            PushRecord(**_with_moments(push, "intent_at", "sending_at", "finished_at"))
            if push
            else None
        ),
        conflict=Conflict(**_with_moments(conflict, "read_at")) if conflict else None,
    )


def _plan_document(plan: Plan) -> JsonObject:
    base = plan.base
    return {
        "kind": plan.kind.value,
        "target_id": plan.target_id,
        "target_name": plan.target_name,
        "base": _flat(base),
        "changes": [asdict(change) for change in plan.changes],
        "payload": plan.payload,
        "evidence": dict(plan.evidence),
        "checks": [asdict(check) for check in plan.checks],
        "reverses": plan.reverses,
        "follows": plan.follows,
        "campaign": _flat(plan.campaign),
    }


def _plan_from(document: JsonObject) -> Plan:
    base, campaign = document["base"], document.get("campaign")
    return Plan(
        kind=PlanKind(document["kind"]),
        target_id=document["target_id"],
        target_name=document["target_name"],
        base=Base(**_with_moments(base, "read_at")) if base else None,
        changes=tuple(FieldChange(**change) for change in document["changes"]),
        payload=document["payload"],
        evidence=document["evidence"],
        checks=tuple(
            Check(each["name"], CheckState(each["state"]), each["message"])
            for each in document["checks"]
        ),
        reverses=document["reverses"],
        # Not there in what was stored before drafts had schedules of their own.
        follows=document.get("follows", ""),
        campaign=Base(**_with_moments(campaign, "read_at")) if campaign else None,
    )


def _flat(part: Approval | Closing | PushRecord | Conflict | Base | None) -> JsonObject | None:
    if part is None:
        return None
    return {
        name: _text(value) if isinstance(value, datetime) else value
        for name, value in asdict(part).items()
    }


def _with_moments(document: JsonObject, *names: str) -> dict[str, Any]:
    return document | {name: _moment(document[name]) for name in names}


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _needed(text: str) -> datetime:
    return datetime.fromisoformat(text)
