"""A campaign as it runs today: what came so far, and the pace that is in force now.

Everything is read of the tenant and nothing is stored. What a tenant does not tell is None.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pandas as pd

from core.clock import Clock
from core.dialler import CampaignLive, OutboundSettings
from core.documents import JsonObject, value_at
from core.frames import CAMPAIGN_DAY
from core.permissions import Lack, Need
from core.services.permission import lacks_of
from core.tenant_ports import Tenant
from core.units import CampaignId

PACE_FIELDS = ("maxCallsPerAgentDecimal", "maxCallsPerAgent")
"""Where a campaign says how many calls it may place per agent; the exact one first."""
SAME_PACE = 0.05
"""A pace in force this close to what is set counts as the same. Unit: calls per agent."""


@dataclass(frozen=True, slots=True)
class CampaignToday:
    """A campaign as it runs today.

    Parameters
    ----------
    campaign_id : str
        Which.
    read_at : datetime
        Aware.
    since : datetime
        Midnight on the centre's clock.
    hours : DataFrame or None
        `core.frames.CAMPAIGN_DAY` since then, the open hour included; None where the tenant does
        not tell abandoned calls.
    live : CampaignLive or None
        What the dialler does now.
    settings : OutboundSettings or None
        What the organisation sets for all campaigns.
    calls_per_agent_set : float or None
        What the campaign allows. Unit: calls per agent.
    lacks : mapping
        What is not told because it may not be read.
    """

    campaign_id: str
    read_at: datetime
    since: datetime
    hours: pd.DataFrame | None
    live: CampaignLive | None
    settings: OutboundSettings | None
    calls_per_agent_set: float | None
    lacks: Mapping[Need, Lack] = field(default_factory=dict)

    @property
    def attempts(self) -> float | None:
        """Calls placed today; None where not told."""
        return self._sum("attempts")

    @property
    def live_answers(self) -> float | None:
        """Calls answered today, as the tenant counts them; None where not told."""
        return self._sum("live")

    @property
    def abandoned(self) -> float | None:
        """Answered calls that no agent took in time; None where not told."""
        return self._sum("abandoned")

    @property
    def answer_rate(self) -> float | None:
        """Answered over attempts of today, a share; None without attempts."""
        attempts, answers = self.attempts, self.live_answers
        return answers / attempts if attempts and answers is not None else None

    @property
    def is_platform_bound(self) -> bool | None:
        """Whether the dialler's own control keeps the pace below what is set; None if not told."""
        in_force = self.live.calls_per_agent if self.live else None
        if in_force is None or self.calls_per_agent_set is None:
            return None
        return in_force < self.calls_per_agent_set - SAME_PACE

    def _sum(self, column: str) -> float | None:
        return None if self.hours is None else float(self.hours[column].sum())


@dataclass(frozen=True, slots=True)
class Live:
    """Reads campaigns as they run.

    Parameters
    ----------
    tenant : Tenant
        Read only.
    clock : Clock
        Tells today.
    zone : ZoneInfo
        Whose midnight divides days.
    """

    tenant: Tenant
    clock: Clock
    zone: ZoneInfo

    def today(self, campaign_id: str) -> CampaignToday:
        """Return a campaign as it runs today; `TenantError` where it cannot be read."""
        now = self.clock.now()
        since = midnight(now, self.zone)
        wanted = CampaignId(campaign_id)
        hours = self.tenant.campaign_day(wanted, since, now)
        live = self.tenant.campaign_live(wanted)
        settings = self.tenant.outbound_settings()
        told = {Need.DAY: hours, Need.RUNNING: live, Need.SETTINGS: settings}
        lacks = lacks_of(self.tenant, told)
        # Who may not read how it runs may not read the campaign either; the rest is worth showing.
        is_hidden = Need.RUNNING in lacks
        document = {} if is_hidden else self.tenant.read_campaign(wanted).document
        return CampaignToday(
            campaign_id,
            now,
            since,
            None if hours is None else CAMPAIGN_DAY.check(hours),
            live,
            settings,
            calls_per_agent_set(document),
            lacks,
        )


def midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when today began on a zone's clock, in UTC.

    Examples
    --------
    >>> midnight(datetime(2026, 11, 23, 9, tzinfo=UTC), ZoneInfo("Europe/Berlin")).isoformat()
    '2026-11-22T23:00:00+00:00'
    """
    today = now.astimezone(zone).date()
    return datetime.combine(today, time(), tzinfo=zone).astimezone(UTC)


def calls_per_agent_set(document: JsonObject) -> float | None:
    """Return how many calls per agent a campaign allows, where it says so.

    Examples
    --------
    >>> calls_per_agent_set({"maxCallsPerAgent": 3, "maxCallsPerAgentDecimal": 2.4})
    2.4
    >>> calls_per_agent_set({}) is None
    True
    """
    for path in PACE_FIELDS:
        value = value_at(document, path)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
    return None
