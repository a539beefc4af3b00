"""Requests of the platform dialect, as plain values: campaigns, queues, the organisation.

Addresses, bodies, time-outs and permissions of each operation stand here, in
`core.tenants.genesys_analytics_wire` and in `core.tenants.genesys_wfm_wire`, and nowhere else.
"""

from collections.abc import Sequence
from typing import Any

from core.documents import JsonObject
from core.tenants.paging import FIRST_PAGE, Page
from core.tenants.wire import Call, segment
from core.units import CampaignId, QueueId

TOKEN_PATH = "/oauth/token"
CAMPAIGNS_PATH = "/api/v2/outbound/campaigns"
SCHEDULES_PATH = "/api/v2/outbound/schedules/campaigns"

CAMPAIGN_VIEW = "outbound:campaign:view"
CAMPAIGN_ADD = "outbound:campaign:add"
CAMPAIGN_EDIT = "outbound:campaign:edit"
CAMPAIGN_DELETE = "outbound:campaign:delete"
SETTINGS_VIEW = "outbound:settings:view"
RULE_VIEW = "outbound:campaignRule:view"
TIMES_VIEW = "outbound:callableTimeSet:view"
SCHEDULE_VIEW = "outbound:schedule:view or outbound:campaign:viewSchedule"
SCHEDULE_EDIT = "outbound:schedule:edit or outbound:campaign:editSchedule"
SCHEDULE_DELETE = "outbound:schedule:delete or outbound:campaign:deleteSchedule"
PERFORMANCE_VIEW = "outbound:performance:view or outbound:campaign:view"
QUEUE_VIEW = "routing:queue:view"
NO_PERMISSION = "no permission"

SECONDS = 15.0
"""For one try of a question of one object or page."""
PAGE_SIZE = 100
PERFORMANCE_IDS = 50
"""The platform takes no more of them at once."""


def _pages(page: Page, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (("pageSize", str(PAGE_SIZE)), ("pageNumber", str(page.number)), *more)


def read_call(
    path: str,
    does: str,
    subject: str,
    permission: str,
    params: tuple[tuple[str, str], ...] = (),
) -> Call:
    """Return a question that is asked with GET."""
    return Call("GET", path, does, subject, permission, SECONDS, params)


def campaign_list(page: Page = FIRST_PAGE, name: str = "") -> Call:
    """Return the question for a page of the campaigns, of one name where given.

    Examples
    --------
    >>> campaign_list(name="Winback").params[2:]
    (('name', 'Winback'), ('filterType', 'Equals'))
    """
    named = (("name", name), ("filterType", "Equals")) if name else ()
    subject = f"campaigns named {name!r}" if name else "all campaigns"
    return read_call(
        CAMPAIGNS_PATH, "list the campaigns", subject, CAMPAIGN_VIEW, _pages(page, *named)
    )


def campaign_path(campaign_id: CampaignId, part: str = "") -> str:
    """Return the address of a campaign, or of a part of it.

    Raises
    ------
    TenantRecordMissing
        If the id cannot be part of an address.
    """
    path = f"{CAMPAIGNS_PATH}/{segment(campaign_id, f'campaign {campaign_id}')}"
    return f"{path}/{part}" if part else path


def campaign_read(campaign_id: CampaignId) -> Call:
    """Return the question for one campaign, whole; `TenantRecordMissing` as `campaign_path`."""
    subject = f"campaign {campaign_id}"
    return read_call(campaign_path(campaign_id), "read the campaign", subject, CAMPAIGN_VIEW)


def campaign_stats(campaign_id: CampaignId) -> Call:
    """Return the question for how a campaign runs now."""
    path = campaign_path(campaign_id, "stats")
    return read_call(path, "read the statistics", f"campaign {campaign_id}", CAMPAIGN_VIEW)


def campaign_diagnostics(campaign_id: CampaignId) -> Call:
    """Return the question for the agents and contacts that a campaign has at hand."""
    path = campaign_path(campaign_id, "diagnostics")
    return read_call(path, "read the diagnostics", f"campaign {campaign_id}", CAMPAIGN_VIEW)


def performance_query(campaign_ids: Sequence[CampaignId]) -> Call:
    """Return the question for how up to 50 campaigns run now."""
    return Call(
        "POST",
        f"{CAMPAIGNS_PATH}/performance/query",
        does="read how campaigns run",
        subject=f"{len(campaign_ids)} campaigns",
        permission=PERFORMANCE_VIEW,
        timeout_seconds=SECONDS,
        body=list(campaign_ids),
    )


def settings_read() -> Call:
    """Return the question for the settings of all campaigns."""
    path = "/api/v2/outbound/settings"
    return read_call(path, "read the outbound settings", "the organisation", SETTINGS_VIEW)


def rule_list(page: Page = FIRST_PAGE) -> Call:
    """Return the question for a page of the campaign rules."""
    path = "/api/v2/outbound/campaignrules"
    return read_call(path, "list the campaign rules", "all rules", RULE_VIEW, _pages(page))


def times_read(set_id: str) -> Call:
    """Return the question for a set of callable times."""
    subject = f"set of callable times {set_id}"
    path = f"/api/v2/outbound/callabletimesets/{segment(set_id, subject)}"
    return read_call(path, "read the callable times", subject, TIMES_VIEW)


def times_list(page: Page = FIRST_PAGE) -> Call:
    """Return the question for a page of the sets of callable times."""
    path = "/api/v2/outbound/callabletimesets"
    return read_call(path, "list the callable times", "all sets", TIMES_VIEW, _pages(page))


def _schedule_path(campaign_id: CampaignId) -> str:
    return f"{SCHEDULES_PATH}/{segment(campaign_id, f'campaign {campaign_id}')}"


def schedule_read(campaign_id: CampaignId) -> Call:
    """Return the question for a campaign's schedule."""
    subject = f"schedule of campaign {campaign_id}"
    return read_call(_schedule_path(campaign_id), "read the schedule", subject, SCHEDULE_VIEW)


def schedule_list() -> Call:
    """Return the question for all schedules of campaigns; the platform does not page them."""
    return read_call(SCHEDULES_PATH, "list the schedules", "all campaigns", SCHEDULE_VIEW)


def queue_list(page: Page = FIRST_PAGE) -> Call:
    """Return the question for a page of the queues."""
    path = "/api/v2/routing/queues"
    return read_call(path, "list the queues", "all queues", QUEUE_VIEW, _pages(page))


def queue_members(queue_id: QueueId, page: Page = FIRST_PAGE) -> Call:
    """Return the question for a page of a queue's members."""
    subject = f"queue {queue_id}"
    path = f"/api/v2/routing/queues/{segment(queue_id, subject)}/members"
    return read_call(path, "list the members", subject, QUEUE_VIEW, _pages(page))


def organisation_read() -> Call:
    """Return the question for the organisation."""
    path = "/api/v2/organizations/me"
    return read_call(path, "read the organisation", "organisation", NO_PERMISSION)


def _write(method: str, path: str, does: str, subject: str, permission: str, **more: Any) -> Call:
    return Call(method, path, does, subject, permission, SECONDS, **more)


DECIMALS = (("useMaxCallsPerAgentDecimal", "true"),)
"""Without it the platform cuts calls per agent to a whole number."""


def _campaign_write(
    method: str, campaign_id: CampaignId, does: str, permission: str, **more: Any
) -> Call:
    path, subject = campaign_path(campaign_id), f"campaign {campaign_id}"
    return _write(method, path, does, subject, permission, **more)


def campaign_patch(campaign_id: CampaignId, body: JsonObject) -> Call:
    """Return the write that sets a few fields of a campaign; it is answered without a body."""
    more = {"body": body, "may_be_empty": True}
    return _campaign_write("PATCH", campaign_id, "update the campaign", CAMPAIGN_EDIT, **more)


def campaign_update(campaign_id: CampaignId, body: JsonObject) -> Call:
    """Return the write that replaces a campaign."""
    more = {"body": body, "params": DECIMALS}
    return _campaign_write("PUT", campaign_id, "update the campaign", CAMPAIGN_EDIT, **more)


def campaign_delete(campaign_id: CampaignId) -> Call:
    """Return the write that deletes a campaign."""
    does = "delete the campaign"
    return _campaign_write("DELETE", campaign_id, does, CAMPAIGN_DELETE, may_be_empty=True)


def campaign_create(body: JsonObject) -> Call:
    """Return the write that creates a campaign."""
    return _write(
        "POST",
        CAMPAIGNS_PATH,
        "create the campaign",
        f"new campaign {body.get('name', '')!r}",
        CAMPAIGN_ADD,
        params=DECIMALS,
        body=body,
    )


def schedule_write(campaign_id: CampaignId, body: JsonObject) -> Call:
    """Return the write that puts a schedule in the place of a campaign's."""
    return _write(
        "PUT",
        _schedule_path(campaign_id),
        "write the schedule",
        f"schedule of campaign {campaign_id}",
        SCHEDULE_EDIT,
        body=body,
    )


def schedule_delete(campaign_id: CampaignId) -> Call:
    """Return the write that deletes a campaign's schedule."""
    return _write(
        "DELETE",
        _schedule_path(campaign_id),
        "delete the schedule",
        f"schedule of campaign {campaign_id}",
        SCHEDULE_DELETE,
        may_be_empty=True,
    )
