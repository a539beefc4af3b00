"""The process that serves the dashboard: ``python -m core.ui.server --port 8501``.

It binds before it starts, so that a taken port is told and not dodged, and says that it is ready
only once it answers. It holds no services of its own: pages and readiness share the process's.
"""

import argparse
import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

import uvicorn
from streamlit import config as config_files
from streamlit.config import set_option

from core.errors import DashboardError, UsageError
from core.ui.asgi import SCRIPT, Readiness, dashboard_app
from core.ui.services import shared_services

LOOPBACK = "127.0.0.1"
STOP_SECONDS = 2
"""How long open pages may take to hear that the server ends."""

Ready = Callable[[str], None]
"""Told the address once the dashboard answers."""


def serve_dashboard(
    port: int,
    host: str = LOOPBACK,
    on_ready: Ready | None = None,
    *,
    readiness: Readiness,
    script: Path = SCRIPT,
) -> None:
    """Serve the dashboard until the process is told to end; for the main thread only.

    Parameters
    ----------
    port : int
        Where to listen; 0 takes any free one.
    host : str
        Address to listen on.
    on_ready : callable, optional
        Told the address once the dashboard answers there.
    readiness : callable
        What ``/readyz`` tells; see `core.ui.asgi.Readiness`.
    script : Path
        The navigation script; the configuration is read from ``.streamlit`` beside it.

    Raises
    ------
    UsageError
        If the script does not exist, or the address cannot be listened on.
    """
    if not script.is_file():
        raise UsageError(
            f"There is no dashboard at {script}.", "Start it from a checkout of the project."
        )
    app = dashboard_app(readiness, script)
    with _listening(host, port) as listener:
        port = listener.getsockname()[1]
        # As `streamlit run` does: the configuration is that beside the script, wherever we are.
        config_files._main_script_path = str(script)
        set_option("server.port", port)
        set_option("server.address", host)
        config = uvicorn.Config(
            app,
            ws="websockets-sansio",
            access_log=False,
            server_header=False,
            log_level="warning",
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        server = _Server(config, f"http://{host}:{port}", on_ready)
        # Uvicorn ends in order on either signal and then passes it on; the order is all that is
        # wanted, and whoever called goes on after it.
        signal.signal(signal.SIGTERM, _interrupt)
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, address: str, on_ready: Ready | None) -> None:
        super().__init__(config)
        self._address = address
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._on_ready is not None and self.started:
            await asyncio.to_thread(self._on_ready, self._address)


def _listening(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise UsageError(
            f"Port {port} on {host} cannot be used ({error.strerror}).",
            "Stop what listens there, or choose another one with --port.",
        ) from None
    return listener


def _prepare(_address: str) -> None:
    try:
        shared_services().prepare()
    except DashboardError as error:
        # The pages tell the same, to whoever looks.
        logging.getLogger(__name__).warning("%s", error)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the dashboard on the settings in force; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m core.ui.server", description=__doc__)
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--host", default=LOOPBACK)
    wanted = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        serve_dashboard(
            wanted.port,
            wanted.host,
            on_ready=_prepare,
            readiness=lambda: shared_services().readiness(),
        )
    except DashboardError as error:
        logging.getLogger(__name__).error("%s", error)
        return 2
    finally:
        # Whoever ends a group of processes may tell this one twice; it is ending already.
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
