"""What became of a call, as an error in an operator's words.

Nothing is decided here about repeating: what arrives is the last outcome. A write whose outcome
cannot be told becomes `OutcomeUnknown`, never a guess.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from core.documents import ABSENT
from core.errors import (
    AuthenticationFailed,
    OutcomeUnknown,
    PayloadRejected,
    PermissionMissing,
    RateLimited,
    StaleRevision,
    TenantBroken,
    TenantError,
    TenantRecordMissing,
    TenantRefused,
    TenantUnreachable,
    UnexpectedPayload,
)
from core.tenants.retry import Settled
from core.tenants.wire import Answer, Call, Lost, Stage, tenant_message

REFUSED_WHILE_ON = frozenset({"invalid.update.campaign.active"})
"""Codes of a 409 that tell of no other version."""


def code_of(outcome: Answer) -> str:
    """Return the code that the tenant gives a refusal; empty where it gives none.

    Examples
    --------
    >>> code_of(Answer(409, {"code": "invalid.update.wrong.version"})), code_of(Answer(409))
    ('invalid.update.wrong.version', '')
    """
    code = outcome.content.get("code") if isinstance(outcome.content, Mapping) else None
    return code if isinstance(code, str) else ""


def is_outcome_unknown(outcome: Answer | Lost) -> bool:
    """Return whether a write may or may not have been applied.

    Examples
    --------
    >>> is_outcome_unknown(Answer(502)), is_outcome_unknown(Answer(400))
    (True, False)
    >>> is_outcome_unknown(Lost("refused", Stage.CALL, was_sent=False))
    False
    """
    if outcome.stage is Stage.TOKEN:
        return False
    if isinstance(outcome, Lost):
        return outcome.was_sent
    # A redirect or a 408 may come from something in between, after the tenant had its share.
    return not (outcome.is_done or (400 <= outcome.status < 500 and outcome.status != 408))


def lost_write(call: Call, outcome: Answer | Lost) -> OutcomeUnknown:
    """Return the error for a write whose outcome cannot be told."""
    return OutcomeUnknown(
        f"It is not known whether the tenant did {call.does} ({call.subject}): {_why(outcome)}.",
        "Nothing is sent again; reading the tenant back tells what is true.",
    )


def refusal(call: Call, settled: Settled, scopes: Sequence[str]) -> TenantError:
    """Return the error for a call that definitely did not do what it was for.

    Parameters
    ----------
    call : Call
        What was sent.
    settled : Settled
        Its last outcome, and after how many tries.
    scopes : sequence of str
        The scopes that the token was asked for.

    Returns
    -------
    TenantError
        The kind that the outcome calls for.

    Examples
    --------
    >>> call = Call("GET", "/c/1", "read the campaign", "campaign 1", "campaign:read", 15.0)
    >>> str(refusal(call, Settled(Answer(404), 1), []))
    'The tenant has no campaign 1 (404). Choose one from the list, or ask for its id.'
    """
    outcome = settled.outcome
    if isinstance(outcome, Lost):
        return TenantUnreachable(
            f"The tenant could not be reached to {call.does} ({call.subject}): {outcome.why}"
            f"{_after(settled)}.",
            "Check the network and the tenant's address (GENESYS_API_URL, GENESYS_REGION),"
            " then try again.",
        )
    if outcome.stage is Stage.TOKEN:
        return _token_refusal(call, outcome, settled, scopes)
    return _call_refusal(call, outcome, settled, scopes)


def _token_refusal(
    call: Call, outcome: Answer, settled: Settled, scopes: Sequence[str]
) -> TenantError:
    if outcome.status in (400, 401, 403):
        return AuthenticationFailed(
            f"The tenant refused the credentials ({outcome.status}) when asked for a token"
            f"{_asked_with(scopes)}.{_quoted(outcome)}",
            f"Check GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET, and {_client_needs(scopes)}.",
            status=outcome.status,
        )
    if outcome.status == 404:
        return TenantRecordMissing(
            "There is nothing that hands out tokens at the tenant's login address (404).",
            "Check GENESYS_LOGIN_URL or GENESYS_API_URL.",
            status=404,
        )
    return _general(call, outcome, settled, "for a token, ")


def _call_refusal(
    call: Call, outcome: Answer, settled: Settled, scopes: Sequence[str]
) -> TenantError:
    if outcome.status == 401:
        return AuthenticationFailed(
            f"The tenant refused to {call.does} ({call.subject}) even with a fresh token (401)"
            f"{_asked_with(scopes)}.{_quoted(outcome)}",
            f"Check {_client_needs(scopes)}; this call needs {call.permission}.",
            status=401,
        )
    if outcome.status == 403:
        return PermissionMissing(
            f"The role behind the credentials lacks {call.permission}, which is needed to"
            f" {call.does} ({call.subject}).{_quoted(outcome)}",
            "Ask the tenant's administrator to add it to the role of the OAuth client.",
            permission=call.permission,
        )
    if outcome.status == 404:
        return TenantRecordMissing(
            f"The tenant has no {call.subject} (404).",
            "Choose one from the list, or ask for its id.",
            status=404,
        )
    if outcome.status == 409 and code_of(outcome) in REFUSED_WHILE_ON:
        return TenantRefused(
            f"The tenant refused to {call.does} ({call.subject}, 409): it does not allow this while"
            f" the campaign is on.{_quoted(outcome)}",
            "Nothing was changed. Do it when the campaign is off.",
            status=409,
        )
    if outcome.status in (409, 412):
        return StaleRevision(
            f"The tenant refused to {call.does}: {call.subject} changed since it was read"
            f" ({outcome.status}).{_quoted(outcome)}",
            "Nothing was changed. Read it again and decide anew.",
            status=outcome.status,
        )
    if outcome.status in (400, 422):
        return PayloadRejected(
            f"The tenant refused the question when asked to {call.does} ({call.subject},"
            f" {outcome.status}).{_quoted(outcome)}",
            "Ask for another span or another id.",
            told=_told(outcome),
        )
    return _general(call, outcome, settled, "")


def _general(call: Call, outcome: Answer, settled: Settled, prefix: str) -> TenantError:
    asked = f"when asked {prefix}to {call.does} ({call.subject}){_after(settled)}"
    if outcome.status == 429:
        seconds = outcome.retry_after_seconds
        hint = f" It asks to wait {seconds:g} s." if seconds else ""
        return RateLimited(
            f"The tenant limits how often it may be asked, and refused (429) {asked}.{hint}",
            "Wait a few minutes, or ask for a shorter span.",
            retry_after_seconds=seconds,
        )
    if outcome.status >= 500:
        return TenantBroken(
            f"The tenant failed ({outcome.status}) {asked}.{_quoted(outcome)}",
            "Try again in a few minutes; if it stays so, tell the tenant's administrator.",
        )
    if 400 <= outcome.status < 500:
        return TenantRefused(
            f"The tenant refused ({outcome.status}) {asked}.{_quoted(outcome)}",
            "Check the tenant's address, and that the settings name its kind.",
            status=outcome.status,
            told=_told(outcome),
        )
    return UnexpectedPayload(
        f"The tenant gave an answer that cannot be read ({outcome.status}) {asked}.",
        "Check the tenant's address (GENESYS_API_URL), and that DIALCAST_TENANT names its kind.",
    )


def is_rejection(call: Call, outcome: Answer | Lost) -> bool:
    """Return whether a write was refused for its fields, a name that is taken among them."""
    if isinstance(outcome, Lost) or outcome.stage is Stage.TOKEN:
        return False
    return outcome.status in (400, 422) or (outcome.status == 409 and call.method == "POST")


def rejected_write(
    call: Call, outcome: Answer, sent: Mapping[str, Any], rules: str
) -> PayloadRejected:
    """Return the error for a write that the tenant refused for its fields.

    Parameters
    ----------
    call : Call
        What was sent.
    outcome : Answer
        400, 422, or a name that is taken.
    sent : mapping
        Dotted path to value: the fields that were meant to change.
    rules : str
        Read-only fields and bounds, in words.

    Returns
    -------
    PayloadRejected
        With the fields as an attribute.
    """
    listed = ", ".join(f"{path} = {_shown(value)}" for path, value in sent.items())
    return PayloadRejected(
        f"The tenant refused to {call.does} ({call.subject}, {outcome.status})."
        f"{_quoted(outcome)} Sent: {listed or 'nothing'}. {rules}",
        "Nothing was changed. Make another proposal within the bounds.",
        fields=sent,
        told=_told(outcome),
    )


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _why(outcome: Answer | Lost) -> str:
    if isinstance(outcome, Lost):
        return outcome.why
    if 200 <= outcome.status < 300:
        return f"its answer ({outcome.status}) could not be read"
    return f"it answered {outcome.status}{_quoted(outcome).rstrip('.')}"


def _quoted(outcome: Answer) -> str:
    message = tenant_message(outcome.content) if outcome.content is not ABSENT else ""
    return f' It says: "{message}".' if message else ""


def _told(outcome: Answer) -> str:
    return f"{code_of(outcome)} {tenant_message(outcome.content)}".strip()


def _after(settled: Settled) -> str:
    return f", after {settled.tries} tries" if settled.tries > 1 else ""


def _asked_with(scopes: Sequence[str]) -> str:
    return f" with the scopes {', '.join(scopes)}" if scopes else ""


def _client_needs(scopes: Sequence[str]) -> str:
    if scopes:
        return "that the OAuth client may have these scopes"
    return "that the OAuth client is of this region, uses client credentials and has a role"
