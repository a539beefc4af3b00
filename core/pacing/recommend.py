"""Which policies there are, and a recommendation by one of them."""

import pandas as pd

from core.errors import UsageError
from core.pacing.compliant import recommend_compliant
from core.pacing.forecast_source import ForecastSource
from core.pacing.order import PacingOrder, TenantFields
from core.pacing.recommendation import Recommendation
from core.pacing.tutorial import recommend_tutorial

COMPLIANT, TUTORIAL = "compliant", "tutorial"
POLICIES = (COMPLIANT, TUTORIAL)
"""The policies that can be asked for."""


def recommend_pacing(
    forecast: ForecastSource, capacity: pd.DataFrame, order: PacingOrder
) -> Recommendation:
    """Return what a policy would set on a campaign, hour by hour with what limits it.

    Parameters
    ----------
    forecast : ForecastSource
        Of an answer rate.
    capacity : DataFrame
        See `core.frames.CAPACITY`. No row at all, or none for any hour of the forecast: the
        capacity is unknown, `push` is empty and `capacity_known` is False.
    order : PacingOrder
        Policy, limits, timing and what has happened.

    Returns
    -------
    Recommendation
        `push` holds only what the policy sets.

    Raises
    ------
    UsageError
        If the policy does not exist or lacks what it plans with, or the forecast is of another
        kind.
    DataError
        If the forecast has no hour, or a rate outside 0 to 1.
    FrameContractBroken
        If a frame lacks a column.
    """
    check_policy(order.policy)
    recommend = {COMPLIANT: recommend_compliant, TUTORIAL: recommend_tutorial}[order.policy]
    return recommend(forecast, capacity, order)


def usual_policy(fields: TenantFields) -> str:
    """Return the policy that suits a tenant's fields: the tutorial's has no calls per agent.

    Examples
    --------
    >>> usual_policy(TenantFields.PLATFORM), usual_policy(TenantFields.TUTORIAL)
    ('compliant', 'tutorial')
    """
    return COMPLIANT if fields is TenantFields.PLATFORM else TUTORIAL


def check_policy(policy: str) -> None:
    """Raise `UsageError` where there is no such policy."""
    if policy not in POLICIES:
        raise UsageError(
            f'There is no pacing policy "{policy}".', f"Choose one of: {', '.join(POLICIES)}."
        )
