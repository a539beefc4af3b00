"""What steers a campaign beside its own fields: rules, its schedule, callable times; as read.

A rule of a kind that nobody knows is kept, and writes no field. A time that cannot be read is an
error: a window that was passed over would be one in which nobody may be called.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.dialler import (
    CallableTimes,
    CallableWindow,
    CampaignRule,
    CampaignSchedule,
    RuleAction,
)
from core.documents import JsonObject
from core.tenants.genesys_campaigns import inner, text_or_empty
from core.tenants.genesys_records import entity_list
from core.tenants.paging import unreadable
from core.units import CampaignId, Revision


def rules_in(listed: Sequence[JsonObject]) -> tuple[CampaignRule, ...]:
    """Return the campaign rules of a list.

    Examples
    --------
    >>> (rule,) = rules_in([{
    ...     "id": "r-1", "name": "Evening", "enabled": True,
    ...     "campaignRuleEntities": {"campaigns": [{"id": "c-1"}]},
    ...     "campaignRuleActions": [{
    ...         "actionType": "setCampaignMaxCallsPerAgent",
    ...         "campaignRuleActionEntities": {"useTriggeringEntity": True},
    ...     }],
    ... }])
    >>> rule.paths_written(CampaignId("c-1"))
    ('maxCallsPerAgent',)
    """
    return tuple(_rule(each) for each in listed)


def _rule(entity: JsonObject) -> CampaignRule:
    triggers = _campaign_ids(inner(entity, "campaignRuleEntities"))
    groups = [entity, *entity_list(entity, "conditionGroups")]
    conditions = [
        text_or_empty(condition.get("conditionType"))
        for group in groups
        for key in ("campaignRuleConditions", "conditions")
        for condition in entity_list(group, key)
    ]
    return CampaignRule(
        rule_id=text_or_empty(entity.get("id")),
        name=text_or_empty(entity.get("name")) or text_or_empty(entity.get("id")),
        is_enabled=entity.get("enabled") is True,
        conditions=tuple(filter(None, conditions)),
        actions=tuple(
            _action(each, triggers) for each in entity_list(entity, "campaignRuleActions")
        ),
    )


def _action(action: JsonObject, triggers: tuple[CampaignId, ...]) -> RuleAction:
    targets = inner(action, "campaignRuleActionEntities")
    own = _campaign_ids(targets)
    shared = triggers if targets.get("useTriggeringEntity") is True else ()
    return RuleAction(
        kind=text_or_empty(action.get("actionType")),
        campaign_ids=tuple(dict.fromkeys((*own, *shared))),
        parameters=dict(inner(action, "parameters")),
    )


def _campaign_ids(entities: Mapping[str, Any]) -> tuple[CampaignId, ...]:
    ids = (text_or_empty(each.get("id")) for each in entity_list(entities, "campaigns"))
    return tuple(CampaignId(each) for each in ids if each)


def schedule_from(
    document: Any, read_at: datetime, campaign_id: CampaignId, place: str
) -> CampaignSchedule:
    """Return a campaign's schedule.

    Raises
    ------
    UnexpectedPayload
        If it is no object, or of another campaign.
    """
    if not isinstance(document, dict):
        raise unreadable(place, "it is no object")
    owner = text_or_empty(inner(document, "campaign").get("id")) or campaign_id
    if owner.casefold() != campaign_id.casefold():
        raise unreadable(place, f"it is of another campaign, {owner}")
    version = document.get("version")
    is_told = isinstance(version, int | str) and not isinstance(version, bool)
    revision = Revision(str(version)) if is_told else None
    return CampaignSchedule(campaign_id, revision, document, read_at)


def callable_times_from(document: Any, place: str) -> CallableTimes:
    """Return a set of callable times; a slot that cannot be read is an error, never passed over.

    Raises
    ------
    UnexpectedPayload
        If it cannot be read.
    """
    zones = entity_list(document, "callableTimes")
    windows = []
    for zone in zones:
        for slot in entity_list(zone, "timeSlots"):
            day, opens, closes = slot.get("day"), slot.get("startTime"), slot.get("stopTime")
            name = zone.get("timeZoneId")
            if not isinstance(day, int) or not all(
                isinstance(each, str) for each in (name, opens, closes)
            ):
                raise unreadable(place, "a slot lacks its day, its zone or its times")
            windows.append(CallableWindow(str(name), day, str(opens), str(closes)))
    return CallableTimes(text_or_empty(document.get("name")) if zones else "", tuple(windows))
