"""A reader of the made tenant's history that fails for some queues."""

from collections.abc import Mapping
from datetime import datetime

import pandas as pd

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

    def queue_records(self, queue_id: QueueId, start: datetime, end: datetime) -> pd.DataFrame:
        """Return the hours of a queue, or raise what it is to raise."""
        if queue_id in self.errors:
            raise self.errors[queue_id]
        return self._tenant.queue_records(queue_id, start, end)

    def outbound_records(
        self, campaign_id: CampaignId, start: datetime, end: datetime
    ) -> pd.DataFrame:
        """Return the hours of a campaign."""
        return self._tenant.outbound_records(campaign_id, start, end)
