"""The reading half, against a tenant that answers by script."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from core.campaigns import Organisation, Queue
from core.errors import (
    AuthenticationFailed,
    RateLimited,
    TenantBroken,
    TenantError,
    TenantRecordMissing,
    TenantUnreachable,
    UnexpectedPayload,
)
from core.permissions import PermissionState
from core.tenants import tutorial_wire as wire
from core.units import CampaignId, QueueId, SkillId

CAMPAIGN, QUEUE, SKILL = CampaignId("c-1"), QueueId("q-1"), SkillId("s-1")
NINE = "2026-11-23T09:00:00Z"
TEN = "2026-11-23T10:00:00Z"
LIMITED = httpx.Response(429)
SLOWED = httpx.Response(429, headers={"Retry-After": "3"})


def rates(*hours: str, **more: Any) -> dict[str, Any]:
    return {"entities": [{"interval": h, "offered": 4, "answered": 1} for h in hours], **more}


def volumes(*hours: str, **more: Any) -> dict[str, Any]:
    return {"entities": [{"intervalFrom": h, "contactCount": 4} for h in hours], **more}


def bodies(tenant: Any) -> list[dict[str, Any]]:
    return [json.loads(request.content) for request in tenant.asked]


def test_outbound_history_is_read_page_after_page(scripted, span) -> None:
    tenant = scripted(rates(NINE, nextPageToken="t2="), rates(TEN))

    frame = tenant.reader.outbound_records([CAMPAIGN], *span)[CAMPAIGN]

    assert len(frame) == 2
    assert [request.url.query for request in tenant.asked] == [b"", b"pageToken=t2%3D"]


def test_queue_history_is_read_page_after_page(scripted, span) -> None:
    tenant = scripted(volumes(NINE, nextPageToken="t2"), volumes(TEN, nextPageToken=None))

    frame = tenant.reader.queue_records([QUEUE], *span)[QUEUE]

    assert len(frame) == 2
    assert [body.get("nextPageToken") for body in bodies(tenant)] == [None, "t2"]


def test_no_record_is_an_empty_frame_and_no_error(scripted, span) -> None:
    tenant = scripted({"entities": []})

    assert tenant.reader.outbound_records([CAMPAIGN], *span)[CAMPAIGN].empty
    assert tenant.reader.queue_records([QUEUE], *span)[QUEUE].empty
    assert tenant.reader.agents_scheduled(SKILL, *span).frame.empty


def test_one_token_serves_every_call(scripted, span) -> None:
    tenant = scripted({"entities": []})
    reader = tenant.reader

    reader.outbound_records([CAMPAIGN], *span)[CAMPAIGN]
    reader.queue_records([QUEUE], *span)[QUEUE]
    tenant.clock.move(timedelta(minutes=54))
    reader.agents_scheduled(SKILL, *span)

    assert len(tenant.token_requests) == 1


def test_the_outbound_summary_waits_as_asked_and_five_seconds_otherwise(scripted, span) -> None:
    tenant = scripted(SLOWED, LIMITED, rates(NINE))

    tenant.reader.outbound_records([CAMPAIGN], *span)[CAMPAIGN]

    assert tenant.sleeper.naps == [3.0, 5.0]
    assert [wait[:2] for wait in tenant.waits] == [(3.0, 2), (5.0, 3)]


def test_queue_history_falls_back_to_smaller_pages_with_a_pause_between_them(
    scripted, span
) -> None:
    tenant = scripted(
        *[LIMITED] * 4, volumes(NINE, nextPageToken="t2"), volumes(TEN, nextPageToken="")
    )

    frame = tenant.reader.queue_records([QUEUE], *span)[QUEUE]

    assert len(frame) == 2
    assert [body["pageSize"] for body in bodies(tenant)] == [2000] * 4 + [1000] * 2
    assert tenant.sleeper.naps == [1.0, 2.0, 4.0, 8.0, 1.0]


def test_queue_history_begins_anew_with_smaller_pages(scripted, span) -> None:
    tenant = scripted(volumes(NINE, nextPageToken="t2"), *[LIMITED] * 4, volumes(NINE, TEN))

    assert len(tenant.reader.queue_records([QUEUE], *span)[QUEUE]) == 2
    assert "nextPageToken" not in bodies(tenant)[-1]


def test_a_rate_limit_that_outlasts_smaller_pages_too_is_a_clear_failure(scripted, span) -> None:
    tenant = scripted(LIMITED)

    with pytest.raises(RateLimited, match=r"queue q-1.*after 4 tries"):
        tenant.reader.queue_records([QUEUE], *span)[QUEUE]

    assert len(tenant.asked) == 8


def test_a_wait_of_an_hour_is_not_begun_but_told(scripted, span) -> None:
    tenant = scripted(httpx.Response(429, headers={"Retry-After": "3600"}))

    with pytest.raises(RateLimited, match="asks to wait 3600 s"):
        tenant.reader.queue_records([QUEUE], *span)[QUEUE]

    assert tenant.sleeper.naps == []
    assert len(tenant.asked) == 1


def test_passing_failures_of_reads_are_seen_through(scripted, span) -> None:
    tenant = scripted(
        httpx.Response(503),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("cut"),
        httpx.Response(200, text='{"entities": ['),
        rates(NINE),
    )

    assert len(tenant.reader.outbound_records([CAMPAIGN], *span)[CAMPAIGN]) == 1


def test_a_tenant_that_stays_broken_is_named_so(scripted, span) -> None:
    with pytest.raises(TenantBroken, match="500"):
        scripted(httpx.Response(500)).reader.outbound_records([CAMPAIGN], *span)[CAMPAIGN]


def test_a_tenant_that_is_down_is_unreachable(scripted, span) -> None:
    with pytest.raises(TenantUnreachable, match="campaign c-1"):
        scripted(httpx.ConnectError("refused")).reader.outbound_records([CAMPAIGN], *span)[CAMPAIGN]


def test_a_tenant_that_stays_unreadable_is_named_so(scripted, span) -> None:
    with pytest.raises(UnexpectedPayload, match="cannot be read"):
        scripted(httpx.Response(200, text="<html>")).reader.outbound_records([CAMPAIGN], *span)[
            CAMPAIGN
        ]


def test_endless_pages_end_with_the_deadline(scripted, span) -> None:
    tenant = scripted({})
    count = iter(range(10**6))

    def endless(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token":
            return httpx.Response(200, json={"access_token": "t", "expires_in": 3600})
        tenant.sleeper.at += 1.0
        return httpx.Response(200, json=rates(NINE, nextPageToken=str(next(count))))

    tenant.answer = endless

    with pytest.raises(TenantUnreachable, match="within the 120 s of the whole call"):
        tenant.reader.outbound_records([CAMPAIGN], *span)[CAMPAIGN]


def test_a_second_401_names_the_scopes_that_were_asked_for(scripted) -> None:
    tenant = scripted(httpx.Response(401))

    with pytest.raises(AuthenticationFailed, match="schedule:agent:forecast:read"):
        tenant.reader.campaigns()

    assert len(tenant.asked) == 2
    assert len(tenant.token_requests) == 2


def test_refused_credentials_are_not_tried_again(scripted) -> None:
    tenant = scripted({}, tokens=[httpx.Response(401, json={"error": "invalid_client"})])

    with pytest.raises(AuthenticationFailed, match="GENESYS_CLIENT_SECRET"):
        tenant.reader.campaigns()

    assert len(tenant.token_requests) == 1
    assert tenant.asked == []


def test_campaigns_are_listed_over_pages_by_number(scripted) -> None:
    tenant = scripted(
        {"entities": [{"id": "a", "name": "A"}], "pageNumber": 1, "pageCount": 2},
        {"entities": [{"id": "b", "name": "B"}], "pageNumber": 2, "pageCount": 2},
    )

    assert [each.name for each in tenant.reader.campaigns()] == ["A", "B"]


@pytest.mark.parametrize("status", [403, 404, 405])
def test_queues_are_those_of_the_settings_where_the_tenant_lists_none(scripted, status) -> None:
    reader, _ = scripted(httpx.Response(status)).connect(known_queues=[QUEUE])

    assert reader.queues() == (Queue(QUEUE, "q-1"),)


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_queues_are_not_guessed_where_the_tenant_fails(scripted, status) -> None:
    reader, _ = scripted(httpx.Response(status)).connect(known_queues=[QUEUE])

    with pytest.raises(TenantError):
        reader.queues()


def test_a_campaign_is_found_by_its_exact_name_and_read_whole(scripted) -> None:
    tenant = scripted(
        [{"id": "a", "name": "Winback"}, {"id": "b", "name": "Winback Autumn"}],
        {"id": "a", "name": "Winback", "version": 3, "more": True},
    )

    (found,) = tenant.reader.find_campaigns("Winback")

    assert tenant.asked[0].url.params["name"] == "Winback"
    assert (found.revision, found.document["more"]) == ("3", True)


def test_a_campaign_deleted_between_list_and_reading_is_not_found(scripted) -> None:
    tenant = scripted([{"id": "a", "name": "Winback"}], httpx.Response(404))

    assert tenant.reader.find_campaigns("Winback") == ()


def test_an_unknown_campaign_is_named(scripted) -> None:
    with pytest.raises(TenantRecordMissing, match="campaign c-1"):
        scripted(httpx.Response(404)).reader.read_campaign(CAMPAIGN)


def test_an_organisation_that_is_not_told_is_known_by_its_address(scripted) -> None:
    nameless = Organisation(None, None, "https://tenant.test")

    assert scripted(httpx.Response(404)).reader.organisation() == nameless
    assert scripted(httpx.Response(403)).reader.organisation() == nameless
    assert scripted({}).reader.organisation() == nameless


def test_an_organisation_is_known_by_what_it_tells(scripted) -> None:
    told = scripted({"id": "o-1", "name": "Lindgren"}).reader.organisation()

    assert told == Organisation("Lindgren", "o-1", "https://tenant.test")


def test_permissions_are_tried_on_what_the_settings_name(scripted) -> None:
    reader, _ = scripted({"entities": []}).connect(
        known_campaign=CAMPAIGN, known_skill=SKILL, known_queues=[QUEUE]
    )

    states = {each.name: each.state for each in reader.permissions()}

    assert states[wire.OUTBOUND_SCOPE] is PermissionState.HELD
    assert states[wire.CAMPAIGN_WRITE_SCOPE] is PermissionState.UNKNOWN


def test_permissions_that_cannot_be_tried_are_unknown_and_say_what_to_set(scripted) -> None:
    judged = {each.name: each for each in scripted({"entities": []}).reader.permissions()}

    assert judged[wire.OUTBOUND_SCOPE].state is PermissionState.UNKNOWN
    assert "GENESYS_CAMPAIGN_ID" in judged[wire.OUTBOUND_SCOPE].note
    assert "GENESYS_SKILL_ID" in judged[wire.SCHEDULE_SCOPE].note
    assert "GENESYS_QUEUE_ID" in judged[wire.REPORT_SCOPE].note


def test_permissions_of_refused_credentials_are_an_error(scripted) -> None:
    tenant = scripted({}, tokens=[httpx.Response(401)])
    named = {"known_campaign": CAMPAIGN, "known_skill": SKILL, "known_queues": [QUEUE]}

    for reader in (tenant.reader, tenant.connect(**named)[0]):
        with pytest.raises(AuthenticationFailed):
            reader.permissions()


def test_a_forbidden_read_is_missing_and_an_absent_record_is_allowed(scripted) -> None:
    tenant = scripted({})

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token":
            return httpx.Response(200, json={"access_token": "t", "expires_in": 3600})
        status = {wire.CAMPAIGNS_PATH: 200, "/api/v2/schedule/agents/forecast": 404}
        return httpx.Response(status.get(request.url.path, 403), json={"entities": []})

    tenant.answer = answer
    reader, _ = tenant.connect(known_campaign=CAMPAIGN, known_skill=SKILL, known_queues=[QUEUE])
    states = {each.name: each.state for each in reader.permissions()}

    assert states[wire.OUTBOUND_SCOPE] is PermissionState.MISSING
    assert states[wire.SCHEDULE_SCOPE] is PermissionState.HELD
    assert states[wire.REPORT_SCOPE] is PermissionState.MISSING
