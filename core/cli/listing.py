"""What the tenant has: its name, our permissions, campaigns and queues.

Everything is read; nothing here is stored or changed.
"""

from argparse import Namespace
from typing import Any

from core.campaigns import Organisation, Permission, PermissionState, RequestBudget
from core.cli.connection import connected
from core.cli.exit_codes import DONE, REFUSED
from core.cli.output import GAP, facts, note, print_document, say, table


def check(arguments: Namespace) -> int:
    """Reach the tenant, name the organisation, list each permission that is needed."""
    with connected(arguments) as services:
        organisation = services.tenant.organisation()
        permissions = services.tenant.permissions()
        budget = services.tenant.budget()
    if arguments.as_json:
        print_document(_check_document(organisation, permissions, budget))
    else:
        named = organisation.name or "not told by the tenant"
        pairs = [("organisation", named), ("id", organisation.organisation_id or "")]
        pairs.append(("address", organisation.address))
        if budget is not None:
            pairs.append(("requests", budget.words))
        say(facts(pairs))
        say()
        rows = [(each.name, each.state.value, each.needed_for, each.note) for each in permissions]
        say(table(("permission", "state", "needed for", "note"), rows))
        _say_operations(permissions)
    missing = [each.name for each in permissions if each.state is PermissionState.MISSING]
    if missing:
        note(f"dialcast: Missing: {', '.join(missing)}. Ask the tenant's administrator for it.")
    return REFUSED if missing else DONE


def _say_operations(permissions: tuple[Permission, ...]) -> None:
    rows = [
        (operation, each.name, each.state.value)
        for each in permissions
        for operation in each.operations
    ]
    if rows:
        say()
        say(table(("operation", "permission", "state"), rows))


def _check_document(
    organisation: Organisation,
    permissions: tuple[Permission, ...],
    budget: RequestBudget | None,
) -> dict[str, Any]:
    return {
        "organisation": {
            "name": organisation.name,
            "id": organisation.organisation_id,
            "address": organisation.address,
        },
        "permissions": [
            {
                "name": each.name,
                "state": each.state.value,
                "neededFor": each.needed_for,
                "note": each.note,
                "operations": list(each.operations),
            }
            for each in permissions
        ],
        "requests": None
        if budget is None
        else {"sent": budget.sent, "used": budget.used, "allowedPerMinute": budget.allowed},
    }


def campaigns(arguments: Namespace) -> int:
    """List the campaigns of the tenant."""
    with connected(arguments) as services:
        listed = services.tenant.campaigns()
    if arguments.as_json:
        print_document(
            {
                "campaigns": [
                    {
                        "id": each.campaign_id,
                        "name": each.name,
                        "dialingMode": each.dialing_mode or None,
                        "status": each.status or None,
                        "skillId": each.skill_id,
                        "queueId": each.queue_id,
                    }
                    for each in listed
                ]
            }
        )
    else:
        rows = [
            (
                each.campaign_id,
                each.name,
                each.dialing_mode or GAP,
                each.status or GAP,
                each.skill_id or GAP,
            )
            for each in listed
        ]
        say(table(("id", "name", "dialling mode", "status", "skill"), rows))
    return DONE


def queues(arguments: Namespace) -> int:
    """List the queues that the tenant tells of."""
    with connected(arguments) as services:
        listed = services.tenant.queues()
    if arguments.as_json:
        print_document({"queues": [{"id": each.queue_id, "name": each.name} for each in listed]})
    else:
        say(table(("id", "name"), [(each.queue_id, each.name) for each in listed]))
    return DONE
