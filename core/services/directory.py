"""What there is to choose from: campaigns and queues, read now and then, and kept for bad times.

While the tenant does not answer, the last list read is shown with its time; after a restart the
stored forecasts tell which series there are.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from core.campaigns import Campaign, Queue
from core.clock import Clock
from core.errors import TenantError
from core.forecasting.forecast import SeriesKind
from core.ports import CampaignReader, UnitOfWorkFactory
from core.units import CampaignId, QueueId

FRESH_FOR = timedelta(seconds=60)
"""How long a list is taken as it was read."""
ASK_AGAIN_AFTER = timedelta(seconds=15)
"""How long a failed reading stands: who asks meanwhile does not wait for the tenant again."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """A list as it was read.

    Parameters
    ----------
    items : tuple
        Campaigns or queues.
    read_at : datetime or None
        When the tenant gave it; None where it comes from stored forecasts.
    trouble : str
        Why it could not be read anew; empty where it could.
    """

    items: tuple[Item, ...]
    read_at: datetime | None
    trouble: str = ""


@dataclass(slots=True)
class Directory:
    """Lists campaigns and queues without asking the tenant each time.

    Parameters
    ----------
    reader : CampaignReader
        The tenant.
    unit_of_work : UnitOfWorkFactory
        The store.
    clock : Clock
        Tells the age of a list.
    """

    reader: CampaignReader
    unit_of_work: UnitOfWorkFactory
    clock: Clock
    _kept: dict[SeriesKind, Listing[Campaign] | Listing[Queue]] = field(default_factory=dict)
    _failed: dict[SeriesKind, tuple[datetime, str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def campaigns(self) -> Listing[Campaign]:
        """Return the campaigns; never raises for a tenant that is down."""
        return self._list(
            SeriesKind.ANSWER_RATE,
            self.reader.campaigns,
            lambda series_id, name: Campaign(CampaignId(series_id), name),
        )

    def queues(self) -> Listing[Queue]:
        """Return the queues; never raises for a tenant that is down."""
        return self._list(
            SeriesKind.VOLUME,
            self.reader.queues,
            lambda series_id, name: Queue(QueueId(series_id), name),
        )

    def _list(
        self,
        kind: SeriesKind,
        read: Callable[[], tuple[Item, ...]],
        from_series: Callable[[str, str], Item],
    ) -> Listing[Item]:
        kept: Listing[Item] | None
        with self._lock:
            kept = self._kept.get(kind)  # type: ignore[assignment]
            failed_at, trouble = self._failed.get(kind, (None, ""))
        now = self.clock.now()
        if kept is not None and kept.read_at is not None and now - kept.read_at < FRESH_FOR:
            return kept
        if failed_at is None or now - failed_at >= ASK_AGAIN_AFTER:
            try:
                return self._keep(kind, Listing(read(), now))
            except TenantError as error:
                trouble = str(error)
                with self._lock:
                    self._failed[kind] = (self.clock.now(), trouble)
        if kept is not None:
            return Listing(kept.items, kept.read_at, trouble)
        return Listing(self._from_store(kind, from_series), None, trouble)

    def _keep(self, kind: SeriesKind, listing: Listing[Item]) -> Listing[Item]:
        with self._lock:
            self._kept[kind] = listing  # type: ignore[assignment]
            self._failed.pop(kind, None)
        return listing

    def _from_store(
        self, kind: SeriesKind, from_series: Callable[[str, str], Item]
    ) -> tuple[Item, ...]:
        with self.unit_of_work() as work:
            forecasts = work.forecasts.latest_of_all(kind)
        return tuple(from_series(each.series_id, each.series_name) for each in forecasts)
