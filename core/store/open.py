"""From a database address to a store that is ready: folder, file and tables included."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from core.errors import SettingsError
from core.store.postgresql import PostgresqlDatabase
from core.store.sqlite import SqliteDatabase
from core.store.transaction import Database
from core.store.unit_of_work import SqlStore

WAIT_SECONDS = 10.0
"""How long a writer waits for another one before it gives up."""

_EXAMPLES = "Write sqlite:////folder/dialcast.sqlite or postgresql://user:password@host/database."


def open_store(url: str, tenant_id: str, *, wait_seconds: float = WAIT_SECONDS) -> SqlStore:
    """Return the store at an address, with its tables made or brought up to date.

    Parameters
    ----------
    url : str
        ``sqlite:///`` and a path (a fourth slash makes it absolute), or ``postgresql://``.
    tenant_id : str
        Whose records; a store may hold those of several.
    wait_seconds : float
        How long a writer waits for another one.

    Returns
    -------
    SqlStore
        Called, it gives a unit of work.

    Raises
    ------
    SettingsError
        If the address names no store that can be used.
    StoreError
        If the store cannot be opened, read or brought up to date.
    """
    store = SqlStore(_database(url, wait_seconds), tenant_id)
    store.prepare()
    return store


def _database(url: str, wait_seconds: float) -> Database:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # The text is not repeated: it may hold a password.
        raise SettingsError(
            "DIALCAST_DATABASE_URL is not the address of a database.", _EXAMPLES
        ) from None
    scheme = parsed.drivername.split("+")[0]
    if scheme == "sqlite":
        return SqliteDatabase(_file_url(parsed), wait_seconds)
    if scheme in ("postgresql", "postgres"):
        return PostgresqlDatabase(parsed, wait_seconds)
    raise SettingsError(
        f"DIALCAST_DATABASE_URL names {scheme}, which cannot be the store.", _EXAMPLES
    )


def _file_url(url: URL) -> URL:
    if not url.database or url.database == ":memory:":
        raise SettingsError(
            "DIALCAST_DATABASE_URL names no file, so nothing would be kept.", _EXAMPLES
        )
    return url.set(drivername="sqlite")
