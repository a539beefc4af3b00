"""The tenant's nouns: campaigns, queues, organisations.

A campaign is known by what was read of it, whole: `CampaignSnapshot.document` is the tenant's own
document. Which of its fields mean pacing is known to `core.pacing` and to the gateways.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.documents import JsonObject, digest
from core.units import CampaignId, QueueId, Revision, SkillId

WHOLE_PACE, EXACT_PACE = "maxCallsPerAgent", "maxCallsPerAgentDecimal"
"""The two fields in which the platform tells one thing: calls per agent, whole and exact."""


def with_one_pace(document: Mapping[str, Any]) -> JsonObject:
    """Return a campaign's document with its calls per agent in one field, as exact as it is told.

    A change of the one field may be answered in the other, beside a rounded value of its own.

    Examples
    --------
    >>> with_one_pace({"maxCallsPerAgent": 3, "maxCallsPerAgentDecimal": 2.35, "priority": 2})
    {'maxCallsPerAgent': 2.35, 'priority': 2}
    >>> with_one_pace({"maxCallsPerAgent": 2})
    {'maxCallsPerAgent': 2}
    """
    one = {key: value for key, value in document.items() if key != EXACT_PACE}
    exact = document.get(EXACT_PACE)
    return one if exact is None else {**one, WHOLE_PACE: exact}


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

    @property
    def is_at_work(self) -> bool:
        """Whether it dials, or may; a draft does not yet, and a complete one does no more.

        Examples
        --------
        >>> Campaign(CampaignId("c"), "C", status="off").is_at_work
        True
        >>> Campaign(CampaignId("c"), "C", status="complete").is_at_work
        False
        """
        return self.status.lower() not in ("draft", "complete")


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


@dataclass(frozen=True, slots=True)
class RequestBudget:
    """How often the tenant may be asked, and how often it was.

    Parameters
    ----------
    sent : int
        Requests since this process began.
    in_last_minute : int
        Of these, in the last 60 seconds.
    ceiling : int
        More than these are not sent in any 60 seconds; the rest waits.
    used, allowed : int or None
        What the tenant counted and allows, as its last answer told.
    resets_at : datetime or None
        When it begins to count anew; aware.
    """

    sent: int
    in_last_minute: int
    ceiling: int
    used: int | None = None
    allowed: int | None = None
    resets_at: datetime | None = None

    @property
    def words(self) -> str:
        """Both, as a part of a sentence.

        Examples
        --------
        >>> RequestBudget(40, 17, 290, used=18, allowed=300).words
        '17 in the last minute, at most 290; the tenant counts 18 of 300'
        """
        own = f"{self.in_last_minute} in the last minute, at most {self.ceiling}"
        if self.used is None or self.allowed is None:
            return own
        return f"{own}; the tenant counts {self.used} of {self.allowed}"


@dataclass(frozen=True, slots=True)
class QuerySize:
    """How much a tenant answers at once; it is learned, for no tenant tells.

    Parameters
    ----------
    hours : int
        Span. Unit: hours.
    results : int
        Campaigns or queues times hours.
    """

    hours: int = 31 * 24
    results: int = 40_000
