"""The thin transport: sends a call once and says what became of it.

It repeats nothing, judges nothing and knows no tenant's dialect. No exception of httpx leaves it.
Redirects are not followed: a tenant that moved is told of, not obeyed with a token in hand.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from core.clock import Clock
from core.documents import ABSENT
from core.tenants.oauth import STAGE, TIME_LEFT, ClientCredentials, NoToken, TokenBusy
from core.tenants.retry import Deadline
from core.tenants.wire import Answer, Call, Lost, Outcome, Stage, read_json, retry_after, write_json

NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
"""Raised before a byte of the request leaves."""


def product_headers() -> dict[str, str]:
    """Return the headers that every request carries."""
    try:
        number = version("dialcast")
    except PackageNotFoundError:
        number = "unknown"
    return {"User-Agent": f"Dialcast/{number}", "Accept": "application/json"}


def ignore_headers(headers: Mapping[str, str]) -> None:
    """Note nothing: the tenant tells of no limit."""


def is_loopback(address: str) -> bool:
    """Return whether an address is this machine.

    Examples
    --------
    >>> is_loopback("http://127.0.0.1:8765"), is_loopback("https://api.mypurecloud.com")
    (True, False)
    """
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Transport:
    """Sends calls over one `httpx.Client`, which threads may share.

    Parameters
    ----------
    api_url : str
        Address without a closing slash.
    credentials : ClientCredentials
        Signs every request.
    clock : Clock
        What a date in ``Retry-After`` is counted from.
    transport : httpx.BaseTransport, optional
        Instead of the network.
    note_headers : callable
        Given the headers of every answer of the API: what they tell of its limits.
    """

    def __init__(
        self,
        api_url: str,
        credentials: ClientCredentials,
        clock: Clock,
        transport: httpx.BaseTransport | None = None,
        note_headers: Callable[[Mapping[str, str]], None] = ignore_headers,
    ) -> None:
        self.api_url = api_url.rstrip("/")
        self._credentials = credentials
        self._clock = clock
        self._note_headers = note_headers
        self._client = httpx.Client(
            auth=credentials,
            headers=product_headers(),
            follow_redirects=False,
            transport=transport,
            # A proxy of the environment cannot reach this machine's own servers.
            trust_env=not is_loopback(self.api_url),
        )

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def send(self, call: Call, deadline: Deadline) -> Outcome:
        """Send a call once.

        Parameters
        ----------
        call : Call
            What to send.
        deadline : Deadline
            Of the whole question; one try gets no more than the call's own time-out either.

        Returns
        -------
        Answer or Lost
            Whatever became of it; nothing is raised for what a tenant or a network does.
        """
        try_over = deadline.within(call.timeout_seconds)
        try:
            response = self._client.send(self._request(call, try_over), stream=True)
            self._note_headers(response.headers)
            try:
                body = _body_of(response, try_over)
            finally:
                response.close()
        except NoToken as refused:
            return self._answer(refused.response, refused.body, Stage.TOKEN)
        except TokenBusy:
            return Lost("the token was not there in time", Stage.TOKEN, was_sent=False)
        except httpx.InvalidURL:
            return Lost("no such address can be asked", Stage.CALL, was_sent=False)
        except httpx.TransportError as error:
            is_own = try_over.seconds >= call.timeout_seconds
            whole = f"the {deadline.seconds:g} s of the whole call"
            return _lost(error, f"{call.timeout_seconds:g} s" if is_own else whole)
        if call.may_be_empty and response.is_success and not body.strip():
            body = b"null"
        return self._answer(response, body, Stage.CALL)

    def _request(self, call: Call, try_over: Deadline) -> httpx.Request:
        return self._client.build_request(
            call.method,
            f"{self.api_url}{call.path}",
            params=call.params or None,
            content=None if call.body is None else write_json(call.body),
            headers=None if call.body is None else {"Content-Type": "application/json"},
            timeout=try_over.left(),
            extensions={TIME_LEFT: try_over.left},
        )

    def _answer(self, response: httpx.Response, body: bytes, stage: Stage) -> Answer:
        is_fine = response.is_success and stage is Stage.CALL
        content = read_json(body if is_fine else self._credentials.redacted(body))
        # A token that could not be read is no answer that anybody may quote.
        is_secret = response.is_success and stage is Stage.TOKEN
        return Answer(
            response.status_code,
            ABSENT if is_secret else content,
            _wait_asked_for(response, self._clock.now()),
            stage,
        )


def _body_of(response: httpx.Response, try_over: Deadline) -> bytes:
    chunks = []
    try:
        for chunk in response.iter_bytes():
            # The time-out of httpx begins anew with every byte that drips in.
            if try_over.left() <= 0:
                raise httpx.ReadTimeout("dripping", request=response.request)
            chunks.append(chunk)
    except httpx.DecodingError:
        return b""
    return b"".join(chunks)


def _wait_asked_for(response: httpx.Response, now: datetime) -> float | None:
    return retry_after(response.headers.get("Retry-After"), now)


def _stage(request: httpx.Request) -> Stage:
    return Stage(request.extensions.get(STAGE, Stage.CALL))


def _lost(error: httpx.TransportError, within: str) -> Lost:
    try:
        stage = _stage(error.request)
    except RuntimeError:  # httpx has not tied it to a request
        stage = Stage.CALL
    was_sent = stage is Stage.CALL and not isinstance(error, NOT_SENT)
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return Lost(f"no connection within {within}", stage, was_sent)
    if isinstance(error, httpx.TimeoutException):
        return Lost(f"no answer within {within}", stage, was_sent)
    if isinstance(error, NOT_SENT):
        return Lost(f"no connection ({_reason(error)})", stage, was_sent)
    return Lost("the connection was cut before the whole answer was there", stage, was_sent)


def _reason(error: httpx.TransportError) -> str:
    text = str(error)
    return text if text.isprintable() and len(text) <= 120 else type(error).__name__
