"""Questions to the workforce management of the platform dialect, as plain values."""

from collections.abc import Sequence
from datetime import date, datetime

from core.tenants.genesys_analytics_wire import moment_text
from core.tenants.genesys_wire import NO_PERMISSION, read_call
from core.tenants.wire import Call, segment

UNITS_PATH = "/api/v2/workforcemanagement/businessunits"

INTRADAY_VIEW = "wfm:intraday:view"
ROSTER_VIEW = "wfm:publishedSchedule:view or wfm:schedule:view"
GROUPS_VIEW = "wfm:planningGroup:view or wfm:intraday:view or wfm:publishedSchedule:view"
CODES_VIEW = "wfm:activityCode:view or wfm:intraday:view or wfm:publishedSchedule:view"
UNIT_VIEW = "wfm:businessUnit:view or wfm:intraday:view or wfm:publishedSchedule:view"

WFM_SECONDS = 30.0
HOUR_MINUTES = 60


def _path(unit_id: str, part: str = "") -> str:
    path = f"{UNITS_PATH}/{segment(unit_id, f'business unit {unit_id}')}"
    return f"{path}/{part}" if part else path


def unit_list() -> Call:
    """Return the question for the business units; the platform does not page them."""
    return read_call(UNITS_PATH, "list the business units", "workforce management", NO_PERMISSION)


def unit_read(unit_id: str) -> Call:
    """Return the question for a business unit with its time zone."""
    return read_call(
        _path(unit_id),
        "read the business unit",
        f"business unit {unit_id}",
        UNIT_VIEW,
        (("expand", "settings.timeZone"),),
    )


def planning_groups(unit_id: str) -> Call:
    """Return the question for the planning groups of a business unit, with their queues."""
    subject = f"business unit {unit_id}"
    path = _path(unit_id, "planninggroups")
    return read_call(path, "list the planning groups", subject, GROUPS_VIEW)


def activity_codes(unit_id: str) -> Call:
    """Return the question for what the activities of a business unit mean."""
    subject = f"business unit {unit_id}"
    path = _path(unit_id, "activitycodes")
    return read_call(path, "list the activity codes", subject, CODES_VIEW)


def intraday_query(unit_id: str, day: date, group_id: str) -> Call:
    """Return the question for the agents of a planning group on one day of its business unit.

    Examples
    --------
    >>> intraday_query("bu-1", date(2026, 11, 23), "pg-1").body["businessUnitDate"]
    '2026-11-23'
    """
    return Call(
        "POST",
        _path(unit_id, "intraday"),
        does="read the scheduled agents",
        subject=f"planning group {group_id}, {day}",
        permission=INTRADAY_VIEW,
        timeout_seconds=WFM_SECONDS,
        body={
            "businessUnitDate": day.isoformat(),
            "categories": ["ScheduleData"],
            "planningGroupIds": [group_id],
            "intervalLengthMinutes": HOUR_MINUTES,
        },
    )


def roster_query(unit_id: str, user_ids: Sequence[str], start: datetime, end: datetime) -> Call:
    """Return the question for the shifts of some agents in [start, end)."""
    return Call(
        "POST",
        _path(unit_id, "agentschedules/search"),
        does="read the agents' shifts",
        subject=f"business unit {unit_id}",
        permission=ROSTER_VIEW,
        timeout_seconds=WFM_SECONDS,
        body={
            "startDate": moment_text(start),
            "endDate": moment_text(end),
            "userIds": list(user_ids),
        },
    )
