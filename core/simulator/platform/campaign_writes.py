"""Which changes of a campaign the platform takes, beyond the kind of each field.

Only what the platform itself insists on: a pacing may be lawful here and unwise all the same.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from core.documents import JsonObject
from core.simulator.platform.first_documents import SETTINGS
from core.simulator.platform.refusals import conflict, invalid_value
from core.simulator.refusals import Refusal, bad_request

LONGEST_NAME: Final = 64
PACED: Final = ("power", "predictive")

_TURNED_ON_FROM: Final = ("off", "complete", "invalid", "stopping", "forced_off")
_REFERENCES: Final = {
    "contactList": "contact.list",
    "queue": "queue",
    "script": "script",
    "site": "site",
    "edgeGroup": "edge.group",
    "callAnalysisResponseSet": "call.analysis.response.set",
    "callableTimeSet": "callable.time.set",
}


def check_draft(
    body: Mapping[str, Any], names: Collection[str], known_ids: Collection[str]
) -> None:
    """Check a campaign that is to be created: it has to be off.

    Parameters
    ----------
    body : mapping
        The campaign; its fields are of the right kinds already.
    names : collection of str
        Names of the other campaigns, in lower case.
    known_ids : collection of str
        Ids of everything that a campaign may refer to.

    Raises
    ------
    Refusal
        400 with the field at fault.
    """
    _check_document(body, names, known_ids, "invalid.create")
    if body.get("campaignStatus") not in (None, "off"):
        raise _wrong("campaignStatus", "be off at first", "invalid.create")


def check_update(
    body: Mapping[str, Any],
    current: Mapping[str, Any],
    names: Collection[str],
    known_ids: Collection[str],
) -> None:
    """Check a campaign that is to replace what it is now.

    Parameters
    ----------
    body, names, known_ids
        As for `check_draft`.
    current : mapping
        The campaign as it is.

    Raises
    ------
    Refusal
        400 with the field at fault, 409 where it changed since or is on.
    """
    check_version(body, current["version"])
    _check_document(body, names, known_ids, "invalid.update")
    status = current["campaignStatus"]
    check_status(body.get("campaignStatus") or status, status)
    if status == "on" and body["contactList"]["id"] != current["contactList"]["id"]:
        raise conflict("invalid.update.campaign.active", "The campaign is on.", field="contactList")


def _check_document(
    body: Mapping[str, Any], names: Collection[str], known_ids: Collection[str], failure: str
) -> None:
    _check_name(body["name"], names)
    check_references(body, known_ids)
    _check_mode(body, failure)
    check_pace(body)
    if not body["phoneColumns"]:
        raise _wrong("phoneColumns", "name at least one", "invalid.campaign.phone.columns")
    for field, code in (("callerName", "name"), ("callerAddress", "address")):
        if not body[field].strip():
            raise _wrong(field, "not be empty", f"missing.caller.id.{code}")


def check_version(body: Mapping[str, Any], version: int) -> None:
    """Check that an update was made from the version that is in force.

    Raises
    ------
    Refusal
        400 without a version, 409 with another one.
    """
    sent = body.get("version")
    if sent is None:
        raise bad_request("version is required.", field="version", code="invalid.update")
    if sent != version:
        raise conflict(
            "invalid.update.wrong.version",
            f"The version is {version}, the update was made from version {sent}.",
            field="version",
        )


def check_status(wanted: str, current: str) -> None:
    """Check a change of status.

    Raises
    ------
    Refusal
        400 where there is no way from the one to the other.

    Examples
    --------
    >>> check_status("on", "complete")
    >>> check_status("off", "complete")
    Traceback (most recent call last):
        ...
    core.simulator.refusals.Refusal: Invalid transition from <COMPLETE> to <OFF>
    """
    is_on = wanted == "on" and current in _TURNED_ON_FROM
    is_off = wanted == "off" and current in ("on", "stopping")
    if wanted != current and not is_on and not is_off:
        raise bad_request(
            f"Invalid transition from <{current.upper()}> to <{wanted.upper()}>",
            field="campaignStatus",
            code="invalid.update.bad.status.transition",
        )


def check_pace(body: Mapping[str, Any]) -> None:
    """Check calls per agent and lines against what the organisation allows."""
    ceiling = SETTINGS["maxConfigurableCallsPerAgent"]
    for field in ("maxCallsPerAgent", "maxCallsPerAgentDecimal"):
        if (body.get(field) or 0) > ceiling:
            raise invalid_value(field, f"at most {ceiling}")
    if (body.get("outboundLineCount") or 0) < 0:
        raise _wrong("outboundLineCount", "not be negative", "invalid.campaign.outbound.line.count")


def check_references(body: Mapping[str, Any], known_ids: Collection[str]) -> None:
    """Check that everything a campaign refers to is there."""
    for field, kind in _REFERENCES.items():
        named: JsonObject | None = body.get(field)
        if named is not None and named.get("id") not in known_ids:
            raise bad_request(f"{field} was not found.", field=field, code=f"{kind}.not.found")


def references_in(documents: Iterable[JsonObject]) -> frozenset[str]:
    """Return the ids of everything that some campaigns refer to."""
    return frozenset(
        value["id"]
        for document in documents
        for value in document.values()
        if isinstance(value, dict) and "id" in value
    )


def _check_name(name: str, names: Collection[str]) -> None:
    if not name.strip():
        raise _wrong("name", "not be blank", "name.cannot.be.blank")
    if len(name) > LONGEST_NAME:
        raise _wrong("name", f"have at most {LONGEST_NAME} characters", "name.length.exceeded")
    if name.lower() in names:
        raise _wrong("name", f"be unique; {name!r} is taken", "duplicate.name")


def _check_mode(body: Mapping[str, Any], failure: str) -> None:
    mode = body["dialingMode"]
    if body.get("site") and body.get("edgeGroup"):
        code = "site.and.edge.group.cannot.be.configured"
        raise _wrong("site", "not stand beside edgeGroup", code)
    needed = [
        ("queue", mode != "agentless"),
        ("script", mode != "agentless"),
        ("callAnalysisResponseSet", mode != "preview"),
        ("abandonRate", mode in PACED),
        ("outboundLineCount", mode == "agentless"),
    ]
    for field, is_needed in needed:
        if is_needed and body.get(field) is None:
            raise _wrong(field, f"be there in mode {mode}", failure)
    if mode != "preview" and not (body.get("site") or body.get("edgeGroup")):
        raise _wrong("site", f"or edgeGroup be there in mode {mode}", failure)
    if body.get("diagnosticsSettings") and mode not in PACED:
        raise _wrong("diagnosticsSettings", f"not be there in mode {mode}", failure)


def _wrong(field: str, expected: str, code: str) -> Refusal:
    return bad_request(f"{field} must {expected}.", field=field, code=code)
