"""Recommendation documents: each hour with what limits it, and the very fields that would be sent.

What the policy does not know is null: policy ``tutorial`` knows no calls per agent and expects no
occupancy and no abandon rate.
"""

from core.documents import JsonObject
from core.exports.json_values import SCHEMA_VERSION, json_value, number_or_null, time_text
from core.pacing.recommendation import PacingHour, PacingLimits, Recommendation


def recommendation_document(recommendation: Recommendation) -> JsonObject:
    """Return the JSON document of a recommendation.

    Parameters
    ----------
    recommendation : Recommendation
        Of one campaign.

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
        "limits": _limits_document(recommendation.limits),
        "hours": [_hour_document(hour, known) for hour in recommendation.hours],
        "push": json_value(recommendation.push),
        "warnings": list(recommendation.warnings),
    }


def _limits_document(limits: PacingLimits) -> JsonObject:
    return {
        "maxOffersPerHour": number_or_null(limits.max_offers_per_hour),
        "maxOffersOrigin": limits.max_offers_origin,
        "abandonCap": number_or_null(limits.abandon_cap),
        "rateFloor": number_or_null(limits.rate_floor),
        "rateCeiling": number_or_null(limits.rate_ceiling),
    }


def _hour_document(hour: PacingHour, capacity_known: bool) -> JsonObject:
    return {
        "ds": time_text(hour.ds),
        "agents": number_or_null(hour.agents),
        "answerRate": number_or_null(hour.answer_rate),
        "answerRateLower": number_or_null(hour.answer_rate_lower),
        "answerRateUpper": number_or_null(hour.answer_rate_upper),
        "safeRate": number_or_null(hour.safe_rate) if capacity_known else None,
        "callsPerAgent": None,
        "abandonTarget": number_or_null(hour.abandon_target) if capacity_known else None,
        "bindingLimit": hour.binding_limit,
        "expectedOccupancy": None,
        "expectedAbandonRate": None,
    }
