"""The operator's own days, and the opening hours that people told."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.String(32)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "own_days",
        _tenant(),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("start_minute", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("end_minute", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "opening_hours",
        _tenant(),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("series_id", sa.Text, primary_key=True),
        sa.Column("hours", sa.String(168), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _tenant() -> sa.Column[str]:
    return sa.Column(
        "tenant_id",
        sa.String(300),
        sa.ForeignKey("tenants.tenant_id"),
        primary_key=True,
        nullable=False,
    )
