"""The tenant's documents as it starts, in the platform's form.

Campaigns are those of the tutorials' dialect, told in the platform's words, and one more that
has run to its end and dials no more: a template to draw on.
"""

from typing import Final

from core.documents import JsonObject
from core.simulator.campaigns import CAMPAIGNS, CampaignCharacter
from core.simulator.centre import stable_id
from core.simulator.documents import CAMPAIGNS_PATH, document_of
from core.simulator.platform.twins import seen_from_platform

COMPLETED: Final = "Spring renewals"
LINES_OF_THE_CENTRE: Final = 3000

_MODES: Final = {
    "Survey after move": "progressive",
    "Service reminders": "power",
    # Too few agents for the platform's predictive mode.
    "Payment reminders": "power",
}


def reference(kind: str, name: str) -> JsonObject:
    """Return how a document names another one.

    Examples
    --------
    >>> reference("list", "Winback Autumn")["name"]
    'Winback Autumn'
    """
    return {"id": stable_id(kind, name), "name": name}


HOME: Final = reference("division", "Home")


def queue_of(campaign: CampaignCharacter) -> JsonObject:
    """Return the queue that takes a campaign's calls, as documents name it."""
    return {
        "id": stable_id("outbound-queue", campaign.name),
        "name": f"Outbound {campaign.name}",
    }


def campaign_documents() -> list[JsonObject]:
    """Return every campaign as the tenant starts with it.

    Examples
    --------
    >>> [document["campaignStatus"] for document in campaign_documents()][-2:]
    ['on', 'complete']
    """
    return [*(_document(campaign) for campaign in CAMPAIGNS), _completed()]


def _document(campaign: CampaignCharacter) -> JsonObject:
    twin = document_of(campaign)
    seen = seen_from_platform(twin)
    seen["dialingMode"] = _MODES.get(campaign.name, seen["dialingMode"])
    is_paced = seen["dialingMode"] in ("power", "predictive")
    pace, rate = seen.pop("maxCallsPerAgentDecimal"), seen.pop("abandonRate")
    paced = {
        "abandonRate": rate,
        "maxCallsPerAgent": int(pace),
        "maxCallsPerAgentDecimal": pace,
        "diagnosticsSettings": {"reportLowMaxCallsPerAgentAlert": True},
    }
    kept = ("contactList", "script", "phoneColumns", "callerName", "callerAddress")
    return {
        "id": twin["id"],
        **seen,
        **{key: twin[key] for key in (*kept, "callableTimeSet", "noAnswerTimeout")},
        **(paced if is_paced else {}),
        "queue": queue_of(campaign),
        "division": HOME,
        "site": reference("site", "Hamburg"),
        "callAnalysisResponseSet": reference("response-set", "Germany, live to queue"),
        "dncLists": [reference("dnc-list", "Robinson list")],
        "ruleSets": [],
        "contactListFilters": [],
        "contactSorts": twin["contactSorts"],
        "callAnalysisLanguage": "de-DE",
        "alwaysRunning": False,
        "preciseDialingEnabled": False,
        "skipPreviewDisabled": False,
        "previewTimeOutSeconds": 0,
        "callbackAutoAnswer": False,
        "dynamicContactQueueingSettings": {"sort": False, "filter": False},
        "dynamicLineBalancingSettings": {"enabled": False, "relativeWeight": 50},
        "version": twin["version"],
        "dateCreated": twin["dateCreated"],
        "dateModified": twin["dateModified"],
        "selfUri": twin["selfUri"],
    }


def _completed() -> JsonObject:
    campaign_id = stable_id("campaign", COMPLETED)
    return {
        **_document(CAMPAIGNS[1]),
        "id": campaign_id,
        "name": COMPLETED,
        "campaignStatus": "complete",
        "contactList": {
            "id": stable_id("list", COMPLETED),
            "name": "spring-renewals-2026w19.csv",
        },
        "version": 31,
        "dateCreated": "2026-03-02T09:30:00.000Z",
        "dateModified": "2026-05-29T15:47:12.000Z",
        "selfUri": f"{CAMPAIGNS_PATH}/{campaign_id}",
    }


SETTINGS: Final[JsonObject] = {
    "id": stable_id("settings", "outbound"),
    "name": "Outbound settings",
    "dateCreated": "2024-01-15T10:00:00.000Z",
    "dateModified": "2026-02-11T08:21:00.000Z",
    "version": 6,
    "maxCallsPerAgent": 15,
    "maxCallsPerAgentDecimal": 15.0,
    "maxConfigurableCallsPerAgent": 15,
    "maxLineUtilization": 0.75,
    "abandonSeconds": 2.0,
    "rescheduleTimeZoneSkippedContacts": True,
    "contactListDefaultRetentionType": "Never",
    "timeZone": "Europe/Berlin",
    "selfUri": "/api/v2/outbound/settings",
}
"""Settings of the whole organisation, but for the denominator of its abandon rate: a trait."""


def _slots(days: range, start: str, stop: str) -> list[JsonObject]:
    return [{"day": day, "startTime": start, "stopTime": stop} for day in days]


TIME_SETS: Final[tuple[JsonObject, ...]] = (
    {
        **reference("callable-time-set", "Germany, consumers"),
        "dateCreated": "2024-01-15T10:00:00.000Z",
        "dateModified": "2025-06-02T07:45:00.000Z",
        "version": 3,
        "callableTimes": [
            {
                "timeZoneId": "Europe/Berlin",
                "timeSlots": [
                    *_slots(range(1, 7), "08:00:00", "20:00:00"),
                    *_slots(range(7, 8), "10:00:00", "20:00:00"),
                ],
            }
        ],
        "selfUri": "/api/v2/outbound/callabletimesets/"
        + stable_id("callable-time-set", "Germany, consumers"),
    },
)
"""When contacts may be called, by their own clock."""


def _rule(name: str, campaign: CampaignCharacter, condition: JsonObject, action: str) -> JsonObject:
    target = {"id": campaign.campaign_id, "name": campaign.name}
    parameters = {"maxCallsPerAgent": 1.5} if "MaxCalls" in action else {"priority": "5"}
    rule_id = stable_id("campaign-rule", name)
    return {
        "id": rule_id,
        "name": name,
        "dateCreated": "2025-10-06T12:00:00.000Z",
        "dateModified": "2026-08-19T16:05:00.000Z",
        "version": 4,
        "enabled": True,
        "matchAnyConditions": False,
        "campaignRuleEntities": {"campaigns": [target], "sequences": []},
        "campaignRuleConditions": [{"id": stable_id("condition", name), **condition}],
        "campaignRuleActions": [
            {
                "id": stable_id("action", name),
                "actionType": action,
                "parameters": parameters,
                "campaignRuleActionEntities": {
                    "campaigns": [],
                    "sequences": [],
                    "useTriggeringEntity": True,
                },
            }
        ],
        "selfUri": f"/api/v2/outbound/campaignrules/{rule_id}",
    }


RULES: Final = (
    _rule(
        "Upgrade offers: slow down when few agents are left",
        CAMPAIGNS[1],
        {
            "conditionType": "campaignAgents",
            "parameters": {"operator": "lessThan", "value": "12"},
        },
        "setCampaignMaxCallsPerAgent",
    ),
    _rule(
        "Payment reminders first when the list runs out",
        CAMPAIGNS[3],
        {
            "conditionType": "campaignProgress",
            "parameters": {"operator": "greaterThan", "value": "0.9"},
        },
        "setCampaignPriority",
    ),
)
"""Automation of the platform itself; the first one touches calls per agent."""
