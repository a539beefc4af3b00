"""The campaigns' documents as the tenant starts with them.

They carry far more than pacing, nested and with decimals, as a real tenant's do: a client that
sends back less than it read destroys something.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from core.documents import JsonObject
from core.simulator.campaigns import CAMPAIGNS, CampaignCharacter
from core.simulator.centre import ORGANISATION_ID, ORGANISATION_NAME, stable_id

CAMPAIGNS_PATH: Final = "/api/v2/outbound/campaigns"

_AUTHORS: Final = ("Ines Falk", "Jonas Brandt", "Mara Vogt")
_FIRST_EDIT: Final = datetime(2026, 9, 14, 8, 12, 45, tzinfo=UTC)

_PREDICTIVE: Final[dict[str, JsonObject]] = {
    "Winback Autumn": {"answerRate": 0.42, "dropRate": 0.025, "maxAttempts": 4},
    "Upgrade offers": {
        "answerRate": 0.4,
        "dropRate": 0.03,
        "maxAttempts": 3,
        "smoothing": {"windowMinutes": 30, "weight": 0.35},
    },
    "Service reminders": {"answerRate": 0.29, "dropRate": 0.05, "maxAttempts": 5},
    "Payment reminders": {"answerRate": 0.7, "dropRate": 0.03, "maxAttempts": 6},
    "Survey after move": {"answerRate": 0.3, "dropRate": 0.02, "maxAttempts": 2},
    "Loyalty calls": {"answerRate": 0.7, "dropRate": 0.005, "compliance": {"window": "P1D"}},
}
"""Set by hand, once, as such things are: too timid for most, too bold for the service reminders,
and never by the hour."""


def document_of(campaign: CampaignCharacter) -> JsonObject:
    """Return the document that a campaign has when the tenant starts.

    Parameters
    ----------
    campaign : CampaignCharacter
        The campaign.

    Returns
    -------
    JsonObject
        A fresh copy, the same in every process.

    Examples
    --------
    >>> document_of(CAMPAIGNS[0])["predictive"]
    {'answerRate': 0.42, 'dropRate': 0.025, 'maxAttempts': 4}
    """
    number = CAMPAIGNS.index(campaign)
    name, slug = campaign.name, campaign.name.lower().replace(" ", "-")
    edited = _FIRST_EDIT + timedelta(days=5 * number, minutes=37 * number)
    return {
        "id": campaign.campaign_id,
        "name": name,
        "type": "OUTBOUND",
        "status": "ON",
        "dialingMode": "PROGRESSIVE" if name == "Survey after move" else "PREDICTIVE",
        "division": {"id": stable_id("division", "Home"), "name": "Home"},
        "callCenter": {"id": ORGANISATION_ID, "name": ORGANISATION_NAME},
        "skillId": campaign.skill_id,
        "skills": [{"id": campaign.skill_id, "name": f"Outbound {name}"}],
        "predictive": {**_PREDICTIVE[name]},
        **_whom_and_how(name, slug, number),
        "routing": {"strategy": "LONGEST_IDLE", "overflow": None, "weights": [0.7, 0.3]},
        "version": 11 + 7 * number,
        "dateCreated": timestamp(edited - timedelta(days=200)),
        "dateModified": timestamp(edited),
        "createdBy": _AUTHORS[0],
        "modifiedBy": _AUTHORS[number % len(_AUTHORS)],
        "selfUri": f"{CAMPAIGNS_PATH}/{campaign.campaign_id}",
    }


def _whom_and_how(name: str, slug: str, number: int) -> JsonObject:
    """Return the fields that pacing has nothing to do with."""
    return {
        "queue": {"id": stable_id("outbound-queue", name), "name": f"Outbound {name}"},
        "contactList": {"id": stable_id("list", name), "name": f"{slug}-2026w47.csv"},
        "script": {"id": stable_id("script", name), "name": f"{name}, long form"},
        "callerName": ORGANISATION_NAME,
        "callerAddress": f"+49305550{110 + number}",
        "phoneColumns": [
            {"columnName": "Mobile", "type": "cell"},
            {"columnName": "Landline", "type": "home"},
        ],
        "noAnswerTimeout": 25,
        "outboundLineCount": 400 + 50 * number,
        "priority": 1 + number % 5,
        "alwaysRunning": False,
        "callableTimeSet": {
            "id": stable_id("callable-time-set", "Germany, consumers"),
            "name": "Germany, consumers",
        },
        "contactSorts": [
            {"fieldName": "last_contact_days", "direction": "DESC", "numeric": True},
            {"fieldName": "propensity", "direction": "DESC", "numeric": True},
        ],
        "dynamicLineBalancingSettings": {"enabled": number % 2 == 0, "relativeWeight": 33.3},
        "x-lindgren-budget": {
            "costPerConversation": 2.35,
            "currency": "EUR",
            "owner": {"costCentre": f"HS-{4100 + 10 * number}", "approved": True},
            "notes": "Straße und Hausnummer vor dem Gespräch prüfen",
        },
    }


def timestamp(moment: datetime) -> str:
    """Return a moment as the tenant writes it.

    Examples
    --------
    >>> timestamp(datetime(2026, 11, 23, 9, 5, 7, 120_000, tzinfo=UTC))
    '2026-11-23T09:05:07.120Z'
    """
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"
