"""The operations on workforce management: who is scheduled when."""

from typing import Final

from core.simulator.platform.bodies import AGENT_SCHEDULES, INTRADAY
from core.simulator.platform.kinds import DATE, FLAG, TEXT, Kind
from core.simulator.platform.operation import IDS_PARAMETER, Operation

_BY_DIVISION: Final[dict[str, Kind]] = {"feature": TEXT, "divisionId": TEXT}
_ASYNC: Final[dict[str, Kind]] = {"forceAsync": FLAG, "forceDownloadService": FLAG}
_ROSTER_VIEW: Final = ("wfm:schedule:view", "wfm:publishedSchedule:view")
_WFM: Final = "/api/v2/workforcemanagement"
_UNIT: Final = f"{_WFM}/businessunits/{{businessUnitId}}"


def _wfm(names: str) -> tuple[str, ...]:
    return tuple(f"wfm:{name}:view" for name in names.split())


_UNIT_VIEW: Final = _wfm(
    "activityCode agentSchedule agent businessUnit historicalAdherence shrinkage intraday "
    "managementUnit publishedSchedule realtimeAdherence schedule serviceGoalTemplate planningGroup "
    "shiftTradeRequest shortTermForecast staffingGroup timeOffRequest timeOffLimit timeOffPlan "
    "workPlan workPlanRotation"
)
_CODES_VIEW: Final = tuple(name for name in _UNIT_VIEW if "staffingGroup" not in name)

WORKFORCE: Final = (
    Operation(
        "get_workforcemanagement_businessunits",
        "GET",
        f"{_WFM}/businessunits",
        parameters=_BY_DIVISION,
    ),
    Operation(
        "get_workforcemanagement_businessunits_divisionviews",
        "GET",
        f"{_WFM}/businessunits/divisionviews",
        ("wfm:businessUnit:search",),
        parameters={"divisionId": IDS_PARAMETER},
    ),
    Operation(
        "get_workforcemanagement_businessunit",
        "GET",
        _UNIT,
        _UNIT_VIEW,
        parameters={"expand": IDS_PARAMETER, "includeSchedulingDefaultMessageSeverities": FLAG},
    ),
    Operation(
        "get_workforcemanagement_businessunit_managementunits",
        "GET",
        f"{_UNIT}/managementunits",
        parameters=_BY_DIVISION,
    ),
    Operation(
        "get_workforcemanagement_businessunit_planninggroups",
        "GET",
        f"{_UNIT}/planninggroups",
        _wfm("planningGroup shortTermForecast intraday agent schedule publishedSchedule"),
    ),
    Operation(
        "get_workforcemanagement_businessunit_activitycodes",
        "GET",
        f"{_UNIT}/activitycodes",
        _CODES_VIEW,
        parameters={"forceDownloadService": FLAG},
    ),
    Operation(
        "post_workforcemanagement_businessunit_intraday",
        "POST",
        f"{_UNIT}/intraday",
        ("wfm:intraday:view",),
        INTRADAY,
        {"forceAsync": FLAG},
    ),
    Operation(
        "get_workforcemanagement_businessunit_intraday_planninggroups",
        "GET",
        f"{_UNIT}/intraday/planninggroups",
        ("wfm:intraday:view",),
        parameters={"date": DATE},
        required=("date",),
    ),
    Operation(
        "post_workforcemanagement_businessunit_agentschedules_search",
        "POST",
        f"{_UNIT}/agentschedules/search",
        _ROSTER_VIEW,
        AGENT_SCHEDULES,
        _ASYNC,
    ),
    Operation(
        "post_workforcemanagement_managementunit_agentschedules_search",
        "POST",
        f"{_WFM}/managementunits/{{managementUnitId}}/agentschedules/search",
        _ROSTER_VIEW,
        AGENT_SCHEDULES,
        _ASYNC,
    ),
    Operation(
        "get_workforcemanagement_managementunit_users",
        "GET",
        f"{_WFM}/managementunits/{{managementUnitId}}/users",
        _wfm(
            "agent historicalAdherence publishedSchedule realtimeAdherence schedule "
            "staffingGroup timeOffRequest workPlanRotation workPlan"
        ),
    ),
)
