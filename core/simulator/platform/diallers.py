"""Who dials for a campaign: the character behind its document.

A campaign that was created later has no people of its own: when it is on, part of the team behind
its queue works for it.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Final

from core.documents import JsonObject
from core.simulator.campaigns import CAMPAIGNS, CampaignCharacter
from core.simulator.pacing import PacingInForce, pacing_of
from core.simulator.platform.first_documents import queue_of
from core.simulator.platform.twins import twin_patch

_SHARE_OF_THE_TEAM: Final = 0.3
SILENT: Final = PacingInForce(0.0, 0.03)
"""The pacing of a campaign that has never been on."""


def character_of(document: JsonObject) -> CampaignCharacter | None:
    """Return the character behind a campaign; None where nobody is at its queue.

    Parameters
    ----------
    document : JsonObject
        The campaign, in the platform's form.

    Examples
    --------
    >>> from core.simulator.platform.first_documents import campaign_documents
    >>> character_of(campaign_documents()[-1]).team
    17
    """
    queue_id = (document.get("queue") or {}).get("id")
    return _character(document["id"], document["name"], queue_id)


def pacing_in_force(document: JsonObject) -> PacingInForce:
    """Return how the dialler reads a campaign in the platform's form."""
    return pacing_of(twin_patch(document))


@lru_cache(maxsize=256)
def _character(campaign_id: str, name: str, queue_id: str | None) -> CampaignCharacter | None:
    for campaign in CAMPAIGNS:
        if campaign.campaign_id == campaign_id:
            return campaign
    for campaign in CAMPAIGNS:
        if queue_of(campaign)["id"] == queue_id:
            return replace(campaign, name=name, team=round(campaign.team * _SHARE_OF_THE_TEAM))
    return None
