"""Adjustments of forecasts, how good forecasts were, and the worker's log."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.String(32)


def upgrade() -> None:
    """Take the step."""
    _create_adjustments()
    op.create_table(
        "assessments",
        _tenant(),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("series_id", sa.Text, primary_key=True),
        sa.Column("source", sa.String(20), primary_key=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "drift_reports",
        _tenant(),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("series_id", sa.Text, primary_key=True),
        sa.Column("checked_at", MOMENT, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "heartbeats",
        _tenant(),
        sa.Column("worker_id", sa.String(80), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("is_over", sa.Boolean, nullable=False),
        sa.Column("doing", sa.Text, nullable=False),
    )
    op.create_table(
        "task_runs",
        _tenant(),
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("ran_at", MOMENT, nullable=False),
        sa.Column("is_done", sa.Boolean, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
    )


def _create_adjustments() -> None:
    op.create_table(
        "adjustments",
        sa.Column("number", sa.Integer, primary_key=True),
        _tenant(primary_key=False),
        sa.Column("adjustment_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("series_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("amount", sa.Float, nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("is_on", sa.Boolean, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("tenant_id", "adjustment_id", name="adjustments_by_id"),
    )
    columns = ["tenant_id", "kind", "series_id"]
    op.create_index("adjustments_by_series", "adjustments", columns)


def _tenant(*, primary_key: bool = True) -> sa.Column[str]:
    return sa.Column(
        "tenant_id",
        sa.String(300),
        sa.ForeignKey("tenants.tenant_id"),
        primary_key=primary_key,
        nullable=False,
    )
