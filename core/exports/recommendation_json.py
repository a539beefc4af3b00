"""Recommendation documents: each hour with what limits it, and the very fields that would be sent.

What the policy does not know is null: policy ``tutorial`` knows no calls per agent and expects no
occupancy and no abandon rate. Keys are added over time and never change their meaning.
"""

from core.documents import JsonObject
from core.exports.json_values import SCHEMA_VERSION, json_value, number_or_null, time_text
from core.pacing.allowance import Allowance
from core.pacing.recommendation import PacingHour, PacingLimits, Recommendation, SoFar
from core.pacing.regime import NO_LEGAL_ADVICE, Regime
from core.staffing import Capacity


def recommendation_document(
    recommendation: Recommendation, staffing: Capacity | None = None
) -> JsonObject:
    """Return the JSON document of a recommendation.

    Parameters
    ----------
    recommendation : Recommendation
        Of one campaign.
    staffing : Capacity, optional
        The agents that it was made from; None where they came from a file.

    Returns
    -------
    JsonObject
        Shares from 0 to 1, times in UTC with their offset. Where the capacity is unknown,
        ``push`` is empty and what would follow from it is null.
    """
    known = recommendation.capacity_known
    return {
        "schemaVersion": SCHEMA_VERSION,
        "policy": recommendation.policy,
        "campaignId": recommendation.campaign_id,
        "generatedAt": time_text(recommendation.generated_at),
        "forecast": {
            "forecastId": recommendation.forecast_id,
            "method": recommendation.forecast_method,
            "cutoff": time_text(recommendation.forecast_cutoff),
            "generatedAt": time_text(recommendation.forecast_made_at),
        },
        "capacityKnown": known,
        "capacity": _capacity_document(staffing),
        "limits": _limits_document(recommendation.limits),
        "soFar": _so_far_document(recommendation.so_far),
        "hours": [_hour_document(hour, known) for hour in recommendation.hours],
        "push": json_value(recommendation.push),
        "warnings": list(recommendation.warnings),
    }


def _capacity_document(staffing: Capacity | None) -> JsonObject | None:
    if staffing is None:
        return None
    return {"origin": staffing.origin.value, "notes": list(staffing.notes)}


def _limits_document(limits: PacingLimits) -> JsonObject:
    guardrails, timing = limits.guardrails, limits.timing
    return {
        "maxOffersPerHour": number_or_null(limits.max_offers_per_hour),
        "maxOffersOrigin": limits.max_offers_origin,
        "abandonCap": number_or_null(limits.abandon_cap),
        "abandonCapOrigin": guardrails.limit_origin,
        "rateFloor": number_or_null(limits.rate_floor),
        "rateCeiling": number_or_null(limits.rate_ceiling),
        "regime": _regime_document(guardrails.regime),
        "callsPerAgentCeiling": number_or_null(guardrails.calls_ceiling),
        "largestStep": number_or_null(guardrails.largest_step),
        "leastLiveAnswers": number_or_null(guardrails.least_live_answers),
        "frozen": guardrails.is_frozen,
        "falsePositiveShare": number_or_null(guardrails.false_positive_share),
        "tenantCountsAllCalls": guardrails.counts_all_calls,
        "handleSeconds": number_or_null(timing.handle_seconds) if timing else None,
        "handleSecondsOrigin": timing.handle_origin if timing else None,
        "lineSeconds": number_or_null(timing.line_seconds) if timing else None,
        "lineSecondsOrigin": timing.line_origin if timing else None,
    }


def _regime_document(regime: Regime) -> JsonObject:
    return {
        "name": regime.name,
        "title": regime.title,
        "limit": number_or_null(regime.limit),
        "window": regime.window.value,
        "scope": regime.scope,
        "counted": regime.counted,
        "source": regime.source,
        "certainty": regime.certainty.value,
        "caveat": regime.caveat,
        "note": NO_LEGAL_ADVICE,
    }


def _so_far_document(so_far: SoFar | None) -> JsonObject | None:
    if so_far is None:
        return None
    return {
        "until": None if so_far.until is None else time_text(so_far.until),
        "intervalMinutes": so_far.interval.total_seconds() / 60,
        "day": _allowance_document(so_far.day),
        "window": _allowance_document(so_far.window),
        "rateFactor": number_or_null(so_far.lessons.rate_factor),
        "abandonFactor": number_or_null(so_far.lessons.abandon_factor),
    }


def _allowance_document(allowance: Allowance) -> JsonObject:
    return {
        "live": number_or_null(allowance.live),
        "abandoned": number_or_null(allowance.abandoned),
        "abandonRate": number_or_null(allowance.rate),
        "allowanceLeft": number_or_null(allowance.left),
    }


def _hour_document(hour: PacingHour, capacity_known: bool) -> JsonObject:
    return {
        "ds": time_text(hour.ds),
        "agents": number_or_null(hour.agents),
        "answerRate": number_or_null(hour.answer_rate),
        "answerRateLower": number_or_null(hour.answer_rate_lower),
        "answerRateUpper": number_or_null(hour.answer_rate_upper),
        "safeRate": number_or_null(hour.safe_rate) if capacity_known else None,
        "callsPerAgent": number_or_null(hour.calls_per_agent),
        "abandonTarget": number_or_null(hour.abandon_target) if capacity_known else None,
        "bindingLimit": hour.binding_limit,
        "expectedOccupancy": number_or_null(hour.expected_occupancy),
        "expectedAbandonRate": number_or_null(hour.expected_abandon_rate),
        "expectedConversations": number_or_null(hour.expected_conversations),
    }
