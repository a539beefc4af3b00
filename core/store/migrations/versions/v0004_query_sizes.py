"""How much a tenant answers at once."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "query_sizes",
        sa.Column(
            "tenant_id",
            sa.String(300),
            sa.ForeignKey("tenants.tenant_id"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("hours", sa.Integer, nullable=False),
        sa.Column("results", sa.Integer, nullable=False),
    )
