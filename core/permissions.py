"""What a tenant lets us do: permissions by its own names, and needs by ours.

A tenant does not tell what its client may do. What is known comes from trying reads, and from how
it answered before; a write is never tried. Which permission a need takes is known to the gateways.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class PermissionState(StrEnum):
    """What is known of a permission."""

    HELD = "held"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission that the product uses.

    Parameters
    ----------
    name : str
        The tenant's name for it.
    needed_for : str
        What stops working without it.
    state : PermissionState
        A read is tried; of a write, what the tenant answered when it was last sent.
    note : str
        Why it is unknown, or what to ask the administrator for.
    operations : tuple of str
        What is called with it, as method and path; empty where that is not listed.
    seen_at : datetime or None
        Since when the tenant has refused it, or since when it has let it be used; aware. None
        where it was only tried just now.
    """

    name: str
    needed_for: str
    state: PermissionState
    note: str = field(default="")
    operations: tuple[str, ...] = ()
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PermissionSeen:
    """How the tenant answered something that takes a permission.

    Parameters
    ----------
    name : str
        The tenant's name for it.
    is_held : bool
        Whether it did what was asked; False where it refused for want of the permission.
    seen_at : datetime
        When it first answered so; aware.
    """

    name: str
    is_held: bool
    seen_at: datetime


class Need(StrEnum):
    """What may be done at a tenant, or read of it, if its client is permitted to."""

    PACE = "pace"
    """Set the pacing of a campaign."""
    CREATE = "create"
    """Create a campaign."""
    DELETE = "delete"
    """Delete a campaign."""
    SCHEDULE = "schedule"
    """Write a campaign's schedule."""
    UNSCHEDULE = "unschedule"
    """Remove a campaign's schedule."""
    RULES = "rules"
    """Read the campaign rules."""
    SETTINGS = "settings"
    """Read what the organisation sets for all campaigns."""
    CALLABLE_TIMES = "callable-times"
    """Read when contacts may be called."""
    RUNNING = "running"
    """Read how a campaign runs now."""
    DAY = "day"
    """Read what a campaign has done today."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A permission that is known to be missing.

    Parameters
    ----------
    permission : str
        The tenant's name for it.
    since : datetime or None
        When the tenant first refused for want of it; aware. None where it told so itself.

    Examples
    --------
    >>> Lack("outbound:settings:view").words
    'may not be read: outbound:settings:view is missing'
    """

    permission: str
    since: datetime | None = None

    @property
    def words(self) -> str:
        """Why something is not shown, as the end of a sentence whose subject it is."""
        return f"may not be read: {self.permission} is missing"


Lacking = Callable[[Need], Lack | None]
"""Tells what is lacking for a need; None where nothing is known to be."""


def nothing_lacks(need: Need) -> Lack | None:  # noqa: ARG001 - it is a `Lacking`
    """Return None, whatever is needed."""
    return None
