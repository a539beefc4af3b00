"""From advice to a plan: the exact changes against what the tenant holds, with its guardrails."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.campaigns import CampaignSnapshot
from core.charts.numbers import share
from core.clock import Clock
from core.documents import ABSENT, JsonObject, value_at
from core.exports.recommendation_json import recommendation_document
from core.forecasting.forecast import Forecast
from core.pacing.limits import LimitFinding, LimitState, campaign_findings, pacing_findings
from core.pacing.recommendation import CampaignDraft
from core.services.recommend import PacingAdvice
from core.workflow.plan import Base, Check, CheckState, FieldChange, Plan, PlanKind


@dataclass(frozen=True, slots=True)
class PlanField:
    """A field that a plan shows: the tenant's path, what it means, its unit."""

    path: str
    label: str
    unit: str


PACING_FIELDS = (
    PlanField("predictive.answerRate", "Answer rate the dialler plans with", "share"),
    PlanField("predictive.dropRate", "Abandon rate it aims at (drop rate)", "share"),
    PlanField("predictive.maxAttempts", "Attempts per contact, at most", "attempts"),
)
DRAFT_FIELDS = (
    PlanField("name", "Name", "text"),
    PlanField("status", "Status", "text"),
    PlanField("dialingMode", "Dialling mode", "text"),
    PlanField("maxCallsPerHour", "Calls, at most", "calls per hour"),
    PlanField("schedule", "Windows", "windows"),
    PlanField("callCenter.id", "Organisation", "text"),
    PlanField("description", "Description", "text"),
)


STATE_OF = {
    LimitState.PASS: CheckState.PASS,
    LimitState.NEAR: CheckState.WARNING,
    LimitState.BROKEN: CheckState.BLOCK,
}


def plan_pacing(advice: PacingAdvice, clock: Clock) -> Plan:
    """Return the plan that would bring a recommendation to its campaign.

    Parameters
    ----------
    advice : PacingAdvice
        Recommendation, and the campaign as it was read for it.
    clock : Clock
        Tells the age of the forecast.

    Returns
    -------
    Plan
        Blocked where a guardrail forbids it; `Plan.checks` says which.
    """
    recommendation, snapshot = advice.recommendation, advice.snapshot
    limits = {
        "predictive.answerRate": f"{share(recommendation.limits.rate_floor, 0)} to"
        f" {share(recommendation.limits.rate_ceiling, 0)}",
        "predictive.dropRate": f"at most {share(recommendation.limits.abandon_cap)}",
    }
    changes = _changes(PACING_FIELDS, snapshot.document, recommendation.push, limits)
    return Plan(
        kind=PlanKind.PACING,
        target_id=snapshot.campaign_id,
        target_name=snapshot.name,
        base=base_of(snapshot),
        changes=changes,
        payload=recommendation.push,
        evidence={
            "forecast": _forecast_evidence(advice.forecast),
            "recommendation": recommendation_document(recommendation),
        },
        checks=_checks(pacing_findings(recommendation, clock.now(), snapshot.document)),
    )


def plan_campaign(draft: CampaignDraft, forecast: Forecast, now: datetime) -> Plan:
    """Return the plan that would create a campaign draft.

    Parameters
    ----------
    draft : CampaignDraft
        What would be created.
    forecast : Forecast
        What its windows come from.
    now : datetime
        Aware.
    """
    return Plan(
        kind=PlanKind.CAMPAIGN,
        target_id="",
        target_name=draft.name,
        base=None,
        changes=_changes(DRAFT_FIELDS, {}, draft.payload, {}),
        payload=draft.payload,
        evidence={
            "queueId": draft.queue_id,
            "forecast": _forecast_evidence(forecast),
            "threshold": draft.threshold,
            "windows": [
                {
                    "start": window.start.isoformat(),
                    "end": window.end.isoformat(),
                    "expectedContacts": window.expected_contacts,
                }
                for window in draft.windows
            ],
        },
        checks=_checks(campaign_findings(draft, now)),
    )


def base_of(snapshot: CampaignSnapshot) -> Base:
    """Return what a plan is made against, from a campaign just read."""
    return Base(snapshot.revision, snapshot.content_digest, snapshot.document, snapshot.read_at)


def _changes(
    fields: tuple[PlanField, ...],
    document: JsonObject,
    payload: JsonObject,
    limits: dict[str, str],
) -> tuple[FieldChange, ...]:
    changes = []
    for each in fields:
        proposed = value_at(payload, each.path)
        if proposed is ABSENT:
            continue
        now: Any = value_at(document, each.path)
        changes.append(
            FieldChange(
                each.path,
                each.label,
                each.unit,
                None if now is ABSENT else now,
                proposed,
                limits.get(each.path, ""),
            )
        )
    return tuple(changes)


def _checks(findings: tuple[LimitFinding, ...]) -> tuple[Check, ...]:
    return tuple(Check(each.name, STATE_OF[each.state], each.message) for each in findings)


def _forecast_evidence(forecast: Forecast) -> JsonObject:
    return {
        "forecastId": forecast.forecast_id,
        "method": forecast.method,
        "cutoff": forecast.cutoff.isoformat(),
        "madeAt": forecast.made_at.isoformat(),
    }
