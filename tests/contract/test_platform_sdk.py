"""The vendor's own client, pointed at the simulator: an independent judge of both directions.

What the simulator sends, the client's models must know, field by field; what these models send,
the simulator must take.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from core.clock import FrozenClock
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.platform.kinds import Each, Kind, Shape
from core.simulator.platform.operations import OPERATIONS
from core.simulator.platform.planning import GROUPS, UNIT_ID, UNITS
from core.simulator.server import RunningSimulator, running_simulator
from tests.contract.platform_client import SCHEDULES, WFM, question
from tests.contract.simulated import CAMPAIGN, CAMPAIGNS_PATH, NOW, ONE, QUEUE

sdk = pytest.importorskip("PureCloudPlatformClientV2", reason="the vendor's client is not here")

UNIT = f"{WFM}/businessunits/{UNIT_ID}"
SPAN = {"startDate": NOW.isoformat(), "endDate": (NOW + timedelta(days=2)).isoformat()}
DAY = {"businessUnitDate": "2026-11-24", "categories": ["ScheduleData"]}
OBSERVED = {
    "filter": {"type": "or", "predicates": [{"dimension": "queueId", "value": QUEUE}]},
    "metrics": ["oOnQueueUsers", "oWaiting", "oInteracting"],
}
METRICS = ("nOffered", "tHandle", "oServiceLevel", "nOverSla", "tAnswered")
ANSWERS: list[tuple[str, str, str, object]] = [
    ("Organization", "GET", "/api/v2/organizations/me", None),
    ("TokenInfo", "GET", "/api/v2/tokens/me", None),
    ("QueueEntityListing", "GET", "/api/v2/routing/queues", None),
    ("Queue", "GET", f"/api/v2/routing/queues/{QUEUE}", None),
    ("QueueMemberEntityListing", "GET", f"/api/v2/routing/queues/{QUEUE}/members", None),
    ("CampaignEntityListing", "GET", CAMPAIGNS_PATH, None),
    ("Campaign", "GET", ONE, None),
    ("CampaignStats", "GET", f"{ONE}/stats", None),
    ("CampaignProgress", "GET", f"{ONE}/progress", None),
    ("list[CampaignProgress]", "POST", f"{CAMPAIGNS_PATH}/progress", [CAMPAIGN]),
    ("CampaignDiagnostics", "GET", f"{ONE}/diagnostics", None),
    ("CampaignInteractions", "GET", f"{ONE}/interactions", None),
    ("CampaignPerformanceDataListing", "POST", f"{CAMPAIGNS_PATH}/performance/query", [CAMPAIGN]),
    ("list[CampaignSchedule]", "GET", SCHEDULES, None),
    ("OutboundSettings", "GET", "/api/v2/outbound/settings", None),
    ("CallableTimeSetEntityListing", "GET", "/api/v2/outbound/callabletimesets", None),
    ("CampaignRuleEntityListing", "GET", "/api/v2/outbound/campaignrules", None),
    (
        "CampaignDiagnosticSummary",
        "GET",
        f"/api/v2/outbound/diagnostics/campaigns/{CAMPAIGN}/summary"
        "?start=2026-11-01T00:00:00Z&end=2026-11-24T00:00:00Z",
        None,
    ),
    (
        "ConversationAggregateQueryResponse",
        "POST",
        "/api/v2/analytics/conversations/aggregates/query",
        question([QUEUE], *METRICS),
    ),
    (
        "QueueObservationQueryResponse",
        "POST",
        "/api/v2/analytics/queues/observations/query",
        OBSERVED,
    ),
    ("BusinessUnitListing", "GET", f"{WFM}/businessunits", None),
    ("BusinessUnitResponse", "GET", f"{UNIT}?expand=settings", None),
    ("ManagementUnitListing", "GET", f"{UNIT}/managementunits", None),
    ("PlanningGroupList", "GET", f"{UNIT}/planninggroups", None),
    ("BusinessUnitActivityCodeListing", "GET", f"{UNIT}/activitycodes", None),
    ("AsyncIntradayResponse", "POST", f"{UNIT}/intraday", DAY),
    (
        "WfmIntradayPlanningGroupListing",
        "GET",
        f"{UNIT}/intraday/planninggroups?date=2026-11-24",
        None,
    ),
    ("BuAsyncAgentSchedulesSearchResponse", "POST", f"{UNIT}/agentschedules/search", SPAN),
    ("WfmUserEntityListing", "GET", f"{WFM}/managementunits/{next(iter(UNITS))}/users", None),
]
SEARCH = "BuSearchAgentSchedulesRequest"
BODIES = {
    "post_analytics_conversations_aggregates_query": "ConversationAggregationQuery",
    "post_analytics_queues_observations_query": "QueueObservationQuery",
    "post_outbound_campaigns": "Campaign",
    "put_outbound_campaign": "Campaign",
    "patch_outbound_campaign": "CampaignPatchRequest",
    "put_outbound_schedules_campaign": "CampaignSchedule",
    "post_workforcemanagement_businessunit_intraday": "IntradayPlanningGroupRequest",
    "post_workforcemanagement_businessunit_agentschedules_search": SEARCH,
    "post_workforcemanagement_managementunit_agentschedules_search": SEARCH,
}


@pytest.fixture(scope="module")
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture(scope="module")
def tenant(clock: FrozenClock) -> Iterator[RunningSimulator]:
    with running_simulator(clock=clock) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def vendor(tenant: RunningSimulator) -> Any:
    sdk.configuration.host = tenant.url
    return sdk.api_client.ApiClient().get_client_credentials_token("demo-client", "demo-secret")


@pytest.fixture(scope="module")
def outbound(vendor: Any) -> Any:
    return sdk.OutboundApi(vendor)


def raw(vendor: Any, method: str, path: str, body: object = None) -> Any:
    """Return an answer as it goes over the wire, without the vendor's client."""
    address = sdk.configuration.host + path
    headers = {"Authorization": f"Bearer {vendor.access_token}"}
    answer = httpx.request(method, address, headers=headers, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def read_by(vendor: Any, model: str, method: str, path: str, body: object) -> Any:
    """Return an answer as the vendor's client has read it, written out again."""
    address, _, query = path.partition("?")
    answer = vendor.call_api(
        address,
        method,
        query_params=dict(parse_qsl(query)),
        header_params={"Content-Type": "application/json"},
        body=body,
        response_type=model,
        auth_settings=["PureCloud OAuth"],
    )
    return vendor.sanitize_for_serialization(answer)


def plain(value: Any) -> Any:
    """Return a document with its times as times: the client writes them in its own way."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, str) and value[:2] == "20" and "T" in value and "/" not in value:
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return value


@pytest.mark.parametrize(
    ("model", "method", "path", "body"), ANSWERS, ids=[answer[0] for answer in ANSWERS]
)
def test_every_field_of_an_answer_is_known_to_the_vendors_models(
    vendor: Any, model: str, method: str, path: str, body: object
):
    document = raw(vendor, method, path, body)

    read = read_by(vendor, model, method, path, body)

    assert plain(read) == plain(document)
    assert "outdated_sdk_version" not in str(read)


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.name in BODIES])
def test_every_field_that_may_be_sent_is_one_of_the_vendors_models(operation: Any):
    assert isinstance(operation.body, Shape)

    assert set(paths_of(operation.body)) == set(paths_of_model(BODIES[operation.name]))


def paths_of(kind: Kind, path: str = "") -> Iterator[str]:
    if isinstance(kind, Each):
        yield from paths_of(kind.item, path)
    if isinstance(kind, Shape):
        for name, inner in kind.fields.items():
            yield f"{path}.{name}"
            yield from paths_of(inner, f"{path}.{name}")


# Models that a client reads and never fills, and that the description leaves open.
LEFT_OPEN = {"NextOccurrenceDetails", "UserParam"}


def paths_of_model(name: str, path: str = "") -> Iterator[str]:
    name = name.removeprefix("list[").removesuffix("]")
    model = getattr(sdk, name, None)
    if model is None or name in LEFT_OPEN:
        return
    types = model().swagger_types
    for attribute, key in model().attribute_map.items():
        yield f"{path}.{key}"
        yield from paths_of_model(types[attribute], f"{path}.{key}")


def test_every_operation_is_one_of_the_vendors(vendor: Any):
    methods = {
        name
        for api in (
            sdk.AnalyticsApi,
            sdk.OrganizationApi,
            sdk.OutboundApi,
            sdk.RoutingApi,
            sdk.TokensApi,
            sdk.UsersApi,
            sdk.WorkforceManagementApi,
        )
        for name in dir(api)
    }

    assert {operation.name for operation in OPERATIONS} <= methods


def test_a_campaign_is_listed_patched_and_put_back_without_losing_a_field(
    vendor: Any, outbound: Any
):
    before = raw(vendor, "GET", ONE)
    patch = sdk.CampaignPatchRequest()
    patch.max_calls_per_agent, patch.abandon_rate = 2.35, 2.0

    outbound.patch_outbound_campaign(CAMPAIGN, patch)
    patched = outbound.get_outbound_campaign(CAMPAIGN)
    patched.priority = 4
    put = outbound.put_outbound_campaign(CAMPAIGN, patched, use_max_calls_per_agent_decimal=True)

    after = raw(vendor, "GET", ONE)
    moved = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    assert moved == {
        "maxCallsPerAgent",
        "maxCallsPerAgentDecimal",
        "abandonRate",
        "priority",
        "version",
        "dateModified",
    } - ({"maxCallsPerAgent"} if before["maxCallsPerAgent"] == 2 else set())
    assert (put.max_calls_per_agent_decimal, put.abandon_rate) == (2.35, 2.0)
    assert (put.version, put.campaign_status) == (patched.version + 1, "on")


def test_a_put_from_an_old_version_is_a_conflict(outbound: Any):
    old = outbound.get_outbound_campaign(CAMPAIGN)
    outbound.put_outbound_campaign(CAMPAIGN, old)

    with pytest.raises(sdk.rest.ApiException) as refused:
        outbound.put_outbound_campaign(CAMPAIGN, old)

    assert refused.value.status == 409
    assert "invalid.update.wrong.version" in refused.value.body


def test_a_word_that_the_models_do_not_know_is_never_written_back(
    tenant: RunningSimulator, outbound: Any
):
    httpx.post(
        f"{tenant.url}/simulator/platform/campaigns/{CAMPAIGNS[4].campaign_id}",
        json={"dialingMode": "clairvoyant"},
    )
    read = outbound.get_outbound_campaign(CAMPAIGNS[4].campaign_id)

    with pytest.raises(sdk.rest.ApiException) as refused:
        outbound.put_outbound_campaign(CAMPAIGNS[4].campaign_id, read)

    assert read.dialing_mode == "outdated_sdk_version"
    assert (refused.value.status, "invalid.value" in refused.value.body) == (400, True)


def test_a_draft_is_created_scheduled_turned_on_and_removed(
    tenant: RunningSimulator, clock: FrozenClock, outbound: Any
):
    draft = outbound.get_outbound_campaign(CAMPAIGN)
    draft.name, draft.campaign_status = "Quiet hours - plan", "off"
    draft.id = draft.version = draft.date_created = draft.date_modified = draft.self_uri = None
    made = outbound.post_outbound_campaigns(draft)
    schedule = sdk.CampaignSchedule()
    schedule.campaign = {"id": made.id}
    schedule.intervals = [{"start": "2026-11-23T15:00:00.000Z", "end": "2026-11-23T16:00:00.000Z"}]

    written = outbound.put_outbound_schedules_campaign(made.id, schedule)
    clock.move(timedelta(minutes=30))
    during = outbound.get_outbound_campaign(made.id).campaign_status
    clock.move(timedelta(hours=1))
    after = outbound.get_outbound_campaign(made.id).campaign_status

    assert (made.campaign_status, made.version, written.version) == ("off", 1, 1)
    assert (during, after) == ("on", "off")
    assert outbound.get_outbound_schedules_campaign(made.id).intervals[0].end.startswith("2026")
    outbound.delete_outbound_schedules_campaign(made.id)
    assert outbound.delete_outbound_campaign(made.id).id == made.id
    with pytest.raises(sdk.rest.ApiException):
        outbound.get_outbound_campaign(made.id)


def test_the_plan_of_a_day_is_read_by_planning_group(vendor: Any):
    workforce = sdk.WorkforceManagementApi(vendor)
    request = sdk.IntradayPlanningGroupRequest()
    request.business_unit_date = "2026-11-24"
    request.categories = ["ScheduleData"]
    request.planning_group_ids = [next(iter(GROUPS))]
    request.interval_length_minutes = 60

    answer = workforce.post_workforcemanagement_businessunit_intraday(UNIT_ID, request)

    hours = answer.result.intraday_data_groupings[0].schedule_data_per_interval
    assert len(hours) == 24
    assert max(hour.on_queue_time_seconds for hour in hours) > 30 * 3600
