"""Every tenant that the contract is tried on: over HTTP in either dialect, and in memory."""

from collections.abc import Callable, Iterator

import pytest

from core.clock import FrozenClock
from core.simulator.server import running_simulator
from core.tenants.memory import MemoryTenant
from tests.contract.tenant_subject import (
    AHEAD,
    NOW,
    SPAN,
    Subject,
    connect,
    on_the_platform,
    over_http,
)

MakeTenant = Callable[[FrozenClock], MemoryTenant]


@pytest.fixture(scope="session")
def make_tenant() -> MakeTenant:
    """Return what makes a tenant in memory of what the simulator tells, which is read once."""
    with running_simulator(seed=7, clock=FrozenClock(NOW)) as simulator:
        source, _ = connect(simulator.url)
        campaigns, queues = source.campaigns()[:2], source.queues()[:2]
        documents = [source.read_campaign(each.campaign_id).document for each in campaigns]
        frames = {
            "outbound": {
                **source.outbound_records([each.campaign_id for each in campaigns], *SPAN)
            },
            "volumes": {**source.queue_records([each.queue_id for each in queues], *SPAN)},
            "capacity": {
                each.skill_id: source.agents_scheduled(each.skill_id, *AHEAD).frame
                for each in campaigns
                if each.skill_id
            },
        }
        source.close()
    return lambda clock: MemoryTenant(clock, documents, queues=queues, **frames)


@pytest.fixture(params=["tutorial", "memory", "genesys"])
def subject(request: pytest.FixtureRequest, make_tenant: MakeTenant) -> Iterator[Subject]:
    if request.param == "memory":
        tenant = make_tenant(FrozenClock(NOW))
        yield Subject(
            tenant, tenant.writer, tenant.change_as_somebody_else, lambda: len(tenant.writes)
        )
        return
    with running_simulator(seed=7, clock=FrozenClock(NOW)) as simulator:
        if request.param == "genesys":
            yield from on_the_platform(simulator.url)
            return
        reader, writer = connect(simulator.url)
        yield over_http(simulator.url, reader, writer)
        reader.close()
