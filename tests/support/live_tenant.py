"""A tenant in memory that also tells how its campaigns run, as the test says."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from core.clock import FrozenClock
from core.dialler import CampaignLive, CampaignRule, OutboundSettings, TimeTaken
from core.documents import JsonObject
from core.errors import TenantUnreachable
from core.frames import CAMPAIGN_DAY
from core.units import CampaignId, QueueId
from tests.support.desk import CAMPAIGNS, FadingTenant, made_tenant


class LiveTenant(FadingTenant):
    """Tells what it is given; nothing where it is given nothing."""

    live: CampaignLive | None = None
    day: pd.DataFrame | None = None
    settings: OutboundSettings | None = None
    rules: tuple[CampaignRule, ...] = ()
    times: Mapping[QueueId, TimeTaken] = {}

    def campaign_live(self, campaign_id: CampaignId) -> CampaignLive | None:
        """Return what it was given, unless it is down."""
        if self.is_down:
            raise TenantUnreachable("The tenant could not be reached.", "Try again.")
        return self.live

    def campaign_day(
        self, campaign_id: CampaignId, start: datetime, end: datetime
    ) -> pd.DataFrame | None:
        """Return the hours in [start, end) of those it was given."""
        if self.day is None:
            return None
        inside = (self.day["ds"] >= start) & (self.day["ds"] < end)
        return self.day[inside].reset_index(drop=True)

    def outbound_settings(self) -> OutboundSettings | None:
        """Return what it was given."""
        return self.settings

    def campaign_rules(self, campaign_id: CampaignId) -> tuple[CampaignRule, ...]:
        """Return what it was given."""
        return self.rules

    def handle_times(
        self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
    ) -> Mapping[QueueId, TimeTaken]:
        """Return what it was given of these queues."""
        return {each: self.times[each] for each in queue_ids if each in self.times}


def live_tenant(
    clock: FrozenClock, campaigns: Sequence[JsonObject] = CAMPAIGNS, **told: Any
) -> LiveTenant:
    """Return the made tenant of `tests.support.desk`, which also tells what is given."""
    made = made_tenant(clock, campaigns)
    made.__class__ = LiveTenant
    for name, value in told.items():
        setattr(made, name, value)
    return made  # type: ignore[return-value]


def day_of_hours(start: datetime, *rows: tuple[float, float, float]) -> pd.DataFrame:
    """Return `CAMPAIGN_DAY` of hours from a start: attempts, live answers, abandoned."""
    attempts, live, abandoned = zip(*rows, strict=True)
    ds = pd.date_range(start, periods=len(rows), freq="h", unit="us")
    return CAMPAIGN_DAY.check(
        pd.DataFrame(
            {
                "ds": ds,
                "attempts": [float(each) for each in attempts],
                "live": [float(each) for each in live],
                "abandoned": [float(each) for each in abandoned],
            }
        )
    )
