"""Campaigns, the dialler and the permissions of the platform, as they are read."""

from typing import Any

import httpx
import pytest

from core.dialler import CallableWindow, rules_writing
from core.errors import AuthenticationFailed, RateLimited, TenantRecordMissing, UnexpectedPayload
from core.permissions import PermissionState
from core.tenants.genesys_permissions import NEEDED_FOR, OPERATIONS, WRITES
from core.tenants.genesys_wire import CAMPAIGN_EDIT, SETTINGS_VIEW
from core.units import CampaignId

from .platform import NOON, Platform, page, refused

CAMPAIGNS = "/api/v2/outbound/campaigns"
ENTITY = {
    "id": "c-1",
    "name": "Winback",
    "version": 3,
    "dialingMode": "telepathic",
    "campaignStatus": "forced_off",
    "queue": {"id": "q-1"},
    "x-new": [1],
}
WINBACK = CampaignId("c-1")


def test_campaigns_are_listed_page_after_page_with_their_queue_as_skill() -> None:
    first = {"entities": [ENTITY], "pageNumber": 1, "pageCount": 2}
    second = {"entities": [ENTITY | {"id": "c-2", "queue": None}], "pageNumber": 2, "pageCount": 2}
    platform = Platform({f"GET {CAMPAIGNS}": [first, second]})

    one, other = platform.reader.campaigns()

    assert (one.skill_id, one.queue_id, one.status) == ("q-1", "q-1", "forced_off")
    assert one.dialing_mode == "telepathic"
    assert other.skill_id is None
    assert [each.url.params["pageSize"] for each in platform.asked] == ["100", "100"]


def test_a_campaign_is_read_whole_with_what_nobody_knows() -> None:
    snapshot = Platform({f"GET {CAMPAIGNS}/c-1": ENTITY}).reader.read_campaign(WINBACK)
    assert snapshot.document == ENTITY
    assert (snapshot.revision, snapshot.read_at) == ("3", NOON)


def test_only_the_exact_name_is_found() -> None:
    listed = page(ENTITY, ENTITY | {"id": "c-2", "name": "Winback 2"})
    platform = Platform({f"GET {CAMPAIGNS}": listed, f"GET {CAMPAIGNS}/c-1": ENTITY})
    (found,) = platform.reader.find_campaigns("Winback")
    assert found.campaign_id == "c-1"
    assert platform.asked[0].url.params["filterType"] == "Equals"


def test_a_campaign_runs_as_its_statistics_and_diagnostics_tell() -> None:
    stats = {
        "contactRate": {"attempts": 900, "connects": 270, "connectRatio": 0.3},
        "idleAgents": 4,
        "effectiveIdleAgents": 3.5,
        "adjustedCallsPerAgent": 2.1,
        "outstandingCalls": 11,
        "linesUtilization": {},
    }
    platform = Platform(
        {
            f"GET {CAMPAIGNS}/c-1/stats": stats,
            f"GET {CAMPAIGNS}/c-1/diagnostics": {
                "queueUtilizationDiagnostic": {"usersOnQueue": 23}
            },
        }
    )
    live = platform.reader.campaign_live(WINBACK)

    assert (live.calls_per_agent, live.idle_agents, live.outstanding_calls) == (2.1, 4, 11)
    assert (live.connect_share, live.agents_on_queue) == (0.3, 23)
    assert live.document == stats


def test_a_number_that_is_not_told_is_none_and_never_zero() -> None:
    platform = Platform({f"GET {CAMPAIGNS}/c-1/stats": {"idleAgents": "four"}})
    live = platform.reader.campaign_live(WINBACK)
    assert (live.idle_agents, live.calls_per_agent, live.connect_share) == (None, None, None)


def test_120_campaigns_are_three_questions_of_at_most_50() -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        ids = __import__("json").loads(request.content)
        found = [
            {"campaign": {"id": each}, "campaignStatus": "on", "idleAgents": 1} for each in ids
        ]
        return httpx.Response(200, json={"entities": found})

    platform = Platform({f"POST {CAMPAIGNS}/performance/query": reply})
    lives = platform.reader.campaigns_live([CampaignId(f"c-{n}") for n in range(120)])

    assert len(lives) == 120
    assert [len(body) for body in platform.bodies("POST")] == [50, 50, 20]
    assert lives[CampaignId("c-119")].status == "on"


def test_settings_tell_what_abandons_are_counted_over() -> None:
    told = {
        "complianceAbandonRateDenominator": "CALLS_THAT_REACHED_QUEUE",
        "maxConfigurableCallsPerAgent": 15,
        "maxCallsPerAgentDecimal": 4.5,
        "maxCallsPerAgent": 4,
        "abandonSeconds": 2.0,
    }
    settings = Platform({"GET /api/v2/outbound/settings": told}).reader.outbound_settings()
    assert settings.counts_all_calls is False
    assert (settings.calls_per_agent_ceiling, settings.calls_per_agent) == (15, 4.5)
    assert settings.abandon_seconds == 2.0


def rule(**more: Any) -> dict[str, Any]:
    return {
        "id": "r-1",
        "name": "Evening pace",
        "enabled": True,
        "campaignRuleEntities": {"campaigns": [{"id": "c-1"}]},
        "campaignRuleConditions": [{"conditionType": "timeOfDay"}],
        "campaignRuleActions": [
            {
                "actionType": "setCampaignAbandonRate",
                "parameters": {"abandonRate": 5.0},
                "campaignRuleActionEntities": {"campaigns": [{"id": "c-1"}]},
            }
        ],
    } | more


def test_a_rule_that_writes_the_same_field_is_found() -> None:
    elsewhere = rule(
        id="r-2",
        campaignRuleActions=[
            {
                "actionType": "setCampaignAbandonRate",
                "campaignRuleActionEntities": {"campaigns": [{"id": "c-2"}]},
            },
            {
                "actionType": "sendPigeon",
                "campaignRuleActionEntities": {"useTriggeringEntity": True},
            },
        ],
    )
    platform = Platform({"GET /api/v2/outbound/campaignrules": page(rule(), elsewhere)})

    (found,) = platform.reader.campaign_rules(WINBACK)

    assert (found.name, found.conditions) == ("Evening pace", ("timeOfDay",))
    assert rules_writing([found], WINBACK, ["maxCallsPerAgent", "abandonRate"]) == (found,)
    assert rules_writing([found], WINBACK, ["maxCallsPerAgent"]) == ()


def test_a_rule_that_is_switched_off_writes_nothing() -> None:
    platform = Platform({"GET /api/v2/outbound/campaignrules": page(rule(enabled=False))})
    (found,) = platform.reader.campaign_rules(WINBACK)
    assert rules_writing([found], WINBACK, ["abandonRate"]) == ()


def test_callable_times_are_read_in_the_contacts_zone() -> None:
    told = {
        "name": "Weekdays",
        "callableTimes": [
            {
                "timeZoneId": "Europe/Berlin",
                "timeSlots": [{"day": 1, "startTime": "08:00:00", "stopTime": "20:00:00"}],
            }
        ],
    }
    document = ENTITY | {"callableTimeSet": {"id": "t-1"}}
    platform = Platform(
        {"GET /api/v2/outbound/callabletimesets/t-1": told, f"GET {CAMPAIGNS}/c-1": document}
    )
    reader = platform.reader
    times = reader.callable_times(reader.read_campaign(WINBACK))
    assert times.windows == (CallableWindow("Europe/Berlin", 1, "08:00:00", "20:00:00"),)


def test_a_callable_time_that_cannot_be_read_is_never_passed_over() -> None:
    told = {"callableTimes": [{"timeZoneId": "UTC", "timeSlots": [{"day": "Monday"}]}]}
    document = ENTITY | {"callableTimeSet": {"id": "t-1"}}
    platform = Platform(
        {"GET /api/v2/outbound/callabletimesets/t-1": told, f"GET {CAMPAIGNS}/c-1": document}
    )
    reader = platform.reader
    with pytest.raises(UnexpectedPayload):
        reader.callable_times(reader.read_campaign(WINBACK))


def test_what_a_role_may_not_read_of_the_dialler_is_not_told() -> None:
    forbidden = refused(403, "missing.permissions")
    platform = Platform({"GET /api/v2/outbound/.*": forbidden})
    reader = platform.reader
    assert reader.outbound_settings() is None
    assert reader.campaign_rules(WINBACK) == ()


def test_a_campaign_without_a_schedule_has_none() -> None:
    assert Platform({}).reader.campaign_schedule(WINBACK) is None


@pytest.mark.parametrize("identifier", ["no-such-id", "a b/c?d", "", "..", "ü"])
def test_an_unknown_campaign_is_named(identifier: str) -> None:
    with pytest.raises(TenantRecordMissing):
        Platform({}).reader.read_campaign(CampaignId(identifier))


# --- budget ---------------------------------------------------------------------------------


def test_every_answer_tells_the_budget() -> None:
    limit = {
        "inin-ratelimit-allowed": "300",
        "inin-ratelimit-count": "7",
        "inin-ratelimit-reset": "9",
    }
    platform = Platform({f"GET {CAMPAIGNS}/c-1": ENTITY}, headers=limit)
    reader = platform.reader
    reader.read_campaign(WINBACK)
    budget = reader.budget()
    assert (budget.sent, budget.used, budget.allowed) == (1, 7, 300)


def test_more_requests_than_the_tenant_allows_wait_instead_of_being_refused() -> None:
    platform = Platform({f"GET {CAMPAIGNS}/c-1": ENTITY})
    reader = platform.reader
    for _ in range(400):
        reader.read_campaign(WINBACK)
    assert sum(platform.sleeper.naps) == pytest.approx(60.0)


def test_a_wait_past_the_deadline_is_told_and_nothing_is_sent() -> None:
    limit = {
        "inin-ratelimit-allowed": "300",
        "inin-ratelimit-count": "300",
        "inin-ratelimit-reset": "9999",
    }
    platform = Platform({f"GET {CAMPAIGNS}/c-1": ENTITY}, headers=limit)
    reader = platform.reader
    reader.read_campaign(WINBACK)
    with pytest.raises(RateLimited, match="limits how often"):
        reader.read_campaign(WINBACK)
    assert len(platform.asked) == 1


# --- permissions ----------------------------------------------------------------------------

EVERYTHING = {
    "GET /api/v2/workforcemanagement/businessunits": page({"id": "bu-1"}),
    "GET .*|POST .*": {},
}


def states(platform: Platform) -> dict[str, PermissionState]:
    return {each.name: each.state for each in platform.reader.permissions()}


def test_every_operation_is_listed_with_its_permission() -> None:
    listed = Platform(EVERYTHING).reader.permissions()
    assert [each.name for each in listed] == list(NEEDED_FOR) == list(OPERATIONS)
    assert all(each.operations and each.needed_for for each in listed)


def test_reads_are_tried_and_writes_are_not() -> None:
    platform = Platform(EVERYTHING)
    found = states(platform)
    assert {found[name] for name in WRITES} == {PermissionState.UNKNOWN}
    assert {found[name] for name in found if name not in WRITES} == {PermissionState.HELD}
    assert not {each.method for each in platform.asked} - {"GET", "POST"}
    assert all(
        "query" in line or "search" in line or "intraday" in line
        for line in platform.lines
        if line.startswith("POST")
    )


def test_a_permission_that_is_missing_is_named_and_the_others_are_still_tried() -> None:
    forbidden = {"GET /api/v2/outbound/settings": refused(403, "missing.permissions")}
    found = states(Platform(forbidden | EVERYTHING))
    assert found[SETTINGS_VIEW] is PermissionState.MISSING
    assert found[CAMPAIGN_EDIT] is PermissionState.UNKNOWN
    assert PermissionState.HELD in found.values()


def test_without_workforce_management_its_permissions_are_unknown() -> None:
    none = {"GET /api/v2/workforcemanagement/businessunits": refused(403, "not.authorized")}
    found = states(Platform(EVERYTHING | none))
    assert found["wfm:intraday:view"] is PermissionState.UNKNOWN


def test_refused_credentials_end_the_trials() -> None:
    with pytest.raises(AuthenticationFailed, match="region"):
        Platform({"GET .*": httpx.Response(401)}).reader.permissions()
