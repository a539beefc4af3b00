"""The local tenant as a running HTTP server, in this thread or beside it.

It listens on loopback and nowhere else. Drafts and changes of pacing live in its memory: a
restart forgets them, and history is again what the seed says.
"""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from core.clock import Clock
from core.errors import SettingsError
from core.simulator import routes_backdoor, routes_campaigns, routes_history, routes_tenant
from core.simulator.centre import DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET
from core.simulator.gate import TRANSPORT, Gate, tutorial_occasion
from core.simulator.listening import address_of, listen_on
from core.simulator.platform.service import Dialects
from core.simulator.refusals import OAuthRefusal, Refusal, answer_http_error, answer_refusal
from core.simulator.traits import Traits
from core.simulator.world import DEFAULT_SEED, USUAL, World

DEFAULT_PORT: Final = 8765
_PATIENCE_SECONDS: Final = 10.0


@dataclass(frozen=True)
class RunningSimulator:
    """A simulator that answers.

    Parameters
    ----------
    url : str
        Its address, without a slash at the end.
    world : World
        What it simulates.
    """

    url: str
    world: World


def build_app(world: World) -> Starlette:
    """Return the ASGI application that serves a world.

    Parameters
    ----------
    world : World
        What it simulates; it also says what more than the tutorials' contract is offered.

    Returns
    -------
    Starlette
        Cutting connections, which two of the faults need, works under this module's server only.
    """
    beyond = (
        ()
        if world.contract_only
        else (*routes_campaigns.BEYOND_THE_CONTRACT, *routes_tenant.BEYOND_THE_CONTRACT)
    )
    app = Starlette(
        routes=[
            *routes_tenant.ROUTES,
            *routes_history.ROUTES,
            *routes_campaigns.ROUTES,
            *beyond,
            *routes_backdoor.ROUTES,
        ],
        middleware=[
            *([] if world.contract_only else [Middleware(Dialects, world=world)]),
            Middleware(Gate, plan=world.faults, occasion_of=tutorial_occasion),
        ],
        exception_handlers={
            Refusal: answer_refusal,
            OAuthRefusal: answer_refusal,
            HTTPException: answer_http_error,
        },
    )
    app.state.world = world
    return app


@contextmanager
def running_simulator(
    *,
    port: int = 0,
    seed: int = DEFAULT_SEED,
    faults: tuple[str, ...] = (),
    client_id: str = DEFAULT_CLIENT_ID,
    client_secret: str = DEFAULT_CLIENT_SECRET,
    clock: Clock | None = None,
    contract_only: bool = False,
    traits: Traits = USUAL,
) -> Iterator[RunningSimulator]:
    """Run a simulator in a thread beside the caller, for as long as the block lasts.

    Parameters
    ----------
    port : int
        0: any free one.
    seed, faults, client_id, client_secret, clock, contract_only, traits
        See `World`.

    Yields
    ------
    RunningSimulator
        It answers already.

    Raises
    ------
    SettingsError
        If the port is taken.
    """
    world = World(
        seed=seed,
        clock=clock,
        client_id=client_id,
        client_secret=client_secret,
        faults=faults,
        contract_only=contract_only,
        traits=traits,
    )
    listener = listen_on(port)
    is_up = threading.Event()
    server = _Server(build_app(world), is_up.set)
    thread = threading.Thread(target=server.run, args=([listener],), name="simulator", daemon=True)
    thread.start()
    try:
        if not is_up.wait(_PATIENCE_SECONDS):
            raise SettingsError("The simulator did not start.", "Start it alone to see why.")
        yield RunningSimulator(address_of(listener), world)
    finally:
        server.should_exit = True
        thread.join(_PATIENCE_SECONDS)


def serve_simulator(
    *,
    port: int = DEFAULT_PORT,
    seed: int = DEFAULT_SEED,
    faults: tuple[str, ...] = (),
    client_id: str = DEFAULT_CLIENT_ID,
    client_secret: str = DEFAULT_CLIENT_SECRET,
    announce: Callable[[str], None],
    contract_only: bool = False,
    traits: Traits = USUAL,
) -> None:
    """Run a simulator until Ctrl-C or a signal to terminate.

    Parameters
    ----------
    port : int
        0: any free one.
    seed, faults, client_id, client_secret, contract_only, traits
        See `World`.
    announce : callable
        Told the address once the simulator answers.

    Raises
    ------
    SettingsError
        If the port is taken.
    """
    world = World(
        seed=seed,
        client_id=client_id,
        client_secret=client_secret,
        faults=faults,
        contract_only=contract_only,
        traits=traits,
    )
    listener = listen_on(port)
    server = _Server(build_app(world), partial(announce, address_of(listener)))
    # uvicorn raises the interrupt again once it has shut down; that is how it ends.
    with suppress(KeyboardInterrupt):
        server.run([listener])


class _CuttableProtocol(H11Protocol):
    """HTTP/1.1, with the connection at hand in each request's scope."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app = _with_connection(self.app, transport)


def _with_connection(app: ASGIApp, transport: asyncio.Transport) -> ASGIApp:
    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        scope[TRANSPORT] = transport
        await app(scope, receive, send)

    return serve


class _Server(uvicorn.Server):
    """uvicorn, quiet, that tells when it answers."""

    def __init__(self, app: ASGIApp, when_up: Callable[[], object]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=_CuttableProtocol,
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                log_level="error",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._when_up = when_up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._when_up()
