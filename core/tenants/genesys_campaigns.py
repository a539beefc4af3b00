"""Campaigns of the platform dialect, how they run, and the settings for all, as they are read.

Documents are kept whole, unknown fields and unknown spellings included. Of the dialler's state a
number that is not told, or not as a number, is None: no page fails for it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.campaigns import Campaign, CampaignSnapshot
from core.dialler import CampaignLive, OutboundSettings
from core.documents import JsonObject, with_values
from core.tenants.campaigns import campaigns_in, snapshot_of
from core.tenants.genesys_records import entity_list
from core.tenants.paging import unreadable
from core.units import CampaignId, SkillId

PACE, EXACT_PACE = "maxCallsPerAgent", "maxCallsPerAgentDecimal"


def platform_campaigns(listed: Sequence[JsonObject], place: str) -> tuple[Campaign, ...]:
    """Return the campaigns of a list, each once; a campaign's queue stands for its skill.

    Examples
    --------
    >>> entity = {"id": "c-1", "name": "Winback", "queue": {"id": "q-1"}, "campaignStatus": "on"}
    >>> (found,) = platform_campaigns([entity], "The list")
    >>> found.skill_id, found.status
    ('q-1', 'on')
    """
    return tuple(
        replace(each, skill_id=SkillId(each.queue_id) if each.queue_id else None)
        for each in campaigns_in(listed, place)
    )


def platform_snapshot(
    document: Any, read_at: datetime, place: str, campaign_id: CampaignId | None = None
) -> CampaignSnapshot:
    """Return a campaign's document as a snapshot, with the exact calls per agent in it.

    Where the platform tells calls per agent twice, cut to a whole number and with decimals, the
    snapshot has the decimals in both places: what is compared and restored is the pace itself.

    Raises
    ------
    UnexpectedPayload
        As `core.tenants.campaigns.snapshot_of`.

    Examples
    --------
    >>> from datetime import UTC
    >>> document = {"id": "c-1", "maxCallsPerAgent": 2, "maxCallsPerAgentDecimal": 2.35}
    >>> snapshot = platform_snapshot(document, datetime(2026, 11, 23, tzinfo=UTC), "The campaign")
    >>> snapshot.document["maxCallsPerAgent"]
    2.35
    """
    snapshot = snapshot_of(document, read_at, place, campaign_id)
    whole, exact = number_or_none(document.get(PACE)), number_or_none(document.get(EXACT_PACE))
    if whole is None or exact is None or abs(whole - exact) >= 1 or whole == exact:
        return snapshot
    return replace(snapshot, document=with_values(snapshot.document, {PACE: exact}))


def live_from(
    campaign_id: CampaignId,
    read_at: datetime,
    stats: Any,
    diagnostics: Any = None,
) -> CampaignLive:
    """Return how a campaign runs, from its statistics and, where they were read, its diagnostics.

    Examples
    --------
    >>> from datetime import UTC
    >>> stats = {"contactRate": {"attempts": 900, "connects": 270}, "adjustedCallsPerAgent": 2.1}
    >>> live = live_from(CampaignId("c-1"), datetime(2026, 11, 23, tzinfo=UTC), stats)
    >>> live.connect_share, live.calls_per_agent, live.idle_agents
    (0.3, 2.1, None)
    """
    told = stats if isinstance(stats, dict) else {}
    rate = inner(told, "contactRate")
    queue = inner(
        diagnostics if isinstance(diagnostics, dict) else {}, "queueUtilizationDiagnostic"
    )
    return CampaignLive(
        campaign_id=campaign_id,
        read_at=read_at,
        attempts=number_or_none(rate.get("attempts")),
        connects=number_or_none(rate.get("connects")),
        idle_agents=number_or_none(told.get("idleAgents")),
        effective_idle_agents=number_or_none(told.get("effectiveIdleAgents")),
        calls_per_agent=number_or_none(told.get("adjustedCallsPerAgent")),
        outstanding_calls=number_or_none(told.get("outstandingCalls")),
        agents_on_queue=number_or_none(queue.get("usersOnQueue")),
        status=text_or_empty(told.get("campaignStatus")),
        dialing_mode=text_or_empty(told.get("dialingMode")),
        document=told,
    )


def lives_in(content: Any, read_at: datetime) -> dict[CampaignId, CampaignLive]:
    """Return how many campaigns run, from an answer of the performance query."""
    found: dict[CampaignId, CampaignLive] = {}
    for entity in entity_list(content):
        campaign_id = text_or_empty(inner(entity, "campaign").get("id"))
        if campaign_id:
            found[CampaignId(campaign_id)] = live_from(CampaignId(campaign_id), read_at, entity)
    return found


def settings_from(document: Any, place: str) -> OutboundSettings:
    """Return the settings of all campaigns.

    Raises
    ------
    UnexpectedPayload
        If the answer is no object.
    """
    if not isinstance(document, dict):
        raise unreadable(place, "it is no object")
    limit = number_or_none(document.get(EXACT_PACE))
    return OutboundSettings(
        denominator=text_or_empty(document.get("complianceAbandonRateDenominator")),
        calls_per_agent_ceiling=number_or_none(document.get("maxConfigurableCallsPerAgent")),
        calls_per_agent=number_or_none(document.get(PACE)) if limit is None else limit,
        abandon_seconds=number_or_none(document.get("abandonSeconds")),
        line_share=number_or_none(document.get("maxLineUtilization")),
        document=document,
    )


def number_or_none(value: Any) -> float | None:
    """Return a number that is told as one; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def inner(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return an object within a document; an empty one where there is none."""
    found = document.get(key)
    return found if isinstance(found, Mapping) else {}


def text_or_empty(value: Any) -> str:
    """Return a text that is told as one; empty for anything else."""
    return value if isinstance(value, str) else ""
