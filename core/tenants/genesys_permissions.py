"""Every operation of the platform that is used, the permission it needs, and whether it is held.

Reads are tried, each with one small question. A write is never tried, and a token of the client
credentials grant does not tell its permissions: those of writes are known from what the tenant
answered when one was last sent, and unknown before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.clock import Clock, hour_start
from core.documents import JsonObject
from core.errors import TenantError
from core.permissions import Need, Permission, PermissionState
from core.tenants import genesys_analytics_wire as analytics
from core.tenants import genesys_wfm_wire as wfm
from core.tenants import genesys_wire as wire
from core.tenants.exchange import Exchange
from core.tenants.genesys_records import entity_list
from core.tenants.retry import PROBE, Deadline
from core.tenants.trials import Trial, permission_of, seen_trial, tried
from core.tenants.wire import Call
from core.units import CampaignId, QueueId

NOBODY = "00000000-0000-0000-0000-000000000000"
"""An id that names nothing: a question about it is answered, with nothing in it."""
ASK = "Ask the administrator to add it to a role of the OAuth client, with the divisions needed."
NEVER_TRIED = f"A write is never tried. {ASK}"
NO_UNIT = "Workforce management shows no business unit: no licence, or not for this client."

CAMPAIGN_VIEWED = "listing and reading campaigns, their statistics and diagnostics"
NEEDED_FOR = {
    wire.NO_PERMISSION: "naming the organisation, finding business units",
    wire.CAMPAIGN_VIEW: CAMPAIGN_VIEWED,
    wire.PERFORMANCE_VIEW: "how all campaigns run now",
    analytics.AGGREGATES_VIEW: "history of campaigns and queues, for every forecast",
    analytics.OBSERVATIONS_VIEW: "agents on the queue now, where no schedule is known",
    wire.QUEUE_VIEW: "listing queues and their members",
    wire.SETTINGS_VIEW: "what the abandon rate is counted over, and the highest pace",
    wire.RULE_VIEW: "warning of campaign rules that change the same fields",
    wire.TIMES_VIEW: "when contacts may be called",
    wire.SCHEDULE_VIEW: "reading campaigns' schedules",
    wfm.UNIT_VIEW: "the time zone of a business unit",
    wfm.GROUPS_VIEW: "which planning groups serve a queue",
    wfm.INTRADAY_VIEW: "agents ahead, by planning group",
    wfm.CODES_VIEW: "which activities are work on a queue",
    wfm.ROSTER_VIEW: "agents ahead, by shift",
    wire.CAMPAIGN_EDIT: "pushing approved pacing",
    wire.CAMPAIGN_ADD: "creating approved campaigns, off",
    wire.SCHEDULE_EDIT: "writing approved schedules",
    wire.SCHEDULE_DELETE: "taking a schedule back",
    wire.CAMPAIGN_DELETE: "taking a created campaign back",
}
OPERATIONS = {
    wire.NO_PERMISSION: ("GET /api/v2/organizations/me", f"GET {wfm.UNITS_PATH}"),
    wire.CAMPAIGN_VIEW: (
        f"GET {wire.CAMPAIGNS_PATH}",
        f"GET {wire.CAMPAIGNS_PATH}/{{id}}",
        f"GET {wire.CAMPAIGNS_PATH}/{{id}}/stats",
        f"GET {wire.CAMPAIGNS_PATH}/{{id}}/diagnostics",
    ),
    wire.PERFORMANCE_VIEW: (f"POST {wire.CAMPAIGNS_PATH}/performance/query",),
    analytics.AGGREGATES_VIEW: ("POST /api/v2/analytics/conversations/aggregates/query",),
    analytics.OBSERVATIONS_VIEW: ("POST /api/v2/analytics/queues/observations/query",),
    wire.QUEUE_VIEW: ("GET /api/v2/routing/queues", "GET /api/v2/routing/queues/{id}/members"),
    wire.SETTINGS_VIEW: ("GET /api/v2/outbound/settings",),
    wire.RULE_VIEW: ("GET /api/v2/outbound/campaignrules",),
    wire.TIMES_VIEW: (
        "GET /api/v2/outbound/callabletimesets",
        "GET /api/v2/outbound/callabletimesets/{id}",
    ),
    wire.SCHEDULE_VIEW: (
        f"GET {wire.SCHEDULES_PATH}",
        f"GET {wire.SCHEDULES_PATH}/{{id}}",
    ),
    wfm.UNIT_VIEW: (f"GET {wfm.UNITS_PATH}/{{id}}",),
    wfm.GROUPS_VIEW: (f"GET {wfm.UNITS_PATH}/{{id}}/planninggroups",),
    wfm.INTRADAY_VIEW: (f"POST {wfm.UNITS_PATH}/{{id}}/intraday",),
    wfm.CODES_VIEW: (f"GET {wfm.UNITS_PATH}/{{id}}/activitycodes",),
    wfm.ROSTER_VIEW: (f"POST {wfm.UNITS_PATH}/{{id}}/agentschedules/search",),
    wire.CAMPAIGN_EDIT: (
        f"PATCH {wire.CAMPAIGNS_PATH}/{{id}}",
        f"PUT {wire.CAMPAIGNS_PATH}/{{id}}",
    ),
    wire.CAMPAIGN_ADD: (f"POST {wire.CAMPAIGNS_PATH}",),
    wire.SCHEDULE_EDIT: (f"PUT {wire.SCHEDULES_PATH}/{{id}}",),
    wire.SCHEDULE_DELETE: (f"DELETE {wire.SCHEDULES_PATH}/{{id}}",),
    wire.CAMPAIGN_DELETE: (f"DELETE {wire.CAMPAIGNS_PATH}/{{id}}",),
}
NEEDED: Mapping[Need, str] = {
    Need.PACE: wire.CAMPAIGN_EDIT,
    Need.CREATE: wire.CAMPAIGN_ADD,
    Need.DELETE: wire.CAMPAIGN_DELETE,
    Need.SCHEDULE: wire.SCHEDULE_EDIT,
    Need.UNSCHEDULE: wire.SCHEDULE_DELETE,
    Need.RULES: wire.RULE_VIEW,
    Need.SETTINGS: wire.SETTINGS_VIEW,
    Need.CALLABLE_TIMES: wire.TIMES_VIEW,
    Need.RUNNING: wire.CAMPAIGN_VIEW,
    Need.DAY: analytics.AGGREGATES_VIEW,
}
"""Which permission a need takes."""
WRITES = (
    wire.CAMPAIGN_EDIT,
    wire.CAMPAIGN_ADD,
    wire.SCHEDULE_EDIT,
    wire.SCHEDULE_DELETE,
    wire.CAMPAIGN_DELETE,
)


@dataclass(frozen=True, slots=True)
class PlatformTrials:
    """Tries each read once.

    Parameters
    ----------
    exchange : Exchange
        Sends.
    clock : Clock
        Tells which hour is over.
    """

    exchange: Exchange
    clock: Clock

    def run(self) -> tuple[Permission, ...]:
        """Return every permission that is used.

        Raises
        ------
        AuthenticationFailed
            If the credentials themselves are refused: then nothing can be tried.
        """
        deadline = self.exchange.deadline()
        judged = {
            permission: self._tried(call, deadline)
            for permission, call in self._small_questions().items()
        }
        judged |= self._workforce(deadline)
        seen = self.exchange.seen.known()
        untried = Trial(PermissionState.UNKNOWN, NEVER_TRIED)
        judged |= {name: seen_trial(seen.get(name), untried, ASK) for name in WRITES}
        return tuple(
            permission_of(name, needed_for, judged[name], seen.get(name), OPERATIONS[name])
            for name, needed_for in NEEDED_FOR.items()
        )

    def _small_questions(self) -> dict[str, Call]:
        end = hour_start(self.clock.now())
        start = end - timedelta(hours=1)
        return {
            wire.NO_PERMISSION: wire.organisation_read(),
            wire.CAMPAIGN_VIEW: wire.campaign_list(),
            wire.PERFORMANCE_VIEW: wire.performance_query([CampaignId(NOBODY)]),
            analytics.AGGREGATES_VIEW: analytics.aggregates_query(
                analytics.QUEUE_HISTORY, [NOBODY], start, end
            ),
            analytics.OBSERVATIONS_VIEW: analytics.observations_query(QueueId(NOBODY)),
            wire.QUEUE_VIEW: wire.queue_list(),
            wire.SETTINGS_VIEW: wire.settings_read(),
            wire.RULE_VIEW: wire.rule_list(),
            wire.TIMES_VIEW: wire.times_list(),
            wire.SCHEDULE_VIEW: wire.schedule_list(),
        }

    def _tried(self, call: Call, deadline: Deadline) -> Trial:
        return tried(lambda: self.exchange.read(call, deadline, PROBE), ASK)

    def _workforce(self, deadline: Deadline) -> dict[str, Trial]:
        units = self._listed(wfm.unit_list(), deadline)
        unit_id = str(units[0].get("id")) if units else ""
        if not unit_id:
            silent = Trial(PermissionState.UNKNOWN, NO_UNIT)
            return dict.fromkeys(
                (
                    wfm.UNIT_VIEW,
                    wfm.GROUPS_VIEW,
                    wfm.INTRADAY_VIEW,
                    wfm.CODES_VIEW,
                    wfm.ROSTER_VIEW,
                ),
                silent,
            )
        now = hour_start(self.clock.now())
        hour_ahead = now + timedelta(hours=1)
        groups = self._listed(wfm.planning_groups(unit_id), deadline)
        group_id = str(groups[0].get("id")) if groups else NOBODY
        today: date = now.date()
        questions = {
            wfm.UNIT_VIEW: wfm.unit_read(unit_id),
            wfm.GROUPS_VIEW: wfm.planning_groups(unit_id),
            wfm.INTRADAY_VIEW: wfm.intraday_query(unit_id, today, group_id),
            wfm.CODES_VIEW: wfm.activity_codes(unit_id),
            wfm.ROSTER_VIEW: wfm.roster_query(unit_id, [NOBODY], now, hour_ahead),
        }
        return {name: self._tried(call, deadline) for name, call in questions.items()}

    def _listed(self, call: Call, deadline: Deadline) -> list[JsonObject]:
        try:
            return entity_list(self.exchange.read(call, deadline, PROBE))
        except TenantError:
            return []
