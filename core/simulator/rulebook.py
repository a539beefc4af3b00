"""Which campaign documents the tenant takes, and why it refuses the others.

Only what the tenant itself insists on: a document may be lawful here and foolish all the same.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from core.documents import JsonObject
from core.simulator.centre import ORGANISATION_ID
from core.simulator.refusals import Refusal, bad_request

READ_ONLY: Final = ("id", "selfUri", "routing")
DIALING_MODES: Final = ("PREDICTIVE", "POWER", "PROGRESSIVE", "PREVIEW", "AGENTLESS")
STATUSES: Final = ("ON", "OFF", "DRAFT")
REPEATS: Final = ("NONE", "DAILY", "WEEKLY")
LONGEST_NAME: Final = 200


def check_update(body: Mapping[str, Any], current_version: int) -> None:
    """Check a whole document that is to replace the present one.

    Parameters
    ----------
    body : mapping
        The request's body.
    current_version : int
        The version that the update must have been made from.

    Raises
    ------
    Refusal
        400 with the field at fault, or 409 where the campaign changed since it was read.
    """
    for key in READ_ONLY:
        if key in body:
            raise bad_request(
                f"{key} is read-only: leave it out.", field=key, code="read.only.field"
            )
    _check_common(body)
    _check_predictive(body.get("predictive"))
    version = body.get("version")
    if not _is_whole(version):
        raise _wrong("version", "the whole number that was read")
    if version != current_version:
        raise Refusal(
            409,
            "invalid.update.wrong.version",
            f"The campaign is at version {current_version}, the update was made from version "
            f"{version}. Read it again.",
            field="version",
        )


def check_draft(body: Mapping[str, Any]) -> None:
    """Check a campaign that is to be created.

    Parameters
    ----------
    body : mapping
        The request's body.

    Raises
    ------
    Refusal
        400 with the field at fault.
    """
    for key in (*READ_ONLY, "version"):
        if key in body:
            raise bad_request(
                f"{key} is given by the tenant: leave it out.", field=key, code="read.only.field"
            )
    _check_common(body)
    _require(body, "type", "OUTBOUND", lambda value: value == "OUTBOUND")
    _require(body, "status", "DRAFT", lambda value: value == "DRAFT")
    _require(
        body,
        "maxCallsPerHour",
        "a whole number above 0",
        lambda value: _is_whole(value) and value > 0,
    )
    description = body.get("description", "")
    if not isinstance(description, str):
        raise _wrong("description", "a text")
    _check_schedule(body.get("schedule"))
    centre = body.get("callCenter")
    if not isinstance(centre, dict) or centre.get("id") != ORGANISATION_ID:
        raise _wrong("callCenter.id", f"the organisation's id, {ORGANISATION_ID}")
    if "predictive" in body:
        _check_predictive(body["predictive"])


def _check_common(body: Mapping[str, Any]) -> None:
    _require(
        body,
        "name",
        f"a text of 1 to {LONGEST_NAME} characters",
        lambda value: isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_NAME,
    )
    _require(body, "dialingMode", _one_of(DIALING_MODES), DIALING_MODES.__contains__)
    _require(body, "status", _one_of(STATUSES), STATUSES.__contains__)


def _check_predictive(predictive: object) -> None:
    if predictive is None:
        return
    if not isinstance(predictive, dict):
        raise _wrong("predictive", "an object")
    for key in ("answerRate", "dropRate"):
        if key in predictive and not _is_share(predictive[key]):
            raise _wrong(f"predictive.{key}", "a number from 0 to 1")
    attempts = predictive.get("maxAttempts", 1)
    if not _is_whole(attempts) or attempts < 1:
        raise _wrong("predictive.maxAttempts", "a whole number of at least 1")


def _check_schedule(schedule: object) -> None:
    if not isinstance(schedule, list) or not schedule:
        raise _wrong("schedule", "a list of at least one entry")
    for index, entry in enumerate(schedule):
        where = f"schedule[{index}]"
        if not isinstance(entry, dict):
            raise _wrong(where, "an object")
        start = _offset_time(entry, where, "startDateTime")
        end = _offset_time(entry, where, "endDateTime")
        if start >= end:
            raise _wrong(f"{where}.endDateTime", "after startDateTime")
        if entry.get("repeat", "NONE") not in REPEATS:
            raise _wrong(f"{where}.repeat", _one_of(REPEATS))


def _offset_time(entry: JsonObject, where: str, key: str) -> datetime:
    expected = "an ISO 8601 time with a UTC offset"
    try:
        moment = datetime.fromisoformat(entry[key])
    except (KeyError, TypeError, ValueError):
        raise _wrong(f"{where}.{key}", expected) from None
    if moment.utcoffset() is None:
        raise _wrong(f"{where}.{key}", expected)
    return moment


def _require(
    body: Mapping[str, Any], key: str, expected: str, is_right: Callable[[Any], bool]
) -> None:
    if key not in body or not is_right(body[key]):
        raise _wrong(key, expected)


def _wrong(field: str, expected: str) -> Refusal:
    return bad_request(f"{field} must be {expected}.", field=field, code="invalid.field")


def _one_of(words: tuple[str, ...]) -> str:
    return "one of " + ", ".join(words)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
