"""The operations on campaigns, their schedules and what they obey."""

from typing import Final

from core.simulator.platform.bodies import FIFTY_IDS, IDS
from core.simulator.platform.campaign_bodies import CAMPAIGN, CAMPAIGN_PATCH, SCHEDULE
from core.simulator.platform.kinds import FLAG, TEXT, Kind
from core.simulator.platform.operation import IDS_PARAMETER, LISTED, Operation

_DECIMAL: Final[dict[str, Kind]] = {"useMaxCallsPerAgentDecimal": FLAG}

_CAMPAIGNS: Final = "/api/v2/outbound/campaigns"
_CAMPAIGN: Final = "/api/v2/outbound/campaigns/{campaignId}"
_SCHEDULES: Final = "/api/v2/outbound/schedules/campaigns"
_SCHEDULE: Final = "/api/v2/outbound/schedules/campaigns/{campaignId}"
_TIME_SETS: Final = "/api/v2/outbound/callabletimesets"
_RULES: Final = "/api/v2/outbound/campaignrules"

_VIEW: Final = ("outbound:campaign:view",)
_EDIT: Final = ("outbound:campaign:edit",)
_SCHEDULE_VIEW: Final = ("outbound:schedule:view", "outbound:campaign:viewSchedule")

OUTBOUND: Final = (
    Operation(
        "get_outbound_campaigns",
        "GET",
        _CAMPAIGNS,
        _VIEW,
        parameters={
            **{key: kind for key, kind in LISTED.items() if key != "allowEmptyResult"},
            "id": IDS_PARAMETER,
            "contactListId": TEXT,
            "dncListIds": TEXT,
            "distributionQueueId": TEXT,
            "edgeGroupId": TEXT,
            "callAnalysisResponseSetId": TEXT,
            "divisionId": IDS_PARAMETER,
        },
    ),
    Operation(
        "post_outbound_campaigns",
        "POST",
        _CAMPAIGNS,
        ("outbound:campaign:add",),
        CAMPAIGN,
        _DECIMAL,
        changes=True,
    ),
    Operation(
        "post_outbound_campaigns_performance_query",
        "POST",
        f"{_CAMPAIGNS}/performance/query",
        ("outbound:performance:view", _VIEW[0]),
        FIFTY_IDS,
    ),
    Operation("post_outbound_campaigns_progress", "POST", f"{_CAMPAIGNS}/progress", _VIEW, IDS),
    Operation("get_outbound_campaign", "GET", _CAMPAIGN, _VIEW),
    Operation("put_outbound_campaign", "PUT", _CAMPAIGN, _EDIT, CAMPAIGN, _DECIMAL, changes=True),
    Operation("patch_outbound_campaign", "PATCH", _CAMPAIGN, _EDIT, CAMPAIGN_PATCH, changes=True),
    Operation(
        "delete_outbound_campaign",
        "DELETE",
        _CAMPAIGN,
        ("outbound:campaign:delete",),
        changes=True,
    ),
    Operation("get_outbound_campaign_stats", "GET", f"{_CAMPAIGN}/stats", _VIEW),
    Operation("get_outbound_campaign_progress", "GET", f"{_CAMPAIGN}/progress", _VIEW),
    Operation("get_outbound_campaign_diagnostics", "GET", f"{_CAMPAIGN}/diagnostics", _VIEW),
    Operation("get_outbound_campaign_interactions", "GET", f"{_CAMPAIGN}/interactions", _VIEW),
    Operation(
        "post_outbound_campaign_start",
        "POST",
        f"{_CAMPAIGN}/start",
        ("outbound:campaign:start",),
        changes=True,
    ),
    Operation(
        "post_outbound_campaign_stop",
        "POST",
        f"{_CAMPAIGN}/stop",
        ("outbound:campaign:stop",),
        changes=True,
    ),
    Operation(
        "get_outbound_diagnostics_campaign_summary",
        "GET",
        "/api/v2/outbound/diagnostics/campaigns/{campaignId}/summary",
        ("outbound:campaignDiagnostic:view",),
        parameters={"start": TEXT, "end": TEXT},
        required=("start", "end"),
    ),
    Operation("get_outbound_schedules_campaigns", "GET", _SCHEDULES, _SCHEDULE_VIEW),
    Operation("get_outbound_schedules_campaign", "GET", _SCHEDULE, _SCHEDULE_VIEW),
    Operation(
        "put_outbound_schedules_campaign",
        "PUT",
        _SCHEDULE,
        ("outbound:schedule:edit", "outbound:campaign:editSchedule"),
        SCHEDULE,
        changes=True,
    ),
    Operation(
        "delete_outbound_schedules_campaign",
        "DELETE",
        _SCHEDULE,
        ("outbound:schedule:delete", "outbound:campaign:deleteSchedule"),
        changes=True,
    ),
    Operation(
        "get_outbound_settings", "GET", "/api/v2/outbound/settings", ("outbound:settings:view",)
    ),
    Operation(
        "get_outbound_callabletimesets",
        "GET",
        _TIME_SETS,
        ("outbound:callableTimeSet:view",),
        parameters=LISTED,
    ),
    Operation(
        "get_outbound_callabletimeset",
        "GET",
        f"{_TIME_SETS}/{{callableTimeSetId}}",
        ("outbound:callableTimeSet:view",),
    ),
    Operation(
        "get_outbound_campaignrules",
        "GET",
        _RULES,
        ("outbound:campaignRule:view",),
        parameters=LISTED,
    ),
    Operation(
        "get_outbound_campaignrule",
        "GET",
        f"{_RULES}/{{campaignRuleId}}",
        ("outbound:campaignRule:view",),
    ),
)
