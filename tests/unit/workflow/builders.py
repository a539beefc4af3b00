"""Builders of plans and proposals for tests: a pacing change, a campaign draft, a person's day."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from core.campaigns import CampaignSnapshot
from core.documents import JsonObject, with_values
from core.units import CampaignId, Revision
from core.workflow.audit import AuditEvent
from core.workflow.day_plan import DayHour, DayPlan, Replanning, change_path, day_payload
from core.workflow.lifecycle import Move
from core.workflow.moving import move
from core.workflow.plan import Base, Check, CheckState, FieldChange, Plan, PlanKind
from core.workflow.proposal import Conflict, Proposal, PushRecord, draft_proposal

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
LABELS = {
    "predictive.answerRate": "Answer rate",
    "predictive.dropRate": "Abandon target",
    "predictive.maxAttempts": "Attempts",
}


def campaign_document(**values: Any) -> JsonObject:
    """Return a campaign as a tenant gives it; dotted paths are written with two underscores."""
    document: JsonObject = {
        "id": "c-1",
        "name": "Winback Autumn",
        "version": 7,
        "status": "ON",
        "priority": 2,
        "routing": {"skill": "s-1"},
        "predictive": {"answerRate": 0.3, "dropRate": 0.02, "maxAttempts": 4, "mode": "fast"},
    }
    return with_values(document, {name.replace("__", "."): value for name, value in values.items()})


def snapshot_of(document: JsonObject, read_at: datetime = NOON) -> CampaignSnapshot:
    """Return a campaign as it was read."""
    return CampaignSnapshot(
        CampaignId(str(document["id"])),
        str(document["name"]),
        Revision(str(document["version"])),
        document,
        read_at,
    )


def pacing_plan(
    proposed: Mapping[str, Any] | None = None,
    document: JsonObject | None = None,
    checks: tuple[Check, ...] = (Check("capacity", CheckState.PASS, "Agents are scheduled."),),
) -> Plan:
    """Return a plan that changes the answer rate and the abandon target."""
    values = proposed or {"predictive.answerRate": 0.3412, "predictive.dropRate": 0.0281}
    snapshot = snapshot_of(document or campaign_document())
    now = snapshot.document["predictive"]
    return Plan(
        kind=PlanKind.PACING,
        target_id=snapshot.campaign_id,
        target_name=snapshot.name,
        base=Base(snapshot.revision, snapshot.content_digest, snapshot.document, snapshot.read_at),
        changes=tuple(
            FieldChange(
                path, LABELS[path], "share", now.get(path.split(".")[1]), value, "at most 3 %"
            )
            for path, value in values.items()
        ),
        payload=with_values({}, dict(values)),
        evidence={"forecast": {"forecastId": "f-1"}},
        checks=checks,
    )


def campaign_plan(name: str = "Quiet hours") -> Plan:
    """Return a plan that creates a campaign draft."""
    payload = {
        "name": name,
        "description": "Low-volume windows, threshold: 12.3",
        "type": "OUTBOUND",
        "status": "DRAFT",
        "maxCallsPerHour": 50,
        "schedule": [
            {
                "startDateTime": "2026-11-26T09:00:00+00:00",
                "endDateTime": "2026-11-26T11:00:00+00:00",
                "repeat": "NONE",
            }
        ],
        "dialingMode": "PREDICTIVE",
        "callCenter": {"id": "lindgren"},
    }
    return Plan(
        kind=PlanKind.CAMPAIGN,
        target_id="",
        target_name=name,
        base=None,
        changes=(FieldChange("name", "Name", "text", None, name),),
        payload=payload,
        evidence={},
        checks=(),
    )


def day_plan(
    *abandon_targets: float,
    first: datetime = NOON,
    document: JsonObject | None = None,
    replanning: Replanning | None = None,
) -> Plan:
    """Return a plan that sets the abandon target hour by hour."""
    snapshot = snapshot_of(document or campaign_document())
    path = "predictive.dropRate"
    hours = tuple(
        DayHour(first + timedelta(hours=number), {path: value})
        for number, value in enumerate(abandon_targets or (0.021, 0.022))
    )
    return Plan(
        kind=PlanKind.DAY,
        target_id=snapshot.campaign_id,
        target_name=snapshot.name,
        base=Base(snapshot.revision, snapshot.content_digest, snapshot.document, snapshot.read_at),
        changes=tuple(
            FieldChange(
                change_path(hour.ds, path),
                f"{hour.ds:%H:%M}, Abandon target",
                "share",
                0.02,
                hour.fields[path],
                "at most 3 %",
            )
            for hour in hours
        ),
        payload=day_payload(DayPlan(hours, replanning)),
        evidence={},
        checks=(),
    )


PATHS: Mapping[str, tuple[Move, ...]] = {
    "draft": (),
    "submitted": (Move.SUBMIT,),
    "approved": (Move.SUBMIT, Move.APPROVE),
    "pushing": (Move.SUBMIT, Move.APPROVE, Move.START_PUSH),
    "pushed": (Move.SUBMIT, Move.APPROVE, Move.START_PUSH, Move.FINISH_PUSH),
    "verified": (Move.SUBMIT, Move.APPROVE, Move.START_PUSH, Move.FINISH_PUSH, Move.CONFIRM),
    "drifted": (Move.SUBMIT, Move.APPROVE, Move.START_PUSH, Move.FINISH_PUSH, Move.REPORT_DRIFT),
    "rejected": (Move.SUBMIT, Move.REJECT),
    "withdrawn": (Move.SUBMIT, Move.WITHDRAW),
    "expired": (Move.SUBMIT, Move.EXPIRE),
    "superseded": (Move.SUBMIT, Move.SUPERSEDE),
    "stale": (Move.SUBMIT, Move.MARK_STALE),
    "push_failed": (Move.SUBMIT, Move.APPROVE, Move.START_PUSH, Move.FAIL_PUSH),
    "paused": (Move.SUBMIT, Move.APPROVE, Move.PAUSE),
    "stopped": (Move.SUBMIT, Move.APPROVE, Move.STOP),
    "finished": (Move.SUBMIT, Move.APPROVE, Move.FINISH),
}
"""The shortest way to each state."""
OF_A_DAY = ("paused", "stopped", "finished")
"""States that only a plan of a day comes to."""


def history_of(
    state: str, plan: Plan | None = None, proposal_id: str = "P-1001", at: datetime = NOON
) -> tuple[list[Proposal], list[AuditEvent]]:
    """Return every version of a proposal on its way to a state, and the events."""
    plan = plan or (day_plan() if state in OF_A_DAY else pacing_plan())
    proposal = draft_proposal(proposal_id, plan, "Ana", "Answers well.", at)
    versions, events = [proposal], []
    for step, name in enumerate(PATHS[state], start=1):
        moment = at + timedelta(minutes=step)
        proposal, event = move(
            proposal,
            name,
            by="Ana" if name is Move.SUBMIT else "Mara",
            at=moment,
            reason="Because.",
            push=(
                PushRecord("a-1", "Mara", moment, revision_before="7", object_id="c-1")
                if name is Move.START_PUSH
                else None
            ),
            conflict=(
                Conflict(campaign_document(version=8), "8", moment)
                if name in (Move.MARK_STALE, Move.REPORT_DRIFT, Move.FAIL_PUSH)
                else None
            ),
        )
        versions.append(proposal)
        events.append(event)
    return versions, events


def proposal_in(state: str, plan: Plan | None = None, proposal_id: str = "P-1001") -> Proposal:
    """Return a proposal that reached a state by the shortest way."""
    return history_of(state, plan, proposal_id)[0][-1]
