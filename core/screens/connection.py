"""Connection: whether it works, and what it may do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.campaigns import Organisation, RequestBudget
from core.charts.numbers import share
from core.charts.times import clock_time, day_time, moment_text
from core.clock import Clock
from core.errors import TenantError
from core.permissions import Permission, PermissionState
from core.ports import Tenant
from core.screens.context import Context


@dataclass(frozen=True, slots=True)
class Probe:
    """What asking the tenant told.

    Parameters
    ----------
    checked_at : datetime
        Aware.
    organisation : Organisation or None
        None where the tenant did not answer.
    permissions : tuple of Permission
        Empty where the tenant did not answer.
    trouble : str
        Why it did not; empty where it did.
    budget : RequestBudget or None
        How often it was asked and may be; None where it sets no limit.
    """

    checked_at: datetime
    organisation: Organisation | None
    permissions: tuple[Permission, ...]
    trouble: str = ""
    budget: RequestBudget | None = None


@dataclass(frozen=True, slots=True)
class ConnectionView:
    """What the page shows; the rows are texts."""

    headline: str
    provenance: str
    trouble: str
    permissions_title: str
    permissions: tuple[Permission, ...]
    notes: Sequence[str]
    facts: Sequence[tuple[str, str]]
    settings: Sequence[tuple[str, str, str]]


def probe(tenant: Tenant, clock: Clock) -> Probe:
    """Ask the tenant who it is and what it allows; a tenant that is down is an answer too."""
    try:
        organisation = tenant.organisation()
        permissions = tenant.permissions()
    except TenantError as error:
        return Probe(clock.now(), None, (), str(error), tenant.budget())
    return Probe(clock.now(), organisation, permissions, budget=tenant.budget())


def view(context: Context, found: Probe) -> ConnectionView:
    """Return the page for what the tenant told."""
    zone = context.settings.time_zone
    held = sum(each.state is PermissionState.HELD for each in found.permissions)
    return ConnectionView(
        headline=_headline(found),
        provenance=f"{context.settings.api_url} · checked {moment_text(found.checked_at, zone)}"
        " · reads are tried with a harmless question, a write is never tried: how the tenant"
        " answered the last one counts",
        trouble=found.trouble,
        permissions_title=f"Permissions: {held} of {len(found.permissions)} held",
        permissions=found.permissions,
        notes=shared_notes(found.permissions),
        facts=_facts(context, found),
        settings=[(line.name, line.value, line.origin) for line in context.settings.lines],
    )


def shared_notes(permissions: Sequence[Permission]) -> tuple[str, ...]:
    """Return what several permissions have in common to be said of them, each once."""
    return tuple(
        f"{state.value.capitalize()}: {note}" for state, note in shared_by_several(permissions)
    )


def shared_by_several(
    permissions: Sequence[Permission],
) -> tuple[tuple[PermissionState, str], ...]:
    """Return the notes that several permissions of one state have."""
    told = Counter((each.state, each.note) for each in permissions if each.note)
    return tuple(note for note, number in told.items() if number > 1)


def seen_words(permission: Permission, zone: ZoneInfo) -> str:
    """Return when the tenant answered so, in a sentence; empty where it was tried just now.

    Examples
    --------
    >>> from datetime import UTC
    >>> at = datetime(2026, 11, 25, 10, 20, tzinfo=UTC)
    >>> edit = Permission("edit", "pushing", PermissionState.MISSING, seen_at=at)
    >>> seen_words(edit, ZoneInfo("Europe/Berlin"))
    'Refused on Wed 25 Nov, 11:20.'
    """
    if permission.seen_at is None:
        return ""
    is_held = permission.state is PermissionState.HELD
    return f"{'Used' if is_held else 'Refused'} on {day_time(permission.seen_at, zone)}."


def _headline(found: Probe) -> str:
    if found.organisation is None:
        return "The tenant does not answer as it should; stored forecasts and proposals stay in use"
    name = found.organisation.name or found.organisation.address
    missing = [each for each in found.permissions if each.state is PermissionState.MISSING]
    unknown = [each for each in found.permissions if each.state is PermissionState.UNKNOWN]
    if missing:
        stops = "; ".join(each.needed_for for each in missing)
        return f"{name} answers, but a permission is missing for: {stops}"
    if unknown:
        return f"{name} answers; nothing is known to be missing, {len(unknown)} could not be tried"
    return f"{name} answers, and every permission that is needed is held"


def _facts(context: Context, found: Probe) -> list[tuple[str, str]]:
    settings = context.settings
    organisation = found.organisation
    eyes = "nobody approves what they proposed" if settings.four_eyes else "off"
    return [
        ("Organisation", (organisation.name if organisation else None) or "not told by the tenant"),
        ("Tenant", f"{settings.tenant.value}, {settings.api_url}"),
        ("Zone", settings.time_zone.key),
        ("Callable hours", settings.callable_hours),
        ("Abandon limit of proposals", share(settings.abandon_cap)),
        ("Four eyes", eyes),
        ("Roles", f"{len(settings.roles)} people" if settings.roles else "none set up"),
        *_requests(context, found.budget),
    ]


def _requests(context: Context, budget: RequestBudget | None) -> list[tuple[str, str]]:
    """How much of what the tenant allows is used: a tenant that is asked too often refuses."""
    if budget is None:
        return []
    zone = context.settings.time_zone
    told = "not told by the tenant yet"
    if budget.used is not None and budget.allowed is not None:
        until = f", until {clock_time(budget.resets_at, zone)}" if budget.resets_at else ""
        told = f"{budget.used} of {budget.allowed}{until}"
    return [
        ("Requests in the last minute", f"{budget.in_last_minute}, never over {budget.ceiling}"),
        ("Requests since the start", f"{budget.sent}"),
        ("Requests as the tenant counts", told),
    ]
