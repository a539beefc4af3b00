"""Connection: whether it works, and what it may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.campaigns import Organisation, Permission, PermissionState, RequestBudget
from core.charts.numbers import share
from core.charts.times import clock_time, moment_text
from core.clock import Clock
from core.errors import TenantError
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
        " · reads are tried with a harmless question, a write is never tried",
        trouble=found.trouble,
        permissions_title=f"Permissions: {held} of {len(found.permissions)} held",
        permissions=found.permissions,
        notes=shared_notes(found.permissions),
        facts=_facts(context, found),
        settings=[(line.name, line.value, line.origin) for line in context.settings.lines],
    )


def shared_notes(permissions: Sequence[Permission]) -> tuple[str, ...]:
    """Return what several permissions have in common to be said of them, each once."""
    told = [each.note for each in permissions if each.note]
    return tuple(f"Unknown: {note}" for note in dict.fromkeys(told) if told.count(note) > 1)


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
