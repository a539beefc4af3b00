"""Requests counted, limited and labelled: what each answer of the platform says of itself.

A token may ask so often a minute; the minute begins with its first request. Requests are kept for
a while, whole but for their credentials, so that tests can tell what a client asked for.
"""

import math
from collections import Counter, deque
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.clock import Clock
from core.simulator.platform.operations import find_operation
from core.simulator.refusals import Refusal

WINDOW_SECONDS: Final = 60
_REMEMBERED: Final = 2000


@dataclass(frozen=True)
class Asking:
    """One request that the platform was asked.

    Parameters
    ----------
    number : int
        1 for the first one.
    at : float
        Seconds since 1970.
    operation : str
        Its name; empty where there is no such operation.
    method, path, query : str
        As it was sent.
    body : bytes
        As far as it was read.
    status : int
        What it was answered; 0 where the connection was cut.
    """

    number: int
    at: float
    operation: str
    method: str
    path: str
    query: str
    body: bytes
    status: int


@dataclass
class _Minute:
    began: float
    count: int = 0


class Meter:
    """The requests of one world.

    Parameters
    ----------
    clock : Clock
        When they come.
    allowed : int
        Requests a minute, for each token.

    Examples
    --------
    >>> from core.clock import SystemClock
    >>> meter = Meter(SystemClock(), 2)
    >>> [meter.count("token")[0] for _ in range(3)]
    [1, 2, 3]
    """

    def __init__(self, clock: Clock, allowed: int) -> None:
        self._clock = clock
        self.allowed = allowed
        self._minutes: dict[str, _Minute] = {}
        self.askings: deque[Asking] = deque(maxlen=_REMEMBERED)
        self.total = 0

    def count(self, token: str) -> tuple[int, int]:
        """Count one request, and return how many there were and the seconds until none were."""
        now = self._clock.now().timestamp()
        minute = self._minutes.get(token)
        if minute is None or now >= minute.began + WINDOW_SECONDS:
            self._minutes = {
                key: one for key, one in self._minutes.items() if now < one.began + WINDOW_SECONDS
            }
            minute = self._minutes[token] = _Minute(now)
        minute.count += 1
        return minute.count, math.ceil(minute.began + WINDOW_SECONDS - now)

    def note(self, scope: Scope, body: bytes, status: int) -> None:
        """Keep a request that was answered."""
        self.total += 1
        operation = find_operation(scope["method"], scope["path"])
        self.askings.append(
            Asking(
                self.total,
                self._clock.now().timestamp(),
                operation.name if operation else "",
                scope["method"],
                scope["path"],
                scope["query_string"].decode("latin-1"),
                body,
                status,
            )
        )

    def by_operation(self, after: int) -> Counter[str]:
        """Return how often each operation was asked for since a request of some number."""
        return Counter(one.operation or one.path for one in self.askings if one.number > after)


class Metered:
    """An ASGI application around another one, which counts and limits its requests.

    Parameters
    ----------
    app : ASGI application
        The one that answers.
    meter : Meter
        Where requests are counted.
    """

    def __init__(self, app: ASGIApp, meter: Meter) -> None:
        self._app = app
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        token = headers.get(b"authorization", b"").decode("latin-1")
        count, reset = self._meter.count(token)
        parts: list[bytes] = []
        status = 0

        async def listen() -> Message:
            message = await receive()
            parts.append(message.get("body", b""))
            return message

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                labels = self._labels(min(count, self._meter.allowed), reset)
                message = {**message, "headers": [*message["headers"], *labels]}
            await send(message)

        try:
            if count > self._meter.allowed:
                await self._refusal(reset).response()(scope, listen, answer)
            else:
                await self._app(scope, listen, answer)
        finally:
            self._meter.note(scope, b"".join(parts), status)

    def _labels(self, count: int, reset: int) -> list[tuple[bytes, bytes]]:
        labels: dict[str, Any] = {
            "inin-ratelimit-allowed": self._meter.allowed,
            "inin-ratelimit-count": count,
            "inin-ratelimit-reset": reset,
            "inin-correlation-id": uuid4(),
        }
        return [(name.encode(), str(value).encode()) for name, value in labels.items()]

    def _refusal(self, reset: int) -> Refusal:
        allowed = self._meter.allowed
        return Refusal(
            429,
            "too.many.requests",
            f"Rate limit exceeded the maximum [{allowed}] requests within [{WINDOW_SECONDS}] "
            "seconds",
            headers={"Retry-After": str(max(reset, 1))},
        )
