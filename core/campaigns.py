"""The tenant's nouns: campaigns, queues, organisations, permissions.

A campaign is known by what was read of it, whole: `CampaignSnapshot.document` is the tenant's own
document. Which of its fields mean pacing is known to `core.pacing` and to the gateways.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.documents import JsonObject, digest
from core.units import CampaignId, QueueId, Revision, SkillId


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign in a list.

    Parameters
    ----------
    campaign_id, name : str
        The tenant's id and name.
    dialing_mode, status : str
        As the tenant spells them; unknown spellings survive.
    skill_id, queue_id : str or None
        Whom it dials for, where the tenant says so.
    """

    campaign_id: CampaignId
    name: str
    dialing_mode: str = ""
    status: str = ""
    skill_id: SkillId | None = None
    queue_id: QueueId | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue in a list."""

    queue_id: QueueId
    name: str


@dataclass(frozen=True, slots=True)
class CampaignSnapshot:
    """A campaign as it was read at one moment.

    Parameters
    ----------
    campaign_id, name : str
        The tenant's id and name.
    revision : Revision or None
        The tenant's own version, where it keeps one.
    document : JsonObject
        The whole object as read; never edited.
    read_at : datetime
        Aware.
    """

    campaign_id: CampaignId
    name: str
    revision: Revision | None
    document: JsonObject
    read_at: datetime

    @property
    def content_digest(self) -> str:
        """The digest of the whole document: tells a change that the revision does not."""
        return digest(self.document)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who the tenant is. Name and id are None where the tenant has no way to tell."""

    name: str | None
    organisation_id: str | None
    address: str


class PermissionState(StrEnum):
    """What is known of a permission."""

    HELD = "held"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission that the product uses.

    Parameters
    ----------
    name : str
        The tenant's name for it.
    needed_for : str
        What stops working without it.
    state : PermissionState
        Tried with a harmless read; a write is never tried.
    note : str
        Why it is unknown, or what to ask the administrator for.
    """

    name: str
    needed_for: str
    state: PermissionState
    note: str = field(default="")
