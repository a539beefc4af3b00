"""What reading history from the platform costs: requests, beside what the platform would allow.

The tenant is the simulator in its own thread, so the seconds are those of both together.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter

from core.clock import FrozenClock
from core.forecasting.forecast import SeriesKind
from core.history.centre import Centre
from core.services.history import History
from core.simulator.server import running_simulator
from core.simulator.traits import Traits
from core.store.memory import MemoryStore
from core.tenants.genesys import connect_genesys

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MOST = {24: (8, 1), 1000: (120, 40)}
"""Queues to the most requests from cold and when warm."""


def ratios() -> Iterator[str]:
    """Yield what a refresh over 90 days costs, for a small and a large tenant."""
    for queues, (most_cold, most_warm) in MOST.items():
        clock = FrozenClock(NOW)
        with running_simulator(clock=clock, traits=Traits(queues=queues)) as tenant:
            reader, _ = connect_genesys(tenant.url, tenant.url, "demo-client", "demo-secret", clock)
            queue_ids = [each.queue_id for each in reader.queues()][:queues]
            history = History(MemoryStore(), reader, clock, Centre("Europe/Berlin"))
            for name, most in (("cold", most_cold), ("warm", most_warm)):
                begun = perf_counter()
                requests = history.refresh_many(SeriesKind.VOLUME, queue_ids).requests
                seconds = perf_counter() - begun
                what = f"{queues} queues x 90 days, {name}"
                yield f"{what:<44} {requests} requests, at most {most}; {seconds:.1f} s"
            reader.close()
