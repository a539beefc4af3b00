"""Proposal documents and the audit as JSON lines."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest
from jsonschema import ValidationError

from core.exports.audit_jsonl import audit_text, entry_document
from core.exports.proposal_json import proposal_document
from core.workflow.audit import AuditEntry, AuditEvent, chained
from core.workflow.plan import Base, Check, CheckState, FieldChange, Plan, PlanKind
from core.workflow.proposal import (
    Approval,
    Closing,
    Conflict,
    Proposal,
    ProposalState,
    PushRecord,
    draft_proposal,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KeepsTo = Callable[[str, object], None]


def proposal() -> Proposal:
    document = {"id": "C1", "predictive": {"answerRate": 0.2}}
    plan = Plan(
        kind=PlanKind.PACING,
        target_id="C1",
        target_name="Winback",
        base=Base("7", "d" * 64, document, NOON),
        changes=(
            FieldChange("predictive.answerRate", "Answer rate", "share", 0.2, 0.16, "10 % to 95 %"),
        ),
        payload={"predictive": {"answerRate": 0.16}},
        evidence={"cutoff": NOON, "mean": np.float64(0.3)},
        checks=(Check("capacity", CheckState.WARNING, "One hour is silent."),),
    )
    return draft_proposal("P-1001", plan, "Ana", "Fewer agents today", NOON)


def trail(*events: tuple[str, str]) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    for minutes, (proposal_id, step) in enumerate(events):
        event = AuditEvent(
            (NOON + timedelta(minutes=minutes)).astimezone(timezone(timedelta(hours=1))),
            step,
            proposal_id,
            "Ana",
            "Winback",
            "Proposed\u2028in two lines.",
            "wegen Übergabe",
            {"revision": "7", "rate": 0.16},
        )
        entries.append(chained(entries[-1] if entries else None, event))
    return entries


def test_a_fresh_proposal_says_what_changes_and_leaves_open_what_has_not_happened(
    keeps_to: KeepsTo,
) -> None:
    document = proposal_document(proposal())
    keeps_to("proposal", document)
    assert (document["id"], document["state"], document["reason"]) == (
        "P-1001",
        "draft",
        "Fewer agents today",
    )
    assert document["target"] == {"id": "C1", "name": "Winback"}
    assert document["diff"] == [
        {
            "path": "predictive.answerRate",
            "label": "Answer rate",
            "unit": "share",
            "now": 0.2,
            "proposed": 0.16,
            "limit": "10 % to 95 %",
        }
    ]
    assert document["checks"] == [
        {"name": "capacity", "state": "warning", "message": "One hour is silent."}
    ]
    assert document["digest"] == proposal().plan.digest
    assert document["revision"] == "7"
    assert document["evidence"] == {"cutoff": "2026-11-23T12:00:00+00:00", "mean": 0.3}
    assert [document[key] for key in ("approval", "closing", "push", "conflict")] == [None] * 4


def test_what_became_of_it_is_told_whole(keeps_to: KeepsTo) -> None:
    lived = replace(
        proposal(),
        state=ProposalState.STALE,
        approval=Approval("e" * 64, "Ben", NOON),
        closing=Closing("Ana", NOON, "not now"),
        push=PushRecord("A-1", "Ben", NOON, sending_at=NOON, message="Answer lost."),
        conflict=Conflict({"predictive": {"answerRate": 0.4}}, "8", NOON),
    )
    document = proposal_document(lived)
    keeps_to("proposal", document)
    assert document["approval"]["approver"] == "Ben"
    assert document["closing"]["reason"] == "not now"
    assert document["push"]["sendingAt"] == "2026-11-23T12:00:00+00:00"
    assert document["push"]["finishedAt"] is None
    assert document["conflict"]["revision"] == "8"


def test_a_campaign_yet_to_be_created_has_no_id_and_no_revision(keeps_to: KeepsTo) -> None:
    plan = replace(proposal().plan, kind=PlanKind.CAMPAIGN, target_id="", base=None)
    document = proposal_document(replace(proposal(), plan=plan))
    keeps_to("proposal", document)
    assert document["target"]["id"] is None
    assert document["revision"] is None


def test_the_history_holds_the_proposals_own_entries_and_no_others() -> None:
    entries = trail(
        ("P-1001", "proposal.submitted"), ("P-1002", "push.started"), ("P-1001", "push.started")
    )
    history = proposal_document(proposal(), entries)["history"]
    assert [entry["number"] for entry in history] == [1, 3]
    assert history[1]["step"] == "push.started"


@pytest.mark.parametrize("kind", list(PlanKind))
def test_every_kind_of_plan_is_in_the_schema(kind: PlanKind, keeps_to: KeepsTo) -> None:
    plan = replace(proposal().plan, kind=kind, follows="P-1000")
    document = proposal_document(replace(proposal(), plan=plan))
    keeps_to("proposal", document)
    assert document["follows"] == "P-1000"


@pytest.mark.parametrize("state", list(ProposalState))
def test_every_state_of_the_lifecycle_is_in_the_schema(
    state: ProposalState, keeps_to: KeepsTo
) -> None:
    document = proposal_document(replace(proposal(), state=state))
    keeps_to("proposal", document)
    assert document["state"] == state.value
    with pytest.raises(ValidationError, match="is not one of"):
        keeps_to("proposal", {**document, "state": f"{state.value}-ish"})


def test_the_audit_is_one_json_object_a_line_whatever_breaks_lines(keeps_to: KeepsTo) -> None:
    text = audit_text(trail(("P-1", "proposal.submitted"), ("P-1", "proposal.approved")))
    lines = text.splitlines()
    assert len(lines) == 2
    first = json.loads(lines[0])
    keeps_to("audit-entry", first)
    assert first["at"] == "2026-11-23T12:00:00+00:00"
    assert first["reason"] == "wegen Übergabe"
    assert audit_text([]) == ""


def test_an_exported_line_can_be_checked_without_this_program() -> None:
    entries = trail(("P-1", "proposal.submitted"), ("P-1", "proposal.approved"))
    previous = "0" * 64
    for line in audit_text(entries).splitlines():
        event: dict[str, Any] = json.loads(line)
        told, number = event.pop("hash"), event.pop("number")
        assert event.pop("previousHash") == previous
        covered = {"previous": previous, "number": number, "event": event}
        canonical = json.dumps(
            covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()
        assert hashlib.sha256(canonical).hexdigest() == told
        previous = told


def test_an_entry_names_its_place_in_the_chain() -> None:
    first, second = trail(("P-1", "proposal.submitted"), ("P-1", "proposal.approved"))
    assert entry_document(second)["previousHash"] == first.hash
    assert entry_document(second)["number"] == 2
