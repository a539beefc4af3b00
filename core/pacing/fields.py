"""A recommendation as the very fields that a campaign takes; the unit of each is the tenant's."""

from collections.abc import Sequence

from core.documents import JsonObject
from core.pacing.guardrails import Guardrails
from core.pacing.order import PacingOrder, TenantFields
from core.pacing.recommendation import PacingHour
from core.pacing.stepping import CALLS_FIELD, rounded_down

ABANDON_FIELD = "abandonRate"
LEAST_PERCENT = 0.1
"""The platform's own control takes a target above 0; calls per agent are what holds the limit."""


def platform_fields(
    hours: Sequence[PacingHour], order: PacingOrder, abandon_rate: float
) -> JsonObject:
    """Return the fields of the platform that bring the first dialled hour into force.

    Parameters
    ----------
    hours : sequence of PacingHour
        As planned.
    order : PacingOrder
        With the tenant's fields, and what it counts its abandon rate over.
    abandon_rate : float
        At which the tenant's own control steps in: over live answers, a share.

    Returns
    -------
    JsonObject
        ``maxCallsPerAgent`` and ``abandonRate``, the latter in per cent and over what the tenant
        counts; empty where nobody dials, or where the tenant has no such fields.
    """
    first = next((hour for hour in hours if hour.calls_per_agent is not None), None)
    if first is None or order.fields is TenantFields.TUTORIAL:
        return {}
    return {
        CALLS_FIELD: first.calls_per_agent,
        ABANDON_FIELD: tenant_percent(abandon_rate, first.answer_rate, order.guardrails),
    }


def tutorial_as_platform_fields(
    answer_rate: float, drop_rate: float, guardrails: Guardrails
) -> JsonObject:
    """Return the tutorial's two rates read literally: one call over the answer rate per agent.

    Examples
    --------
    >>> tutorial_as_platform_fields(0.25, 0.025, Guardrails())
    {'maxCallsPerAgent': 4.0, 'abandonRate': 2.5}
    """
    calls = rounded_down(min(1 / answer_rate, guardrails.calls_ceiling))
    return {CALLS_FIELD: calls, ABANDON_FIELD: round(drop_rate * 100, 2)}


def tenant_percent(abandon_rate: float, answer_rate: float, guardrails: Guardrails) -> float:
    """Return an abandon rate over live answers in per cent of what the tenant counts.

    Parameters
    ----------
    abandon_rate : float
        Over live answers. Unit: share.
    answer_rate : float
        Live answers over attempts. Unit: share.
    guardrails : Guardrails
        Tells whether the tenant counts over all calls.

    Examples
    --------
    >>> tenant_percent(0.03, 0.2, Guardrails())
    3.0
    >>> tenant_percent(0.03, 0.2, Guardrails(counts_all_calls=True))
    0.6
    """
    counted = abandon_rate * (answer_rate if guardrails.counts_all_calls else 1.0)
    return max(LEAST_PERCENT, round(counted * 100, 2))
