"""Proposal documents: what is proposed, how it stands to the checks, and all that became of it."""

from collections.abc import Iterable

from core.documents import JsonObject
from core.exports.audit_jsonl import entry_document
from core.exports.json_values import SCHEMA_VERSION, json_value, time_text
from core.workflow.audit import AuditEntry
from core.workflow.plan import Check, FieldChange
from core.workflow.proposal import Approval, Closing, Conflict, Proposal, PushRecord


def proposal_document(proposal: Proposal, entries: Iterable[AuditEntry] = ()) -> JsonObject:
    """Return the JSON document of a proposal.

    Parameters
    ----------
    proposal : Proposal
        In any state.
    entries : iterable of AuditEntry
        Of any proposals, oldest first; its own become ``history``.

    Returns
    -------
    JsonObject
        What has not happened is null. Times in UTC with their offset.
    """
    plan = proposal.plan
    own = [entry for entry in entries if entry.event.proposal_id == proposal.proposal_id]
    return {
        "schemaVersion": SCHEMA_VERSION,
        "id": proposal.proposal_id,
        "state": proposal.state.value,
        "kind": plan.kind.value,
        "target": {"id": plan.target_id or None, "name": plan.target_name},
        "author": proposal.author,
        "reason": proposal.reason,
        "createdAt": time_text(proposal.created_at),
        "expiresAt": time_text(proposal.expires_at),
        "version": proposal.version,
        "digest": plan.digest,
        "revision": plan.base.revision if plan.base else None,
        "readAt": time_text(plan.base.read_at) if plan.base else None,
        "reverses": plan.reverses or None,
        "follows": plan.follows or None,
        "diff": [_change_document(change) for change in plan.changes],
        "checks": [_check_document(check) for check in plan.checks],
        "payload": json_value(plan.payload),
        "evidence": json_value(plan.evidence),
        "approval": _approval_document(proposal.approval) if proposal.approval else None,
        "closing": _closing_document(proposal.closing) if proposal.closing else None,
        "push": _push_document(proposal.push) if proposal.push else None,
        "conflict": _conflict_document(proposal.conflict) if proposal.conflict else None,
        "history": [entry_document(entry) for entry in own],
    }


def _change_document(change: FieldChange) -> JsonObject:
    return {
        "path": change.path,
        "label": change.label,
        "unit": change.unit,
        "now": json_value(change.now),
        "proposed": json_value(change.proposed),
        "limit": change.limit,
    }


def _check_document(check: Check) -> JsonObject:
    return {"name": check.name, "state": check.state.value, "message": check.message}


def _approval_document(approval: Approval) -> JsonObject:
    return {
        "approver": approval.approver,
        "at": time_text(approval.at),
        "digest": approval.digest,
        "reason": approval.reason,
    }


def _closing_document(closing: Closing) -> JsonObject:
    return {"by": closing.by, "at": time_text(closing.at), "reason": closing.reason}


def _push_document(push: PushRecord) -> JsonObject:
    return {
        "attempt": push.attempt,
        "by": push.by,
        "intentAt": time_text(push.intent_at),
        "sendingAt": time_text(push.sending_at) if push.sending_at else None,
        "finishedAt": time_text(push.finished_at) if push.finished_at else None,
        "revisionBefore": push.revision_before,
        "revisionAfter": push.revision_after,
        "objectId": push.object_id or None,
        "sentBefore": push.sent_before,
        "message": push.message,
    }


def _conflict_document(conflict: Conflict) -> JsonObject:
    return {
        "revision": conflict.revision,
        "readAt": time_text(conflict.read_at),
        "document": json_value(conflict.document),
    }
