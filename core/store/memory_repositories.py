"""Proposals, audit, forecasts, history and jobs of a store in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd

from core.errors import ConcurrentEdit
from core.forecasting.forecast import Forecast, SeriesKind
from core.store.memory_state import MemoryTransaction
from core.store.records import epoch_seconds, hours_of, joined_span, records_of
from core.store.reviews import FIRST_NUMBER, number_in, proposal_edited, proposal_missing
from core.store.series import forecast_missing, job_missing
from core.workflow.audit import AuditEntry, AuditEvent, chained
from core.workflow.jobs import Job
from core.workflow.proposal import Proposal, ProposalState


class MemoryProposals:
    """The proposals."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def next_id(self) -> str:
        """Return an id that no proposal has had; other writers wait from here on."""
        known = self._transaction.changing().proposals
        return f"P-{max([FIRST_NUMBER - 1, *map(number_in, known)]) + 1}"

    def add(self, proposal: Proposal) -> None:
        """Store a new proposal; raises `ConcurrentEdit` where its id is taken."""
        known = self._transaction.changing().proposals
        if proposal.proposal_id in known:
            raise ConcurrentEdit(
                f"There is a proposal {proposal.proposal_id} already.",
                "Read it again, then repeat.",
            )
        known[proposal.proposal_id] = proposal

    def get(self, proposal_id: str) -> Proposal:
        """Return a proposal; raises `RecordNotFound`."""
        try:
            return self._transaction.state.proposals[proposal_id]
        except KeyError:
            raise proposal_missing(proposal_id) from None

    def save(self, proposal: Proposal) -> None:
        """Store the next version of a proposal; raises `ConcurrentEdit` if another was first."""
        known = self._transaction.changing().proposals
        if self.get(proposal.proposal_id).version != proposal.version - 1:
            raise proposal_edited(proposal.proposal_id)
        known[proposal.proposal_id] = proposal

    def all(self, states: Sequence[ProposalState] = ()) -> tuple[Proposal, ...]:
        """Return proposals, newest first; of some states only, where given."""
        chosen = [
            proposal
            for proposal in self._transaction.state.proposals.values()
            if not states or proposal.state in states
        ]
        return tuple(
            sorted(
                chosen,
                key=lambda each: (each.created_at, number_in(each.proposal_id)),
                reverse=True,
            )
        )


class MemoryAuditTrail:
    """The audit."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def append(self, event: AuditEvent) -> AuditEntry:
        """Add an event to the chain and return it with number and hash."""
        entries = self._transaction.changing().entries
        entry = chained(entries[-1] if entries else None, event)
        entries.append(entry)
        return entry

    def entries(self, since: datetime | None = None) -> tuple[AuditEntry, ...]:
        """Return entries, oldest first."""
        entries = self._transaction.state.entries
        return tuple(entry for entry in entries if since is None or entry.event.at >= since)


class MemoryForecasts:
    """Stored forecasts."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def add(self, forecast: Forecast) -> None:
        """Store a forecast; raises `ConcurrentEdit` where its id is taken."""
        known = self._transaction.changing().forecasts
        if forecast.forecast_id in known:
            raise ConcurrentEdit(
                f"There is a forecast {forecast.forecast_id} already.",
                "Read it again, then repeat.",
            )
        known[forecast.forecast_id] = _copied(forecast)

    def get(self, forecast_id: str) -> Forecast:
        """Return a forecast; raises `RecordNotFound`."""
        try:
            return _copied(self._transaction.state.forecasts[forecast_id])
        except KeyError:
            raise forecast_missing(forecast_id) from None

    def latest(
        self, kind: SeriesKind, series_id: str, requested_method: str | None = None
    ) -> Forecast | None:
        """Return the newest forecast of a series, of one requested method where given."""
        return self._newest(
            kind,
            series_id,
            lambda each: requested_method in (None, each.requested_method),
        )

    def latest_of_all(self, kind: SeriesKind) -> tuple[Forecast, ...]:
        """Return the newest forecast of each series."""
        known = self._transaction.state.forecasts.values()
        series = sorted({each.series_id for each in known if each.kind is kind})
        found = (self.latest(kind, series_id) for series_id in series)
        return tuple(each for each in found if each is not None)

    def made_before(self, kind: SeriesKind, series_id: str, moment: datetime) -> Forecast | None:
        """Return the newest forecast of a series made before a moment."""
        return self._newest(kind, series_id, lambda each: each.made_at < moment)

    def newest_ids(self, kind: SeriesKind) -> Mapping[str, str]:
        """Return the id of the newest forecast of each series, by series."""
        return {each.series_id: each.forecast_id for each in self.latest_of_all(kind)}

    def made_since(
        self, kind: SeriesKind, series_id: str, moment: datetime
    ) -> tuple[Forecast, ...]:
        """Return the forecasts of a series made at a moment or after it, newest first."""
        fitting = [
            _copied(each)
            for each in self._transaction.state.forecasts.values()
            if each.kind is kind and each.series_id == series_id and each.made_at >= moment
        ]
        return tuple(sorted(reversed(fitting), key=lambda each: each.made_at, reverse=True))

    def _newest(
        self, kind: SeriesKind, series_id: str, is_wanted: Callable[[Forecast], bool]
    ) -> Forecast | None:
        newest: Forecast | None = None
        for each in self._transaction.state.forecasts.values():
            fits = each.kind is kind and each.series_id == series_id and is_wanted(each)
            if fits and (newest is None or each.made_at >= newest.made_at):
                newest = each
        return _copied(newest) if newest else None


class MemoryHistoryCache:
    """Records read so far, by series."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def merge(self, kind: SeriesKind, series_id: str, records: pd.DataFrame) -> None:
        """Add records; a known hour takes the newer value."""
        known = self._transaction.changing().hours.setdefault((kind, series_id), {})
        known.update(hours_of(kind, records))

    def read(
        self, kind: SeriesKind, series_id: str, start: datetime, end: datetime
    ) -> pd.DataFrame:
        """Return the records of the hours in [start, end), one row an hour, sorted."""
        known = self._transaction.state.hours.get((kind, series_id), {})
        first, past_last = epoch_seconds(start), epoch_seconds(end)
        return records_of(
            kind, sorted((ds, row) for ds, row in known.items() if first <= ds < past_last)
        )

    def read_span(self, kind: SeriesKind, series_id: str) -> tuple[datetime, datetime] | None:
        """Return from when to when the series was read; None where never."""
        return self._transaction.state.spans.get((kind, series_id))

    def note_span(self, kind: SeriesKind, series_id: str, start: datetime, end: datetime) -> None:
        """Remember that the hours in [start, end) were read, whether or not any had a record."""
        spans = self._transaction.changing().spans
        spans[kind, series_id] = joined_span(spans.get((kind, series_id)), start, end)

    def without_records(self, kind: SeriesKind) -> frozenset[str]:
        """Return the series that were read and have no record in any hour."""
        state = self._transaction.state
        read = (series_id for of_kind, series_id in state.spans if of_kind is kind)
        return frozenset(each for each in read if not state.hours.get((kind, each)))


class MemoryJobs:
    """Long work."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def add(self, job: Job) -> None:
        """Store a new job; raises `ConcurrentEdit` where its id is taken."""
        known = self._transaction.changing().jobs
        if job.job_id in known:
            raise ConcurrentEdit(
                f"There is a job {job.job_id} already.", "Read it again, then repeat."
            )
        known[job.job_id] = job

    def save(self, job: Job) -> None:
        """Store the job's present state."""
        self.get(job.job_id)
        self._transaction.changing().jobs[job.job_id] = job

    def get(self, job_id: str) -> Job:
        """Return a job; raises `RecordNotFound`."""
        try:
            return self._transaction.state.jobs[job_id]
        except KeyError:
            raise job_missing(job_id) from None

    def recent(self, limit: int = 50) -> tuple[Job, ...]:
        """Return jobs, newest first."""
        jobs = self._transaction.state.jobs.values()
        newest_first = sorted(jobs, key=lambda job: (job.started_at, job.job_id), reverse=True)
        return tuple(newest_first[:limit])


def _copied(forecast: Forecast) -> Forecast:
    return replace(forecast, rows=forecast.rows.copy(), components=forecast.components.copy())
