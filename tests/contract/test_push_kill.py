"""A push that is killed anywhere leaves nothing done or the truth on record, and one write at most.

A real process is killed by the system; the store is a SQLite file, the tenant a real HTTP server.
"""

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest

from core.clock import FrozenClock
from core.errors import TransitionRefused
from core.simulator.server import running_simulator
from core.workflow.plan import PlanKind
from core.workflow.proposal import ProposalState
from tests.contract.dying_push import (
    APPLIED_FROM,
    POINTS,
    push_and_die,
    push_and_die_on_the_platform,
    push_slowly,
)
from tests.contract.http_desk import HttpDesk
from tests.contract.platform_desk import PlatformDesk
from tests.unit.workflow.builders import NOON

MINUTE_LATER = NOON + timedelta(minutes=1)
KINDS = pytest.mark.parametrize("kind", [PlanKind.PACING, PlanKind.CAMPAIGN], ids=str)


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    """Give processes that start quickly: what they need is imported once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.contract.dying_push"])
    return context


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[HttpDesk]:
    with running_simulator(seed=7, clock=FrozenClock(NOON)) as simulator:
        yield HttpDesk(f"sqlite:///{tmp_path}/dialcast.sqlite", simulator.url)


def run_until_death(
    processes: ForkServerContext, action: Callable[..., None], *arguments: Any
) -> int | None:
    process = processes.Process(target=action, args=arguments)
    process.start()
    process.join(60)
    return process.exitcode


@KINDS
@pytest.mark.parametrize("point", POINTS)
def test_after_a_kill_the_truth_is_found_by_reading_and_nothing_is_sent_twice(
    processes: ForkServerContext, desk: HttpDesk, kind: PlanKind, point: str
) -> None:
    desk.approved(kind)
    died = run_until_death(processes, push_and_die, desk.store_url, desk.tenant_url, point)
    assert died == -signal.SIGKILL
    is_applied = POINTS.index(point) >= APPLIED_FROM
    assert desk.writes() == is_applied
    desk.entries()

    later = HttpDesk(desk.store_url, desk.tenant_url, MINUTE_LATER)
    left_behind = later.proposal().state
    settled = later.push() if left_behind is ProposalState.PUSHING else later.proposal()
    if left_behind is ProposalState.PUSHING:
        expected = ProposalState.VERIFIED if is_applied else ProposalState.APPROVED
        assert settled.state is expected
        assert later.writes() == is_applied
    if settled.state is ProposalState.APPROVED:
        settled = later.push()
    if settled.state is ProposalState.PUSHED:
        settled = later.verify()
    assert settled.state is ProposalState.VERIFIED
    assert later.writes() == 1
    later.entries()
    with pytest.raises(TransitionRefused):
        later.push()


@pytest.mark.parametrize(
    ("kind", "point"),
    [
        (PlanKind.CAMPAIGN, "after commit 3"),
        (PlanKind.SCHEDULE, "after write 1"),
        (PlanKind.DELETION, "after write 1"),
    ],
)
def test_the_halves_of_a_draft_are_found_by_reading_and_sent_once_each(
    processes: ForkServerContext, tmp_path: Path, kind: PlanKind, point: str
) -> None:
    store_url = f"sqlite:///{tmp_path}/dialcast.sqlite"
    with running_simulator(seed=7, clock=FrozenClock(NOON)) as simulator:
        desk = PlatformDesk(store_url, simulator.url)
        proposal_id = desk.approved(kind).proposal_id
        before = desk.writes()
        died = run_until_death(
            processes, push_and_die_on_the_platform, store_url, simulator.url, proposal_id, point
        )
        assert died == -signal.SIGKILL
        assert desk.writes() == before + 1

        later = PlatformDesk(store_url, simulator.url, MINUTE_LATER)
        settled = later.verify(proposal_id)
        assert settled.state is ProposalState.VERIFIED
        assert later.writes() == before + 1
        later.entries()
        with later.store() as work:
            schedules = [each for each in work.proposals.all() if each.plan.follows]
        assert len(schedules) == 1


@pytest.mark.parametrize("point", ["after commit 2", "after write 1"])
def test_verifying_settles_it_as_well(
    processes: ForkServerContext, desk: HttpDesk, point: str
) -> None:
    desk.approved()
    run_until_death(processes, push_and_die, desk.store_url, desk.tenant_url, point)
    settled = HttpDesk(desk.store_url, desk.tenant_url, MINUTE_LATER).verify()
    assert settled.state.value == ("verified" if point == "after write 1" else "approved")
    assert desk.writes() == (point == "after write 1")


def test_a_change_by_somebody_else_after_the_kill_is_stale_and_stays(
    processes: ForkServerContext, desk: HttpDesk
) -> None:
    desk.approved()
    run_until_death(processes, push_and_die, desk.store_url, desk.tenant_url, "before write 1")
    desk.change_as_somebody_else({"predictive": {"maxAttempts": 2}})
    settled = HttpDesk(desk.store_url, desk.tenant_url, MINUTE_LATER).verify()
    assert settled.state is ProposalState.STALE
    assert settled.conflict is not None
    assert settled.conflict.document["predictive"]["maxAttempts"] == 2
    assert desk.writes() == 0


def test_while_another_process_pushes_nobody_settles_or_pushes(
    processes: ForkServerContext, desk: HttpDesk, tmp_path: Path
) -> None:
    desk.approved()
    reached, go_on = tmp_path / "reached", tmp_path / "go on"
    slow = processes.Process(
        target=push_slowly, args=(desk.store_url, desk.tenant_url, str(reached), str(go_on))
    )
    slow.start()
    _wait_for(reached)
    for action in (desk.push, desk.verify):
        with pytest.raises(TransitionRefused, match="at this moment by Mara since"):
            action()
    go_on.touch()
    slow.join(60)
    assert slow.exitcode == 0
    assert desk.proposal().state is ProposalState.VERIFIED
    assert desk.writes() == 1


def test_the_lock_of_a_process_that_is_killed_while_it_waits_dies_with_it(
    processes: ForkServerContext, desk: HttpDesk, tmp_path: Path
) -> None:
    desk.approved()
    reached = tmp_path / "reached"
    slow = processes.Process(
        target=push_slowly, args=(desk.store_url, desk.tenant_url, str(reached), "never")
    )
    slow.start()
    _wait_for(reached)
    slow.kill()
    slow.join(60)
    later = HttpDesk(desk.store_url, desk.tenant_url, MINUTE_LATER)
    assert later.push().state is ProposalState.APPROVED
    assert later.push().state is ProposalState.VERIFIED
    assert desk.writes() == 1


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
