"""What is known of a permission: by trying a harmless read, or by what was seen of it.

Nothing is ever tried that writes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import (
    AuthenticationFailed,
    PermissionMissing,
    TenantError,
    TenantRecordMissing,
)
from core.permissions import Permission, PermissionSeen, PermissionState


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


def seen_trial(seen: PermissionSeen | None, untried: Trial, ask: str) -> Trial:
    """Return what the tenant's answers tell of a permission that is never tried.

    Parameters
    ----------
    seen : PermissionSeen or None
        How it last answered; None where it was never asked for anything that takes it.
    untried : Trial
        What is known without that.
    ask : str
        What to ask the administrator for where it is missing.

    Examples
    --------
    >>> seen_trial(None, Trial(PermissionState.UNKNOWN, "Never tried."), "Ask for it.").note
    'Never tried.'
    """
    if seen is None:
        return untried
    return Trial(PermissionState.HELD) if seen.is_held else Trial(PermissionState.MISSING, ask)


def permission_of(
    name: str,
    needed_for: str,
    trial: Trial,
    seen: PermissionSeen | None,
    operations: tuple[str, ...] = (),
) -> Permission:
    """Return a permission as it was found, dated where that rests on what was seen before."""
    is_as_seen = seen is not None and (
        trial.state is (PermissionState.HELD if seen.is_held else PermissionState.MISSING)
    )
    at = seen.seen_at if seen is not None and is_as_seen else None
    return Permission(name, needed_for, trial.state, trial.note, operations, at)
