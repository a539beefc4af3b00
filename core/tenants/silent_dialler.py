"""What a tenant answers that tells nothing of its dialler and keeps no schedules of campaigns.

It is the one way to say "not offered": None or nothing where something is read, `TenantRefused`
where something is to be written, before anything is sent.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd

from core.campaigns import CampaignSnapshot, RequestBudget
from core.dialler import (
    CallableTimes,
    CampaignLive,
    CampaignRule,
    CampaignSchedule,
    OutboundSettings,
    TimeTaken,
)
from core.documents import JsonObject
from core.errors import TenantRefused
from core.permissions import Lack, Need
from core.units import CampaignId, QueueId


class SilentDialler:
    """Tells nothing; `core.ports.DiallerReader`."""

    series_at_once = 1
    copies_drafts = False

    def budget(self) -> RequestBudget | None:
        """Return None: no limit is told."""
        return None

    def lacking(self, need: Need) -> Lack | None:  # noqa: ARG002
        """Return None: what is not offered needs no permission."""
        return None

    def campaign_live(self, campaign_id: CampaignId) -> CampaignLive | None:  # noqa: ARG002
        """Return None: how a campaign runs is not told."""
        return None

    def campaigns_live(
        self,
        campaign_ids: Sequence[CampaignId],  # noqa: ARG002
    ) -> Mapping[CampaignId, CampaignLive]:
        """Return nothing: how campaigns run is not told."""
        return {}

    def campaign_day(
        self,
        campaign_id: CampaignId,  # noqa: ARG002
        start: datetime,  # noqa: ARG002
        end: datetime,  # noqa: ARG002
    ) -> pd.DataFrame | None:
        """Return None: abandoned calls are not told."""
        return None

    def handle_times(
        self,
        queue_ids: Sequence[QueueId],  # noqa: ARG002
        start: datetime,  # noqa: ARG002
        end: datetime,  # noqa: ARG002
    ) -> Mapping[QueueId, TimeTaken]:
        """Return nothing: handle times are not told."""
        return {}

    def line_times(
        self,
        campaign_ids: Sequence[CampaignId],  # noqa: ARG002
        start: datetime,  # noqa: ARG002
        end: datetime,  # noqa: ARG002
    ) -> Mapping[CampaignId, TimeTaken]:
        """Return nothing: times on a line are not told."""
        return {}

    def outbound_settings(self) -> OutboundSettings | None:
        """Return None: there are no settings for all campaigns."""
        return None

    def campaign_rules(self, campaign_id: CampaignId) -> tuple[CampaignRule, ...]:  # noqa: ARG002
        """Return nothing: no rule changes a campaign."""
        return ()

    def campaign_schedule(self, campaign_id: CampaignId) -> CampaignSchedule | None:  # noqa: ARG002
        """Return None: a campaign has no schedule of its own."""
        return None

    def callable_times(self, current: CampaignSnapshot) -> CallableTimes | None:  # noqa: ARG002
        """Return None: a campaign names no callable times."""
        return None


class UnscheduledWriter:
    """Refuses the writes that a tenant has no operation for; nothing is sent."""

    def delete_campaign(self, current: CampaignSnapshot) -> None:
        """Refuse."""
        raise _not_offered("delete the campaign", f"campaign {current.campaign_id}")

    def write_schedule(
        self,
        campaign_id: CampaignId,
        payload: JsonObject,  # noqa: ARG002
        current: CampaignSchedule | None,  # noqa: ARG002
    ) -> CampaignSchedule:
        """Refuse."""
        raise _not_offered("write the schedule", f"campaign {campaign_id}")

    def delete_schedule(self, current: CampaignSchedule) -> None:
        """Refuse."""
        raise _not_offered("delete the schedule", f"campaign {current.campaign_id}")


def _not_offered(does: str, subject: str) -> TenantRefused:
    return TenantRefused(
        f"A tenant of this kind cannot be asked to {does} ({subject}); nothing was sent.",
        "Do it in the tenant's own screens.",
        status=501,
    )
