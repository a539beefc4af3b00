"""A client of the simulated tenant that speaks the platform's dialect."""

from collections.abc import Iterator

import httpx
import pytest

from core.simulator.server import RunningSimulator
from tests.contract.platform_client import client_of


@pytest.fixture
def client(tenant: RunningSimulator) -> Iterator[httpx.Client]:
    with client_of(tenant) as signed_in:
        yield signed_in
