"""One campaign in two dialects: what the one says, in the words of the other.

Only what both dialects have; everything else belongs to one of them alone.
"""

import math

from core.documents import JsonObject


def seen_from_platform(twin: JsonObject) -> JsonObject:
    """Return what a campaign of the tutorials' dialect says, in the platform's words.

    Parameters
    ----------
    twin : JsonObject
        Its document there.

    Returns
    -------
    JsonObject
        Those fields only that both dialects have.

    Examples
    --------
    >>> from core.simulator.campaigns import CAMPAIGNS
    >>> from core.simulator.documents import document_of
    >>> seen = seen_from_platform(document_of(CAMPAIGNS[0]))
    >>> seen["maxCallsPerAgentDecimal"], seen["abandonRate"], seen["campaignStatus"]
    (2.38, 2.5, 'on')
    """
    predictive = twin.get("predictive") or {}
    assumed = max(float(predictive.get("answerRate", 1.0)), 0.01)
    return {
        "name": twin["name"],
        "campaignStatus": "on" if twin.get("status") == "ON" else "off",
        "dialingMode": str(twin.get("dialingMode", "")).lower(),
        "maxCallsPerAgentDecimal": round(min(max(1 / assumed, 1.0), 15.0), 2),
        "abandonRate": round(float(predictive.get("dropRate", 0.03)) * 100, 4),
        "priority": twin.get("priority", 3),
        "outboundLineCount": twin.get("outboundLineCount", 0),
    }


def pace_fields(pace: float) -> JsonObject:
    """Return the two fields that tell calls per agent: whole, and with decimals.

    Examples
    --------
    >>> pace_fields(2.35)
    {'maxCallsPerAgent': 2, 'maxCallsPerAgentDecimal': 2.35}
    """
    return {"maxCallsPerAgent": math.floor(pace), "maxCallsPerAgentDecimal": float(pace)}


def paced(body: JsonObject, current: JsonObject) -> JsonObject:
    """Return a document whose two fields of calls per agent say the same: what changed wins.

    Parameters
    ----------
    body : JsonObject
        As a client sent it.
    current : JsonObject
        As the campaign is.

    Examples
    --------
    >>> paced({"maxCallsPerAgent": 4, "maxCallsPerAgentDecimal": 2.35}, pace_fields(2.35))
    {'maxCallsPerAgent': 4, 'maxCallsPerAgentDecimal': 4.0}
    """
    whole, exact = body.get("maxCallsPerAgent"), body.get("maxCallsPerAgentDecimal")
    if whole is None and exact is None:
        return body
    is_whole_new = whole is not None and whole != current.get("maxCallsPerAgent")
    is_exact_new = exact is not None and exact != current.get("maxCallsPerAgentDecimal")
    pace = whole if exact is None or (is_whole_new and not is_exact_new) else exact
    assert pace is not None
    return {**body, **pace_fields(pace)}


def twin_patch(document: JsonObject) -> JsonObject:
    """Return what the tutorials' dialect has to be told of a campaign, as a merge patch."""
    mode = document["dialingMode"]
    patch: JsonObject = {
        "name": document["name"],
        "status": "ON" if document["campaignStatus"] == "on" else "OFF",
        "dialingMode": "PREDICTIVE" if mode == "power" else mode.upper(),
    }
    for field in ("priority", "outboundLineCount"):
        if field in document:
            patch[field] = document[field]
    predictive: JsonObject = {}
    if document.get("maxCallsPerAgentDecimal"):
        predictive["answerRate"] = round(1 / document["maxCallsPerAgentDecimal"], 9)
    if document.get("abandonRate") is not None:
        predictive["dropRate"] = round(document["abandonRate"] / 100, 9)
    return {**patch, "predictive": predictive} if predictive else patch
