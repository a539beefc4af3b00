"""What trying a harmless read tells about a permission; nothing is ever tried that writes."""

from collections.abc import Callable
from dataclasses import dataclass

from core.campaigns import PermissionState
from core.errors import (
    AuthenticationFailed,
    PermissionMissing,
    TenantError,
    TenantRecordMissing,
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What trying a harmless read told, and why where it told nothing."""

    state: PermissionState
    note: str = ""


def tried(read: Callable[[], object], ask: str) -> Trial:
    """Return what a read tells of the permission that it needs.

    Parameters
    ----------
    read : callable
        Asks the tenant.
    ask : str
        What to ask the administrator for where it is missing.

    Raises
    ------
    AuthenticationFailed
        If the credentials themselves are refused: then nothing can be tried.

    Examples
    --------
    >>> tried(lambda: None, "Ask for it.").state.value
    'held'
    """
    try:
        read()
    except TenantError as error:
        return told_by(error, ask)
    return Trial(PermissionState.HELD)


def told_by(error: TenantError, ask: str) -> Trial:
    """Return what a refusal tells of the permission; raises the refusal of the credentials."""
    if isinstance(error, AuthenticationFailed):
        raise error
    if isinstance(error, PermissionMissing):
        return Trial(PermissionState.MISSING, ask)
    if isinstance(error, TenantRecordMissing):
        note = f"Allowed, though what it was tried on is not there: {error.what}"
        return Trial(PermissionState.HELD, note)
    return Trial(PermissionState.UNKNOWN, f"It could not be tried: {error.what}")
