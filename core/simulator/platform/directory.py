"""The organisation, its queues and who is at them now; questions to the analytics."""

import math
from typing import Final

from core.documents import JsonObject
from core.simulator.calendar import hour_number
from core.simulator.campaigns import CAMPAIGNS, CampaignCharacter
from core.simulator.centre import ORGANISATION_ID, ORGANISATION_NAME, stable_id
from core.simulator.platform.asked import Answer, Asked, Handler, listed, page_of
from core.simulator.platform.first_documents import HOME, queue_of
from core.simulator.platform.history import answer_question
from core.simulator.platform.live import instant_of
from core.simulator.platform.refusals import invalid_value
from core.simulator.platform.rows import inbound_source
from core.simulator.platform.wanted import is_wanted
from core.simulator.queues import QueueCharacter
from core.simulator.refusals import Refusal, bad_request
from core.simulator.world import World

_BUSY_SHARE: Final = 0.84
"""Share of the agents on an inbound queue that has a contact, roughly, in any hour."""

Desk = QueueCharacter | CampaignCharacter


def organisation(_asked: Asked) -> Answer:
    """Answer with the organisation behind the token."""
    return {
        "id": ORGANISATION_ID,
        "name": ORGANISATION_NAME,
        "defaultLanguage": "de-DE",
        "defaultCountryCode": "DE",
        "domain": "lindgren.example",
        "version": 12,
        "state": "active",
        "selfUri": "/api/v2/organizations/me",
    }


def token_info(asked: Asked) -> Answer:
    """Answer with what the token was given for."""
    whole = {"id": ORGANISATION_ID, "name": ORGANISATION_NAME}
    return {
        "organization": whole,
        "homeOrganization": whole,
        "authorizedScope": [],
        "OAuthClient": {"id": asked.by, "name": "Dialcast"},
    }


def user_info(_asked: Asked) -> Answer:
    """Refuse: client credentials are no user."""
    raise bad_request("The token does not belong to a user.", code="not.a.user")


def list_queues(asked: Asked) -> Answer:
    """Answer with a page of queues."""
    return page_of(asked, listed(asked, [_queue(one) for one in _desks(asked.world)]))


def read_queue(asked: Asked) -> Answer:
    """Answer with one queue."""
    return _queue(_desk(asked.world, asked.path["queueId"]))


def list_members(asked: Asked) -> Answer:
    """Answer with a page of a queue's members."""
    desk = _desk(asked.world, asked.path["queueId"])
    idle, busy = _present(asked.world, desk)
    members = [
        {
            "id": member_id(desk.name, number),
            "name": member_name(number),
            "ringNumber": 1,
            "joined": True,
            "memberBy": "user",
            "routingStatus": {
                "userId": member_id(desk.name, number),
                "status": (
                    "IDLE"
                    if number < idle
                    else "INTERACTING"
                    if number < idle + busy
                    else "OFF_QUEUE"
                ),
            },
        }
        for number in range(_members(desk))
    ]
    page = page_of(asked, members)
    # This list alone does not say how long it is.
    return {key: page[key] for key in page if key not in ("total", "pageCount", "lastUri")}


def ask_history(asked: Asked) -> Answer:
    """Answer a question about conversations."""
    return answer_question(asked.world, asked.body)


def observe_queues(asked: Asked) -> Answer:
    """Answer with what is at some queues right now."""
    metrics = asked.body["metrics"]
    if not metrics:
        raise invalid_value("metrics", "a list of at least one metric")
    results: list[JsonObject] = []
    for desk in _desks(asked.world):
        dimensions = {"queueId": _queue_id(desk), "mediaType": "voice"}
        if not is_wanted(dimensions, asked.body["filter"]):
            continue
        people, calls = _observed(asked.world, desk, metrics)
        if people:
            results.append({"group": {"queueId": dimensions["queueId"]}, "data": people})
        if calls:
            results.append({"group": dimensions, "data": calls})
    return {"results": results}


def _observed(
    world: World, desk: Desk, metrics: list[str]
) -> tuple[list[JsonObject], list[JsonObject]]:
    """Return what is told of a queue's people, and of its calls."""
    idle, busy = _present(world, desk)
    people: dict[str, dict[str, int]] = {
        "oOnQueueUsers": {"IDLE": idle, "INTERACTING": busy},
        "oActiveUsers": {"": idle + busy},
        "oMemberUsers": {"": _members(desk)},
        "oOffQueueUsers": {"AVAILABLE": max(_members(desk) - idle - busy, 0)},
    }
    calls = {"oInteracting": busy, "oWaiting": max(busy // 9 - idle, 0), "oAlerting": 0}
    told = [
        {
            "metric": metric,
            **({"qualifier": qualifier} if qualifier else {}),
            "stats": {"count": count},
        }
        for metric in metrics
        for qualifier, count in people.get(metric, {}).items()
        if count
    ]
    return told, [
        {"metric": metric, "stats": {"count": calls[metric]}}
        for metric in metrics
        if metric in calls
    ]


def _desks(world: World) -> tuple[Desk, ...]:
    return (*world.queues, *CAMPAIGNS)


def _desk(world: World, queue_id: str) -> Desk:
    for desk in _desks(world):
        if _queue_id(desk) == queue_id:
            return desk
    raise Refusal(404, "not.found", f"There is no queue with the id {queue_id}.")


def _queue_id(desk: Desk) -> str:
    if isinstance(desk, QueueCharacter):
        return desk.queue_id
    queue_id: str = queue_of(desk)["id"]
    return queue_id


def _queue(desk: Desk) -> JsonObject:
    is_inbound = isinstance(desk, QueueCharacter)
    queue_id = _queue_id(desk)
    return {
        "id": queue_id,
        "name": desk.name if is_inbound else f"Outbound {desk.name}",
        "division": HOME,
        "memberCount": _members(desk),
        "selfUri": f"/api/v2/routing/queues/{queue_id}",
    }


def _members(desk: Desk) -> int:
    if isinstance(desk, CampaignCharacter):
        return math.ceil(desk.team * 1.05)
    return math.ceil(desk.per_hour * inbound_source(desk).handle_seconds / 3600 * 2.2)


def _present(world: World, desk: Desk) -> tuple[int, int]:
    """Return the agents at a queue who wait, and those who have a contact."""
    if isinstance(desk, CampaignCharacter):
        instant = instant_of(world, desk.campaign_id)
        idle = round(instant.idle)
        return idle, max(instant.agents - idle, 0)
    hour = hour_number(world.clock.now()) - 1
    came = sum(one.contacts for one in world.demand.hours(desk, hour, hour + 1, world.now()))
    busy = math.ceil(came * inbound_source(desk).handle_seconds / 3600)
    return math.ceil(busy / _BUSY_SHARE) - busy, busy


def member_id(team: str, number: int) -> str:
    """Return the id of somebody on a team."""
    return stable_id("user", f"{team}/{number}")


def member_name(number: int) -> str:
    """Return a name for somebody.

    Examples
    --------
    >>> member_name(0), member_name(31)
    ('Ada Berg', 'Ben Graf')
    """
    firsts = ("Ada", "Ben", "Cem", "Dana", "Emil", "Frida", "Gita", "Hugo", "Ida", "Jan")
    lasts = ("Berg", "Conti", "Dahl", "Falk", "Graf", "Holm", "Iversen", "Jung", "Kaya", "Lorenz")
    first, last = number % len(firsts), (number // len(firsts) + number) % len(lasts)
    return f"{firsts[first]} {lasts[last]}"


HANDLERS: Final[dict[str, Handler]] = {
    "get_organizations_me": organisation,
    "get_tokens_me": token_info,
    "get_users_me": user_info,
    "get_routing_queues": list_queues,
    "get_routing_queues_divisionviews": list_queues,
    "get_routing_queue": read_queue,
    "get_routing_queue_members": list_members,
    "post_analytics_conversations_aggregates_query": ask_history,
    "post_analytics_queues_observations_query": observe_queues,
}
