"""From advice to a plan: the exact changes against what the tenant holds, with its guardrails."""

from datetime import datetime

from core.charts.numbers import calls_per_agent, share
from core.clock import Clock
from core.documents import JsonObject
from core.exports.recommendation_json import recommendation_document
from core.pacing.limits import LimitFinding, LimitState, campaign_findings, pacing_findings
from core.pacing.recommendation import CampaignDraft
from core.services.abandon_target import PERCENT_PATH, abandon_target, cap_check
from core.services.pacing_checks import platform_checks
from core.services.plan_fields import (
    CALLS_PER_AGENT,
    COPIED_FIELDS,
    DRAFT_FIELDS,
    PACING_FIELDS,
    changes_of,
    named,
)
from core.services.recommend import PacingAdvice
from core.workflow.plan import Check, CheckState, Plan, PlanKind, base_of

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
    push = recommendation.push
    changes = changes_of(PACING_FIELDS, snapshot.document, push, _pacing_limits(advice))
    return Plan(
        kind=PlanKind.PACING,
        target_id=snapshot.campaign_id,
        target_name=snapshot.name,
        base=base_of(snapshot),
        changes=changes,
        payload=push,
        evidence={
            "forecast": {
                "forecastId": advice.forecast.forecast_id,
                "method": advice.forecast.method,
                "cutoff": advice.forecast.cutoff.isoformat(),
                "madeAt": advice.forecast.made_at.isoformat(),
            },
            "recommendation": recommendation_document(recommendation, advice.staffing),
        },
        checks=(
            *_checks(pacing_findings(recommendation, clock.now(), snapshot.document)),
            *platform_checks(advice),
        ),
    )


def plan_campaign(draft: CampaignDraft, now: datetime, abandon_cap: float) -> Plan:
    """Return the plan that would create a campaign draft.

    Parameters
    ----------
    draft : CampaignDraft
        What would be created.
    now : datetime
        Aware.
    abandon_cap : float
        Highest abandon rate that a proposal may aim at, a share; a copy brings its own.
    """
    fields = DRAFT_FIELDS if draft.template is None else COPIED_FIELDS
    shown = draft.payload if draft.template is None else _named_fields(draft)
    target = abandon_target(draft.payload)
    cap = () if target is None else (cap_check(target, abandon_cap, "The template's"),)
    return Plan(
        kind=PlanKind.CAMPAIGN,
        target_id="",
        target_name=draft.name,
        base=None,
        changes=changes_of(fields, {}, shown, {}),
        payload=draft.payload,
        evidence={
            "queueId": draft.queue_id,
            **_template_evidence(draft),
            "forecast": {
                "forecastId": draft.forecast_id,
                "method": draft.forecast_method,
                "cutoff": draft.forecast_cutoff.isoformat(),
                "madeAt": draft.forecast_made_at.isoformat(),
            },
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
        checks=(
            *_checks(campaign_findings(draft, now)),
            *cap,
            *_queue_check(draft),
            *_times_check(draft),
        ),
    )


def _named_fields(draft: CampaignDraft) -> JsonObject:
    """The payload as a person reads it: what it refers to by the name that the template has."""
    known = draft.template.document if draft.template else {}
    return {
        key: named(known[key]) if isinstance(value, dict | list) and key in known else value
        for key, value in draft.payload.items()
    }


def _template_evidence(draft: CampaignDraft) -> JsonObject:
    template = draft.template
    if template is None:
        return {}
    return {
        "template": {
            "id": template.campaign_id,
            "name": template.name,
            "revision": template.revision,
        }
    }


def _queue_check(draft: CampaignDraft) -> tuple[Check, ...]:
    """Whether the agents with time in the windows are those who would take the calls."""
    if draft.template is None:
        return ()
    queue = draft.template.document.get("queue")
    if not isinstance(queue, dict) or queue.get("id") == draft.queue_id:
        return ()
    return (
        Check(
            "queue",
            CheckState.WARNING,
            f"The template's calls go to the queue {named(queue)}, and the low hours are those of"
            " another queue: its agents are free only if they serve both.",
        ),
    )


def _times_check(draft: CampaignDraft) -> tuple[Check, ...]:
    """Whether the windows were laid into the times in which the template's contacts may be called.

    The copy names the same times, so the tenant itself calls nobody outside them.
    """
    lack = draft.times_lack
    if lack is None:
        return ()
    message = (
        f"The template's callable times {lack.words}. The windows lie within the callable hours of"
        " the setting instead; the tenant calls nobody outside its own."
    )
    return (Check("callable times", CheckState.WARNING, message),)


def _checks(findings: tuple[LimitFinding, ...]) -> tuple[Check, ...]:
    return tuple(Check(each.name, STATE_OF[each.state], each.message) for each in findings)


def _pacing_limits(advice: PacingAdvice) -> dict[str, str]:
    limits = advice.recommendation.limits
    cap, floor = share(limits.abandon_cap), share(limits.rate_floor, 0)
    return {
        "predictive.answerRate": f"{floor} to {share(limits.rate_ceiling, 0)}",
        "predictive.dropRate": f"at most {cap}",
        CALLS_PER_AGENT: f"at most {calls_per_agent(limits.guardrails.calls_ceiling)}",
        PERCENT_PATH: f"at most {cap} of live answers",
    }
