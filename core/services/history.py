"""Reading history: only what is newer is asked of the tenant, the rest comes from the store.

The open hour is never history. The last hours are read again each time, because late records
arrive. A span that was read once is remembered even where it held no record.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pandas as pd

from core.clock import Clock, hour_start
from core.errors import (
    AuthenticationFailed,
    DashboardError,
    DataError,
    TenantRefused,
    TooLittleHistory,
)
from core.forecasting.forecast import SeriesKind
from core.history.centre import Centre
from core.ports import HistoryReader, UnitOfWork, UnitOfWorkFactory
from core.services.calendar import told_of
from core.services.refreshed import Refreshed, tell_nobody
from core.units import CampaignId, QueueId

LATE_HOURS = 3
"""How many known hours are read again, for records that arrive late."""
SERIES_A_TRANSACTION = 20
"""Others who want to write wait no longer than storing these takes, a second at most."""
DEFAULT_DAYS = {SeriesKind.ANSWER_RATE: 14, SeriesKind.VOLUME: 90}

Span = tuple[datetime, datetime]


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
        The clock that the centre lives by, and its country's holidays.
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
        refreshed = self.refresh_many(kind, [series_id], days)
        for error in refreshed.refused.values():
            raise error
        return self.stored(kind, series_id, days)

    def refresh_many(
        self,
        kind: SeriesKind,
        series_ids: Sequence[str],
        days: int | None = None,
        report: Callable[[int, int], None] = tell_nobody,
    ) -> Refreshed:
        """Ask the tenant for what is new of many series, in few questions, and store it.

        Series of which the same hours are unread are asked for together.

        Parameters
        ----------
        kind : SeriesKind
            What is read.
        series_ids : sequence of str
            Campaigns or queues.
        days : int, optional
            As `refresh` has it.
        report : callable
            Told, before each question, how many are answered, and of how many.

        Raises
        ------
        TenantError
            If the tenant does not answer, or does not know us: that is no matter of one series.
        """
        until = hour_start(self.clock.now())
        start = until - timedelta(days=days or DEFAULT_DAYS[kind])
        sent_before = self._sent()
        refused: dict[str, DashboardError] = {}
        questions = list(self._questions(kind, list(dict.fromkeys(series_ids)), start, until))
        for number, (span, asked) in enumerate(questions):
            report(number, len(questions))
            wanted = [series_id for series_id in asked if series_id not in refused]
            try:
                self._read(kind, wanted, span, until)
            except AuthenticationFailed:
                raise
            except (DataError, TenantRefused) as error:
                refused.update(dict.fromkeys(wanted, error))
        requests = None if sent_before is None else (self._sent() or 0) - sent_before
        return Refreshed(len(series_ids), refused, requests)

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
            centre = self._centre(work, kind, series_id)
        if records.empty:
            raise _nothing_recorded(kind, series_id, start, until, days)
        known_until = min(until, span[1]) if span else until
        if kind is SeriesKind.ANSWER_RATE:
            return centre.rate_history(records, series_id, known_until)
        return centre.volume_history(records, series_id, known_until)

    def without_records(self) -> frozenset[tuple[SeriesKind, str]]:
        """Return the series that were read and never had a record."""
        with self.unit_of_work() as work:
            return frozenset(
                (kind, series_id)
                for kind in SeriesKind
                for series_id in work.history.without_records(kind)
            )

    def centre_of(self, kind: SeriesKind, series_id: str) -> Centre:
        """Return the centre with all that people said of a series' days and hours."""
        with self.unit_of_work() as work:
            return self._centre(work, kind, series_id)

    def read_until(self, kind: SeriesKind, series_id: str) -> datetime | None:
        """Return up to when the series was read; None where it never was."""
        with self.unit_of_work() as work:
            span = work.history.read_span(kind, series_id)
        return span[1] if span else None

    def _centre(self, work: UnitOfWork, kind: SeriesKind, series_id: str) -> Centre:
        told = told_of(work.calendar, self.centre.told, kind, series_id)
        return replace(self.centre, told=told)

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

    def _questions(
        self, kind: SeriesKind, series_ids: Sequence[str], start: datetime, until: datetime
    ) -> Iterator[tuple[Span, list[str]]]:
        """Yield each unread span with the series to ask for together, oldest spans first."""
        unread: dict[Span, list[str]] = {}
        for series_id in series_ids:
            for span in self._unread(kind, series_id, start, until):
                unread.setdefault(span, []).append(series_id)
        at_once = self.reader.series_at_once
        for span in sorted(unread):
            for first in range(0, len(unread[span]), at_once):
                yield span, unread[span][first : first + at_once]

    def _read(
        self, kind: SeriesKind, series_ids: Sequence[str], span: Span, until: datetime
    ) -> None:
        if not series_ids:
            return
        records = self._records(kind, series_ids, span)
        for first in range(0, len(series_ids), SERIES_A_TRANSACTION):
            with self.unit_of_work() as work:
                for series_id in series_ids[first : first + SERIES_A_TRANSACTION]:
                    read = records[series_id]
                    work.history.merge(kind, series_id, read[read["ds"] < until])
                    work.history.note_span(kind, series_id, *span)
                work.commit()

    def _records(
        self, kind: SeriesKind, series_ids: Sequence[str], span: Span
    ) -> dict[str, pd.DataFrame]:
        if kind is SeriesKind.ANSWER_RATE:
            campaign_ids = [CampaignId(each) for each in series_ids]
            return dict(self.reader.outbound_records(campaign_ids, *span).items())
        queue_ids = [QueueId(each) for each in series_ids]
        return dict(self.reader.queue_records(queue_ids, *span).items())

    def _sent(self) -> int | None:
        budget = self.reader.budget()
        return budget.sent if budget else None


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
