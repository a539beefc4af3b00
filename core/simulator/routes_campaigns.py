"""Campaigns: list, read, replace, draft; and how they are doing right now."""

from datetime import UTC, datetime, time
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from core.documents import JsonObject
from core.simulator.calendar import ZONE, hour_number, hour_text
from core.simulator.dialled import HourOfDialling
from core.simulator.dialler import ROUND_SECONDS
from core.simulator.documents import CAMPAIGNS_PATH
from core.simulator.queries import json_object
from core.simulator.requests import authorise, whole_parameter, world_of
from core.simulator.tokens import CAMPAIGN_READ, CAMPAIGN_WRITE

_LARGEST_PAGE: Final = 100
_MOST_HOURS: Final = 72


async def list_campaigns(request: Request) -> JSONResponse:
    """Answer with a page of campaigns, whole; ``name`` narrows it to one name."""
    authorise(request, CAMPAIGN_READ)
    found = world_of(request).ledger.named(request.query_params.get("name"))
    return JSONResponse(page_of(request, found))


async def create_campaign(request: Request) -> JSONResponse:
    """Create a draft."""
    authorise(request, CAMPAIGN_WRITE)
    world = world_of(request)
    body = json_object(await request.body())
    return JSONResponse(world.ledger.create(body, world.tokens.client_id), 201)


async def read_campaign(request: Request) -> JSONResponse:
    """Answer with one campaign, whole."""
    authorise(request, CAMPAIGN_READ)
    return JSONResponse(world_of(request).ledger.read(request.path_params["campaign_id"]))


async def replace_campaign(request: Request) -> JSONResponse:
    """Replace one campaign, and answer with what it became."""
    authorise(request, CAMPAIGN_WRITE)
    world = world_of(request)
    body = json_object(await request.body())
    campaign_id = request.path_params["campaign_id"]
    return JSONResponse(world.ledger.replace(campaign_id, body, world.tokens.client_id))


async def campaign_stats(request: Request) -> JSONResponse:
    """Answer with a campaign's calls since local midnight, or of the last ``hours``."""
    authorise(request, CAMPAIGN_READ)
    world = world_of(request)
    campaign_id = request.path_params["campaign_id"]
    campaign = world.campaign(campaign_id)
    now = world.clock.now()
    this_hour = hour_number(now)
    first = hour_number(datetime.combine(now.astimezone(ZONE).date(), time.min, ZONE))
    if "hours" in request.query_params:
        first = this_hour + 1 - whole_parameter(request, "hours", 1, _MOST_HOURS)
    hours = world.dialling_so_far(campaign, first, this_hour + 1) if campaign else []
    return JSONResponse(
        {
            "campaign": {"id": campaign_id, "name": world.ledger.read(campaign_id)["name"]},
            "asOf": now.astimezone(UTC).isoformat(),
            "since": hour_text(first),
            **_stats(hours),
            "hours": [{"interval": hour_text(hour.hour), **_stats([hour])} for hour in hours],
        }
    )


def page_of(request: Request, entities: list[JsonObject]) -> JsonObject:
    """Return one page of some entities, as ``pageNumber`` and ``pageSize`` ask for it."""
    number = whole_parameter(request, "pageNumber", 1, 1_000_000)
    size = whole_parameter(request, "pageSize", 25, _LARGEST_PAGE)
    return {
        "entities": entities[(number - 1) * size : number * size],
        "pageNumber": number,
        "pageSize": size,
        "pageCount": -(-len(entities) // size),
        "total": len(entities),
    }


def _stats(hours: list[HourOfDialling]) -> JsonObject:
    """Return sums and ratios of some hours; a ratio of nothing is null."""
    live, abandoned = sum(hour.live for hour in hours), sum(hour.abandoned for hour in hours)
    attempts = sum(hour.attempts for hour in hours)
    idle, rounds = sum(hour.idle_rounds for hour in hours), sum(hour.rounds for hour in hours)
    lines = sum(hour.line_rounds for hour in hours)
    return {
        "attempts": attempts,
        "answered": sum(hour.answered for hour in hours),
        "live": live,
        "abandoned": abandoned,
        "abandonRate": _ratio(abandoned, live, 5),
        "agents": hours[-1].agents if hours else 0,
        "idleAgents": _ratio(idle, rounds, 2),
        "idleSeconds": idle * ROUND_SECONDS,
        "callsPerAgent": _ratio(lines, idle, 2),
    }


def _ratio(part: int, whole: int, decimals: int) -> float | None:
    return round(part / whole, decimals) if whole else None


ROUTES: Final = (
    Route(CAMPAIGNS_PATH, list_campaigns, methods=["GET"]),
    Route(CAMPAIGNS_PATH, create_campaign, methods=["POST"]),
    Route(CAMPAIGNS_PATH + "/{campaign_id}", read_campaign, methods=["GET"]),
    Route(CAMPAIGNS_PATH + "/{campaign_id}", replace_campaign, methods=["PUT"]),
)
BEYOND_THE_CONTRACT: Final = (
    Route(CAMPAIGNS_PATH + "/{campaign_id}/stats", campaign_stats, methods=["GET"]),
)
