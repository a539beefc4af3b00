"""The writing half for the platform: sent once, or definitely not, and nothing else touched."""

import base64
import json
from typing import Any

import httpx
import pytest

from core.campaigns import CampaignSnapshot
from core.documents import JsonObject
from core.errors import (
    AuthenticationFailed,
    LimitBroken,
    OutcomeUnknown,
    PayloadRejected,
    PermissionMissing,
    StaleRevision,
    TenantRecordMissing,
    TenantRefused,
)
from core.units import CampaignId, Revision

from .conftest import SECRET
from .platform import NOON, Platform, refused

DOCUMENT: JsonObject = {
    "id": "c-1",
    "name": "Winback",
    "version": 3,
    "contactList": {"id": "cl-1"},
    "dialingMode": "predictive",
    "phoneColumns": [{"columnName": "Mobile", "type": "cell"}],
    "callerName": "Acme",
    "callerAddress": "+4930123456",
    "campaignStatus": "complete",
    "abandonRate": 2.0,
    "maxCallsPerAgent": 2,
}
CURRENT = CampaignSnapshot(CampaignId("c-1"), "Winback", Revision("3"), DOCUMENT, NOON)
PACING = {"maxCallsPerAgent": 2.35, "abandonRate": 3.0}
BECAME = {**DOCUMENT, "abandonRate": 3.0, "maxCallsPerAgentDecimal": 2.35, "version": 4}
PATH = "/api/v2/outbound/campaigns/c-1"
READ, PATCH, PUT = f"GET {PATH}", f"PATCH {PATH}", f"PUT {PATH}"
CREATE = "POST /api/v2/outbound/campaigns"
SCHEDULE = "/api/v2/outbound/schedules/campaigns/c-1"
EMPTY = httpx.Response(204)


def platform(**more: Any) -> Platform:
    return Platform({READ: [DOCUMENT, BECAME], PATCH: EMPTY} | more)


def test_pacing_goes_out_as_two_fields_between_two_readings() -> None:
    tenant = platform()

    became = tenant.writer.update_campaign(CURRENT, PACING)

    assert tenant.lines == [READ, PATCH, READ]
    assert tenant.bodies("PATCH") == [PACING]
    assert became.revision == "4"
    assert became.document["maxCallsPerAgent"] == 2.35


def test_a_campaign_that_changed_before_the_push_is_not_written() -> None:
    tenant = Platform({READ: DOCUMENT | {"version": 4}})

    with pytest.raises(StaleRevision, match="version 3 and is 4"):
        tenant.writer.update_campaign(CURRENT, PACING)

    assert tenant.lines == [READ]


@pytest.mark.parametrize("status", [404, 405, 415])
def test_where_single_fields_are_not_set_the_whole_object_goes_back_as_read(status: int) -> None:
    tenant = Platform({READ: DOCUMENT, PATCH: refused(status, "not.supported"), PUT: BECAME})

    became = tenant.writer.update_campaign(CURRENT, PACING)

    assert became.revision == "4"
    (sent,) = tenant.bodies("PUT")
    exact = {"maxCallsPerAgent": 2, "maxCallsPerAgentDecimal": 2.35, "abandonRate": 3.0}
    assert sent == DOCUMENT | exact
    assert tenant.asked[-1].url.params["useMaxCallsPerAgentDecimal"] == "true"


def test_a_field_beyond_the_five_is_set_by_replacing_the_whole_object() -> None:
    tenant = Platform({READ: DOCUMENT, PUT: BECAME})

    tenant.writer.update_campaign(CURRENT, {"priority": 4})

    assert tenant.lines == [READ, PUT]
    assert tenant.bodies("PUT")[0]["campaignStatus"] == "complete"


def test_fields_and_spellings_that_nobody_knows_go_back_untouched(monkeypatch) -> None:
    monkeypatch.setattr("tests.unit.tenants.platform.check_request", lambda request: None)
    odd = DOCUMENT | {"x-new": {"deep": [1.5, None]}, "dialingMode": "telepathic"}
    tenant = Platform({READ: odd, PUT: odd})
    current = CampaignSnapshot(CampaignId("c-1"), "Winback", Revision("3"), odd, NOON)

    tenant.writer.update_campaign(current, {"priority": 4})

    assert tenant.bodies("PUT") == [odd | {"priority": 4}]


def test_a_pace_that_was_told_exactly_goes_back_exactly() -> None:
    tenant = Platform({READ: DOCUMENT | {"maxCallsPerAgentDecimal": 2.2}, PUT: BECAME})
    reader, writer = tenant.connect()
    current = reader.read_campaign(CampaignId("c-1"))

    writer.update_campaign(current, {"priority": 4})

    assert current.document["maxCallsPerAgent"] == 2.2
    (sent,) = tenant.bodies("PUT")
    assert (sent["maxCallsPerAgent"], sent["maxCallsPerAgentDecimal"]) == (2, 2.2)


def test_a_pace_that_was_told_exactly_is_replaced_exactly() -> None:
    tenant = Platform(
        {
            READ: DOCUMENT | {"maxCallsPerAgentDecimal": 2.2},
            PATCH: refused(405, "no"),
            PUT: BECAME,
        }
    )
    reader, writer = tenant.connect()

    writer.update_campaign(reader.read_campaign(CampaignId("c-1")), PACING)

    assert tenant.bodies("PUT")[0]["maxCallsPerAgentDecimal"] == 2.35


@pytest.mark.parametrize(
    "payload",
    [
        {"maxCallsPerAgent": 0.9},
        {"maxCallsPerAgent": 15.1},
        {"maxCallsPerAgent": "2"},
        {"abandonRate": -0.1},
        {"abandonRate": 101},
        {"campaignStatus": "on"},
    ],
)
def test_what_cannot_be_meant_is_not_sent(payload: JsonObject) -> None:
    tenant = platform()
    with pytest.raises(LimitBroken):
        tenant.writer.update_campaign(CURRENT, payload)
    assert tenant.asked == []


@pytest.mark.parametrize(
    "outcome", [httpx.ReadTimeout("late"), httpx.Response(502), httpx.Response(408)]
)
def test_a_write_whose_answer_is_lost_is_not_sent_again(outcome: Any) -> None:
    tenant = platform(**{PATCH: outcome})
    with pytest.raises(OutcomeUnknown):
        tenant.writer.update_campaign(CURRENT, PACING)
    assert tenant.lines == [READ, PATCH]


def test_a_write_that_cannot_be_read_back_is_not_known() -> None:
    tenant = Platform({READ: [DOCUMENT, httpx.Response(403)], PATCH: EMPTY})
    with pytest.raises(OutcomeUnknown, match="campaign c-1"):
        tenant.writer.update_campaign(CURRENT, PACING)
    assert tenant.lines.count(PATCH) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refused(400, "invalid.update"), PayloadRejected),
        (
            refused(403, "missing.permissions", "You are missing: outbound:campaign:edit"),
            PermissionMissing,
        ),
        (refused(409, "invalid.update.wrong.version"), StaleRevision),
        (refused(404, "not.found"), TenantRecordMissing),
    ],
)
def test_a_refusal_is_told_by_its_kind_and_nothing_is_repeated(answer: Any, error: type) -> None:
    tenant = Platform({READ: DOCUMENT, PATCH: refused(405, "no"), PUT: answer})
    with pytest.raises(error):
        tenant.writer.update_campaign(CURRENT, PACING)
    assert tenant.lines == [READ, PATCH, PUT]


def test_what_is_not_allowed_while_a_campaign_is_on_is_no_other_version() -> None:
    tenant = Platform({READ: DOCUMENT, PUT: refused(409, "invalid.update.campaign.active")})
    with pytest.raises(TenantRefused, match="while the campaign is on") as caught:
        tenant.writer.update_campaign(CURRENT, {"priority": 4})
    assert not isinstance(caught.value, StaleRevision)


# --- drafts and schedules -------------------------------------------------------------------

DRAFT = {key: DOCUMENT[key] for key in DOCUMENT if key not in ("id", "version", "campaignStatus")}


def test_a_campaign_is_created_off() -> None:
    tenant = Platform(
        {
            CREATE: lambda request: httpx.Response(
                200, json=json.loads(request.content) | {"id": "c-9", "version": 1}
            )
        }
    )

    created = tenant.writer.create_campaign(DRAFT)

    assert tenant.bodies("POST") == [DRAFT | {"campaignStatus": "off"}]
    assert (created.campaign_id, created.revision) == ("c-9", "1")


def test_a_campaign_is_never_created_on() -> None:
    tenant = Platform({})
    with pytest.raises(LimitBroken, match="begins off"):
        tenant.writer.create_campaign(DRAFT | {"campaignStatus": "on"})
    assert tenant.asked == []


@pytest.mark.parametrize("answer", [httpx.ReadTimeout("late"), {"no": "campaign"}])
def test_a_creation_whose_answer_is_lost_is_not_repeated(answer: Any) -> None:
    tenant = Platform({CREATE: answer})
    with pytest.raises(OutcomeUnknown):
        tenant.writer.create_campaign(DRAFT)
    assert tenant.lines == [CREATE]


def test_a_name_that_is_taken_is_refused_with_the_field() -> None:
    tenant = Platform({CREATE: refused(400, "duplicate.name", "The name is taken")})
    with pytest.raises(PayloadRejected, match="The name is taken") as caught:
        tenant.writer.create_campaign(DRAFT)
    assert caught.value.fields["name"] == "Winback"


WINDOWS = {
    "timeZone": "UTC",
    "intervals": [{"start": "2026-11-24T09:00:00.000Z", "end": "2026-11-24T11:00:00.000Z"}],
}


def test_a_schedule_is_a_write_of_its_own_that_names_its_campaign() -> None:
    told = WINDOWS | {"id": "c-1", "campaign": {"id": "c-1"}, "version": 1}
    tenant = Platform({f"PUT {SCHEDULE}": told, f"GET {SCHEDULE}": told})

    written = tenant.writer.write_schedule(CampaignId("c-1"), WINDOWS, None)
    tenant.writer.write_schedule(CampaignId("c-1"), WINDOWS, written)

    first, second = tenant.bodies("PUT")
    assert first == WINDOWS | {"campaign": {"id": "c-1"}}
    assert second == first | {"version": 1}
    assert written.revision == "1"


def test_a_schedule_and_an_off_campaign_can_be_taken_back() -> None:
    off = DOCUMENT | {"campaignStatus": "off"}
    tenant = Platform(
        {
            f"GET {SCHEDULE}": WINDOWS | {"campaign": {"id": "c-1"}, "version": 1},
            f"DELETE {SCHEDULE}": EMPTY,
            READ: off,
            f"DELETE {PATH}": off,
        }
    )
    reader, writer = tenant.connect()
    schedule = reader.campaign_schedule(CampaignId("c-1"))
    assert schedule is not None

    writer.delete_schedule(schedule)
    writer.delete_campaign(reader.read_campaign(CampaignId("c-1")))

    assert tenant.lines[-1] == f"DELETE {PATH}"


@pytest.mark.parametrize("status", ["on", "stopping", "complete", None])
def test_a_campaign_that_is_not_off_is_not_deleted(status: str | None) -> None:
    document = DOCUMENT | {"campaignStatus": status}
    tenant = Platform({READ: document})
    current = CampaignSnapshot(CampaignId("c-1"), "Winback", Revision("3"), document, NOON)
    with pytest.raises(LimitBroken, match="only one that is off"):
        tenant.writer.delete_campaign(current)
    assert tenant.lines == [READ]


# --- signing in -----------------------------------------------------------------------------


def test_the_client_signs_in_by_basic_authentication_and_asks_for_no_scope() -> None:
    tenant = Platform({READ: DOCUMENT})

    tenant.reader.read_campaign(CampaignId("c-1"))

    (request,) = tenant.tokens
    assert str(request.url) == "https://login.tenant.test/oauth/token"
    pair = base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode()
    assert pair == f"client-1:{SECRET}"
    assert request.content == b"grant_type=client_credentials"
    assert tenant.asked[0].headers["Authorization"] == "Bearer token-1"


def test_a_401_fetches_a_token_anew_once() -> None:
    tenant = Platform({READ: [httpx.Response(401), DOCUMENT]})

    tenant.reader.read_campaign(CampaignId("c-1"))

    assert len(tenant.tokens) == 2
    assert tenant.asked[-1].headers["Authorization"] == "Bearer token-2"


@pytest.mark.parametrize(
    "body",
    [
        {"error": "invalid_client", "error_description": "client not found"},
        {"error": "invalid_client", "description": "client not found"},
        {"message": "client not found", "code": "bad.credentials"},
    ],
)
def test_refused_credentials_are_told_as_the_login_host_tells_them(body: JsonObject) -> None:
    tenant = Platform({}, login=httpx.Response(400, json=body))
    with pytest.raises(AuthenticationFailed, match="client not found") as caught:
        tenant.reader.read_campaign(CampaignId("c-1"))
    assert "region" in caught.value.next_step
    assert "scope" not in str(caught.value)
    assert SECRET not in str(caught.value)
