"""A desk on which the volume of one queue has left its forecast behind."""

from datetime import timedelta

import pandas as pd

from core.clock import FrozenClock
from core.forecasting.forecast import SeriesKind
from core.services.forecast import ForecastOrder
from tests.support.desk import (
    BILLING,
    CAMPAIGNS,
    DAYS,
    LOYALTY,
    NOW,
    QUEUES,
    WINBACK,
    Desk,
    FadingTenant,
    empty_desk,
    open_hours,
    rate_records,
    volume_records,
)

AGE = timedelta(days=4)
"""How long ago the forecast was made."""
SHIFT = timedelta(days=2)
"""How long ago the volume rose."""
RISE = 1.8


def drifting_desk(method: str = "seasonal-naive") -> Desk:
    """Return a desk whose Billing forecast is four days old, with the volume up since two.

    What came since was read, and scored.
    """
    clock = FrozenClock(NOW - AGE)
    desk = empty_desk(clock=clock, tenant=risen_tenant(clock))
    services = desk.services
    services.forecasting.run(ForecastOrder(SeriesKind.VOLUME, BILLING, "Billing", method=method))
    clock.move(AGE)
    services.history.refresh(SeriesKind.VOLUME, BILLING)
    services.scoring.check(SeriesKind.VOLUME, BILLING)
    return desk


def risen_tenant(clock: FrozenClock) -> FadingTenant:
    """Return a tenant of one busy queue and two campaigns; the queue rose two days ago."""
    past = open_hours(NOW - timedelta(days=DAYS), NOW)
    records = volume_records(past, 60.0, 3)
    has_risen = records["ds"] >= pd.Timestamp(NOW - SHIFT)
    risen = records.assign(y=records["y"].where(~has_risen, (records["y"] * RISE).round()))
    return FadingTenant(
        clock,
        CAMPAIGNS,
        outbound={WINBACK: rate_records(past, 0.34, 1), LOYALTY: rate_records(past, 0.22, 2)},
        queues=QUEUES[:1],
        volumes={BILLING: risen},
    )
