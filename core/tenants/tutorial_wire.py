"""Requests of the tutorial dialect, as plain values.

Addresses, bodies, time-outs and permissions of each operation stand here and nowhere else. What
they answer with is read by `core.tenants.tutorial_records` and `core.tenants.campaigns`.
"""

from datetime import UTC, datetime

from core.documents import JsonObject
from core.tenants.paging import FIRST_PAGE, Page
from core.tenants.wire import Call, segment
from core.units import CampaignId, QueueId, SkillId

TOKEN_PATH = "/oauth/token"
CAMPAIGNS_PATH = "/api/v2/outbound/campaigns"

OUTBOUND_SCOPE = "analytics:outbound:read"
CAMPAIGN_READ_SCOPE = "outbound:campaign:read"
CAMPAIGN_WRITE_SCOPE = "outbound:campaign:write"
SCHEDULE_SCOPE = "schedule:agent:forecast:read"
REPORT_SCOPE = "analytics:report:read"
CAMPAIGN_BOTH_SCOPE = "outbound:campaign:readwrite"
SCOPES = (
    OUTBOUND_SCOPE,
    CAMPAIGN_READ_SCOPE,
    CAMPAIGN_WRITE_SCOPE,
    SCHEDULE_SCOPE,
    REPORT_SCOPE,
    CAMPAIGN_BOTH_SCOPE,
)
"""What the two tutorials ask for, together: one token serves every call."""

READS_CAMPAIGNS = f"{CAMPAIGN_READ_SCOPE} or {CAMPAIGN_BOTH_SCOPE}"
WRITES_CAMPAIGNS = f"{CAMPAIGN_WRITE_SCOPE} or {CAMPAIGN_BOTH_SCOPE}"

ANALYTICS_SECONDS = 30.0
CAMPAIGN_SECONDS = 15.0
LIST_PAGE_SIZE = 100
QUEUE_PAGE_SIZE = 2000
GENTLE_PAGE_SIZE = 1000


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def outbound_query(
    campaign_id: CampaignId, start: datetime, end: datetime, page: Page = FIRST_PAGE
) -> Call:
    """Return the question for a campaign's hours in [start, end).

    Examples
    --------
    >>> day = datetime(2026, 11, 7, tzinfo=UTC)
    >>> call = outbound_query(CampaignId("c-1"), day, day, Page(2, "t"))
    >>> call.params, call.body["dateFrom"]
    ((('pageToken', 't'),), '2026-11-07T00:00:00+00:00')
    """
    return Call(
        "POST",
        "/api/v2/analytics/outbound/summary/query",
        does="read the outbound history",
        subject=f"campaign {campaign_id}",
        permission=OUTBOUND_SCOPE,
        timeout_seconds=ANALYTICS_SECONDS,
        params=(("pageToken", page.token),) if page.token else (),
        body={
            "dateFrom": _moment(start),
            "dateTo": _moment(end),
            "interval": "PT1H",
            "groupings": ["interval"],
            "metrics": ["offered", "answered", "answerRate"],
            "filter": {"type": "equals", "path": "campaign.id", "value": campaign_id},
        },
    )


def queue_query(
    queue_id: QueueId,
    start: datetime,
    end: datetime,
    page: Page = FIRST_PAGE,
    page_size: int = QUEUE_PAGE_SIZE,
) -> Call:
    """Return the question for a queue's hours in [start, end); its page token is in the body.

    Examples
    --------
    >>> day = datetime(2026, 11, 7, tzinfo=UTC)
    >>> call = queue_query(QueueId("q-1"), day, day, Page(2, "t"))
    >>> call.params, call.body["nextPageToken"], call.body["pageSize"]
    ((), 't', 2000)
    """
    body: JsonObject = {
        "dateFrom": _moment(start),
        "dateTo": _moment(end),
        "interval": "PT1H",
        "metrics": ["contactCount", "handleCount"],
        "groupBy": ["queueId"],
        "queryType": "interval",
        "pageSize": page_size,
        "filters": {"queueId": {"values": [queue_id]}},
    }
    return Call(
        "POST",
        "/api/v2/analytics/queues/details/query",
        does="read the queue history",
        subject=f"queue {queue_id}",
        permission=REPORT_SCOPE,
        timeout_seconds=ANALYTICS_SECONDS,
        body=body | {"nextPageToken": page.token} if page.token else body,
    )


def schedule_query(
    skill_id: SkillId, start: datetime, end: datetime, page: Page = FIRST_PAGE
) -> Call:
    """Return the question for the agents of a skill that are scheduled in [start, end)."""
    turned = (("pageToken", page.token),) if page.token else ()
    return Call(
        "GET",
        "/api/v2/schedule/agents/forecast",
        does="read the agents' schedule",
        subject=f"skill {skill_id}",
        permission=SCHEDULE_SCOPE,
        timeout_seconds=CAMPAIGN_SECONDS,
        params=(
            ("dateFrom", _moment(start)),
            ("dateTo", _moment(end)),
            ("interval", "PT1H"),
            ("skillIds", skill_id),
            *turned,
        ),
    )


def _page_params(page: Page) -> tuple[tuple[str, str], ...]:
    where = ("pageToken", page.token) if page.token else ("pageNumber", str(page.number))
    return (("pageSize", str(LIST_PAGE_SIZE)), where)


def campaign_list(page: Page = FIRST_PAGE, name: str = "") -> Call:
    """Return the question for a page of the campaigns, of one name where given.

    Examples
    --------
    >>> campaign_list(name="Winback").params
    (('pageSize', '100'), ('pageNumber', '1'), ('name', 'Winback'))
    """
    return Call(
        "GET",
        CAMPAIGNS_PATH,
        does="list the campaigns",
        subject=f"campaigns named {name!r}" if name else "all campaigns",
        permission=READS_CAMPAIGNS,
        timeout_seconds=CAMPAIGN_SECONDS,
        params=_page_params(page) + ((("name", name),) if name else ()),
    )


def queue_list(page: Page = FIRST_PAGE) -> Call:
    """Return the question for a page of the queues; the tutorials have no such operation."""
    return Call(
        "GET",
        "/api/v2/routing/queues",
        does="list the queues",
        subject="all queues",
        permission="routing:queue:view",
        timeout_seconds=CAMPAIGN_SECONDS,
        params=_page_params(page),
    )


def organisation_read() -> Call:
    """Return the question for the organisation; the tutorials have no such operation."""
    return Call(
        "GET",
        "/api/v2/organizations/me",
        does="read the organisation",
        subject="organisation",
        permission="directory:organization:view",
        timeout_seconds=CAMPAIGN_SECONDS,
    )


def campaign_read(campaign_id: CampaignId) -> Call:
    """Return the question for one campaign, whole.

    Raises
    ------
    TenantRecordMissing
        If the id cannot be part of an address.
    """
    return _campaign_call("GET", campaign_id, "read the campaign", READS_CAMPAIGNS, None)


def campaign_update(campaign_id: CampaignId, body: JsonObject) -> Call:
    """Return the write that replaces a campaign.

    Raises
    ------
    TenantRecordMissing
        If the id cannot be part of an address.
    """
    return _campaign_call("PUT", campaign_id, "update the campaign", WRITES_CAMPAIGNS, body)


def _campaign_call(
    method: str, campaign_id: CampaignId, does: str, permission: str, body: JsonObject | None
) -> Call:
    subject = f"campaign {campaign_id}"
    return Call(
        method,
        f"{CAMPAIGNS_PATH}/{segment(campaign_id, subject)}",
        does=does,
        subject=subject,
        permission=permission,
        timeout_seconds=CAMPAIGN_SECONDS,
        body=body,
    )


def campaign_create(body: JsonObject) -> Call:
    """Return the write that creates a campaign."""
    return Call(
        "POST",
        CAMPAIGNS_PATH,
        does="create the campaign",
        subject=f"new campaign {body.get('name', '')!r}",
        permission=WRITES_CAMPAIGNS,
        timeout_seconds=CAMPAIGN_SECONDS,
        body=body,
    )
