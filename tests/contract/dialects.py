"""What the one contract suite says in each dialect: the same wishes in different words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.documents import JsonObject
from core.errors import PayloadRejected, StaleRevision, TenantError
from core.tenants.genesys_permissions import NEEDED_FOR, WRITES
from core.tenants.tutorial_wire import SCOPES


@dataclass(frozen=True)
class Dialect:
    """How a wish is spelled.

    Parameters
    ----------
    target : str
        The field that says which abandon rate to aim at, dotted.
    set_target : JsonObject
        A payload that sets it.
    beyond_bounds : tuple of JsonObject
        Payloads that nobody can mean.
    off : tuple of (str, str)
        Field and value of a campaign that was just created.
    draft : callable
        A name and the document of a campaign to the payload of another one.
    priority : JsonObject
        A payload that sets the priority, and tries to set what only the tenant sets.
    the_tenants_own : tuple of str
        Fields that no payload changes.
    permissions : tuple of str
        Names of all permissions.
    untried : tuple of str
        Of these, what cannot be told without writing.
    taken_name : type of TenantError
        What giving a campaign another one's name raises.
    knows_series : bool
        Whether an unknown id of a series is told from one without records.
    """

    target: str
    set_target: JsonObject
    beyond_bounds: tuple[JsonObject, ...]
    off: tuple[str, str]
    draft: Callable[[str, JsonObject], JsonObject]
    priority: JsonObject
    the_tenants_own: tuple[str, ...]
    permissions: tuple[str, ...]
    untried: tuple[str, ...]
    taken_name: type[TenantError]
    knows_series: bool


def tutorial_draft(name: str, document: JsonObject) -> JsonObject:
    """Return a campaign draft as the tutorials have it."""
    return {
        "name": name,
        "description": "threshold: 12.3",
        "type": "OUTBOUND",
        "status": "DRAFT",
        "maxCallsPerHour": 50,
        "schedule": [
            {
                "startDateTime": "2026-11-24T18:00:00+00:00",
                "endDateTime": "2026-11-24T20:00:00+00:00",
                "repeat": "NONE",
            }
        ],
        "dialingMode": "PREDICTIVE",
        "callCenter": {"id": document["callCenter"]["id"]},
    }


COPIED = (
    "contactList",
    "queue",
    "script",
    "site",
    "edgeGroup",
    "callAnalysisResponseSet",
    "phoneColumns",
    "callerName",
    "callerAddress",
    "dialingMode",
)


def platform_draft(name: str, document: JsonObject) -> JsonObject:
    """Return a campaign that is copied from another one, off."""
    copied: dict[str, Any] = {key: document[key] for key in COPIED if key in document}
    return copied | {
        "name": name,
        "campaignStatus": "off",
        "abandonRate": 2.5,
        "maxCallsPerAgent": 2.35,
    }


TUTORIAL = Dialect(
    target="predictive.dropRate",
    set_target={"predictive": {"dropRate": 0.0123}},
    beyond_bounds=tuple({"predictive": {"answerRate": rate}} for rate in (1.2, -0.1, 40)),
    off=("status", "DRAFT"),
    draft=tutorial_draft,
    priority={"priority": 2, "routing": {"mine": 1}},
    the_tenants_own=("id", "selfUri", "routing"),
    permissions=SCOPES,
    untried=(),
    taken_name=StaleRevision,
    knows_series=True,
)
PLATFORM = Dialect(
    target="abandonRate",
    set_target={"abandonRate": 1.23},
    beyond_bounds=({"abandonRate": 101}, {"abandonRate": -0.1}, {"maxCallsPerAgent": 0.4}),
    off=("campaignStatus", "off"),
    draft=platform_draft,
    priority={"priority": 2},
    the_tenants_own=("id", "selfUri", "dateCreated", "campaignStatus"),
    permissions=tuple(NEEDED_FOR),
    untried=WRITES,
    taken_name=PayloadRejected,
    knows_series=False,
)
