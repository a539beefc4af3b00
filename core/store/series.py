"""Forecasts, cached history and jobs, on either database."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Row, Select, func, insert, select, text, update

from core.errors import RecordNotFound
from core.forecasting.forecast import Forecast, SeriesKind
from core.store.forecast_record import forecast_from, forecast_record
from core.store.records import epoch_seconds, hours_of, joined_span, records_of, value_columns
from core.store.tables import forecasts, history, history_spans, jobs
from core.store.transaction import Transaction
from core.workflow.jobs import Job, JobState

# Both databases understand this; SQLAlchemy spells it by dialect.
_MERGE_HOURS = text(
    "INSERT INTO history (tenant_id, kind, series_id, ds, offered, answered, y)"
    " VALUES (:tenant_id, :kind, :series_id, :ds, :offered, :answered, :y)"
    " ON CONFLICT (tenant_id, kind, series_id, ds) DO UPDATE"
    " SET offered = excluded.offered, answered = excluded.answered, y = excluded.y"
)
_NEWEST_FIRST = (forecasts.c.made_at.desc(), forecasts.c.number.desc())


def forecast_missing(forecast_id: str) -> RecordNotFound:
    """Return the error that says that there is no such forecast."""
    return RecordNotFound(f"There is no forecast {forecast_id}.", "Forecast again.")


def job_missing(job_id: str) -> RecordNotFound:
    """Return the error that says that there is no such job."""
    return RecordNotFound(f"There is no job {job_id}.", "Begin it again.")


class SqlForecasts:
    """Stored forecasts of one tenant."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._tenant = transaction.tenant_id

    def add(self, forecast: Forecast) -> None:
        """Store a forecast; raises `ConcurrentEdit` where its id is taken."""
        row = {"tenant_id": self._tenant, **forecast_record(forecast)}
        taken = f"There is a forecast {forecast.forecast_id} already."
        self._transaction.write(insert(forecasts), [row], taken=taken)

    def get(self, forecast_id: str) -> Forecast:
        """Return a forecast; raises `RecordNotFound`."""
        found = self._newest(self._query().where(forecasts.c.forecast_id == forecast_id))
        if found is None:
            raise forecast_missing(forecast_id)
        return found

    def latest(
        self, kind: SeriesKind, series_id: str, requested_method: str | None = None
    ) -> Forecast | None:
        """Return the newest forecast of a series, of one requested method where given."""
        query = self._of_series(kind, series_id)
        if requested_method is not None:
            query = query.where(forecasts.c.requested_method == requested_method)
        return self._newest(query)

    def latest_of_all(self, kind: SeriesKind) -> tuple[Forecast, ...]:
        """Return the newest forecast of each series."""
        rank = func.row_number().over(partition_by=forecasts.c.series_id, order_by=_NEWEST_FIRST)
        ranked = (
            select(forecasts.c.number, rank.label("rank"))
            .where(forecasts.c.tenant_id == self._tenant, forecasts.c.kind == kind.value)
            .subquery()
        )
        newest = select(ranked.c.number).where(ranked.c.rank == 1)
        query = select(forecasts).where(forecasts.c.number.in_(newest))
        return self._all(query.order_by(forecasts.c.series_id))

    def made_before(self, kind: SeriesKind, series_id: str, moment: datetime) -> Forecast | None:
        """Return the newest forecast of a series made before a moment."""
        return self._newest(self._of_series(kind, series_id).where(forecasts.c.made_at < moment))

    def newest_ids(self, kind: SeriesKind) -> Mapping[str, str]:
        """Return the id of the newest forecast of each series, by series; none is loaded."""
        rank = func.row_number().over(partition_by=forecasts.c.series_id, order_by=_NEWEST_FIRST)
        ranked = (
            select(forecasts.c.series_id, forecasts.c.forecast_id, rank.label("rank"))
            .where(forecasts.c.tenant_id == self._tenant, forecasts.c.kind == kind.value)
            .subquery()
        )
        query = select(ranked.c.series_id, ranked.c.forecast_id).where(ranked.c.rank == 1)
        return {row.series_id: row.forecast_id for row in self._transaction.read(query)}

    def made_since(
        self, kind: SeriesKind, series_id: str, moment: datetime
    ) -> tuple[Forecast, ...]:
        """Return the forecasts of a series made at a moment or after it, newest first."""
        query = self._of_series(kind, series_id).where(forecasts.c.made_at >= moment)
        return self._all(query.order_by(*_NEWEST_FIRST))

    def _query(self) -> Select[Any]:
        return select(forecasts).where(forecasts.c.tenant_id == self._tenant)

    def _of_series(self, kind: SeriesKind, series_id: str) -> Select[Any]:
        return self._query().where(
            forecasts.c.kind == kind.value, forecasts.c.series_id == series_id
        )

    def _newest(self, query: Select[Any]) -> Forecast | None:
        found = self._all(query.order_by(*_NEWEST_FIRST).limit(1))
        return found[0] if found else None

    def _all(self, query: Select[Any]) -> tuple[Forecast, ...]:
        return tuple(forecast_from(row._asdict()) for row in self._transaction.read(query))


class SqlHistoryCache:
    """Records read so far, by series."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._tenant = transaction.tenant_id

    def merge(self, kind: SeriesKind, series_id: str, records: pd.DataFrame) -> None:
        """Add records; a known hour takes the newer value."""
        names = value_columns(kind)
        key = {"tenant_id": self._tenant, "kind": kind.value, "series_id": series_id}
        rows: list[dict[str, Any]] = [
            {**key, "offered": None, "answered": None, "y": None, "ds": second}
            | dict(zip(names, values, strict=True))
            for second, values in hours_of(kind, records).items()
        ]
        if rows:
            self._transaction.write(_MERGE_HOURS, rows)

    def read(
        self, kind: SeriesKind, series_id: str, start: datetime, end: datetime
    ) -> pd.DataFrame:
        """Return the records of the hours in [start, end), one row an hour, sorted."""
        columns = [history.c[name] for name in value_columns(kind)]
        query = select(history.c.ds, *columns).where(
            history.c.tenant_id == self._tenant,
            history.c.kind == kind.value,
            history.c.series_id == series_id,
            history.c.ds >= epoch_seconds(start),
            history.c.ds < epoch_seconds(end),
        )
        rows = self._transaction.read(query.order_by(history.c.ds))
        return records_of(kind, ((row[0], row[1:]) for row in rows))

    def read_span(self, kind: SeriesKind, series_id: str) -> tuple[datetime, datetime] | None:
        """Return from when to when the series was read; None where never."""
        query = select(history_spans.c.first, history_spans.c.past_last)
        rows = self._transaction.read(query.where(*self._is_span_of(kind, series_id)))
        return (rows[0].first, rows[0].past_last) if rows else None

    def note_span(self, kind: SeriesKind, series_id: str, start: datetime, end: datetime) -> None:
        """Remember that the hours in [start, end) were read, whether or not any had a record."""
        # What is known has to stay so until the joined span is written.
        self._transaction.lock()
        known = self.read_span(kind, series_id)
        first, past_last = joined_span(known, start, end)
        span = {"first": first, "past_last": past_last}
        if known is None:
            key = {"tenant_id": self._tenant, "kind": kind.value, "series_id": series_id}
            self._transaction.write(insert(history_spans), [key | span])
        else:
            same = update(history_spans).where(*self._is_span_of(kind, series_id))
            self._transaction.write(same.values(span))

    def without_records(self, kind: SeriesKind) -> frozenset[str]:
        """Return the series that were read and have no record in any hour."""
        recorded = select(history.c.ds).where(
            history.c.tenant_id == self._tenant,
            history.c.kind == kind.value,
            history.c.series_id == history_spans.c.series_id,
        )
        query = select(history_spans.c.series_id).where(
            history_spans.c.tenant_id == self._tenant,
            history_spans.c.kind == kind.value,
            ~recorded.exists(),
        )
        return frozenset(row.series_id for row in self._transaction.read(query))

    def _is_span_of(self, kind: SeriesKind, series_id: str) -> Sequence[Any]:
        return (
            history_spans.c.tenant_id == self._tenant,
            history_spans.c.kind == kind.value,
            history_spans.c.series_id == series_id,
        )


class SqlJobs:
    """Long work of one tenant."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._tenant = transaction.tenant_id

    def add(self, job: Job) -> None:
        """Store a new job; raises `ConcurrentEdit` where its id is taken."""
        taken = f"There is a job {job.job_id} already."
        self._transaction.write(
            insert(jobs), [{"tenant_id": self._tenant, **asdict(job)}], taken=taken
        )

    def save(self, job: Job) -> None:
        """Store the job's present state."""
        statement = update(jobs).where(
            jobs.c.tenant_id == self._tenant, jobs.c.job_id == job.job_id
        )
        if self._transaction.write(statement.values(asdict(job))) == 0:
            raise job_missing(job.job_id)

    def get(self, job_id: str) -> Job:
        """Return a job; raises `RecordNotFound`."""
        query = select(jobs).where(jobs.c.tenant_id == self._tenant, jobs.c.job_id == job_id)
        rows = self._transaction.read(query)
        if not rows:
            raise job_missing(job_id)
        return _job(rows[0])

    def recent(self, limit: int = 50) -> tuple[Job, ...]:
        """Return jobs, newest first."""
        query = select(jobs).where(jobs.c.tenant_id == self._tenant)
        query = query.order_by(jobs.c.started_at.desc(), jobs.c.job_id.desc()).limit(limit)
        return tuple(_job(row) for row in self._transaction.read(query))


def _job(row: Row[Any]) -> Job:
    values = {name: value for name, value in row._mapping.items() if name != "tenant_id"}
    return Job(**values | {"state": JobState(row.state)})
