"""A client of the simulated tenant that speaks the tutorials' dialect."""

from collections.abc import Iterator

import httpx
import pytest

from core.simulator.server import RunningSimulator
from tests.contract.tutorial_client import T1_SCOPES, T2_SCOPES, Client, token


@pytest.fixture
def client(tenant: RunningSimulator) -> Iterator[Client]:
    opened = []

    def signed_in(scope: str = f"{T1_SCOPES} {T2_SCOPES}") -> httpx.Client:
        client = httpx.Client(base_url=tenant.url)
        opened.append(client)
        client.headers["Authorization"] = f"Bearer {token(client, scope=scope)['access_token']}"
        return client

    yield signed_in
    for one in opened:
        one.close()
