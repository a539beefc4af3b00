"""Tokens, the organisation and its queues."""

from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from core.simulator.calendar import ZONE
from core.simulator.centre import ORGANISATION_ID, ORGANISATION_NAME
from core.simulator.refusals import OAuthRefusal
from core.simulator.requests import authorise, world_of
from core.simulator.routes_campaigns import page_of

_FORM: Final = "application/x-www-form-urlencoded"


async def issue_token(request: Request) -> JSONResponse:
    """Give a token for client credentials."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise OAuthRefusal(400, "invalid_request", f"The body must be {_FORM}.")
    form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
    authorization = request.headers.get("authorization", "")
    token = world_of(request).tokens.issue(form, authorization)
    return JSONResponse(token, headers={"Cache-Control": "no-store"})


async def organisation(request: Request) -> JSONResponse:
    """Answer with the organisation behind the token."""
    authorise(request)
    return JSONResponse(
        {
            "id": ORGANISATION_ID,
            "name": ORGANISATION_NAME,
            "defaultCountryCode": "DE",
            "defaultLanguage": "de-DE",
            "timeZone": ZONE.key,
            "state": "active",
            "selfUri": "/api/v2/organizations/me",
        }
    )


async def list_queues(request: Request) -> JSONResponse:
    """Answer with a page of queues."""
    authorise(request)
    queues = [
        {
            "id": queue.queue_id,
            "name": queue.name,
            "division": {"name": "Home"},
            "selfUri": f"/api/v2/routing/queues/{queue.queue_id}",
        }
        for queue in world_of(request).queues
    ]
    return JSONResponse(page_of(request, queues))


ROUTES: Final = (Route("/oauth/token", issue_token, methods=["POST"]),)
BEYOND_THE_CONTRACT: Final = (
    Route("/api/v2/organizations/me", organisation, methods=["GET"]),
    Route("/api/v2/routing/queues", list_queues, methods=["GET"]),
)
