"""What happened, and who is scheduled: the two analytics queries and the schedule."""

import math
from datetime import timedelta
from itertools import count, islice
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from core.documents import JsonObject
from core.simulator.calendar import hour_number, hour_text, local_days
from core.simulator.campaigns import CampaignCharacter
from core.simulator.queries import (
    HistoryQuery,
    json_object,
    outbound_query,
    queue_query,
    schedule_span,
)
from core.simulator.records import (
    Page,
    disordered,
    outbound_record,
    queue_record,
    read_page,
)
from core.simulator.refusals import bad_request
from core.simulator.requests import authorise, world_of
from core.simulator.rosters import END_OF_PLANNED_CLOCK_HOURS, FIRST_PLANNED_CLOCK_HOUR
from core.simulator.tokens import OUTBOUND_HISTORY, QUEUE_HISTORY, SCHEDULE_READ
from core.simulator.world import World

SCHEDULED_AHEAD: Final = timedelta(days=14)


async def outbound_summary(request: Request) -> JSONResponse:
    """Answer with a campaign's hours, in pages by the query parameter ``pageToken``."""
    authorise(request, OUTBOUND_HISTORY)
    world = world_of(request)
    body = json_object(await request.body())
    query = outbound_query(body, request.query_params.get("pageToken", ""))
    page = read_page(query, world.now())
    records = _outbound_records(world, query, page)
    return _answer(query, page, records, last_token=False)


async def queue_details(request: Request) -> JSONResponse:
    """Answer with queues' hours, in pages by ``nextPageToken`` in the body."""
    authorise(request, QUEUE_HISTORY)
    world = world_of(request)
    query = queue_query(json_object(await request.body()))
    page = read_page(query, world.now())
    records = _queue_records(world, query, page)
    return _answer(query, page, records, last_token=True)


async def agents_forecast(request: Request) -> JSONResponse:
    """Answer with the agents scheduled by hour, of one skill or of several together."""
    authorise(request, SCHEDULE_READ)
    world = world_of(request)
    parameters = request.query_params
    first_hour, end_hour = schedule_span(parameters)
    skill_ids = [skill for skill in parameters.get("skillIds", "").split(",") if skill]
    if not skill_ids:
        raise bad_request("skillIds must name at least one skill.", field="skillIds")
    agents: dict[int, float] = {}
    for skill_id in skill_ids:
        for hour, scheduled in _scheduled(world, world.skill(skill_id), first_hour, end_hour):
            agents[hour] = agents.get(hour, 0.0) + scheduled
    entities = [
        {"interval": hour_text(hour), "capacity": _number(agents[hour])} for hour in sorted(agents)
    ]
    return JSONResponse({"entities": entities})


def _outbound_records(world: World, query: HistoryQuery, page: Page) -> list[JsonObject]:
    """Return one record more than the page holds, where there is one more."""
    campaign = world.campaign(query.entity_ids[0])
    if campaign is None:
        return []
    timeline = world.ledger.timeline(campaign.campaign_id)
    first_hour = max(query.first_hour, world.first_hour())
    hours = world.outbound.on_record(campaign, timeline, first_hour, query.end_hour, page.as_of)
    sent = disordered(world.seed, campaign.campaign_id, hours)
    wanted = sent[page.offset : page.offset + query.page_size + 1]
    return [outbound_record(hour, query.metrics) for hour in wanted]


def _queue_records(world: World, query: HistoryQuery, page: Page) -> list[JsonObject]:
    """Return one record more than the page holds, where there is one more."""
    queues = [world.queue(queue_id) for queue_id in dict.fromkeys(query.entity_ids)]
    first_hour = max(query.first_hour, world.first_hour())
    sent = (
        (queue.queue_id, hour)
        for queue in queues
        for hour in disordered(
            world.seed,
            queue.queue_id,
            world.demand.hours(queue, first_hour, query.end_hour, page.as_of),
        )
    )
    wanted = islice(sent, page.offset, page.offset + query.page_size + 1)
    return [queue_record(world.seed, queue_id, hour, query.metrics) for queue_id, hour in wanted]


def _answer(
    query: HistoryQuery, page: Page, records: list[JsonObject], *, last_token: bool
) -> JSONResponse:
    """Return a page. The last one has no token at all, or an empty one: tenants differ."""
    answer: JsonObject = {"entities": records[: query.page_size]}
    if len(records) > query.page_size:
        following = Page(page.offset + query.page_size, page.as_of)
        answer["nextPageToken"] = following.token(query.digest)
    elif last_token:
        answer["nextPageToken"] = None
    return JSONResponse(answer)


def _scheduled(
    world: World, campaign: CampaignCharacter, first_hour: int, end_hour: int
) -> list[tuple[int, float]]:
    """Return the planned hours of a team's working days, up to the end of the schedule."""
    if not campaign.has_schedule:
        return []
    last = hour_number(world.clock.now() + SCHEDULED_AHEAD)
    first_hour, end_hour = max(first_hour, world.first_hour()), min(end_hour, last)
    planned = range(FIRST_PLANNED_CLOCK_HOUR, END_OF_PLANNED_CLOCK_HOURS)
    return [
        (hour, agents)
        for day in local_days(first_hour, end_hour)
        if campaign.opening.span(day.date)
        for hour, clock, agents in zip(
            count(day.first_hour),
            day.clock_hours,
            world.rosters.scheduled(campaign, day.date),
            strict=False,
        )
        if clock in planned and first_hour <= hour < end_hour
    ]


def _number(agents: float) -> float:
    """Return whole numbers as whole numbers: 12 and not 12.0, but 12.5."""
    return math.floor(agents) if agents == math.floor(agents) else agents


ROUTES: Final = (
    Route("/api/v2/analytics/outbound/summary/query", outbound_summary, methods=["POST"]),
    Route("/api/v2/analytics/queues/details/query", queue_details, methods=["POST"]),
    Route("/api/v2/schedule/agents/forecast", agents_forecast, methods=["GET"]),
)
