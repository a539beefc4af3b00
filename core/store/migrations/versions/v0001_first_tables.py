"""The first tables, and the triggers that make the audit append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.String(32)


def upgrade() -> None:
    """Take the step."""
    op.create_table("tenants", sa.Column("tenant_id", sa.String(300), primary_key=True))
    _create_proposals()
    _create_audit()
    _create_forecasts()
    _create_history()
    _create_jobs()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if is_sqlite else POSTGRESQL_TRIGGERS:
        op.execute(sa.text(statement))


def _tenant(*, primary_key: bool = True) -> sa.Column[str]:
    return sa.Column(
        "tenant_id",
        sa.String(300),
        sa.ForeignKey("tenants.tenant_id"),
        primary_key=primary_key,
        nullable=False,
    )


def _create_proposals() -> None:
    op.create_table(
        "proposals",
        _tenant(),
        sa.Column("proposal_id", sa.String(40), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("proposals_by_state", "proposals", ["tenant_id", "state"])


def _create_audit() -> None:
    op.create_table(
        "audit",
        _tenant(),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("proposal_id", sa.String(40), nullable=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("object_name", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposal_id"],
            ["proposals.tenant_id", "proposals.proposal_id"],
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("audit_by_moment", "audit", ["tenant_id", "at"])


def _create_forecasts() -> None:
    op.create_table(
        "forecasts",
        sa.Column("number", sa.Integer, primary_key=True),
        _tenant(primary_key=False),
        sa.Column("forecast_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("series_id", sa.Text, nullable=False),
        sa.Column("requested_method", sa.String(80), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("rows", sa.LargeBinary, nullable=False),
        sa.Column("components", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("tenant_id", "forecast_id", name="forecasts_by_id"),
    )
    columns = ["tenant_id", "kind", "series_id", "made_at"]
    op.create_index("forecasts_by_series", "forecasts", columns)


def _create_history() -> None:
    op.create_table(
        "history",
        _tenant(),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("series_id", sa.Text, primary_key=True),
        sa.Column("ds", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("offered", sa.Float),
        sa.Column("answered", sa.Float),
        sa.Column("y", sa.Float),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "history_spans",
        _tenant(),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("series_id", sa.Text, primary_key=True),
        sa.Column("first", MOMENT, nullable=False),
        sa.Column("past_last", MOMENT, nullable=False),
    )


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        _tenant(),
        sa.Column("job_id", sa.String(80), primary_key=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("done_steps", sa.Integer, nullable=False),
        sa.Column("all_steps", sa.Integer, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_index("jobs_by_start", "jobs", ["tenant_id", "started_at"])


# INSERT OR REPLACE deletes without firing a delete trigger in SQLite; the insert trigger stops it,
# for the number that it would replace is not the next one.
SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END
    """,
    """
    CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END
    """,
    """
    CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit
    WHEN NEW.number <> 1 + COALESCE(
        (SELECT MAX(number) FROM audit WHERE tenant_id = NEW.tenant_id), 0)
      OR NEW.previous_hash <> COALESCE(
        (SELECT hash FROM audit WHERE tenant_id = NEW.tenant_id ORDER BY number DESC LIMIT 1),
        '0000000000000000000000000000000000000000000000000000000000000000')
    BEGIN SELECT RAISE(ABORT, 'an audit entry follows the last one'); END
    """,
)

POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit entries are never changed or deleted'; END $$
    """,
    """
    CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuses()
    """,
    """
    CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()
    """,
    """
    CREATE FUNCTION audit_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last_entry RECORD;
    BEGIN
        SELECT number, hash INTO last_entry FROM audit
        WHERE tenant_id = NEW.tenant_id ORDER BY number DESC LIMIT 1;
        IF NEW.number <> COALESCE(last_entry.number, 0) + 1
           OR NEW.previous_hash <> COALESCE(last_entry.hash, repeat('0', 64)) THEN
            RAISE EXCEPTION 'an audit entry follows the last one';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_follows()
    """,
)
