"""Requests of the tutorial dialect, exactly as the contract has them."""

from datetime import UTC, datetime, timedelta, timezone

from core.tenants import tutorial_wire as wire
from core.tenants.paging import Page
from core.units import CampaignId, QueueId, SkillId

START = datetime(2026, 11, 7, 9, tzinfo=UTC)
END = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_the_outbound_question_is_the_contracts_own() -> None:
    call = wire.outbound_query(CampaignId("c-1"), START, END)

    assert (call.method, call.path) == ("POST", "/api/v2/analytics/outbound/summary/query")
    assert call.params == ()
    assert call.body == {
        "dateFrom": "2026-11-07T09:00:00+00:00",
        "dateTo": "2026-11-21T09:00:00+00:00",
        "interval": "PT1H",
        "groupings": ["interval"],
        "metrics": ["offered", "answered", "answerRate"],
        "filter": {"type": "equals", "path": "campaign.id", "value": "c-1"},
    }
    assert call.timeout_seconds == 30


def test_the_outbound_pages_are_turned_in_the_query_and_the_body_stays() -> None:
    first = wire.outbound_query(CampaignId("c-1"), START, END)
    second = wire.outbound_query(CampaignId("c-1"), START, END, Page(2, "t2"))

    assert second.params == (("pageToken", "t2"),)
    assert second.body == first.body


def test_the_queue_question_is_the_contracts_own() -> None:
    call = wire.queue_query(QueueId("q-1"), START, END)

    assert (call.method, call.path) == ("POST", "/api/v2/analytics/queues/details/query")
    assert call.body == {
        "dateFrom": "2026-11-07T09:00:00+00:00",
        "dateTo": "2026-11-21T09:00:00+00:00",
        "interval": "PT1H",
        "metrics": ["contactCount", "handleCount"],
        "groupBy": ["queueId"],
        "queryType": "interval",
        "pageSize": 2000,
        "filters": {"queueId": {"values": ["q-1"]}},
    }
    assert call.timeout_seconds == 30


def test_the_queue_pages_are_turned_in_the_body() -> None:
    call = wire.queue_query(QueueId("q-1"), START, END, Page(2, "t2"), page_size=1000)

    assert call.params == ()
    assert call.body is not None
    assert (call.body["nextPageToken"], call.body["pageSize"]) == ("t2", 1000)


def test_the_schedule_question_is_the_contracts_own() -> None:
    call = wire.schedule_query(SkillId("s-1"), START, START + timedelta(hours=24))

    assert (call.method, call.path) == ("GET", "/api/v2/schedule/agents/forecast")
    assert call.params == (
        ("dateFrom", "2026-11-07T09:00:00+00:00"),
        ("dateTo", "2026-11-08T09:00:00+00:00"),
        ("interval", "PT1H"),
        ("skillIds", "s-1"),
    )
    assert call.timeout_seconds == 15


def test_a_span_of_another_offset_is_asked_for_in_utc() -> None:
    berlin = timezone(timedelta(hours=1))
    call = wire.outbound_query(CampaignId("c-1"), START.astimezone(berlin), END)

    assert call.body is not None
    assert call.body["dateFrom"] == "2026-11-07T09:00:00+00:00"


def test_one_campaign_is_read_and_written_at_its_own_address() -> None:
    read = wire.campaign_read(CampaignId("c-1"))
    update = wire.campaign_update(CampaignId("c-1"), {"version": 3})
    create = wire.campaign_create({"name": "Draft"})

    assert (read.method, read.path) == ("GET", "/api/v2/outbound/campaigns/c-1")
    assert (update.method, update.path) == ("PUT", "/api/v2/outbound/campaigns/c-1")
    assert (create.method, create.path) == ("POST", "/api/v2/outbound/campaigns")
    assert {read.timeout_seconds, update.timeout_seconds, create.timeout_seconds} == {15}


def test_one_token_is_asked_for_with_the_scopes_of_both_tutorials() -> None:
    assert set(wire.SCOPES) == {
        "analytics:outbound:read",
        "outbound:campaign:read",
        "outbound:campaign:write",
        "schedule:agent:forecast:read",
        "analytics:report:read",
        "outbound:campaign:readwrite",
    }
