"""A simulated tenant, fresh for each test, at a moment that stands still."""

from collections.abc import Iterator

import pytest

from core.clock import FrozenClock
from core.simulator.server import RunningSimulator, running_simulator
from tests.contract.simulated import NOW


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def tenant(clock: FrozenClock) -> Iterator[RunningSimulator]:
    with running_simulator(clock=clock) as simulator:
        yield simulator
