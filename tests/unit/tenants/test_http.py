"""The thin transport, against real sockets where the network matters."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from core.clock import FrozenClock
from core.documents import ABSENT
from core.tenants.http import Transport, product_headers
from core.tenants.oauth import ClientCredentials
from core.tenants.retry import Deadline, SystemSleeper
from core.tenants.wire import Answer, Call, Lost, Stage

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECRET = "s3cret-of-the-client"
CALL = Call("GET", "/campaigns/c%2F1", "read the campaign", "campaign c/1", "read", 15.0)


def transport_to(url: str, inner: httpx.BaseTransport | None = None) -> Transport:
    clock = FrozenClock(NOON)
    credentials = ClientCredentials(
        f"{url}/oauth/token", "client-1", SECRET, ("read",), clock, product_headers()
    )
    return Transport(url, credentials, clock, inner)


def send(transport: Transport, call: Call = CALL, seconds: float = 5.0) -> Answer | Lost:
    try:
        return transport.send(call, Deadline(seconds, SystemSleeper()))
    finally:
        transport.close()


def scripted(answer: Callable[[httpx.Request], httpx.Response]) -> Transport:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token":
            return httpx.Response(200, json={"access_token": "t-hush", "expires_in": 3600})
        return answer(request)

    return transport_to("https://tenant.test", httpx.MockTransport(serve))


TOKEN_BODY = json.dumps({"access_token": "t-1", "expires_in": 3600}).encode()


def http(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def read_request(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536) or b"\r\n\r\n"
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.split(b"\r\n") if line[:15].lower() == b"content-length:"),
        0,
    )
    while len(body) < length:
        body += connection.recv(65536) or b" " * length


@contextmanager
def raw_tenant(serve: Callable[[socket.socket], Any]) -> Iterator[str]:
    """Serve a token on the first request of a connection, then whatever `serve` does."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        try:
            while True:
                connection, _ = listener.accept()
                with closing(connection):
                    read_request(connection)
                    connection.sendall(http(TOKEN_BODY))
                    read_request(connection)
                    serve(connection)
        except OSError:
            return

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def test_a_call_is_sent_once_with_token_product_name_and_body() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"ok": True})

    call = Call("POST", "/x", "ask", "it", "p", 15.0, (("pageToken", "a&b"),), {"name": "Straße"})
    outcome = send(scripted(answer), call)

    (request,) = seen
    assert outcome == Answer(200, {"ok": True})
    assert str(request.url) == "https://tenant.test/x?pageToken=a%26b"
    assert json.loads(request.content) == {"name": "Straße"}
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Authorization"] == "Bearer t-hush"
    assert request.headers["User-Agent"].startswith("Dialcast/")


def test_an_id_with_a_slash_stays_one_segment_of_the_path() -> None:
    paths: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.raw_path)
        return httpx.Response(404)

    send(scripted(answer))

    assert paths == [b"/campaigns/c%2F1"]


def test_a_redirect_is_told_of_and_not_followed() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(302, headers={"Location": "https://elsewhere.test/"})

    assert send(scripted(answer)) == Answer(302)
    assert len(asked) == 1


def test_a_wait_that_the_tenant_asks_for_comes_with_the_answer() -> None:
    transport = scripted(lambda request: httpx.Response(429, headers={"Retry-After": "7"}))

    assert send(transport) == Answer(429, retry_after_seconds=7.0)


def test_a_tenants_words_never_carry_the_secret_or_the_token() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, json={"message": f"bad token t-hush of {SECRET}"})

    assert send(scripted(answer)) == Answer(400, {"message": "bad token *** of ***"})


def test_a_body_that_is_not_what_its_encoding_says_is_unreadable() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(
            200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"not gzip")
        )

    assert send(scripted(answer)) == Answer(200, ABSENT)


def test_a_compressed_body_is_read() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        packed = gzip.compress(b'{"ok": true}')
        return httpx.Response(
            200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(packed)
        )

    assert send(scripted(answer)) == Answer(200, {"ok": True})


def test_refused_credentials_come_back_as_an_answer_to_the_token() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        return httpx.Response(401, json={"error": "invalid_client", "hint": SECRET})

    outcome = send(transport_to("https://tenant.test", httpx.MockTransport(serve)))

    assert outcome == Answer(401, {"error": "invalid_client", "hint": "***"}, stage=Stage.TOKEN)


def test_a_token_answer_that_cannot_be_read_is_not_passed_on() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"token": "other-hush"})

    outcome = send(transport_to("https://tenant.test", httpx.MockTransport(serve)))

    assert outcome == Answer(200, ABSENT, stage=Stage.TOKEN)


def test_nobody_listening_means_nothing_was_sent() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]

    outcome = send(transport_to(f"http://127.0.0.1:{port}"))

    assert isinstance(outcome, Lost)
    assert not outcome.was_sent


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError]
)
def test_a_connection_that_never_came_about_means_nothing_was_sent(
    error: type[httpx.TransportError],
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error("no", request=request)

    outcome = send(scripted(answer))

    assert isinstance(outcome, Lost)
    assert (outcome.was_sent, outcome.stage) == (False, Stage.CALL)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout,
        httpx.ReadError,
        httpx.WriteError,
        httpx.WriteTimeout,
        httpx.RemoteProtocolError,
        httpx.CloseError,
    ],
)
def test_a_connection_that_broke_later_means_that_it_may_have_been_sent(
    error: type[httpx.TransportError],
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error("broken", request=request)

    outcome = send(scripted(answer))

    assert isinstance(outcome, Lost)
    assert outcome.was_sent


def test_a_connection_that_broke_over_the_token_means_that_the_call_was_not_sent() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("broken", request=request)

    outcome = send(transport_to("https://tenant.test", httpx.MockTransport(serve)))

    assert isinstance(outcome, Lost)
    assert (outcome.was_sent, outcome.stage) == (False, Stage.TOKEN)


def test_a_connection_cut_in_the_middle_of_an_answer_is_lost() -> None:
    with raw_tenant(lambda connection: connection.sendall(http(b'{"a": 1}')[:-3])) as url:
        outcome = send(transport_to(url))

    assert isinstance(outcome, Lost)
    assert outcome.was_sent


def test_an_answer_that_is_no_http_is_lost() -> None:
    with raw_tenant(lambda connection: connection.sendall(b"220 mail.test ESMTP\r\n")) as url:
        assert isinstance(send(transport_to(url)), Lost)


def test_a_tenant_that_says_nothing_is_given_up_in_time() -> None:
    with raw_tenant(lambda connection: connection.recv(1)) as url:
        began = time.monotonic()
        outcome = send(transport_to(url), seconds=0.3)

    assert outcome == Lost(
        "no answer within the 0.3 s of the whole call", Stage.CALL, was_sent=True
    )
    assert time.monotonic() - began < 2


def test_an_answer_that_drips_in_for_ever_is_given_up_in_time() -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
        for _ in range(200):
            connection.sendall(b" ")
            time.sleep(0.02)

    with raw_tenant(drip) as url:
        began = time.monotonic()
        outcome = send(transport_to(url), seconds=0.3)

    assert isinstance(outcome, Lost)
    assert time.monotonic() - began < 2


def test_an_address_too_long_to_ask_is_no_traceback() -> None:
    call = Call("GET", "/" + "x" * 70_000, "read", "it", "p", 15.0)

    outcome = send(scripted(lambda request: httpx.Response(200)), call)

    assert isinstance(outcome, Lost)
    assert not outcome.was_sent
