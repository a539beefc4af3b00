"""The token, driven by hand: no network."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from threading import Thread

import httpx
import pytest

from core.clock import FrozenClock
from core.tenants.oauth import (
    STAGE,
    TIME_LEFT,
    TOKEN_TIMEOUT_SECONDS,
    ClientCredentials,
    NoToken,
    SecretIn,
    TokenBusy,
    read_token,
)
from core.tenants.wire import Stage

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECRET = "s3cret"
PAIR = b64encode(f"client-1:{SECRET}".encode()).decode()


def credentials(clock: FrozenClock | None = None) -> ClientCredentials:
    return ClientCredentials(
        "https://login.test/oauth/token",
        "client-1",
        SECRET,
        ("history:read", "campaign:write"),
        clock or FrozenClock(NOON),
        {"User-Agent": "Dialcast/test"},
    )


def request() -> httpx.Request:
    return httpx.Request("GET", "https://api.test/campaigns")


def token(text: str, seconds: int = 3600, **more: object) -> httpx.Response:
    return httpx.Response(200, json={"access_token": text, "expires_in": seconds, **more})


def sign(auth: ClientCredentials, *answers: httpx.Response) -> list[httpx.Request]:
    """Return everything that one call sends, given what each of it is answered with."""
    flow = auth.sync_auth_flow(request())
    sent = [next(flow)]
    for answer in answers:
        try:
            sent.append(flow.send(answer))
        except StopIteration:
            break
    flow.close()
    return sent


def bearer(sent: httpx.Request) -> str:
    return sent.headers["Authorization"]


def test_the_first_call_asks_for_one_token_with_every_scope_in_a_form() -> None:
    asked, signed = sign(credentials(), token("t-1"))

    assert asked.method == "POST"
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert dict(httpx.QueryParams(asked.content.decode())) == {
        "grant_type": "client_credentials",
        "client_id": "client-1",
        "client_secret": SECRET,
        "scope": "history:read campaign:write",
    }
    assert bearer(signed) == "Bearer t-1"


def test_later_calls_use_the_token_that_is_there() -> None:
    auth = credentials()
    sign(auth, token("t-1"), httpx.Response(200))

    (signed,) = sign(auth, httpx.Response(200))

    assert bearer(signed) == "Bearer t-1"


@pytest.mark.parametrize(("life_left", "is_renewed"), [(301, False), (300, False), (299, True)])
def test_a_token_is_renewed_when_under_300_seconds_of_life_remain(
    life_left: int, is_renewed: bool
) -> None:
    clock = FrozenClock(NOON)
    auth = credentials(clock)
    sign(auth, token("t-1", seconds=1000), httpx.Response(200))
    clock.move(timedelta(seconds=1000 - life_left))

    sent = sign(auth, token("t-2"), httpx.Response(200))

    assert [each.url.path for each in sent] == (
        ["/oauth/token", "/campaigns"] if is_renewed else ["/campaigns"]
    )


@pytest.mark.parametrize(("age", "is_renewed"), [(150, False), (151, True)])
def test_a_token_that_lives_five_minutes_is_used_for_half_of_them(
    age: int, is_renewed: bool
) -> None:
    clock = FrozenClock(NOON)
    auth = credentials(clock)
    sign(auth, token("t-1", seconds=300), httpx.Response(200))
    clock.move(timedelta(seconds=age))

    sent = sign(auth, token("t-2"), httpx.Response(200))

    assert len(sent) == (2 if is_renewed else 1)


def test_with_basic_authentication_the_secret_is_not_in_the_form_and_no_scope_is_asked_for() -> (
    None
):
    auth = ClientCredentials(
        "https://login.test/oauth/token",
        "client-1",
        SECRET,
        (),
        FrozenClock(NOON),
        {"User-Agent": "Dialcast/test"},
        SecretIn.HEADER,
    )

    asked, signed = sign(auth, token("t-1"))

    assert asked.content == b"grant_type=client_credentials"
    assert asked.headers["Authorization"] == f"Basic {PAIR}"
    assert bearer(signed) == "Bearer t-1"
    assert auth.redacted(f"{PAIR} {SECRET} t-1".encode()) == b"*** *** ***"


def test_a_401_drops_the_token_and_repeats_the_call_once_with_a_fresh_one() -> None:
    auth = credentials()

    sent = sign(
        auth, token("t-1"), httpx.Response(401), token("t-2"), httpx.Response(401), token("t-3")
    )

    assert [each.url.path for each in sent] == [
        "/oauth/token",
        "/campaigns",
        "/oauth/token",
        "/campaigns",
    ]
    assert bearer(sent[-1]) == "Bearer t-2"


def test_a_401_does_not_drop_the_token_that_another_thread_just_fetched() -> None:
    auth = credentials()
    sign(auth, token("t-1"), httpx.Response(200))
    slow = auth.sync_auth_flow(request())
    next(slow)
    sign(auth, httpx.Response(401), token("t-2"), httpx.Response(200))

    repeated = slow.send(httpx.Response(401))

    assert bearer(repeated) == "Bearer t-2"


def test_threads_that_need_a_token_at_once_fetch_one_and_share_it() -> None:
    auth = credentials()
    first = auth.sync_auth_flow(request())
    next(first)
    signed: list[httpx.Request] = []
    second = Thread(target=lambda: signed.append(next(auth.sync_auth_flow(request()))))
    second.start()

    first.send(token("t-1"))
    second.join(5)

    assert [bearer(each) for each in signed] == ["Bearer t-1"]


def test_a_call_does_not_wait_for_another_threads_token_past_its_own_time() -> None:
    auth = credentials()
    busy = auth.sync_auth_flow(request())
    next(busy)
    hasty = request()
    hasty.extensions[TIME_LEFT] = lambda: 0.01

    with pytest.raises(TokenBusy):
        next(auth.sync_auth_flow(hasty))


def test_a_token_request_gets_15_seconds_and_never_more_than_the_call_has_left() -> None:
    (unhurried,) = sign(credentials())
    hasty = request()
    hasty.extensions[TIME_LEFT] = lambda: 4.0
    asked = next(credentials().sync_auth_flow(hasty))

    assert unhurried.extensions["timeout"]["read"] == TOKEN_TIMEOUT_SECONDS
    assert asked.extensions["timeout"]["read"] == 4.0
    assert asked.extensions[STAGE] is Stage.TOKEN


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401, json={"error": "invalid_client"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json={"access_token": "with space", "expires_in": 60}),
        httpx.Response(200, json={"access_token": "t", "expires_in": "never"}),
        httpx.Response(200, json={"access_token": "t", "expires_in": 0}),
        httpx.Response(200, json=[]),
    ],
)
def test_no_token_ends_the_call_and_frees_the_others(answer: httpx.Response) -> None:
    auth = credentials()

    with pytest.raises(NoToken):
        sign(auth, answer)

    assert bearer(sign(auth, token("t-2"))[-1]) == "Bearer t-2"


def test_a_token_tells_its_scopes_as_text_as_a_list_or_not_at_all() -> None:
    def scopes(**scope: object) -> frozenset[str] | None:
        read = read_token({"access_token": "t", "expires_in": 60, **scope}, NOON)
        assert read is not None
        return read.scopes

    assert scopes(scope="a b") == {"a", "b"}
    assert scopes(scope=["a", "b"]) == {"a", "b"}
    assert scopes(scope="") is None
    assert scopes(scope=7) is None
    assert scopes() is None


def test_a_token_without_a_life_lives_an_hour() -> None:
    read = read_token({"access_token": "t"}, NOON)

    assert read is not None
    assert read.expires_at == NOON + timedelta(hours=1)


def test_neither_secret_nor_token_shows_in_any_representation() -> None:
    auth = credentials()
    sign(auth, token("t-hush"), httpx.Response(200))
    read = read_token({"access_token": "t-hush", "expires_in": 60}, NOON)

    shown = repr(auth) + repr(read)

    assert SECRET not in shown
    assert "t-hush" not in shown
    assert auth.redacted(b"s3cret and t-hush") == b"*** and ***"
