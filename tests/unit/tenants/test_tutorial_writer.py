"""The writing half, against a tenant that answers by script: sent once, or definitely not."""

import json
from datetime import UTC, datetime

import httpx
import pytest

from core.campaigns import CampaignSnapshot
from core.errors import (
    AuthenticationFailed,
    LimitBroken,
    OutcomeUnknown,
    PayloadRejected,
    PermissionMissing,
    StaleRevision,
    TenantBroken,
    TenantError,
    TenantRecordMissing,
    TenantUnreachable,
)
from core.units import CampaignId, Revision

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DOCUMENT = {"id": "c-1", "name": "Winback", "version": 3, "routing": {}, "extra": [1.0, None]}
CURRENT = CampaignSnapshot(CampaignId("c-1"), "Winback", Revision("3"), DOCUMENT, NOON)
PAYLOAD = {"predictive": {"answerRate": 0.4}}
BECAME = {**DOCUMENT, "version": 4, **PAYLOAD}


def test_an_update_is_sent_once_and_returns_what_it_became(scripted) -> None:
    tenant = scripted(BECAME)

    became = tenant.writer.update_campaign(CURRENT, PAYLOAD)

    (request,) = tenant.asked
    assert json.loads(request.content) == {
        "name": "Winback",
        "version": 3,
        "extra": [1.0, None],
        "predictive": {"answerRate": 0.4},
    }
    assert (became.revision, became.document) == ("4", BECAME)


def test_a_creation_is_sent_once_and_returns_what_it_became(scripted) -> None:
    tenant = scripted(httpx.Response(201, json={"id": "c-9", "name": "Draft", "version": 1}))

    became = tenant.writer.create_campaign({"name": "Draft"})

    assert json.loads(tenant.asked[0].content) == {"name": "Draft"}
    assert (became.campaign_id, became.revision) == ("c-9", "1")


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.Response(500),
        httpx.Response(503, headers={"Retry-After": "1"}),
        httpx.Response(200, text='{"id": "c-1"'),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"id": "c-2"}),
        httpx.Response(204),
        httpx.Response(303, headers={"Location": "/elsewhere"}),
        httpx.ReadTimeout("slow"),
        httpx.ReadError("cut"),
        httpx.WriteError("cut"),
        httpx.RemoteProtocolError("cut"),
    ],
)
def test_a_write_whose_outcome_is_lost_is_unknown_and_sent_exactly_once(scripted, trouble) -> None:
    tenant = scripted(trouble, BECAME)

    with pytest.raises(OutcomeUnknown, match="campaign c-1"):
        tenant.writer.update_campaign(CURRENT, PAYLOAD)

    assert len(tenant.asked) == 1
    assert tenant.sleeper.naps == []


def test_a_creation_whose_outcome_is_lost_is_unknown_and_sent_exactly_once(scripted) -> None:
    tenant = scripted(httpx.ReadError("cut"))

    with pytest.raises(OutcomeUnknown, match="Draft"):
        tenant.writer.create_campaign({"name": "Draft"})

    assert len(tenant.asked) == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(400, json={"message": "bad"}), PayloadRejected),
        (httpx.Response(403), PermissionMissing),
        (httpx.Response(404), TenantRecordMissing),
        (httpx.Response(409), StaleRevision),
        (httpx.ConnectError("refused"), TenantUnreachable),
        (httpx.ConnectTimeout("slow"), TenantUnreachable),
    ],
)
def test_a_write_that_was_definitely_not_applied_says_why(
    scripted, answer: httpx.Response | Exception, kind: type[TenantError]
) -> None:
    tenant = scripted(answer, BECAME)

    with pytest.raises(kind) as caught:
        tenant.writer.update_campaign(CURRENT, PAYLOAD)

    assert type(caught.value) is kind
    assert len(tenant.asked) == 1


def test_a_rejected_update_tells_the_servers_message_and_the_fields_sent(scripted) -> None:
    tenant = scripted(httpx.Response(400, json={"message": "answerRate is locked"}))

    with pytest.raises(PayloadRejected) as caught:
        tenant.writer.update_campaign(CURRENT, PAYLOAD)

    assert caught.value.fields == {"predictive.answerRate": 0.4}
    for part in ("answerRate is locked", "predictive.answerRate = 0.4", "Read-only: id, selfUri"):
        assert part in str(caught.value)


def test_a_name_that_is_taken_rejects_a_creation(scripted) -> None:
    tenant = scripted(httpx.Response(409, json={"message": "The name is taken."}))

    with pytest.raises(PayloadRejected, match="The name is taken"):
        tenant.writer.create_campaign({"name": "Draft"})


def test_a_401_is_a_definite_no_so_a_write_is_repeated_once_with_a_fresh_token(scripted) -> None:
    tenant = scripted(httpx.Response(401), BECAME)

    tenant.writer.update_campaign(CURRENT, PAYLOAD)

    assert [each.headers["Authorization"] for each in tenant.asked] == [
        "Bearer token-1",
        "Bearer token-2",
    ]


def test_a_second_401_ends_a_write(scripted) -> None:
    tenant = scripted(httpx.Response(401))

    with pytest.raises(AuthenticationFailed):
        tenant.writer.update_campaign(CURRENT, PAYLOAD)

    assert len(tenant.asked) == 2


def test_a_429_is_a_definite_no_so_a_write_waits_and_is_repeated(scripted) -> None:
    tenant = scripted(httpx.Response(429, headers={"Retry-After": "2"}), BECAME)

    assert tenant.writer.update_campaign(CURRENT, PAYLOAD).revision == "4"
    assert tenant.sleeper.naps == [2.0]


def test_a_token_that_cannot_be_had_means_that_the_write_was_not_sent(scripted) -> None:
    tenant = scripted(BECAME, tokens=[httpx.Response(503)])

    with pytest.raises(TenantBroken):
        tenant.writer.update_campaign(CURRENT, PAYLOAD)

    assert tenant.asked == []


def test_a_token_that_comes_late_lets_the_write_through(scripted) -> None:
    token = httpx.Response(200, json={"access_token": "t", "expires_in": 3600})
    tenant = scripted(BECAME, tokens=[httpx.Response(503), token])

    assert tenant.writer.update_campaign(CURRENT, PAYLOAD).revision == "4"
    assert len(tenant.asked) == 1


def test_a_rate_outside_0_to_1_is_not_sent(scripted) -> None:
    tenant = scripted(BECAME)

    with pytest.raises(LimitBroken):
        tenant.writer.update_campaign(CURRENT, {"predictive": {"answerRate": 40}})

    assert tenant.asked == []
    assert tenant.token_requests == []
