"""What goes back to the platform: a few fields, or a whole document as it was read.

Only the payload's own values change. A status is never part of an edit, and a new campaign is
always off: switching one on is nobody's by-product. A pace or rate that cannot be meant does not
leave the program, whoever computed it.
"""

from collections.abc import Mapping
from typing import Any

from core.dialler import CampaignSchedule
from core.documents import JsonObject, with_values
from core.errors import LimitBroken
from core.tenants.genesys_campaigns import EXACT_PACE, PACE, number_or_none
from core.tenants.tutorial_updates import merged
from core.units import CampaignId

PATCHABLE = frozenset(
    {
        "abandonRate",
        "maxCallsPerAgent",
        "outboundLineCount",
        "dynamicLineBalancingSettings",
        "queue",
    }
)
"""All that the platform's PATCH of a campaign takes."""
STATUS, OFF = "campaignStatus", "off"
MOST_CALLS_PER_AGENT = 15.0
"""No organisation can configure more."""
RULES = (
    f"{PACE} lies between 1 and {MOST_CALLS_PER_AGENT:g}, abandonRate between 0 and 100 percent;"
    " a new campaign is off."
)


def refuse_out_of_bounds(payload: Mapping[str, Any]) -> None:
    """Raise `LimitBroken` where a pace or a rate in a payload cannot be meant.

    Examples
    --------
    >>> refuse_out_of_bounds({"maxCallsPerAgent": 2.35, "abandonRate": 3.0})
    >>> refuse_out_of_bounds({"maxCallsPerAgent": 0.4})
    Traceback (most recent call last):
        ...
    core.errors.LimitBroken: maxCallsPerAgent would be 0.4, and it lies between 1 and 15. Nothing
    was sent; make another proposal.
    """
    for key, low, high in (
        (PACE, 1.0, MOST_CALLS_PER_AGENT),
        (EXACT_PACE, 1.0, MOST_CALLS_PER_AGENT),
        ("abandonRate", 0.0, 100.0),
    ):
        value = payload.get(key)
        number = number_or_none(value)
        if value is not None and (number is None or not low <= number <= high):
            raise LimitBroken(
                f"{key} would be {value!r}, and it lies between {low:g} and {high:g}.",
                "Nothing was sent; make another proposal.",
            )


def refuse_status(payload: Mapping[str, Any]) -> None:
    """Raise `LimitBroken` where an edit would write a campaign's status."""
    if STATUS in payload:
        raise LimitBroken(
            f"An edit would set {STATUS} to {payload[STATUS]!r}.",
            "Nothing was sent; a campaign is switched on and off in the tenant's own screens.",
        )


def is_patchable(payload: Mapping[str, Any]) -> bool:
    """Return whether the platform's PATCH takes every field of a payload."""
    return set(payload) <= PATCHABLE


def whole_body(document: Mapping[str, Any], payload: Mapping[str, Any]) -> JsonObject:
    """Return a whole campaign as it was read, with the payload's values in it.

    Its status goes back as read, and its version with it.

    Examples
    --------
    >>> document = {"version": 3, "x-new": [1], "maxCallsPerAgent": 2, "campaignStatus": "on"}
    >>> whole_body(document, {"maxCallsPerAgent": 2.35})["maxCallsPerAgentDecimal"]
    2.35
    >>> whole_body(document, {"priority": 4})
    {'version': 3, 'x-new': [1], 'maxCallsPerAgent': 2, 'campaignStatus': 'on', 'priority': 4}
    """
    return _with_both_paces(merged(document, payload))


def _with_both_paces(body: JsonObject) -> JsonObject:
    """Return a body that says its pace twice where it is no whole number.

    In a whole document the platform takes a whole number, and the exact one beside it.
    """
    pace = number_or_none(body.get(PACE))
    if pace is None or (pace == int(pace) and EXACT_PACE not in body):
        return body
    return body | {PACE: int(pace), EXACT_PACE: pace}


def creation_body(payload: Mapping[str, Any]) -> JsonObject:
    """Return what is sent to create a campaign: the payload, as it is, and off.

    Raises
    ------
    LimitBroken
        If it would be anything but off, or is out of bounds.
    """
    refuse_out_of_bounds(payload)
    if payload.get(STATUS, OFF) != OFF:
        raise LimitBroken(
            f"A new campaign would have {STATUS} {payload[STATUS]!r}, and it begins {OFF}.",
            "Nothing was sent; make another proposal.",
        )
    return _with_both_paces(with_values(payload, {STATUS: OFF}))


def schedule_body(
    campaign_id: CampaignId, payload: Mapping[str, Any], current: CampaignSchedule | None
) -> JsonObject:
    """Return what is sent to put a schedule in the place of the one that was read.

    Examples
    --------
    >>> schedule_body(CampaignId("c-1"), {"intervals": []}, None)
    {'intervals': [], 'campaign': {'id': 'c-1'}}
    """
    body = with_values(payload, {"campaign": {"id": campaign_id}})
    version = current.document.get("version") if current else None
    return body if version is None else with_values(body, {"version": version})
