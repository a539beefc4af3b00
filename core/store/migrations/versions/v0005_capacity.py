"""The agents that people entered by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.String(32)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "agents_by_hand",
        sa.Column(
            "tenant_id",
            sa.String(300),
            sa.ForeignKey("tenants.tenant_id"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("skill_id", sa.Text, primary_key=True),
        sa.Column("ds", MOMENT, primary_key=True),
        sa.Column("agents", sa.Float, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
