"""The faults, applied to requests on their way in and to answers on their way out.

Only the operations under ``/api/`` misbehave: a token and the back door are always to be had.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.simulator.faults import SLOW_SECONDS, Fault, FaultPlan
from core.simulator.refusals import Refusal

TRANSPORT: Final = "simulator.transport"
"""Key of an ASGI scope under which the server puts the connection, so that it can be cut."""

_WRITE_METHODS: Final = ("PUT", "POST")
_CAMPAIGNS: Final = "/api/v2/outbound/campaigns"
_WITHOUT_RETRY_AFTER: Final = 3


@dataclass(frozen=True)
class Occasion:
    """One request, as far as faults are concerned.

    Parameters
    ----------
    operation : str
        What is asked for; two requests for the same are tries of one another.
    is_write : bool
        Whether it changes something.
    forbidden : Refusal
        The answer where writing is forbidden.
    """

    operation: str
    is_write: bool
    forbidden: Refusal


def tutorial_occasion(scope: Scope) -> Occasion:
    """Return what a request in the tutorials' dialect is about."""
    is_write = scope["method"] in _WRITE_METHODS and scope["path"].startswith(_CAMPAIGNS)
    return Occasion(
        f"{scope['method']} {scope['path']}",
        is_write,
        Refusal(
            403,
            "missing.permissions",
            "The client lacks the permission outbound:campaign:write.",
            field="outbound:campaign:write",
        ),
    )


class Gate:
    """An ASGI application around another one, which makes it misbehave.

    Parameters
    ----------
    app : ASGI application
        The well-behaved one.
    plan : FaultPlan
        What goes wrong when.
    occasion_of : callable
        Tells what a request is about.
    """

    def __init__(
        self, app: ASGIApp, plan: FaultPlan, occasion_of: Callable[[Scope], Occasion]
    ) -> None:
        self._app = app
        self._plan = plan
        self._occasion_of = occasion_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or fail it."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        if self._plan.strikes(Fault.SLOW):
            await asyncio.sleep(SLOW_SECONDS)
        occasion = self._occasion_of(scope)
        operation, is_write = occasion.operation, occasion.is_write
        refusal = self._refusal(occasion)
        if refusal is not None:
            await refusal.response()(scope, receive, send)
        elif not is_write and self._plan.strikes_operation(Fault.BROKEN_JSON, operation):
            await self._break_answer(scope, receive, send)
        else:
            self._plan.pass_on(operation)
            if is_write and self._plan.strikes(Fault.DROPPED_WRITES):
                await _cut(scope, receive)
            elif is_write and self._plan.is_on(Fault.LOST_ANSWERS):
                await self._lose_answer(scope, receive, send)
            else:
                await self._app(scope, receive, send)

    def _refusal(self, occasion: Occasion) -> Refusal | None:
        """Return the refusal that this operation meets, if any."""
        operation = occasion.operation
        if occasion.is_write and self._plan.is_on(Fault.FORBIDDEN):
            return occasion.forbidden
        if self._plan.strikes_operation(Fault.RATE_LIMITS, operation):
            is_bare = self._plan.strikes_so_far(Fault.RATE_LIMITS) % _WITHOUT_RETRY_AFTER == 0
            headers = {} if is_bare else {"Retry-After": "1"}
            return Refusal(
                429,
                "too.many.requests",
                "Too many requests. Wait before the next one.",
                headers=headers,
            )
        if self._plan.strikes_operation(Fault.SERVER_ERRORS, operation):
            is_busy = self._plan.strikes_so_far(Fault.SERVER_ERRORS) % 2 == 0
            status, code = (503, "service.unavailable") if is_busy else (500, "internal.error")
            return Refusal(status, code, "The service failed. Try again.")
        return None

    async def _lose_answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Apply a write; cut the connection before its answer, where it is its turn."""
        messages = await _held(self._app, scope, receive)
        is_applied = messages[0]["status"] < 300
        if is_applied and self._plan.strikes(Fault.LOST_ANSWERS):
            await _cut(scope, receive)
            return
        for message in messages:
            await send(message)

    async def _break_answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the first half of the body, and say that this is all."""
        start, *rest = await _held(self._app, scope, receive)
        body = b"".join(message.get("body", b"") for message in rest)
        half = body[: len(body) // 2]
        headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        headers.append((b"content-length", str(len(half)).encode()))
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": half})


async def _held(app: ASGIApp, scope: Scope, receive: Receive) -> list[Message]:
    """Run an application and return what it would have sent."""
    messages: list[Message] = []

    async def hold(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, hold)
    return messages


async def _cut(scope: Scope, receive: Receive) -> None:
    """Cut the connection without a word, and wait until it is gone."""
    connection: Any = scope[TRANSPORT]
    connection.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
