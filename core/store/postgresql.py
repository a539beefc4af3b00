"""The store in PostgreSQL, which several machines can share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from core.errors import SettingsError
from core.store.failures import translated
from core.store.migrations import HEAD, revision_of, upgrade

_UPGRADE_LOCK = 0x6469616C63617374
"""The letters of "dialcast": the advisory lock under which tables are made."""

_TRY_LOCK = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_UNLOCK = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")


class PostgresqlDatabase:
    """A PostgreSQL database.

    Parameters
    ----------
    url : URL
        With host, database, user and password.
    wait_seconds : float
        How long a connection or a writer waits.
    """

    def __init__(self, url: URL, wait_seconds: float) -> None:
        self.place = url.set(drivername="postgresql").render_as_string(hide_password=True)
        milliseconds = int(wait_seconds * 1000)
        try:
            self.engine = create_engine(
                url.set(drivername="postgresql+psycopg"),
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args={
                    "connect_timeout": max(2, int(wait_seconds)),
                    "options": f"-c lock_timeout={milliseconds}",
                },
            )
        except ModuleNotFoundError:
            raise SettingsError(
                "DIALCAST_DATABASE_URL names PostgreSQL, and its driver is not installed.",
                "Install Dialcast with its extra named postgresql.",
            ) from None

    def prepare(self) -> None:
        """Create the tables where they are missing; safe for several at once."""
        with translated(self.place):
            with self.engine.connect() as connection:
                if revision_of(connection) == HEAD:
                    return
            with self.engine.begin() as connection:
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK}
                )
                if revision_of(connection) != HEAD:
                    upgrade(connection)

    def begin_writing(self, connection: Connection, tenant_id: str) -> None:
        """Shut out every other writer of the tenant until the transaction ends."""
        connection.execute(
            text("SELECT tenant_id FROM tenants WHERE tenant_id = :tenant FOR UPDATE"),
            {"tenant": tenant_id},
        )

    def hold(self, name: str) -> Callable[[], None] | None:
        """Take a named lock; return what gives it back, or None where another has it.

        The lock lives with a connection of its own, so that it ends with this process.
        """
        with translated(self.place):
            connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            with _ended_on_failure(connection):
                taken = connection.execute(_TRY_LOCK, {"name": name}).scalar()
        if not taken:
            connection.close()
            return None

        def release() -> None:
            with translated(self.place), _ended_on_failure(connection):
                connection.execute(_UNLOCK, {"name": name})
                connection.close()

        return release


@contextmanager
def _ended_on_failure(connection: Connection) -> Iterator[None]:
    """End the session where it fails: a lock of it may not stay behind in the pool."""
    try:
        yield
    except SQLAlchemyError:
        connection.invalidate()
        connection.close()
        raise
