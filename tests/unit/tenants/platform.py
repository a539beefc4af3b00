"""A platform that answers by a list of operations, and holds every request against the contract."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from core.clock import FrozenClock
from core.tenants.genesys import connect_genesys
from core.tenants.genesys_reader import GenesysReader
from core.tenants.genesys_writer import GenesysWriter
from tests.support.platform_contract import check_request
from tests.unit.tenants.conftest import SECRET, ManualSleeper

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Reply = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response] | Any


def refused(status: int, code: str, message: str = "") -> httpx.Response:
    """Return a refusal in the platform's shape."""
    body = {"message": message or code, "code": code, "status": status, "contextId": "ctx"}
    return httpx.Response(status, json=body | {"details": [], "errors": []})


def page(*entities: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the only page of a list."""
    return {"entities": list(entities), "pageNumber": 1, "pageCount": 1, "pageSize": 100}


@dataclass
class Platform:
    """Answers each operation as told; what it is not told of is not there.

    Parameters
    ----------
    replies : mapping
        ``METHOD /path`` (a pattern) to a JSON value, a response, an error, a function of the
        request, or a list of these, of which the last is repeated.
    """

    replies: Mapping[str, Reply]
    headers: dict[str, str] = field(default_factory=dict)
    login: httpx.Response | None = None
    asked: list[httpx.Request] = field(default_factory=list)
    tokens: list[httpx.Request] = field(default_factory=list)
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(NOON))
    sleeper: ManualSleeper = field(default_factory=ManualSleeper)

    def __post_init__(self) -> None:
        self._times: dict[str, int] = {}
        self.sizes: list[Any] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token":
            self.tokens.append(request)
            if self.login is not None:
                return self.login
            token = {"access_token": f"token-{len(self.tokens)}", "expires_in": 86399}
            return httpx.Response(200, json=token)
        sent = httpx.Request(
            request.method, request.url, headers=request.headers, content=request.content
        )
        self.asked.append(sent)
        check_request(sent)
        reply = self._reply(sent)
        if isinstance(reply, Exception):
            raise reply
        if callable(reply):
            reply = reply(sent)
        if not isinstance(reply, httpx.Response):
            reply = httpx.Response(200, json=reply)
        headers = {**self.headers, **reply.headers}
        return httpx.Response(reply.status_code, headers=headers, content=reply.content)

    def _reply(self, request: httpx.Request) -> Reply:
        line = f"{request.method} {request.url.path}"
        for pattern, replies in self.replies.items():
            if re.fullmatch(pattern, line):
                if not isinstance(replies, list):
                    return replies
                number = self._times.get(pattern, 0)
                self._times[pattern] = number + 1
                return replies[min(number, len(replies) - 1)]
        return refused(404, "not.found")

    def connect(self, **options: Any) -> tuple[GenesysReader, GenesysWriter]:
        return connect_genesys(
            "https://api.tenant.test",
            "https://login.tenant.test",
            "client-1",
            SECRET,
            self.clock,
            transport=httpx.MockTransport(self.answer),
            sleeper=self.sleeper,
            zone=ZoneInfo("Europe/Berlin"),
            remember=self.sizes.append,
            **options,
        )

    @property
    def reader(self) -> GenesysReader:
        return self.connect()[0]

    @property
    def writer(self) -> GenesysWriter:
        return self.connect()[1]

    @property
    def lines(self) -> list[str]:
        """What was asked, as method and path."""
        return [f"{each.method} {each.url.path}" for each in self.asked]

    def bodies(self, method: str) -> list[Any]:
        """The bodies of the requests of one method."""
        return [json.loads(each.content) for each in self.asked if each.method == method]
