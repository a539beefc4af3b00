"""`dialcast run`: it says where the dashboard is once it answers, and ends whole."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from core.setting_tenant import SIMULATOR_PORT
from tests.contract.command_line import Tenant, Terminal, running_tenant


@contextmanager
def taken(port: int) -> Iterator[int]:
    """Take a port, or leave it to whoever has it already."""
    with closing(socket.socket()) as listener:
        try:
            # A port whose last connections are still fading is free to whoever asks like this.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))
            listener.listen()
            yield listener.getsockname()[1]
        except OSError:
            yield port


def group_is_gone(process: "subprocess.Popen[str]") -> bool:
    """Whether no process of the command's group is left."""
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return True
    return False


@contextmanager
def running_dashboard(
    terminal: Terminal, **changes: str
) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    process = terminal.begin("run", "--port", "0", "--no-browser", **changes)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            pytest.fail(process.communicate(timeout=60)[1])
        yield process, line.removeprefix("Dialcast is at ").strip()
    finally:
        if not group_is_gone(process):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)


def test_ctrl_c_ends_dashboard_and_tenant_within_seconds(tmp_path: Path) -> None:
    with taken(SIMULATOR_PORT), running_dashboard(Terminal(tmp_path)) as (process, address):
        health = httpx.get(f"{address}/_stcore/health")
        assert health.text == "ok"
        ready = httpx.get(f"{address}/readyz", timeout=30)
        assert ready.json() == {"ready": True, "store": "ok", "tenant": "ok"}

        os.killpg(process.pid, signal.SIGINT)
        rest, said = process.communicate(timeout=60)
        assert process.returncode == 0
        assert rest == ""
        assert f"Port {SIMULATOR_PORT} is taken: the simulated tenant is at" in said
        assert "GENESYS_API_URL=http://127.0.0.1:" in said
        assert "Traceback" not in said
        assert group_is_gone(process)
        with pytest.raises(httpx.ConnectError):
            httpx.get(address)


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenant]:
    with running_tenant(tmp_path_factory.mktemp("tenant")) as running:
        yield running


def test_a_tenant_that_runs_elsewhere_is_used_and_a_signal_ends_the_dashboard_alone(
    tmp_path: Path, tenant: Tenant
) -> None:
    elsewhere = {**tenant.settings(), "DIALCAST_TENANT": "simulator"}
    with running_dashboard(Terminal(tmp_path, elsewhere)) as (process, address):
        assert httpx.get(f"{address}/readyz", timeout=30).json()["tenant"] == "ok"

        process.terminate()
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0
        assert "simulated tenant" not in said
        assert group_is_gone(process)
    assert tenant.writes() == 0


def test_a_taken_port_is_told_and_not_dodged(tmp_path: Path) -> None:
    with taken(0) as port:
        run = Terminal(tmp_path).run("run", "--port", str(port), "--no-browser", "--json")
    assert run.returncode == 2
    assert run.stdout == ""
    assert f"Port {port}" in run.stderr
    assert "--port" in run.stderr


def test_missing_settings_are_told_before_anything_starts(tmp_path: Path) -> None:
    run = Terminal(tmp_path, {"DIALCAST_TENANT": "tutorial"}).run("run", "--no-browser")
    assert run.returncode == 2
    assert "GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET" in run.stderr


def test_the_simulator_alone_ends_with_ctrl_c(tmp_path: Path) -> None:
    process = Terminal(tmp_path).begin("simulator", "--port", "0")
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert httpx.get(f"{address}/simulator/writes").status_code == 200
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in said


def test_a_taken_port_of_the_simulator_is_wrong_usage(tmp_path: Path) -> None:
    with taken(0) as port:
        run = Terminal(tmp_path).run("simulator", "--port", str(port))
    assert run.returncode == 2
    assert f"Port {port}" in run.stderr
