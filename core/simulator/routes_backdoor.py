"""The back door for tests and demos: act as somebody else, see what came in, switch faults.

It is no part of any tenant, asks for no token and opens on loopback only.
"""

from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from core.errors import UsageError
from core.simulator.documents import timestamp
from core.simulator.faults import parse_faults
from core.simulator.queries import json_object
from core.simulator.refusals import bad_request
from core.simulator.requests import world_of
from core.simulator.world import World


async def change_campaign(request: Request) -> JSONResponse:
    """Merge a patch into a campaign, as a colleague in the tenant's own screens."""
    world = _behind_the_door(request)
    patch = json_object(await request.body())
    campaign_id = request.path_params["campaign_id"]
    return JSONResponse(world.ledger.change_as_somebody_else(campaign_id, patch))


async def change_platform_campaign(request: Request) -> JSONResponse:
    """Set fields of a campaign in the platform's form, also such as no client knows yet."""
    world = _behind_the_door(request)
    patch = json_object(await request.body())
    campaign_id = request.path_params["campaign_id"]
    return JSONResponse(world.book.change_as_somebody_else(campaign_id, patch))


async def count_requests(request: Request) -> JSONResponse:
    """Answer with the requests in the platform's dialect after the one of number ``after``."""
    meter = _behind_the_door(request).meter
    after = request.query_params.get("after", "0")
    if not (after.isascii() and after.isdigit()):
        raise bad_request("after must be a number of a request.", field="after")
    found = [one for one in meter.askings if one.number > int(after)]
    return JSONResponse(
        {
            "total": meter.total,
            "count": meter.total - min(int(after), meter.total),
            "byOperation": dict(meter.by_operation(int(after))),
            "requests": [
                {
                    "number": one.number,
                    "at": timestamp(datetime.fromtimestamp(one.at, UTC)),
                    "operation": one.operation,
                    "method": one.method,
                    "path": one.path,
                    "query": one.query,
                    "body": one.body.decode("utf-8", "replace"),
                    "status": one.status,
                }
                for one in found
            ],
        }
    )


async def list_writes(request: Request) -> JSONResponse:
    """Answer with the writes that clients made and the tenant applied, oldest first."""
    ledger = _behind_the_door(request).ledger
    writes = [
        {
            "at": timestamp(write.at),
            "method": write.method,
            "campaignId": write.campaign_id,
            "version": write.version,
            "body": write.body,
        }
        for write in ledger.writes
    ]
    return JSONResponse(
        {
            "total": ledger.write_counts.total(),
            "byCampaign": dict(ledger.write_counts),
            "writes": writes,
        }
    )


async def switch_faults(request: Request) -> JSONResponse:
    """Turn the faults that are named on, and all others off."""
    world = _behind_the_door(request)
    names = json_object(await request.body()).get("faults")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise bad_request("faults must be a list of names.", field="faults")
    try:
        world.faults.switch(parse_faults(names))
    except UsageError as error:
        raise bad_request(str(error), field="faults") from None
    return JSONResponse({"faults": sorted(world.faults.active)})


def _behind_the_door(request: Request) -> World:
    """Return the world, to whoever came in over loopback."""
    host = (request.scope.get("server") or ("", 0))[0]
    try:
        is_loopback = ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise HTTPException(404)
    return world_of(request)


ROUTES: Final = (
    Route("/simulator/campaigns/{campaign_id}", change_campaign, methods=["POST"]),
    Route(
        "/simulator/platform/campaigns/{campaign_id}", change_platform_campaign, methods=["POST"]
    ),
    Route("/simulator/requests", count_requests, methods=["GET"]),
    Route("/simulator/writes", list_writes, methods=["GET"]),
    Route("/simulator/faults", switch_faults, methods=["POST"]),
)
