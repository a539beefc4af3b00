"""The operations behind one ASGI application: who may ask, what may be asked, what is answered.

Every request is checked against the description of its operation before anything is done.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from core.simulator.faults import REQUESTS_PER_TOKEN, Fault
from core.simulator.gate import Gate, Occasion
from core.simulator.platform import campaigns, directory, live, summary, workforce
from core.simulator.platform.asked import Asked, Handler
from core.simulator.platform.campaign_bodies import CAMPAIGN, CAMPAIGN_WITH_DECIMALS
from core.simulator.platform.kinds import Each, Flag, Kind, Number, check
from core.simulator.platform.meter import Metered
from core.simulator.platform.operation import Operation
from core.simulator.platform.operations import OPERATIONS, find_operation, is_known_path
from core.simulator.platform.refusals import missing_permissions
from core.simulator.queries import json_value
from core.simulator.refusals import Refusal, answer_http_error, answer_refusal, bad_request
from core.simulator.tokens import Dialect
from core.simulator.world import World

HANDLERS: Final[Mapping[str, Handler]] = {
    **directory.HANDLERS,
    **campaigns.HANDLERS,
    **live.HANDLERS,
    **summary.HANDLERS,
    **workforce.HANDLERS,
}
"""What answers each operation, by its name."""


class Dialects:
    """An ASGI application that gives each request to those who speak its dialect.

    Parameters
    ----------
    app : ASGI application
        The tutorials' dialect, and everything that is no dialect.
    world : World
        What both are about.
    """

    def __init__(self, app: ASGIApp, world: World) -> None:
        self._app = app
        self._world = world
        self._platform = Metered(
            Gate(_application(world), world.faults, platform_occasion), world.meter
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        app = self._app
        if scope["type"] == "http" and scope["path"].startswith("/api/"):
            self._world.schedules.obey()
            authorization = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
            dialect = self._world.tokens.dialect_of(authorization)
            if dialect is Dialect.PLATFORM or (dialect is None and is_known_path(scope["path"])):
                app = self._platform
        await app(scope, receive, send)


def platform_occasion(scope: Scope) -> Occasion:
    """Return what a request in the platform's dialect is about."""
    operation = find_operation(scope["method"], scope["path"])
    return Occasion(
        f"{scope['method']} {scope['path']}",
        operation is not None and operation.changes,
        missing_permissions(operation.permissions[:1] if operation else ()),
    )


def _application(world: World) -> Starlette:
    routes: list[BaseRoute] = [
        Route(operation.path, _endpoint(world, operation), methods=[operation.method])
        for operation in OPERATIONS
    ]
    return Starlette(
        routes=routes,
        exception_handlers={Refusal: answer_refusal, HTTPException: answer_http_error},
    )


def _endpoint(world: World, operation: Operation) -> Any:
    handler = HANDLERS[operation.name]

    async def serve(request: Request) -> Response:
        _authorise(world, operation, request)
        path = request.path_params
        query = _parameters(operation, request)
        body = None
        if operation.body is not None:
            body = json_value(await request.body())
            kind = operation.body
            if kind is CAMPAIGN and query.get("useMaxCallsPerAgentDecimal"):
                kind = CAMPAIGN_WITH_DECIMALS
            if body is None:
                raise bad_request("The body is missing.")
            check(kind, body, known=_known(world, operation, path))
        answer = handler(Asked(world, operation, path, query, body))
        return Response(b"", 200) if answer is None else JSONResponse(answer)

    return serve


def _authorise(world: World, operation: Operation, request: Request) -> None:
    dies_early = world.faults.is_on(Fault.EXPIRING_TOKEN)
    world.tokens.require(
        request.headers.get("authorization", ""), most_uses=REQUESTS_PER_TOKEN if dies_early else 0
    )
    lacking = world.traits.without
    if operation.permissions and all(one in lacking for one in operation.permissions):
        raise missing_permissions(operation.permissions)


def _known(world: World, operation: Operation, path: Mapping[str, str]) -> Any:
    """Return what a body is to replace: what the tenant has, it may have again."""
    if operation.name == "put_outbound_campaign":
        return world.book.read(path["campaignId"])
    if operation.name == "put_outbound_schedules_campaign":
        return world.schedules.find(path["campaignId"])
    return None


def _parameters(operation: Operation, request: Request) -> dict[str, Any]:
    sent: dict[str, list[str]] = {}
    for key, value in parse_qsl(request.url.query, keep_blank_values=True):
        if key not in operation.parameters:
            raise bad_request(f"Unknown parameter: {key}", field=key)
        sent.setdefault(key, []).append(value)
    for key in operation.required:
        if not sent.get(key, [""])[0]:
            raise bad_request(f"{key} is required.", field=key)
    found = {key: _read(operation.parameters[key], values) for key, values in sent.items()}
    for key, value in found.items():
        check(operation.parameters[key], value, key)
    return found


def _read(kind: Kind, values: list[str]) -> Any:
    """Return a parameter as JSON would have it; what cannot be read stays a text."""
    if isinstance(kind, Each):
        return [part for value in values for part in value.split(",") if part]
    text = values[-1]
    if isinstance(kind, Flag):
        return {"true": True, "false": False}.get(text.lower(), text)
    if isinstance(kind, Number) and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    return text
