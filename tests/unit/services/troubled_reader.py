"""A reader of the made tenant's history that fails for some queues."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd

from core.campaigns import RequestBudget
from core.clock import FrozenClock
from core.units import CampaignId, QueueId
from tests.support.desk import NOW, made_tenant


class TroubledReader:
    """Reads history as the made tenant has it; `core.ports.HistoryReader`.

    Parameters
    ----------
    errors : mapping, optional
        Queue id to what reading it raises; may be changed later.
    """

    def __init__(self, errors: Mapping[str, Exception] | None = None) -> None:
        self.errors = dict(errors or {})
        self._tenant = made_tenant(FrozenClock(NOW))

    series_at_once = 1

    def queue_records(
        self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
    ) -> Mapping[QueueId, pd.DataFrame]:
        """Return the hours of queues, or raise what it is to raise."""
        for queue_id in queue_ids:
            if queue_id in self.errors:
                raise self.errors[queue_id]
        return self._tenant.queue_records(queue_ids, start, end)

    def outbound_records(
        self, campaign_ids: Sequence[CampaignId], start: datetime, end: datetime
    ) -> Mapping[CampaignId, pd.DataFrame]:
        """Return the hours of campaigns."""
        return self._tenant.outbound_records(campaign_ids, start, end)

    def budget(self) -> RequestBudget | None:
        """Return None: no limit is told."""
        return None
