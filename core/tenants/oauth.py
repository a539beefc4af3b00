"""The token: asked for once, shared by all calls, renewed in time, fetched anew after a 401.

A generator of requests and nothing else: it opens no connection, so that it can be driven by hand.
Neither the secret nor a token is part of any representation or error.
"""

from base64 import b64encode
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Lock
from typing import Any

import httpx

from core.clock import Clock
from core.tenants.wire import Stage, read_json

TOKEN_TIMEOUT_SECONDS = 15.0
RENEWAL_SECONDS = 300.0
"""A token with less life than this is renewed before it is used."""
USUAL_LIFE_SECONDS = 3600.0
"""The life of a token whose answer does not tell it; a 401 corrects it if it is shorter."""
STAGE = "dialcast.stage"
"""Where a request carries which stage of a call it belongs to."""
TIME_LEFT = "dialcast.time_left"
"""Where a request carries how to tell the seconds that its call has left."""


@dataclass(frozen=True, slots=True)
class Token:
    """What the tenant gave.

    Parameters
    ----------
    text : str
        Never shown.
    expires_at, renew_at : datetime
        Aware; from the second on it is renewed before it is used.
    scopes : frozenset of str or None
        What it is good for; None where the tenant does not say.
    """

    text: str = field(repr=False)
    expires_at: datetime
    renew_at: datetime
    scopes: frozenset[str] | None


def read_token(content: Any, now: datetime) -> Token | None:
    """Return the token in an answer of the token endpoint; None where there is none.

    Examples
    --------
    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> read_token({"access_token": "abc", "expires_in": 60}, noon).expires_at.isoformat()
    '2026-11-23T12:01:00+00:00'
    >>> read_token({"access_token": ""}, noon) is None
    True
    """
    if not isinstance(content, Mapping):
        return None
    text = content.get("access_token")
    life = content.get("expires_in", USUAL_LIFE_SECONDS)
    # A token goes into a header: a line break or a letter beyond ASCII cannot be sent.
    if not isinstance(text, str) or not text or not all("!" <= c <= "~" for c in text):
        return None
    if isinstance(life, bool) or not isinstance(life, int | float) or not 0 < life < 1e9:
        return None
    expires_at = now + timedelta(seconds=life)
    # A tenant may hand out tokens that live five minutes: those last half their life.
    renew_at = expires_at - timedelta(seconds=min(RENEWAL_SECONDS, life / 2))
    return Token(text, expires_at, renew_at, _scopes(content.get("scope")))


def _scopes(scope: Any) -> frozenset[str] | None:
    if isinstance(scope, str):
        scope = scope.split()
    if not isinstance(scope, list) or not all(isinstance(each, str) for each in scope):
        return None
    return frozenset(scope) or None


class NoToken(Exception):
    """The token endpoint gave no token; the transport turns its answer into an outcome."""

    def __init__(self, response: httpx.Response, body: bytes) -> None:
        super().__init__(response.status_code)
        self.response = response
        self.body = body


class TokenBusy(Exception):
    """Another thread was fetching the token for longer than this call has time."""


class SecretIn(StrEnum):
    """Where id and secret travel when a token is asked for."""

    FORM = "form"
    """With the scopes, in the body; as the tutorials have it."""
    HEADER = "header"
    """Basic authentication, and no scopes: what the client may do is a matter of its roles."""


class ClientCredentials(httpx.Auth):
    """Signs requests with a token of the client credentials grant.

    Parameters
    ----------
    token_url : str
        Whole address of the token endpoint.
    client_id, client_secret : str
        Sent when a token is asked for, and nowhere else.
    scopes : sequence of str
        Asked for, all at once: one token serves every call.
    clock : Clock
        Tells a token's age.
    headers : mapping
        Sent along when a token is asked for.
    secret_in : SecretIn
        Where id and secret travel.
    """

    def __init__(
        self,
        token_url: str,
        client_id: str,
        client_secret: str,
        scopes: Sequence[str],
        clock: Clock,
        headers: Mapping[str, str],
        secret_in: SecretIn = SecretIn.FORM,
    ) -> None:
        self.scopes = tuple(scopes)
        self._token_url = token_url
        self._client_id = client_id
        self._client_secret = client_secret
        self._clock = clock
        self._headers = dict(headers)
        self._secret_in = secret_in
        self._token: Token | None = None
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"ClientCredentials({self._token_url!r})"

    @property
    def granted_scopes(self) -> frozenset[str] | None:
        """What the token in force is good for; None before the first, or where it is not told."""
        token = self._token
        return token.scopes if token else None

    def redacted(self, text: bytes) -> bytes:
        """Return a text of the tenant's without the secret and the token."""
        token = self._token
        held = (self._client_secret, self._basic.partition(" ")[2], token.text if token else "")
        for secret in held:
            if secret:
                text = text.replace(secret.encode(), b"***")
        return text

    def sync_auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the signed request, and whatever has to be sent before and after it.

        Raises
        ------
        NoToken
            If the token endpoint gives none.
        TokenBusy
            If another thread takes too long to fetch it.
        """
        token = yield from self._token_in_force(request)
        request.headers["Authorization"] = f"Bearer {token.text}"
        response = yield request
        if response.status_code != 401:
            return
        self._drop(token)
        token = yield from self._token_in_force(request)
        request.headers["Authorization"] = f"Bearer {token.text}"
        request.extensions["timeout"] = httpx.Timeout(_time_allowed(request)).as_dict()
        yield request

    def _token_in_force(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, Token]:
        seconds = min(TOKEN_TIMEOUT_SECONDS, _time_allowed(request))
        # One thread fetches; the others wait for what it gets rather than fetch their own.
        if not self._lock.acquire(timeout=seconds):
            raise TokenBusy
        try:
            if self._token is None or self._is_old(self._token):
                response = yield self._token_request(seconds)
                body = _body_of(response)
                token = read_token(read_json(body), self._clock.now())
                if response.status_code != 200 or token is None:
                    raise NoToken(response, body)
                self._token = token
            return self._token
        finally:
            self._lock.release()

    def _is_old(self, token: Token) -> bool:
        return self._clock.now() > token.renew_at

    def _drop(self, token: Token) -> None:
        with self._lock:
            # Another thread may have met the same 401 before and fetched a new one already.
            if self._token is token:
                self._token = None

    @property
    def _basic(self) -> str:
        pair = f"{self._client_id}:{self._client_secret}"
        return f"Basic {b64encode(pair.encode()).decode()}"

    def _token_request(self, seconds: float) -> httpx.Request:
        headers, form = dict(self._headers), {"grant_type": "client_credentials"}
        if self._secret_in is SecretIn.HEADER:
            headers["Authorization"] = self._basic
        else:
            form["client_id"] = self._client_id
            form["client_secret"] = self._client_secret
            form["scope"] = " ".join(self.scopes)
        return httpx.Request(
            "POST",
            self._token_url,
            headers=headers,
            data=form,
            extensions={"timeout": httpx.Timeout(seconds).as_dict(), STAGE: Stage.TOKEN},
        )


def _body_of(response: httpx.Response) -> bytes:
    try:
        return response.read()
    except httpx.DecodingError:
        return b""


def _time_allowed(request: httpx.Request) -> float:
    """Return how long one more request of the same call may take. Unit: seconds."""
    own = request.extensions.get("timeout", {}).get("read")
    time_left = request.extensions.get(TIME_LEFT)
    bounds = [own, time_left() if time_left else None]
    return min((bound for bound in bounds if bound is not None), default=TOKEN_TIMEOUT_SECONDS)
