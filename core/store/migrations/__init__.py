"""How the store's tables came to be: numbered steps, each taken once, all or none.

Who calls `upgrade` holds the lock that keeps other processes from doing the same.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from core.errors import StoreError

HEAD = "0006"
"""The newest step; a store that stands there needs nothing."""

VERSION_TABLE = "dialcast_revision"
"""A table of our own, for a database may serve other programs that use Alembic too."""


def revision_of(connection: Connection) -> str | None:
    """Return the step at which a database stands, or None where it has none of our tables."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return str(found) if found else None


def upgrade(connection: Connection) -> None:
    """Bring a database to the newest step, within the connection's transaction.

    Raises
    ------
    StoreError
        If a newer release has written the store.
    """
    # Alembic takes a fifth of a second to import, and is needed once in a store's life.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    found = revision_of(connection)
    if found is not None and found not in known:
        raise StoreError(
            f"The store was written by a newer release (step {found}, this one knows {HEAD}).",
            "Install that release, or name another store in DIALCAST_DATABASE_URL.",
        )
    command.upgrade(config, "head")
