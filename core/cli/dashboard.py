"""The dashboard as a process of its own; in the demo a local tenant and a worker beside it.

Ctrl-C and a signal to terminate end everything; nothing is left running. What the dashboard shows
is none of this module's business.
"""

import signal
import socket
import subprocess
import sys
import webbrowser
from argparse import Namespace
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from time import monotonic
from types import FrameType
from typing import NoReturn

from core.cli.exit_codes import DONE, WRONG_USAGE
from core.cli.output import note, print_document, say
from core.errors import DashboardError, SettingsError
from core.setting_tenant import SIMULATOR_PORT
from core.settings import Settings, environment_with, read_settings
from core.simulator.server import RunningSimulator, running_simulator

LOOPBACK = "127.0.0.1"
SERVER = "core.ui.server"
"""The module that serves the pages; the command line and the pages know nothing else of each
other."""
COMMANDS = "core.cli"
API_URL = "GENESYS_API_URL"
START_SECONDS = 120.0
"""How long a cold start may take."""
LOOK_SECONDS = 0.1
DEMO_WORKER_AFTER = 45.0
"""When the demo's first forecasts are made, and its worker can begin. Unit: seconds."""
STOP_SECONDS = 4.0
"""How long a process has to end by itself."""


def run(arguments: Namespace) -> int:
    """Serve the dashboard until Ctrl-C; say where it is once it answers."""
    settings = read_settings()
    port = _free_port(arguments.port)
    address = f"http://{LOOPBACK}:{port}"
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with _tenant(settings) as tenant, _dashboard(port, tenant) as dashboard:
            _wait_until_it_answers(dashboard, port)
            if arguments.as_json:
                print_document({"address": address, "tenant": tenant or settings.api_url})
            else:
                say(f"Dialcast is at {address}")
            sys.stdout.flush()
            if not arguments.no_browser and sys.stdout.isatty():
                _open_browser(address)
            code = _attend(dashboard, settings, tenant)
    except KeyboardInterrupt:
        return DONE
    raise _ended(code)


def _attend(dashboard: "subprocess.Popen[bytes]", settings: Settings, tenant: str) -> int:
    """Wait for the dashboard's end; in the demo with a worker beside it, once it has settled."""
    if not settings.is_demo:
        return dashboard.wait()
    with suppress(subprocess.TimeoutExpired):
        return dashboard.wait(DEMO_WORKER_AFTER)
    # Where a worker is at work on this store already, this one is refused and ends.
    with _process([sys.executable, "-m", COMMANDS, "worker"], tenant, is_quiet=True):
        return dashboard.wait()


@contextmanager
def _tenant(settings: Settings) -> Iterator[str]:
    """Run the local tenant where nobody does; give its address where it is not the usual one."""
    origins = {line.name: line.origin for line in settings.lines}
    if not settings.is_demo or origins[API_URL] != "default":
        yield ""
        return
    with ExitStack() as stack:
        try:
            simulator = stack.enter_context(_simulator(settings, SIMULATOR_PORT))
            other_address = ""
            note(f"The simulated tenant is at {simulator.url}")
        except SettingsError:
            simulator = stack.enter_context(_simulator(settings, 0))
            other_address = simulator.url
            note(
                f"Port {SIMULATOR_PORT} is taken: the simulated tenant is at {simulator.url};"
                f" other commands reach it with {API_URL}={simulator.url}"
            )
        yield other_address


def _simulator(settings: Settings, port: int) -> AbstractContextManager[RunningSimulator]:
    return running_simulator(
        port=port,
        client_id=settings.client_id,
        client_secret=settings.client_secret.reveal(),
    )


def _dashboard(port: int, tenant: str) -> "AbstractContextManager[subprocess.Popen[bytes]]":
    return _process([sys.executable, "-m", SERVER, "--port", str(port)], tenant)


@contextmanager
def _process(
    command: list[str], tenant: str, *, is_quiet: bool = False
) -> "Iterator[subprocess.Popen[bytes]]":
    """Run a process on the tenant; end it with the block, by force where it must be."""
    process = subprocess.Popen(
        command,
        env=environment_with({API_URL: tenant} if tenant else {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if is_quiet else sys.stderr.fileno(),
        stderr=subprocess.DEVNULL if is_quiet else None,
    )
    try:
        yield process
    finally:
        # From here on Ctrl-C has nothing more to end, and must not leave the process behind.
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_it_answers(dashboard: "subprocess.Popen[bytes]", port: int) -> None:
    until = monotonic() + START_SECONDS
    while not _answers(port):
        with suppress(subprocess.TimeoutExpired):
            raise _ended(dashboard.wait(LOOK_SECONDS))
        if monotonic() > until:
            raise DashboardError(
                f"The dashboard did not answer within {START_SECONDS:.0f} s.",
                "Start it with -v to see why.",
            )


def _answers(port: int) -> bool:
    connection = HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        # An address that the server does not know is answered 200 too, with another body.
        return connection.getresponse().read().strip() == b"ok"
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _ended(code: int) -> DashboardError:
    kind = SettingsError if code == WRONG_USAGE else DashboardError
    return kind(f"The dashboard ended by itself, with code {code}.", "What it said stands above.")


def _free_port(port: int) -> int:
    """Return the port, or for 0 any free one; raise where it is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise SettingsError(
                f"Port {port} on {LOOPBACK} cannot be used ({error.strerror}).",
                "Stop what listens there, or choose another one with --port.",
            ) from None
        chosen: int = probe.getsockname()[1]
        return chosen


def _open_browser(address: str) -> None:
    with suppress(webbrowser.Error, OSError):
        browser = webbrowser.get()
        is_in_the_terminal = isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
            browser, webbrowser.BackgroundBrowser
        )
        if not is_in_the_terminal:
            browser.open(address)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
