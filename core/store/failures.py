"""Database failures as the store's own errors: what happened, to which store, what to do next.

No exception of SQLAlchemy leaves the store. Addresses are told without their password.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from core.errors import StoreError

_CAUSES = (
    (
        ("database is locked", "lock timeout", "table is locked"),
        "is kept busy by another program",
        "Repeat in a moment; if it stays so, end the program that holds it.",
    ),
    (
        ("file is not a database", "malformed", "file is encrypted"),
        "is damaged or is no store of Dialcast",
        "Put a backup in its place, or name another store in DIALCAST_DATABASE_URL.",
    ),
    (
        ("readonly database", "read-only", "permission denied", "unable to open database file"),
        "cannot be opened for writing",
        "Give this user the right to write file and folder, or name another store in"
        " DIALCAST_DATABASE_URL.",
    ),
    (
        ("disk is full", "no space left", "disk i/o error"),
        "cannot be written: the disk is full or failing",
        "Free space on that disk, then repeat.",
    ),
    (
        ("authentication failed", "no password supplied", "role "),
        "refused the user or the password",
        "Correct them in DIALCAST_DATABASE_URL.",
    ),
    (
        ("could not connect", "connection failed", "connection refused", "could not translate"),
        "does not answer",
        "Start the database server, or correct its address in DIALCAST_DATABASE_URL.",
    ),
    (
        ("no such table", "does not exist", "already exists"),
        "lacks the tables or the database that it should have",
        "Create the database, or name another store in DIALCAST_DATABASE_URL.",
    ),
    (
        ("codec can't encode", "nul (0x00)"),
        "cannot hold such characters",
        "Write it again without them.",
    ),
    (
        ("never changed", "never deleted", "follows the last one"),
        "keeps its audit as it was written",
        "Entries are only added; nothing was changed.",
    ),
)


def store_failure(error: Exception, place: str) -> StoreError:
    """Return what a database's failure means to a person.

    Parameters
    ----------
    error : Exception
        Of SQLAlchemy, of a driver, or of the file system.
    place : str
        The store, without a password.

    Examples
    --------
    >>> print(store_failure(OSError("Permission denied"), "/srv/dialcast.sqlite"))
    The store /srv/dialcast.sqlite cannot be opened for writing. Give this user the right to write \
file and folder, or name another store in DIALCAST_DATABASE_URL.
    """
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for signs, what, next_step in _CAUSES:
        if any(sign in said for sign in signs):
            return StoreError(f"The store {place} {what}.", next_step)
    return StoreError(
        f"The store {place} failed ({type(error).__name__}).",
        "The log has the details; nothing was half stored.",
    )


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turn database failures inside the block into `StoreError`."""
    try:
        yield
    except (SQLAlchemyError, OSError, UnicodeError) as error:
        raise store_failure(error, place) from error
