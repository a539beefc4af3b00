"""Reading history: only what is newer is asked of the tenant, the rest comes from the store.

The open hour is never history. The last hours are read again each time, because late records
arrive. A span that was read once is remembered even where it held no record.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from core.clock import Clock, hour_start
from core.errors import TooLittleHistory
from core.forecasting.forecast import SeriesKind
from core.history.centre import Centre
from core.history.tidy import tidy_rates, tidy_volumes
from core.ports import HistoryReader, UnitOfWorkFactory
from core.units import CampaignId, QueueId

LATE_HOURS = 3
"""How many known hours are read again, for records that arrive late."""
DEFAULT_DAYS = {SeriesKind.ANSWER_RATE: 14, SeriesKind.VOLUME: 90}


@dataclass(frozen=True, slots=True)
class History:
    """Reads and keeps the history of one tenant's series.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    reader : HistoryReader
        The tenant.
    clock : Clock
        Tells which hour is open.
    centre : Centre
        The clock that the centre lives by.
    """

    unit_of_work: UnitOfWorkFactory
    reader: HistoryReader
    clock: Clock
    centre: Centre

    def refresh(self, kind: SeriesKind, series_id: str, days: int | None = None) -> pd.DataFrame:
        """Ask the tenant for what is new, store it, and return the tidy history.

        Parameters
        ----------
        kind : SeriesKind
            What is read.
        series_id : str
            Campaign or queue.
        days : int, optional
            Span back from the open hour. Unit: days. Defaults to 14 for answer rates, 90 for
            volumes.

        Returns
        -------
        DataFrame
            `RATE_HISTORY` or `VOLUME_HISTORY`.

        Raises
        ------
        TooLittleHistory
            If the tenant has no record in the span; names series and span.
        TenantError
            If the tenant cannot be read.
        """
        until = hour_start(self.clock.now())
        start = until - timedelta(days=days or DEFAULT_DAYS[kind])
        for begin, end in self._unread(kind, series_id, start, until):
            records = self._read(kind, series_id, begin, end)
            with self.unit_of_work() as work:
                work.history.merge(kind, series_id, records[records["ds"] < until])
                work.history.note_span(kind, series_id, begin, end)
                work.commit()
        return self.stored(kind, series_id, days)

    def stored(self, kind: SeriesKind, series_id: str, days: int | None = None) -> pd.DataFrame:
        """Return the tidy history of what was read so far; asks the tenant for nothing.

        Raises
        ------
        TooLittleHistory
            If nothing is stored in the span.
        """
        days = days or DEFAULT_DAYS[kind]
        until = hour_start(self.clock.now())
        start = until - timedelta(days=days)
        with self.unit_of_work() as work:
            span = work.history.read_span(kind, series_id)
            # Hours before the span may be left of an older one; what lies between was never read.
            first = max(start, span[0]) if span else start
            records = work.history.read(kind, series_id, first, until)
        if records.empty:
            raise _nothing_recorded(kind, series_id, start, until, days)
        known_until = min(until, span[1]) if span else until
        if kind is SeriesKind.ANSWER_RATE:
            return tidy_rates(
                records, series_id, until=known_until, time_zone=self.centre.time_zone
            )
        return tidy_volumes(records, series_id, until=known_until, time_zone=self.centre.time_zone)

    def read_until(self, kind: SeriesKind, series_id: str) -> datetime | None:
        """Return up to when the series was read; None where it never was."""
        with self.unit_of_work() as work:
            span = work.history.read_span(kind, series_id)
        return span[1] if span else None

    def _unread(
        self, kind: SeriesKind, series_id: str, start: datetime, until: datetime
    ) -> list[tuple[datetime, datetime]]:
        with self.unit_of_work() as work:
            span = work.history.read_span(kind, series_id)
        if span is None or span[1] < start:
            return [(start, until)]
        begin = max(start, span[1] - timedelta(hours=LATE_HOURS))
        unread = [(begin, until)] if begin < until else []
        return [(start, span[0]), *unread] if start < span[0] else unread

    def _read(
        self, kind: SeriesKind, series_id: str, start: datetime, end: datetime
    ) -> pd.DataFrame:
        if kind is SeriesKind.ANSWER_RATE:
            return self.reader.outbound_records(CampaignId(series_id), start, end)
        return self.reader.queue_records(QueueId(series_id), start, end)


def _nothing_recorded(
    kind: SeriesKind, series_id: str, start: datetime, until: datetime, days: int
) -> TooLittleHistory:
    what = "Campaign" if kind is SeriesKind.ANSWER_RATE else "Queue"
    events = "outbound calls" if kind is SeriesKind.ANSWER_RATE else "contacts"
    return TooLittleHistory(
        f"{what} {series_id} has no {events} on record in the {days} days from"
        f" {start:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M} UTC: nothing to forecast.",
        "Choose a longer span, or check the id.",
    )
