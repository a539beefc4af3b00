"""The simulator as a process: starting, announcing, stopping."""

import asyncio
import signal
import socket
import statistics
import subprocess
import sys
import time

import httpx
import pytest

from core.errors import SettingsError
from core.simulator.queues import QUEUES
from core.simulator.server import build_app, running_simulator, serve_simulator
from core.simulator.world import World

ALONE = """
from core.simulator.server import serve_simulator
serve_simulator(port=0, announce=lambda url: print(url, flush=True))
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_announces_an_address_that_answers_and_ends_quietly(ending: signal.Signals):
    with subprocess.Popen(
        [sys.executable, "-c", ALONE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = process.stdout.readline().strip()
        answer = httpx.get(f"{url}/api/v2/organizations/me")
        process.send_signal(ending)
        process.wait(timeout=10)
        rest, errors = process.stdout.read(), process.stderr.read()

    assert answer.status_code == 401
    assert (rest, errors) == ("", "")


def test_a_port_that_is_taken_is_named():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SettingsError, match=f"Port {port} "):
            serve_simulator(port=port, announce=print)
        with pytest.raises(SettingsError, match="--port"), running_simulator(port=port):
            pass


def test_a_port_that_cannot_be_is_refused():
    with pytest.raises(SettingsError, match="70000"), running_simulator(port=70_000):
        pass


def test_it_listens_on_loopback_only():
    with running_simulator() as tenant:
        assert tenant.url.startswith("http://127.0.0.1:")


def test_the_back_door_stays_shut_to_whoever_comes_from_outside():
    async def status_at(address: str) -> int:
        transport = httpx.ASGITransport(build_app(World()))
        async with httpx.AsyncClient(transport=transport, base_url=address) as client:
            return (await client.get("/simulator/writes")).status_code

    assert asyncio.run(status_at("http://127.0.0.1:8765")) == 200
    assert asyncio.run(status_at("http://192.0.2.7:8765")) == 404
    assert asyncio.run(status_at("http://tenant.example:8765")) == 404


def test_an_answer_over_a_kept_connection_does_not_wait_for_nagle():
    with running_simulator() as tenant, httpx.Client(base_url=tenant.url) as client:
        seconds = []
        for _ in range(20):
            began = time.perf_counter()
            client.get("/simulator/writes")
            seconds.append(time.perf_counter() - began)

    assert statistics.median(seconds) < 0.035


def test_nothing_listens_any_more_after_the_end():
    with running_simulator() as tenant:
        url = tenant.url

    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_two_of_them_run_side_by_side_with_memories_of_their_own():
    with running_simulator() as one, running_simulator() as other:
        campaign_id = one.world.ledger.named()[0]["id"]
        httpx.post(f"{one.url}/simulator/campaigns/{campaign_id}", json={"priority": 9})

        assert one.world.ledger.read(campaign_id)["priority"] == 9
        assert other.world.ledger.read(campaign_id)["priority"] != 9


def test_it_takes_the_credentials_that_it_was_given():
    form = {"grant_type": "client_credentials", "client_id": "me", "client_secret": "mine"}
    with running_simulator(client_id="me", client_secret="mine") as tenant:
        given = httpx.post(f"{tenant.url}/oauth/token", data=form)
        refused = httpx.post(
            f"{tenant.url}/oauth/token", data={**form, "client_secret": "demo-secret"}
        )

    assert (given.status_code, refused.status_code) == (200, 401)


def test_another_process_has_the_same_history():
    program = (
        "from core.simulator.world import World; from core.simulator.queues import QUEUES;"
        "w = World(seed=11);"
        "print([h.contacts for h in w.demand.hours(QUEUES[0], 494_016, 494_040, 1.9e9)])"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    world = World(seed=11)

    here = [hour.contacts for hour in world.demand.hours(QUEUES[0], 494_016, 494_040, 1.9e9)]
    assert elsewhere.strip() == str(here)


def test_it_starts_without_the_libraries_that_take_long_to_load():
    program = (
        "import sys, core.simulator.server;"
        "print(sorted({'pandas', 'statsmodels', 'prophet', 'streamlit'} & set(sys.modules)))"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout

    assert loaded.strip() == "[]"
