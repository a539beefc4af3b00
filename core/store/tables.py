"""The store's tables as they are now; `core.store.migrations` is how they came to be so.

Every row belongs to a tenant. Documents are JSON text, frames are Arrow files. Moments are text of
one fixed form, so that they sort, and read the same in either database.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as ISO 8601 text in UTC with microseconds."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return datetime.fromisoformat(value) if value else None


metadata = MetaData()


def _tenant(*, primary_key: bool = True) -> Column[str]:
    return Column(
        "tenant_id",
        String(300),
        ForeignKey("tenants.tenant_id"),
        primary_key=primary_key,
        nullable=False,
    )


tenants = Table("tenants", metadata, Column("tenant_id", String(300), primary_key=True))
"""One row for each tenant; in PostgreSQL it is what writers of a tenant queue at."""

proposals = Table(
    "proposals",
    metadata,
    _tenant(),
    Column("proposal_id", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("document", Text, nullable=False),
    Index("proposals_by_state", "tenant_id", "state"),
)

audit = Table(
    "audit",
    metadata,
    _tenant(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("step", String(40), nullable=False),
    Column("proposal_id", String(40), nullable=True),
    Column("person", Text, nullable=False),
    Column("object_name", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    ForeignKeyConstraint(
        ["tenant_id", "proposal_id"],
        ["proposals.tenant_id", "proposals.proposal_id"],
        deferrable=True,
        initially="DEFERRED",
    ),
    Index("audit_by_moment", "tenant_id", "at"),
)
"""Append-only: triggers refuse changes, deletions and gaps."""

forecasts = Table(
    "forecasts",
    metadata,
    Column("number", Integer, primary_key=True),
    _tenant(primary_key=False),
    Column("forecast_id", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("series_id", Text, nullable=False),
    Column("requested_method", String(80), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("document", Text, nullable=False),
    Column("rows", LargeBinary, nullable=False),
    Column("components", LargeBinary, nullable=False),
    UniqueConstraint("tenant_id", "forecast_id", name="forecasts_by_id"),
    Index("forecasts_by_series", "tenant_id", "kind", "series_id", "made_at"),
)

history = Table(
    "history",
    metadata,
    _tenant(),
    Column("kind", String(20), primary_key=True),
    Column("series_id", Text, primary_key=True),
    # Seconds since 1970: hours come by the thousand, and a number is compared faster than text.
    Column("ds", BigInteger, primary_key=True, autoincrement=False),
    Column("offered", Float),
    Column("answered", Float),
    Column("y", Float),
    sqlite_with_rowid=False,
)

history_spans = Table(
    "history_spans",
    metadata,
    _tenant(),
    Column("kind", String(20), primary_key=True),
    Column("series_id", Text, primary_key=True),
    Column("first", Moment, nullable=False),
    Column("past_last", Moment, nullable=False),
)

own_days = Table(
    "own_days",
    metadata,
    _tenant(),
    # Of the centre's clock, which knows no zone: ISO 8601.
    Column("day", String(10), primary_key=True),
    Column("start_minute", Integer, primary_key=True, autoincrement=False),
    Column("end_minute", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("label", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

opening_hours = Table(
    "opening_hours",
    metadata,
    _tenant(),
    # Both empty for the whole centre.
    Column("kind", String(20), primary_key=True),
    Column("series_id", Text, primary_key=True),
    # One character for each hour of the week: 1 open, 0 closed.
    Column("hours", String(168), nullable=False),
    Column("since", String(10), nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

agents_by_hand = Table(
    "agents_by_hand",
    metadata,
    _tenant(),
    Column("skill_id", Text, primary_key=True),
    Column("ds", Moment, primary_key=True),
    Column("agents", Float, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

query_sizes = Table(
    "query_sizes",
    metadata,
    _tenant(),
    Column("hours", Integer, nullable=False),
    Column("results", Integer, nullable=False),
)
"""One row for each tenant whose limits were met."""

permissions_seen = Table(
    "permissions_seen",
    metadata,
    _tenant(),
    Column("permission", Text, primary_key=True),
    Column("is_held", Boolean, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    _tenant(),
    Column("job_id", String(80), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("done_steps", Integer, nullable=False),
    Column("all_steps", Integer, nullable=False),
    Column("message", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Index("jobs_by_start", "tenant_id", "started_at"),
)

adjustments = Table(
    "adjustments",
    metadata,
    Column("number", Integer, primary_key=True),
    _tenant(primary_key=False),
    Column("adjustment_id", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("series_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("action", String(20), nullable=False),
    Column("amount", Float, nullable=False),
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
    Column("note", Text, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("author", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("tenant_id", "adjustment_id", name="adjustments_by_id"),
    Index("adjustments_by_series", "tenant_id", "kind", "series_id"),
)

assessments = Table(
    "assessments",
    metadata,
    _tenant(),
    Column("kind", String(20), primary_key=True),
    Column("series_id", Text, primary_key=True),
    Column("source", String(20), primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("document", Text, nullable=False),
)

drift_reports = Table(
    "drift_reports",
    metadata,
    _tenant(),
    Column("kind", String(20), primary_key=True),
    Column("series_id", Text, primary_key=True),
    Column("checked_at", Moment, nullable=False),
    Column("document", Text, nullable=False),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    _tenant(),
    Column("worker_id", String(80), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("is_over", Boolean, nullable=False),
    Column("doing", Text, nullable=False),
)

task_runs = Table(
    "task_runs",
    metadata,
    _tenant(),
    Column("name", String(80), primary_key=True),
    Column("ran_at", Moment, nullable=False),
    Column("is_done", Boolean, nullable=False),
    Column("message", Text, nullable=False),
)
