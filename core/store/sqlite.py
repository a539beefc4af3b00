"""The store in one SQLite file: WAL, foreign keys, writers one after the other."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from core.errors import StoreError
from core.store.failures import translated
from core.store.locks import locked, try_lock
from core.store.migrations import HEAD, VERSION_TABLE, revision_of, upgrade


class SqliteDatabase:
    """A SQLite file.

    Parameters
    ----------
    url : URL
        With the path of a file.
    wait_seconds : float
        How long a writer waits for another one.
    """

    def __init__(self, url: URL, wait_seconds: float) -> None:
        self._path = Path(url.database or "").expanduser().absolute()
        self.place = str(self._path)
        # No pool: a connection costs a fifth of a millisecond, and none outlives a fork or a
        # file that was put in another's place.
        self.engine = create_engine(
            url.set(database=self.place), poolclass=NullPool, hide_parameters=True
        )
        self._wait_seconds = wait_seconds
        event.listen(self.engine, "connect", self._on_connect)

    def prepare(self) -> None:
        """Create folder, file and tables where they are missing; safe for several at once."""
        with translated(self.place):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self.engine.connect() as connection:
                if revision_of(connection) == HEAD:
                    return
            with locked(self._path.with_name(f"{self._path.name}.upgrade")):
                self._upgrade()

    def begin_writing(self, connection: Connection, tenant_id: str) -> None:  # noqa: ARG002
        """Shut out every other writer until the transaction ends."""
        connection.execute(text("BEGIN IMMEDIATE"))

    def hold(self, name: str) -> Callable[[], None] | None:
        """Take a named lock; return what gives it back, or None where another has it."""
        token = hashlib.sha256(name.encode()).hexdigest()[:16]
        with translated(self.place):
            lock = try_lock(self._path.with_name(f"{self._path.name}.{token}.lock"))
        return lock.release if lock else None

    def _upgrade(self) -> None:
        with self.engine.connect() as connection:
            connection.execute(text("PRAGMA journal_mode = WAL"))
            connection.commit()
            connection.execute(text("BEGIN IMMEDIATE"))
            if revision_of(connection) == HEAD:
                return
            tables = inspect(connection).get_table_names()
            if tables and VERSION_TABLE not in tables:
                raise StoreError(
                    f"{self.place} is the database of another program.",
                    "Name another file in DIALCAST_DATABASE_URL.",
                )
            upgrade(connection)
            connection.commit()

    def _on_connect(self, connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:  # noqa: ARG002
        # The driver would begin transactions by itself, and too late: only `begin_writing` does.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(self._wait_seconds * 1000)}")
        cursor.execute("PRAGMA foreign_keys = ON")
        # An intent to push has to survive a power cut before anything is sent.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()
