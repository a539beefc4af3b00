"""The back door for tests and demos: act as somebody else, see the writes, switch faults.

It is no part of any tenant, asks for no token and opens on loopback only.
"""

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
    Route("/simulator/writes", list_writes, methods=["GET"]),
    Route("/simulator/faults", switch_faults, methods=["POST"]),
)
