"""What the tenant has: its name, our permissions, campaigns and queues.

Everything is read; nothing here is stored or changed.
"""

from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from core.campaigns import Campaign, Organisation, RequestBudget
from core.cli.connection import connected
from core.cli.exit_codes import DONE, REFUSED
from core.cli.output import GAP, facts, note, print_document, say, table
from core.dialler import CampaignLive
from core.permissions import Permission, PermissionState
from core.screens.connection import seen_words
from core.units import CampaignId


def check(arguments: Namespace) -> int:
    """Reach the tenant, name the organisation, list each permission that is needed."""
    with connected(arguments) as services:
        organisation = services.tenant.organisation()
        permissions = services.tenant.permissions()
        budget, zone = services.tenant.budget(), services.settings.time_zone
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
        rows = [
            (
                each.name,
                each.state.value,
                each.needed_for,
                f"{seen_words(each, zone)} {each.note}".strip(),
            )
            for each in permissions
        ]
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
                "seenAt": each.seen_at and each.seen_at.astimezone(UTC).isoformat(),
                "operations": list(each.operations),
            }
            for each in permissions
        ],
        "requests": None
        if budget is None
        else {"sent": budget.sent, "used": budget.used, "allowedPerMinute": budget.allowed},
    }


def campaigns(arguments: Namespace) -> int:
    """List the campaigns of the tenant, with what their diallers do now where that is asked for."""
    with connected(arguments) as services:
        listed = services.tenant.campaigns()
        ids = [each.campaign_id for each in listed]
        running = services.tenant.campaigns_live(ids) if arguments.live else None
    if arguments.as_json:
        print_document({"campaigns": [_campaign_document(each, running) for each in listed]})
    else:
        headings = ("id", "name", "dialling mode", "status", "skill")
        now = () if running is None else ("calls per agent", "idle agents", "calls open")
        say(table((*headings, *now), [_campaign_row(each, running) for each in listed]))
    return DONE


def _campaign_document(
    campaign: Campaign, running: Mapping[CampaignId, CampaignLive] | None
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": campaign.campaign_id,
        "name": campaign.name,
        "dialingMode": campaign.dialing_mode or None,
        "status": campaign.status or None,
        "skillId": campaign.skill_id,
        "queueId": campaign.queue_id,
    }
    if running is None:
        return told
    live = running.get(campaign.campaign_id)
    now = live and {
        "readAt": live.read_at.astimezone(UTC).isoformat(),
        "callsPerAgent": live.calls_per_agent,
        "idleAgents": live.idle_agents,
        "callsOpen": live.outstanding_calls,
    }
    return told | {"live": now}


def _campaign_row(
    campaign: Campaign, running: Mapping[CampaignId, CampaignLive] | None
) -> tuple[str, ...]:
    known = (
        campaign.campaign_id,
        campaign.name,
        campaign.dialing_mode or GAP,
        campaign.status or GAP,
        campaign.skill_id or GAP,
    )
    if running is None:
        return known
    live = running.get(campaign.campaign_id)
    if live is None:
        return (*known, GAP, GAP, GAP)
    return (
        *known,
        GAP if live.calls_per_agent is None else f"{live.calls_per_agent:.2f}",
        GAP if live.idle_agents is None else f"{live.idle_agents:.0f}",
        GAP if live.outstanding_calls is None else f"{live.outstanding_calls:.0f}",
    )


def queues(arguments: Namespace) -> int:
    """List the queues that the tenant tells of."""
    with connected(arguments) as services:
        listed = services.tenant.queues()
    if arguments.as_json:
        print_document({"queues": [{"id": each.queue_id, "name": each.name} for each in listed]})
    else:
        say(table(("id", "name"), [(each.queue_id, each.name) for each in listed]))
    return DONE
