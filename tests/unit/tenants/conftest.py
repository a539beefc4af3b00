"""A tenant that answers by script, and time that passes by itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from core.clock import FrozenClock
from core.tenants.tutorial import connect_tutorial
from core.tenants.tutorial_reader import TutorialReader
from core.tenants.tutorial_writer import TutorialWriter

SECRET = "s3cret-of-the-client"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOKEN = {"access_token": "token-1", "expires_in": 3600, "token_type": "bearer"}


@dataclass
class ManualSleeper:
    """Passes no time but the waits, and remembers them."""

    naps: list[float] = field(default_factory=list)
    at: float = 0.0

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.at += seconds


@dataclass
class ScriptedTenant:
    """Answers calls in the order of a script; the last line is repeated."""

    script: list[httpx.Response | Exception]
    tokens: list[httpx.Response] = field(default_factory=list)
    asked: list[httpx.Request] = field(default_factory=list)
    token_requests: list[httpx.Request] = field(default_factory=list)
    sleeper: ManualSleeper = field(default_factory=ManualSleeper)
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(NOON))
    waits: list[tuple[float, int, int, str]] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token":
            self.token_requests.append(request)
            number = len(self.token_requests)
            if self.tokens:
                return self.tokens[min(number, len(self.tokens)) - 1]
            return httpx.Response(200, json=TOKEN | {"access_token": f"token-{number}"})
        # The request is signed anew when it is repeated: a copy keeps what was sent this time.
        self.asked.append(
            httpx.Request(
                request.method, request.url, headers=request.headers, content=request.content
            )
        )
        line = self.script[min(len(self.asked), len(self.script)) - 1]
        if isinstance(line, Exception):
            raise line
        # A response can be read once; the script may repeat it.
        return httpx.Response(line.status_code, headers=line.headers, content=line.content)

    def connect(self, **options: Any) -> tuple[TutorialReader, TutorialWriter]:
        return connect_tutorial(
            "https://tenant.test",
            "https://tenant.test",
            "client-1",
            SECRET,
            self.clock,
            transport=httpx.MockTransport(self.answer),
            sleeper=self.sleeper,
            on_wait=lambda *wait: self.waits.append(wait),
            **options,
        )

    @property
    def reader(self) -> TutorialReader:
        return self.connect()[0]

    @property
    def writer(self) -> TutorialWriter:
        return self.connect()[1]


Script = Callable[..., ScriptedTenant]


@pytest.fixture
def scripted() -> Script:
    """Return a tenant that answers with the given responses, one after another."""

    def make(*script: httpx.Response | Exception | Any, **parts: Any) -> ScriptedTenant:
        lines = [
            line if isinstance(line, httpx.Response | Exception) else httpx.Response(200, json=line)
            for line in script
        ]
        return ScriptedTenant(lines, **parts)

    return make


@pytest.fixture
def sleeper() -> ManualSleeper:
    return ManualSleeper()


@pytest.fixture
def span() -> tuple[datetime, datetime]:
    return NOON - timedelta(days=1), NOON
