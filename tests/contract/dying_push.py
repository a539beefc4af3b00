"""A push that is killed at one point of its way; runs in a process of its own."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from core.campaigns import CampaignSnapshot
from core.dialler import CampaignSchedule
from core.documents import JsonObject
from core.ports import CampaignWriter, UnitOfWork, UnitOfWorkFactory
from core.services.reading import ObjectReader
from core.units import CampaignId
from tests.contract.http_desk import HttpDesk
from tests.contract.platform_desk import PlatformDesk

Result = TypeVar("Result")
POINTS = (
    "before commit 1",  # the intent
    "after commit 1",
    "before read 1",  # reading again
    "after read 1",
    "before commit 2",  # that sending begins
    "after commit 2",
    "before write 1",
    "after write 1",
    "before commit 3",  # that it was pushed
    "after commit 3",
    "before read 2",  # reading back
    "after read 2",
    "before commit 4",  # that it was verified
    "after commit 4",
)
APPLIED_FROM = POINTS.index("after write 1")


@dataclass
class Way:
    """Counts what happens on the way, and kills the process at the point it was told."""

    point: str
    counts: dict[str, int] = field(default_factory=dict)

    def around(self, name: str, action: Callable[[], Result]) -> Result:
        self.counts[name] = self.counts.get(name, 0) + 1
        self._pass(f"before {name} {self.counts[name]}")
        done = action()
        self._pass(f"after {name} {self.counts[name]}")
        return done

    def _pass(self, place: str) -> None:
        if place == self.point:
            os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(60)


@dataclass
class DyingReader:
    reader: ObjectReader
    way: Way

    def __getattr__(self, name: str) -> Any:
        return getattr(self.reader, name)

    def read_campaign(self, campaign_id: CampaignId) -> CampaignSnapshot:
        return self.way.around("read", lambda: self.reader.read_campaign(campaign_id))

    def find_campaigns(self, name: str) -> tuple[CampaignSnapshot, ...]:
        return self.way.around("read", lambda: self.reader.find_campaigns(name))


@dataclass
class DyingWriter:
    writer: CampaignWriter
    way: Way

    def update_campaign(self, current: CampaignSnapshot, payload: JsonObject) -> CampaignSnapshot:
        return self.way.around("write", lambda: self.writer.update_campaign(current, payload))

    def create_campaign(self, payload: JsonObject) -> CampaignSnapshot:
        return self.way.around("write", lambda: self.writer.create_campaign(payload))

    def write_schedule(
        self, campaign_id: CampaignId, payload: JsonObject, current: CampaignSchedule | None
    ) -> CampaignSchedule:
        return self.way.around(
            "write", lambda: self.writer.write_schedule(campaign_id, payload, current)
        )

    def delete_schedule(self, current: CampaignSchedule) -> None:
        self.way.around("write", lambda: self.writer.delete_schedule(current))

    def delete_campaign(self, current: CampaignSnapshot) -> None:
        self.way.around("write", lambda: self.writer.delete_campaign(current))


def dying_store(store: UnitOfWorkFactory, way: Way) -> UnitOfWorkFactory:
    def unit_of_work() -> UnitOfWork:
        work = store()
        commit = work.commit
        work.commit = lambda: way.around("commit", commit)  # type: ignore[method-assign]
        return work

    return unit_of_work


def push_and_die(store_url: str, tenant_url: str, point: str) -> None:
    """Push P-1001, and be killed at a point."""
    _push_and_die(HttpDesk(store_url, tenant_url), "P-1001", point)


def push_and_die_on_the_platform(
    store_url: str, tenant_url: str, proposal_id: str, point: str
) -> None:
    """Push a proposal in the platform's dialect, and be killed at a point."""
    _push_and_die(PlatformDesk(store_url, tenant_url), proposal_id, point)


def _push_and_die(desk: HttpDesk, proposal_id: str, point: str) -> None:
    way = Way(point)
    desk.store = dying_store(desk.store, way)
    desk.reader, desk.writer = DyingReader(desk.reader, way), DyingWriter(desk.writer, way)
    desk.push(proposal_id)


def push_slowly(store_url: str, tenant_url: str, reached: str, go_on: str) -> None:
    """Push P-1001; before the write say so in one file and wait for another one."""
    desk = HttpDesk(store_url, tenant_url)

    class SlowWriter(DyingWriter):
        def update_campaign(
            self, current: CampaignSnapshot, payload: JsonObject
        ) -> CampaignSnapshot:
            open(reached, "w").close()
            while not os.path.exists(go_on):
                time.sleep(0.02)
            return self.writer.update_campaign(current, payload)

    desk.writer = SlowWriter(desk.writer, Way("never"))
    desk.push()
