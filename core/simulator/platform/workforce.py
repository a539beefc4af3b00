"""Business units, management units, planning groups, activity codes and people."""

from typing import Final

from core.documents import JsonObject
from core.simulator.calendar import ZONE
from core.simulator.platform.asked import Answer, Asked, Handler
from core.simulator.platform.day_plan import (
    ask_intraday,
    list_intraday_groups,
    search_management_unit,
    search_unit,
)
from core.simulator.platform.first_documents import HOME
from core.simulator.platform.planning import (
    GROUPS,
    UNIT_ID,
    UNITS,
    WORKFORCE_PATH,
    check_licence,
    check_unit,
    management_unit_of,
    routes_of,
)
from core.simulator.platform.shifts import FOCUS, ON_QUEUE, PAUSE, members_of


def list_units(asked: Asked) -> Answer:
    """Answer with the business units."""
    check_licence(asked)
    return {"entities": [{**_unit(), "authorized": True}]}


def read_unit(asked: Asked) -> Answer:
    """Answer with one business unit; its settings where they are asked for."""
    check_unit(asked)
    expand = asked.query.get("expand", [])
    settings = {
        "startDayOfWeek": "Monday",
        "timeZone": ZONE.key,
        "metadata": {"version": 4},
    }
    is_whole = any(part.startswith("settings") for part in expand)
    return {**_unit(), **({"settings": settings} if is_whole else {})}


def list_management_units(asked: Asked) -> Answer:
    """Answer with the management units of a business unit."""
    check_unit(asked)
    return {
        "entities": [
            {
                "id": unit_id,
                "name": name,
                "businessUnit": {"id": UNIT_ID},
                "startDayOfWeek": "Monday",
                "timeZone": ZONE.key,
                "division": {"id": HOME["id"]},
                "selfUri": f"{WORKFORCE_PATH}/managementunits/{unit_id}",
            }
            for unit_id, (name, _) in UNITS.items()
        ]
    }


def list_planning_groups(asked: Asked) -> Answer:
    """Answer with the planning groups and the queues whose calls they take."""
    check_unit(asked)
    return {
        "entities": [
            {
                "id": group_id,
                "name": name,
                "routePaths": routes_of(teams),
                "metadata": {"version": 1},
                "selfUri": f"{WORKFORCE_PATH}/businessunits/{UNIT_ID}/planninggroups/{group_id}",
            }
            for group_id, (name, teams) in GROUPS.items()
        ],
        "metadata": {"version": 7},
    }


def list_activity_codes(asked: Asked) -> Answer:
    """Answer with the activity codes: only their category says which of them is work on queue."""
    check_unit(asked)
    codes = (
        ("0", "Undefined", "Unavailable"),
        (PAUSE, "Pause", "Break"),
        ("2", "Lunch", "Meal"),
        ("3", "Meeting", "Meeting"),
        ("4", "Training", "Training"),
        ("5", "Time off", "TimeOff"),
        (ON_QUEUE, "On queue", "OnQueueWork"),
        (FOCUS, "Outbound focus", "OnQueueWork"),
    )
    return {
        "entities": [
            {
                "id": code_id,
                "name": name,
                "active": True,
                "defaultCode": code_id != FOCUS,
                "category": category,
                "lengthInMinutes": 30,
                "countsAsPaidTime": category == "OnQueueWork",
                "countsAsWorkTime": category == "OnQueueWork",
            }
            for code_id, name, category in codes
        ]
    }


def list_users(asked: Asked) -> Answer:
    """Answer with the people of a management unit."""
    teams = management_unit_of(asked)
    return {
        "entities": [
            {"id": member.user_id, "selfUri": f"/api/v2/users/{member.user_id}"}
            for team in teams
            for member in members_of(team)
        ]
    }


def _unit() -> JsonObject:
    return {
        "id": UNIT_ID,
        "name": "Contact centre",
        "division": {"id": HOME["id"]},
        "selfUri": f"{WORKFORCE_PATH}/businessunits/{UNIT_ID}",
    }


HANDLERS: Final[dict[str, Handler]] = {
    "get_workforcemanagement_businessunits": list_units,
    "get_workforcemanagement_businessunits_divisionviews": list_units,
    "get_workforcemanagement_businessunit": read_unit,
    "get_workforcemanagement_businessunit_managementunits": list_management_units,
    "get_workforcemanagement_businessunit_planninggroups": list_planning_groups,
    "get_workforcemanagement_businessunit_activitycodes": list_activity_codes,
    "post_workforcemanagement_businessunit_intraday": ask_intraday,
    "get_workforcemanagement_businessunit_intraday_planninggroups": list_intraday_groups,
    "post_workforcemanagement_businessunit_agentschedules_search": search_unit,
    "post_workforcemanagement_managementunit_agentschedules_search": search_management_unit,
    "get_workforcemanagement_managementunit_users": list_users,
}
