"""Client credentials to tokens, tokens to scopes."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from core.clock import FrozenClock
from core.simulator.refusals import OAuthRefusal, Refusal
from core.simulator.tokens import (
    CAMPAIGN_READ,
    CAMPAIGN_WRITE,
    QUEUE_HISTORY,
    Dialect,
    TokenOffice,
)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def office(clock: FrozenClock) -> TokenOffice:
    return TokenOffice("desk", "s3cret", clock)


def form(**more: str) -> dict[str, str]:
    known = {"grant_type": "client_credentials", "client_id": "desk", "client_secret": "s3cret"}
    return {**known, **more}


def bearer(office: TokenOffice, scope: str = "") -> str:
    return f"Bearer {office.issue(form(scope=scope), '')['access_token']}"


def status_of(office: TokenOffice, authorization: str, scope: str = "", uses: int = 0) -> int:
    try:
        office.require(authorization, scope, most_uses=uses)
    except Refusal as refusal:
        return refusal.status
    return 200


def test_a_token_lives_3600_seconds_and_says_which_scopes_it_has(office: TokenOffice):
    answer = office.issue(form(scope=f"{QUEUE_HISTORY} something:else"), "")

    assert (answer["expires_in"], answer["token_type"]) == (3600, "bearer")
    assert answer["scope"] == QUEUE_HISTORY


def test_basic_credentials_serve_as_well_as_those_in_the_form(office: TokenOffice):
    basic = "Basic " + base64.b64encode(b"desk:s3cret").decode()

    assert office.issue({"grant_type": "client_credentials"}, basic)["access_token"]


@pytest.mark.parametrize(
    ("fields", "authorization"),
    [
        (form(client_secret="wrong"), ""),
        (form(client_id="other"), ""),
        (form(client_secret="söcret"), ""),
        ({"grant_type": "client_credentials"}, ""),
        (form(), "Basic " + base64.b64encode(b"desk:wrong").decode()),
        (form(), "Basic ???"),
    ],
)
def test_wrong_credentials_get_no_token(
    office: TokenOffice, fields: dict[str, str], authorization: str
):
    with pytest.raises(OAuthRefusal) as refused:
        office.issue(fields, authorization)

    assert (refused.value.status, refused.value.error) == (401, "invalid_client")
    assert "s3cret" not in refused.value.description


def test_another_grant_type_is_refused(office: TokenOffice):
    with pytest.raises(OAuthRefusal) as refused:
        office.issue(form(grant_type="password"), "")

    assert (refused.value.status, refused.value.error) == (400, "unsupported_grant_type")


def test_a_token_serves_until_its_last_second(office: TokenOffice, clock: FrozenClock):
    token = bearer(office)

    clock.move(timedelta(seconds=3599))
    assert status_of(office, token) == 200
    clock.move(timedelta(seconds=1))
    assert status_of(office, token) == 401


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer guess", "Basic x"])
def test_without_a_token_in_force_nothing_goes(office: TokenOffice, authorization: str):
    bearer(office)

    assert status_of(office, authorization) == 401


def test_a_missing_scope_is_named(office: TokenOffice):
    with pytest.raises(Refusal, match=QUEUE_HISTORY) as refused:
        office.require(bearer(office, CAMPAIGN_READ), QUEUE_HISTORY)

    assert (refused.value.status, refused.value.code) == (403, "missing.permissions")


@pytest.mark.parametrize(
    ("asked", "needed", "status"),
    [
        ("outbound:campaign:readwrite", CAMPAIGN_READ, 200),
        ("outbound:campaign:readwrite", CAMPAIGN_WRITE, 200),
        (CAMPAIGN_READ, CAMPAIGN_READ, 200),
        (CAMPAIGN_READ, CAMPAIGN_WRITE, 403),
        (CAMPAIGN_WRITE, CAMPAIGN_READ, 403),
        ("", QUEUE_HISTORY, 200),
        ("no:such:scope", "", 200),
        ("no:such:scope", QUEUE_HISTORY, 403),
    ],
)
def test_scopes_are_enforced(office: TokenOffice, asked: str, needed: str, status: int):
    assert status_of(office, bearer(office, asked), needed) == status


def test_a_token_that_dies_early_serves_the_uses_it_has(office: TokenOffice):
    token = bearer(office)

    assert [status_of(office, token, uses=2) for _ in range(3)] == [200, 200, 401]


def test_how_credentials_are_sent_decides_on_the_dialect_and_the_life_of_the_token(
    clock: FrozenClock,
):
    office = TokenOffice("desk", "s3cret", clock, platform_seconds=300)
    basic = "Basic " + base64.b64encode(b"desk:s3cret").decode()

    platform = office.issue({"grant_type": "client_credentials"}, basic)
    tutorial = office.issue(form(), "")

    dialects = [
        office.dialect_of(f"Bearer {token['access_token']}") for token in (platform, tutorial)
    ]
    assert dialects == [Dialect.PLATFORM, Dialect.TUTORIAL]
    assert office.dialect_of("Bearer guess") is None
    assert (platform["expires_in"], "scope" in platform) == (300, False)


def test_a_platform_token_has_no_scope_of_the_tutorials(office: TokenOffice):
    basic = "Basic " + base64.b64encode(b"desk:s3cret").decode()
    token = office.issue({"grant_type": "client_credentials"}, basic)["access_token"]

    assert status_of(office, f"Bearer {token}") == 200
    assert status_of(office, f"Bearer {token}", CAMPAIGN_READ) == 403
