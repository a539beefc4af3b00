"""How campaigns are doing right now: their dialler, their list, their calls of today.

The run of a campaign begins at midnight of the local clock.
"""

from datetime import datetime, time
from typing import Final

from core.documents import JsonObject
from core.simulator.calendar import ZONE, hour_number
from core.simulator.centre import stable_id
from core.simulator.dialled import HourOfDialling, Instant
from core.simulator.documents import timestamp
from core.simulator.platform.asked import Answer, Asked, Handler
from core.simulator.platform.first_documents import HOME, LINES_OF_THE_CENTRE
from core.simulator.seeds import chance
from core.simulator.world import World

_RECORDS: Final = 90_000
_VALID_SHARE: Final = 0.94
_RIGHT_PARTY_SHARE: Final = 0.6
_SUCCESS_SHARE: Final = 0.09
_INTERACTIONS_TOLD: Final = 20


def instant_of(world: World, campaign_id: str) -> Instant:
    """Return what the dialler of a campaign is doing; nothing at all where it has none."""
    character = world.book.character(campaign_id)
    if character is None:
        return Instant(0, 0.0, 0.0, 0)
    return world.outbound.at(character, world.book.timeline(campaign_id), world.now())


def campaign_stats(asked: Asked) -> Answer:
    """Answer with a campaign's calls of today and its dialler at this moment."""
    campaign = asked.world.book.read(asked.path["campaignId"])
    return _stats(asked.world, campaign)


def ask_performance(asked: Asked) -> Answer:
    """Answer with up to 50 campaigns at once; unknown ones are left out."""
    known = {campaign["id"]: campaign for campaign in asked.world.book.all()}
    wanted = [known[one] for one in dict.fromkeys(asked.body) if one in known]
    return {"entities": [_performance(asked.world, campaign) for campaign in wanted]}


def campaign_progress(asked: Asked) -> Answer:
    """Answer with how far a campaign's list is done."""
    return _progress(asked.world, asked.world.book.read(asked.path["campaignId"]))


def ask_progress(asked: Asked) -> Answer:
    """Answer with how far the lists of some campaigns are done."""
    return [_progress(asked.world, asked.world.book.read(one)) for one in asked.body]


def campaign_diagnostics(asked: Asked) -> Answer:
    """Answer with why a campaign dials as it does."""
    world = asked.world
    campaign = world.book.read(asked.path["campaignId"])
    instant = instant_of(world, campaign["id"])
    progress = _progress(world, campaign)
    busy = max(instant.agents - round(instant.idle), 0)
    blended = busy // 3
    return {
        "callableContacts": {"callableTimeSet": campaign.get("callableTimeSet"), "dncLists": []},
        "queueUtilizationDiagnostic": {
            "queue": campaign.get("queue"),
            "usersInQueue": instant.agents,
            "activeUsersInQueue": instant.agents,
            "usersOnQueue": instant.agents,
            "usersNotUtilized": round(instant.idle),
            "usersOnQueueWithStation": instant.agents,
            "usersOnACampaignCall": busy - blended,
            "usersOnDifferentEdgeGroup": 0,
            "usersOnANonCampaignCall": blended,
        },
        "ruleSetDiagnostics": [],
        "outstandingInteractionsCount": instant.outstanding,
        "scheduledInteractionsCount": 0,
        "timeZoneRescheduledCallsCount": 0,
        "filteredOutContactsCount": 0,
        "idleAgents": round(instant.idle),
        "effectiveIdleAgents": round(instant.idle, 2),
        "linesUtilization": _lines(campaign),
        "numberOfContactsCalled": progress["numberOfContactsCalled"],
        "totalNumberOfContacts": progress["totalNumberOfContacts"],
        "campaignErrors": [],
    }


def campaign_interactions(asked: Asked) -> Answer:
    """Answer with a campaign's calls at this moment, without any contact's address."""
    world = asked.world
    campaign = world.book.read(asked.path["campaignId"])
    instant = instant_of(world, campaign["id"])
    name = {"id": campaign["id"], "name": campaign["name"]}
    dialled = [
        {
            "id": stable_id("interaction", f"{campaign['id']}/{number}"),
            "campaign": name,
            "creationTime": timestamp(world.clock.now()),
            "dialingMode": campaign["dialingMode"],
            "queue": campaign.get("queue"),
        }
        for number in range(min(instant.outstanding, _INTERACTIONS_TOLD))
    ]
    return {
        "campaign": name,
        "pendingInteractions": [],
        "proceedingInteractions": dialled,
        "previewingInteractions": [],
        "interactingInteractions": [],
        "scheduledInteractions": [],
    }


def _stats(world: World, campaign: JsonObject) -> JsonObject:
    hours = _today(world, campaign["id"])
    attempts = sum(hour.attempts for hour in hours)
    live = sum(hour.live for hour in hours)
    instant = instant_of(world, campaign["id"])
    success = round(live * _SUCCESS_SHARE)
    return {
        "contactRate": {
            "attempts": attempts,
            "connects": live,
            "connectRatio": round(live / attempts, 4) if attempts else 0.0,
        },
        "idleAgents": round(instant.idle),
        "effectiveIdleAgents": round(instant.idle, 2),
        "adjustedCallsPerAgent": round(instant.pace, 2),
        "outstandingCalls": instant.outstanding,
        "scheduledCalls": 0,
        "timeZoneRescheduledCalls": 0,
        "filteredOutContactsCount": 0,
        "rightPartyContactsCount": round(live * _RIGHT_PARTY_SHARE),
        "validAttempts": round(attempts * _VALID_SHARE),
        "linesUtilization": _lines(campaign),
        "businessCategoryMetrics": {
            "successCount": success,
            "neutralCount": (live - success) // 2,
            "failureCount": live - success - (live - success) // 2,
        },
    }


def _performance(world: World, campaign: JsonObject) -> JsonObject:
    stats = _stats(world, campaign)
    kept = (
        "idleAgents",
        "effectiveIdleAgents",
        "adjustedCallsPerAgent",
        "outstandingCalls",
        "scheduledCalls",
        "rightPartyContactsCount",
        "linesUtilization",
        "businessCategoryMetrics",
    )
    return {
        "campaign": {"id": campaign["id"], "name": campaign["name"]},
        "division": {"id": HOME["id"]},
        "contactRate": {"connectRatio": stats["contactRate"]["connectRatio"]},
        **{key: stats[key] for key in kept},
        "campaignStatus": campaign["campaignStatus"],
        "dialingMode": campaign["dialingMode"],
        "progress": {"percentage": float(_progress(world, campaign)["percentage"])},
    }


def _progress(world: World, campaign: JsonObject) -> JsonObject:
    character = world.book.character(campaign["id"])
    total = round(_RECORDS * (0.6 + chance(0, campaign["id"], "records", 0)))
    if campaign["campaignStatus"] == "complete":
        called = total
    elif character is not None:
        day = world.clock.now().astimezone(ZONE).toordinal()
        # A fresh list is loaded every so often; each day does its part of it.
        called = total * (day % character.list_days) // character.list_days
        called += sum(hour.attempts for hour in _today(world, campaign["id"])) // 3
    else:
        called = 0
    called = min(called, total)
    return {
        "campaign": {"id": campaign["id"], "name": campaign["name"]},
        "contactList": campaign["contactList"],
        "numberOfContactsCalled": called,
        "totalNumberOfContacts": total,
        "percentage": round(100 * called / total),
        "numberOfContactsSkipped": {},
    }


def _lines(campaign: JsonObject) -> JsonObject:
    return {
        "assignedOutboundLines": campaign.get("outboundLineCount", 0),
        "totalAvailableOutboundLines": LINES_OF_THE_CENTRE,
    }


def _today(world: World, campaign_id: str) -> list[HourOfDialling]:
    character = world.book.character(campaign_id)
    if character is None:
        return []
    now = world.clock.now()
    first = hour_number(datetime.combine(now.astimezone(ZONE).date(), time.min, ZONE))
    timeline = world.book.timeline(campaign_id)
    return world.outbound.so_far(character, timeline, first, hour_number(now) + 1, world.now())


HANDLERS: Final[dict[str, Handler]] = {
    "get_outbound_campaign_stats": campaign_stats,
    "get_outbound_campaign_progress": campaign_progress,
    "get_outbound_campaign_diagnostics": campaign_diagnostics,
    "get_outbound_campaign_interactions": campaign_interactions,
    "post_outbound_campaigns_performance_query": ask_performance,
    "post_outbound_campaigns_progress": ask_progress,
}
