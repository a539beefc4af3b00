"""Who may ask: client credentials to tokens, tokens to scopes.

Tokens live in memory and are forgotten by a restart. Credentials in the form ask for the
tutorials' dialect: both tutorials' scope names are known, and ``outbound:campaign:readwrite``
stands for reading and for writing. Credentials as HTTP Basic ask for the platform's, which knows
no scopes for them.
"""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.clock import Clock
from core.documents import JsonObject
from core.simulator.refusals import OAuthRefusal, Refusal

TOKEN_SECONDS: Final = 3600
PLATFORM_TOKEN_SECONDS: Final = 86_399
"""What the platform tells a client whose token lives a day, as it does unless set otherwise."""

OUTBOUND_HISTORY: Final = "analytics:outbound:read"
QUEUE_HISTORY: Final = "analytics:report:read"
CAMPAIGN_READ: Final = "outbound:campaign:read"
CAMPAIGN_WRITE: Final = "outbound:campaign:write"
CAMPAIGN_READWRITE: Final = "outbound:campaign:readwrite"
SCHEDULE_READ: Final = "schedule:agent:forecast:read"

SCOPES: Final = (
    OUTBOUND_HISTORY,
    CAMPAIGN_READ,
    CAMPAIGN_WRITE,
    CAMPAIGN_READWRITE,
    SCHEDULE_READ,
    QUEUE_HISTORY,
)


class Dialect(StrEnum):
    """Which words a client uses."""

    TUTORIAL = "tutorial"
    PLATFORM = "platform"


@dataclass
class _Grant:
    scopes: frozenset[str]
    expires_at: float
    dialect: Dialect = Dialect.TUTORIAL
    uses: int = 0


class TokenOffice:
    """Issues tokens to one client and checks them.

    Parameters
    ----------
    client_id, client_secret : str
        The one client that the tenant knows.
    clock : Clock
        Decides when a token is over.
    platform_seconds : int
        Life of a platform token: set for each client, from 5 minutes to 2 days.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        clock: Clock,
        *,
        platform_seconds: int = PLATFORM_TOKEN_SECONDS,
    ) -> None:
        self.client_id = client_id
        self._client_secret = client_secret
        self._clock = clock
        self._platform_seconds = platform_seconds
        self._grants: dict[str, _Grant] = {}

    def issue(self, form: dict[str, str], authorization: str) -> JsonObject:
        """Return a token for client credentials, in the form or as HTTP Basic.

        Parameters
        ----------
        form : dict of str
            The form fields.
        authorization : str
            The header, or an empty text.

        Returns
        -------
        JsonObject
            Token, seconds of life, type, and in the tutorials' dialect the scopes granted.
            Unknown scopes are not granted; where none is asked for, all are.

        Raises
        ------
        OAuthRefusal
            Wrong grant type or wrong credentials.
        """
        if form.get("grant_type") != "client_credentials":
            raise OAuthRefusal(
                400, "unsupported_grant_type", "grant_type must be client_credentials."
            )
        basic = _basic_credentials(authorization)
        client_id, secret = basic or (form.get("client_id", ""), form.get("client_secret", ""))
        is_known = hmac.compare_digest(client_id.encode(), self.client_id.encode())
        if not hmac.compare_digest(secret.encode(), self._client_secret.encode()) or not is_known:
            raise OAuthRefusal(
                401, "invalid_client", "The client id is unknown or the secret is wrong."
            )
        if basic:
            return self._grant([], self._platform_seconds, Dialect.PLATFORM)
        asked = form.get("scope", "").split()
        granted = [scope for scope in SCOPES if not asked or scope in asked]
        return {**self._grant(granted, TOKEN_SECONDS), "scope": " ".join(granted)}

    def _grant(
        self, granted: list[str], seconds: int, dialect: Dialect = Dialect.TUTORIAL
    ) -> JsonObject:
        now = self._clock.now().timestamp()
        self._grants = {
            token: grant for token, grant in self._grants.items() if grant.expires_at > now
        }
        token = secrets.token_urlsafe(32)
        self._grants[token] = _Grant(frozenset(granted), now + seconds, dialect)
        return {"access_token": token, "token_type": "bearer", "expires_in": seconds}

    def dialect_of(self, authorization: str) -> Dialect | None:
        """Return the dialect that a request's token was given for; None where it is unknown."""
        grant = self._grants.get(_bearer(authorization))
        return None if grant is None else grant.dialect

    def require(self, authorization: str, scope: str = "", *, most_uses: int = 0) -> None:
        """Check that a request may be done.

        Parameters
        ----------
        authorization : str
            The header, or an empty text.
        scope : str
            What is needed; empty: any token will do.
        most_uses : int
            Requests after which a token dies early; 0: it lives its whole life.

        Raises
        ------
        Refusal
            401 without a token in force, 403 without the scope.
        """
        token = _bearer(authorization)
        grant = self._grants.get(token)
        if grant is not None:
            grant.uses += 1
            is_over = grant.expires_at <= self._clock.now().timestamp()
            if is_over or 0 < most_uses < grant.uses:
                del self._grants[token]
                grant = None
        if grant is None:
            raise Refusal(
                401,
                "bad.credentials",
                "The token is missing, unknown or no longer valid.",
                headers={"WWW-Authenticate": "Bearer"},
            )
        if scope and not _holds(grant.scopes, scope):
            raise Refusal(
                403,
                "missing.permissions",
                f"The token lacks the scope {scope}, which this operation needs.",
                field=scope,
            )


def _holds(granted: frozenset[str], scope: str) -> bool:
    whole = CAMPAIGN_READWRITE if scope in (CAMPAIGN_READ, CAMPAIGN_WRITE) else scope
    return scope in granted or whole in granted


def _bearer(authorization: str) -> str:
    kind, _, token = authorization.partition(" ")
    return token if kind.lower() == "bearer" else ""


def _basic_credentials(authorization: str) -> tuple[str, str] | None:
    kind, _, encoded = authorization.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ("", "")
    return client_id, secret
