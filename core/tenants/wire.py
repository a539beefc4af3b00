"""A call to a tenant and what became of it, as plain values.

Nothing here sends anything: `core.tenants.http` does. Whatever a body holds that JSON cannot say
(NaN, a number past the range of floats, half a character) is unreadable here, so that a document
which was read can be kept, compared and sent back.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from core.documents import ABSENT, JsonObject
from core.errors import TenantRecordMissing

MESSAGE_LENGTH = 300
"""How much of a tenant's own message is passed on. Unit: characters."""


class Stage(StrEnum):
    """How far a call came: a failure before `CALL` means that the call itself was never sent."""

    TOKEN = "token"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Call:
    """One operation, ready to be sent.

    Parameters
    ----------
    method, path : str
        Of HTTP; the path is quoted.
    does : str
        What it is for, as an infinitive: ``read the outbound history``.
    subject : str
        Of what: ``campaign 17``.
    permission : str
        What the tenant has to allow.
    timeout_seconds : float
        For one try. Unit: seconds.
    params : tuple of pairs
        Of the query.
    body : JSON value or None
        Sent as JSON.
    may_be_empty : bool
        Whether an answer without a body is an answer: None then.
    """

    method: str
    path: str
    does: str
    subject: str
    permission: str
    timeout_seconds: float
    params: tuple[tuple[str, str], ...] = ()
    body: JsonObject | list[Any] | None = None
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the tenant answered.

    Parameters
    ----------
    status : int
        Of HTTP.
    content : Any
        The JSON value of the body; `ABSENT` where the body is not JSON.
    retry_after_seconds : float or None
        The wait that the tenant asks for. Unit: seconds.
    stage : Stage
        Whether the token or the call itself was answered.
    """

    status: int
    content: Any = ABSENT
    retry_after_seconds: float | None = None
    stage: Stage = Stage.CALL

    @property
    def is_done(self) -> bool:
        """Whether the call succeeded and its answer can be read."""
        return self.stage is Stage.CALL and 200 <= self.status < 300 and self.content is not ABSENT


@dataclass(frozen=True, slots=True)
class Lost:
    """No answer came.

    Parameters
    ----------
    why : str
        ``no answer within 15 s``.
    stage : Stage
        Whether the token or the call itself was under way.
    was_sent : bool
        Whether the tenant may have received it.
    """

    why: str
    stage: Stage
    was_sent: bool


Outcome = Answer | Lost


def read_json(body: bytes) -> Any:
    """Return the JSON value of a body, or `ABSENT` where it is none that can be sent back.

    Examples
    --------
    >>> read_json(b'{"version": 3}')
    {'version': 3}
    >>> read_json(b'<html>'), read_json(b'{"rate": NaN}'), read_json(b'{"rate": 1e999}')
    (ABSENT, ABSENT, ABSENT)
    """
    try:
        content = json.loads(body, parse_float=_finite, parse_constant=_finite)
        if b"\\u" in body:
            # Half a surrogate pair parses, and then can be neither hashed nor stored.
            json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return ABSENT
    return content


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def write_json(document: JsonObject | list[Any]) -> bytes:
    """Return the body that stands for a document.

    Examples
    --------
    >>> write_json({"version": 3, "rate": 1.0})
    b'{"version": 3, "rate": 1.0}'
    """
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()


def retry_after(text: str | None, now: datetime) -> float | None:
    """Return the wait that a ``Retry-After`` header asks for; None where it asks for none.

    Parameters
    ----------
    text : str or None
        Seconds, or a date.
    now : datetime
        Aware; what a date is counted from.

    Returns
    -------
    float or None
        At least 0. Unit: seconds.

    References
    ----------
    RFC 9110, section 10.2.3.

    Examples
    --------
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> retry_after("7", noon), retry_after("Mon, 23 Nov 2026 12:00:09 GMT", noon)
    (7.0, 9.0)
    >>> retry_after("soon", noon), retry_after(None, noon)
    (None, None)
    """
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = _seconds_until(text, now)
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _seconds_until(text: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return math.nan
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - now).total_seconds()


def tenant_message(content: Any) -> str:
    """Return what the tenant says about a refusal, in one line; empty where it says nothing.

    Examples
    --------
    >>> tenant_message({"message": "Out of bounds", "details": [{"fieldName": "dropRate"}]})
    'Out of bounds (dropRate)'
    >>> tenant_message({"error": "invalid_client", "error_description": "No such client"})
    'No such client'
    >>> tenant_message("<html>")
    ''
    """
    if not isinstance(content, Mapping):
        return ""
    keys = ("message", "error_description", "description", "error", "code")
    found = [content[key] for key in keys if isinstance(content.get(key), str)]
    message = next((text for text in found if text.strip()), "")
    details = content.get("details")
    fields = [
        each["fieldName"]
        for each in (details if isinstance(details, list) else [])
        if isinstance(each, Mapping) and isinstance(each.get("fieldName"), str)
    ]
    named = f"{message} ({', '.join(fields)})" if fields else message
    line = " ".join("".join(c if c.isprintable() else " " for c in named).split())
    return line if len(line) <= MESSAGE_LENGTH else f"{line[:MESSAGE_LENGTH]}…"


def segment(identifier: str, subject: str) -> str:
    """Return an id as one segment of a path, whatever it holds.

    Raises
    ------
    TenantRecordMissing
        If it is empty or made of dots, which would name another path.

    Examples
    --------
    >>> segment("a/../b?c", "campaign a/../b?c")
    'a%2F..%2Fb%3Fc'
    """
    if not identifier.strip("."):
        raise TenantRecordMissing(
            f"There is no {subject.strip()}: such an id names nothing.",
            "Choose one from the list.",
            status=404,
        )
    return quote(identifier, safe="")
