"""Drift and worker from outside: the real command against a simulated tenant."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.command_line import Tenant, Terminal, running_tenant


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenant]:
    with running_tenant(tmp_path_factory.mktemp("tenant")) as running:
        yield running


@pytest.fixture
def desk(tenant: Tenant, tmp_path: Path) -> Terminal:
    """Give a machine with a store of its own."""
    return Terminal(tmp_path, tenant.settings())


def test_without_a_stored_forecast_there_is_nothing_to_score(desk: Terminal) -> None:
    run = desk.run("drift", "--json")
    assert run.returncode == 3
    assert run.stdout == ""
    assert "Make one first" in run.stderr


def test_drift_scores_a_stored_forecast_and_says_how_it_stands(desk: Terminal) -> None:
    queue, other = [each["id"] for each in desk.document("queues")["queues"]][:2]
    desk.document("forecast", "volume", "--queue", queue, "--method", "seasonal-naive")
    (report,) = desk.document("drift", "--queue", queue)["drift"]
    assert report["seriesId"] == queue
    assert report["state"] == "unknown"
    assert report["retrain"] is False
    assert report["requestedMethod"] == "seasonal-naive"
    shown = desk.run("drift")
    assert shown.returncode == 0, shown.stderr
    assert "None is to be retrained." in shown.stdout
    unknown = desk.run("drift", "--queue", other)
    assert unknown.returncode == 2
    assert f"no stored volume forecast of {other}" in unknown.stderr


def test_once_does_what_is_due_and_nothing_twice(desk: Terminal) -> None:
    first = desk.document("worker", "--once")["tasks"]
    assert {each["name"] for each in first} >= {"settle", "read", "score", "forecast"}
    assert all(each["done"] for each in first), first
    assert any("forecasts made" in each["message"] for each in first)
    again = desk.document("worker", "--once")["tasks"]
    assert not {each["name"] for each in again} & {"read", "score", "forecast"}


def test_a_signal_ends_the_worker_cleanly_and_a_second_one_is_refused(desk: Terminal) -> None:
    process = desk.begin("worker")
    assert process.stderr is not None
    assert "The worker is at work" in process.stderr.readline()
    assert " UTC " in process.stderr.readline()
    second = desk.run("worker", "--once")
    assert second.returncode == 1
    assert "Another worker is at work" in second.stderr
    os.kill(process.pid, signal.SIGTERM)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "The worker has ended." in said
    assert not list(desk.home.rglob("*.lock"))
