"""Who plans what: the business unit, its planning groups and management units.

One planning group takes the calls of two queues: its agents are shared. The team of one campaign
is planned nowhere.
"""

from datetime import date, timedelta
from typing import Final

from core.documents import JsonObject
from core.simulator.calendar import ZONE
from core.simulator.campaigns import CAMPAIGNS, CampaignCharacter
from core.simulator.centre import stable_id
from core.simulator.faults import Fault
from core.simulator.platform.asked import Asked
from core.simulator.platform.first_documents import queue_of
from core.simulator.refusals import Refusal
from core.simulator.world import World

SCHEDULED_AHEAD: Final = timedelta(days=14)
UNIT_ID: Final = stable_id("business-unit", "Contact centre")
_SHARED: Final = "Sales"
_SHARING: Final = ("Upgrade offers", "Loyalty calls")
WORKFORCE_PATH: Final = "/api/v2/workforcemanagement"


def _planned() -> dict[str, list[CampaignCharacter]]:
    """Return the teams of each planning group."""
    groups: dict[str, list[CampaignCharacter]] = {}
    for campaign in CAMPAIGNS:
        if campaign.has_schedule:
            name = _SHARED if campaign.name in _SHARING else campaign.name
            groups.setdefault(name, []).append(campaign)
    return groups


GROUPS: Final = {
    stable_id("planning-group", name): (name, teams) for name, teams in _planned().items()
}
"""Planning groups: id to name and the teams whose calls they take."""

UNITS: Final = {
    stable_id("management-unit", name): (
        name,
        [t for _, teams in GROUPS.values() for t in teams][part],
    )
    for name, part in (("Outbound North", slice(0, 3)), ("Outbound South", slice(3, None)))
}
"""Management units: id to name and the teams that they are responsible for."""


def last_planned(world: World) -> date:
    """Return the last local date that the published schedule covers."""
    return (world.clock.now() + SCHEDULED_AHEAD).astimezone(ZONE).date()


def is_published(world: World, day: date) -> bool:
    """Tell whether there is a published schedule for a local date."""
    return day <= last_planned(world) and not world.faults.is_on(Fault.NO_SCHEDULE)


def routes_of(teams: list[CampaignCharacter]) -> list[JsonObject]:
    """Return the queues whose calls some teams take, as planning groups name them."""
    return [{"queue": {"id": queue_of(team)["id"]}, "mediaType": "Voice"} for team in teams]


def check_licence(asked: Asked) -> None:
    """Refuse where the organisation has no licence; 403."""
    if not asked.world.traits.has_workforce:
        raise Refusal(
            403, "not.authorized", "The organisation has no licence for workforce management."
        )


def check_unit(asked: Asked) -> None:
    """Refuse where the path names no business unit; 404."""
    check_licence(asked)
    wanted = asked.path["businessUnitId"]
    if wanted != UNIT_ID:
        raise Refusal(404, "not.found", f"There is no business unit with the id {wanted}.")


def management_unit_of(asked: Asked) -> list[CampaignCharacter]:
    """Return the teams of the management unit in the path; 404 where there is none."""
    check_licence(asked)
    unit_id = asked.path["managementUnitId"]
    if unit_id not in UNITS:
        raise Refusal(404, "not.found", f"There is no management unit with the id {unit_id}.")
    return UNITS[unit_id][1]
