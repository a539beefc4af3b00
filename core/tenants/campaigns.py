"""Campaigns and queues as they are read, in either dialect.

A document is kept whole, unknown fields included; how it goes back is the work of
`core.tenants.tutorial_updates` and `core.tenants.genesys_updates`.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from core.campaigns import Campaign, CampaignSnapshot, Organisation, Queue
from core.documents import JsonObject
from core.errors import TenantRecordMissing
from core.tenants.paging import unreadable
from core.units import CampaignId, QueueId, Revision, SkillId


def campaigns_in(listed: Sequence[JsonObject], place: str) -> tuple[Campaign, ...]:
    """Return the campaigns of a list, each once.

    Parameters
    ----------
    listed : sequence of JsonObject
        Entities; the skill is read from ``skillId`` or the first of ``skills``.
    place : str
        What was read, for the message.

    Returns
    -------
    tuple of Campaign
        In the order of the list.

    Raises
    ------
    UnexpectedPayload
        If one has no id.

    Examples
    --------
    >>> campaigns_in([{"id": "c-1", "name": "Winback", "queue": {"id": "q-1"}}], "The list")
    (Campaign(campaign_id='c-1', name='Winback', dialing_mode='', status='', skill_id=None,
    queue_id='q-1'),)
    """
    found: dict[CampaignId, Campaign] = {}
    for number, entity in enumerate(listed, 1):
        campaign_id = CampaignId(_id_of(entity, number, place))
        found.setdefault(campaign_id, _campaign(campaign_id, entity))
    return tuple(found.values())


def _campaign(campaign_id: CampaignId, entity: JsonObject) -> Campaign:
    skills = entity.get("skills")
    first = skills[0] if isinstance(skills, list) and skills else None
    skill = _text(entity.get("skillId")) or _text(_inner_id(first))
    queue = _text(_inner_id(entity.get("queue")))
    return Campaign(
        campaign_id,
        _text(entity.get("name")) or campaign_id,
        dialing_mode=_text(entity.get("dialingMode")),
        status=_text(entity.get("status")) or _text(entity.get("campaignStatus")),
        skill_id=SkillId(skill) if skill else None,
        queue_id=QueueId(queue) if queue else None,
    )


def read_if_named(
    listed: Sequence[Campaign], name: str, read: Callable[[CampaignId], CampaignSnapshot]
) -> tuple[CampaignSnapshot, ...]:
    """Return the campaigns of exactly this name, each read whole.

    Parameters
    ----------
    listed : sequence of Campaign
        Those that the tenant found; it may find by a part of the name.
    name : str
        To the letter.
    read : callable
        Reads one. A campaign that was deleted since it was listed is left out.
    """
    found = []
    for campaign in listed:
        if campaign.name == name:
            with suppress(TenantRecordMissing):
                found.append(read(campaign.campaign_id))
    return tuple(found)


def organisation_in(content: Any, address: str) -> Organisation:
    """Return the organisation that a tenant tells of itself, as far as it does.

    Examples
    --------
    >>> organisation_in({"id": "lindgren"}, "https://api.test").organisation_id
    'lindgren'
    """
    told = content if isinstance(content, Mapping) else {}
    name, identifier = told.get("name"), told.get("id")
    return Organisation(
        name if isinstance(name, str) else None,
        identifier if isinstance(identifier, str) else None,
        address,
    )


def queues_in(listed: Sequence[JsonObject], place: str) -> tuple[Queue, ...]:
    """Return the queues of a list, each once.

    Raises
    ------
    UnexpectedPayload
        If one has no id.

    Examples
    --------
    >>> queues_in([{"id": "q-1", "name": "Billing"}, {"id": "q-1"}], "The list")
    (Queue(queue_id='q-1', name='Billing'),)
    """
    found: dict[QueueId, Queue] = {}
    for number, entity in enumerate(listed, 1):
        queue_id = QueueId(_id_of(entity, number, place))
        found.setdefault(queue_id, Queue(queue_id, _text(entity.get("name")) or queue_id))
    return tuple(found.values())


def _id_of(entity: JsonObject, number: int, place: str) -> str:
    identifier = _text(entity.get("id"))
    if not identifier:
        raise unreadable(place, f"entity {number} has no id")
    return identifier


def _inner_id(reference: Any) -> Any:
    return reference.get("id") if isinstance(reference, Mapping) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def snapshot_of(
    document: Any, read_at: datetime, place: str, campaign_id: CampaignId | None = None
) -> CampaignSnapshot:
    """Return a campaign's document as a snapshot.

    Parameters
    ----------
    document : Any
        What was read.
    read_at : datetime
        Aware.
    place : str
        What was read, for the message.
    campaign_id : CampaignId, optional
        What was asked for; a document of another campaign is refused.

    Returns
    -------
    CampaignSnapshot
        With the document whole; its revision is ``version``, where there is one.

    Raises
    ------
    UnexpectedPayload
        If it is no campaign, or not the one that was asked for.
    """
    if not isinstance(document, dict):
        raise unreadable(place, "it is no object")
    found = _text(document.get("id")) or campaign_id
    if not found:
        raise unreadable(place, "it has no id")
    if campaign_id is not None and found.casefold() != campaign_id.casefold():
        raise unreadable(place, f"it is of another campaign, {found}")
    version = document.get("version")
    is_told = isinstance(version, int | float | str) and not isinstance(version, bool)
    return CampaignSnapshot(
        campaign_id=CampaignId(campaign_id or found),
        name=_text(document.get("name")) or found,
        revision=Revision(str(version)) if is_told else None,
        document=document,
        read_at=read_at,
    )
