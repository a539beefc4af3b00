"""One transaction on one connection: reads first, and a write lock from the first write on.

Before the first write each read sees what is stored at that moment, and hinders nobody. The first
write shuts out other writers; what is read after it stays true until the end.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Executable, Row
from sqlalchemy.exc import IntegrityError

from core.errors import ConcurrentEdit
from core.store.failures import translated


class Database(Protocol):
    """What SQLite and PostgreSQL do differently."""

    place: str
    engine: Engine

    def prepare(self) -> None:
        """Create what is missing; safe for several at once."""
        ...

    def begin_writing(self, connection: Connection, tenant_id: str) -> None:
        """Shut out other writers until the transaction ends."""
        ...

    def hold(self, name: str) -> Callable[[], None] | None:
        """Take a named lock; return what gives it back, or None where another has it."""
        ...


class Transaction:
    """What the repositories of one unit of work read and write through.

    Parameters
    ----------
    database : Database
        The store.
    tenant_id : str
        Whose rows.
    """

    def __init__(self, database: Database, tenant_id: str) -> None:
        self.tenant_id = tenant_id
        self._database = database
        self._connection: Connection | None = None
        self._is_writing = False

    def read(self, statement: Executable) -> Sequence[Row[Any]]:
        """Return the rows of a query."""
        with translated(self._database.place):
            return self._connected().execute(statement).all()

    def write(
        self,
        statement: Executable,
        rows: Sequence[Mapping[str, Any]] | None = None,
        *,
        taken: str = "",
    ) -> int:
        """Write, and return how many rows were written.

        Parameters
        ----------
        statement : Executable
            Insert, update or delete.
        rows : sequence of mapping, optional
            Its values, row by row.
        taken : str
            What to say where such a record exists already.
        """
        self.lock()
        with translated(self._database.place):
            try:
                return self._connected().execute(statement, rows).rowcount
            except IntegrityError as error:
                if not taken:
                    raise
                raise ConcurrentEdit(taken, "Read it again, then repeat.") from error

    def lock(self) -> None:
        """Shut out other writers until the transaction ends."""
        if not self._is_writing:
            with translated(self._database.place):
                self._database.begin_writing(self._connected(), self.tenant_id)
            self._is_writing = True

    def commit(self) -> None:
        """Store everything since the last commit."""
        if self._connection is not None:
            with translated(self._database.place):
                self._connection.commit()
        self._is_writing = False

    def close(self) -> None:
        """Undo what was not committed, and let go of the connection."""
        connection, self._connection, self._is_writing = self._connection, None, False
        if connection is not None:
            with translated(self._database.place):
                connection.close()

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._database.engine.connect()
        return self._connection
