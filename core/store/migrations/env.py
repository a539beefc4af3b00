"""What Alembic runs to apply the steps, on the connection that `upgrade` was given."""

from alembic import context
from sqlalchemy import Connection

from core.store.migrations import VERSION_TABLE
from core.store.tables import metadata


def run(connection: Connection) -> None:
    """Apply the steps that are missing."""
    context.configure(connection=connection, target_metadata=metadata, version_table=VERSION_TABLE)
    with context.begin_transaction():
        context.run_migrations()


# Alembic loads this file under a name of its own; a plain import applies nothing.
if __name__ == "env_py":
    run(context.config.attributes["connection"])
