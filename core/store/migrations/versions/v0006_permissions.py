"""What the tenant was seen to allow and to refuse."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "permissions_seen",
        sa.Column(
            "tenant_id",
            sa.String(300),
            sa.ForeignKey("tenants.tenant_id"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("permission", sa.Text, primary_key=True),
        sa.Column("is_held", sa.Boolean, nullable=False),
        sa.Column("seen_at", sa.String(32), nullable=False),
    )
