"""What a request asks for, or why it cannot be had."""

import pytest

from core.documents import ABSENT, with_values
from core.simulator.queries import json_object, outbound_query, queue_query, schedule_span
from core.simulator.refusals import Refusal

OUTBOUND = {
    "dateFrom": "1970-01-02T00:00:00+00:00",
    "dateTo": "1970-01-03T00:00:00+00:00",
    "interval": "PT1H",
    "groupings": ["interval"],
    "metrics": ["offered", "answered", "answerRate"],
    "filter": {"type": "equals", "path": "campaign.id", "value": "c"},
}
QUEUES = {
    "dateFrom": "1970-01-02T00:00:00+00:00",
    "dateTo": "1970-01-03T00:00:00+00:00",
    "interval": "PT1H",
    "metrics": ["contactCount", "handleCount"],
    "groupBy": ["queueId"],
    "queryType": "interval",
    "pageSize": 2000,
    "filters": {"queueId": {"values": ["q"]}},
}


def test_the_tutorials_own_bodies_are_understood():
    outbound, queues = outbound_query(OUTBOUND, ""), queue_query(QUEUES)

    assert (outbound.entity_ids, outbound.first_hour, outbound.end_hour) == (("c",), 24, 48)
    assert (queues.entity_ids, queues.page_size) == (("q",), 2000)


def test_a_span_covers_the_hours_that_begin_in_it():
    query = outbound_query({**OUTBOUND, "dateFrom": "1970-01-02T00:20:00+00:00"}, "")

    assert (query.first_hour, query.end_hour) == (25, 48)


def test_an_offset_is_respected():
    query = outbound_query({**OUTBOUND, "dateFrom": "1970-01-02T03:00:00+02:00"}, "")

    assert query.first_hour == 25


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("dateFrom", "yesterday"),
        ("dateFrom", "1970-01-02T00:00:00"),
        ("dateFrom", 5),
        ("dateFrom", ABSENT),
        ("dateTo", "1970-01-01T00:00:00Z"),
        ("dateTo", "1970-01-02T00:00:00Z"),
        ("interval", "PT15M"),
        ("interval", ABSENT),
        ("groupings", ["campaign"]),
        ("metrics", []),
        ("metrics", ["offered", "happiness"]),
        ("metrics", "offered"),
        ("metrics", [["offered"]]),
        ("filter", ABSENT),
        ("filter.type", "contains"),
        ("filter.path", "queue.id"),
        ("filter.value", ""),
        ("filter.value", 7),
    ],
)
def test_an_outbound_query_with_a_wrong_field_is_refused_by_name(field: str, value: object):
    with pytest.raises(Refusal) as refused:
        outbound_query(with_values(OUTBOUND, {field: value}), "")

    assert refused.value.status == 400
    assert refused.value.field.split(".")[0] == field.split(".")[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("metrics", ["offered"]),
        ("groupBy", ["userId"]),
        ("queryType", "summary"),
        ("pageSize", 0),
        ("pageSize", 2001),
        ("pageSize", "2000"),
        ("pageSize", True),
        ("nextPageToken", 5),
        ("filters", ABSENT),
        ("filters.queueId", []),
        ("filters.queueId.values", []),
        ("filters.queueId.values", [1]),
    ],
)
def test_a_queue_query_with_a_wrong_field_is_refused_by_name(field: str, value: object):
    with pytest.raises(Refusal) as refused:
        queue_query(with_values(QUEUES, {field: value}))

    assert refused.value.status == 400
    assert refused.value.field == field.split(".")[0]


def test_two_questions_that_differ_have_page_tokens_that_differ():
    other = {**OUTBOUND, "metrics": ["offered"]}

    assert outbound_query(OUTBOUND, "").digest == outbound_query(OUTBOUND, "token").digest
    assert outbound_query(OUTBOUND, "").digest != outbound_query(other, "").digest


def test_a_schedule_is_asked_for_in_hours():
    with pytest.raises(Refusal) as refused:
        schedule_span({"dateFrom": "1970-01-01T00:00:00Z", "dateTo": "1970-01-02T00:00:00Z"})

    assert refused.value.field == "interval"


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"5", b'{"a": NaN}', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(raw: bytes):
    with pytest.raises(Refusal) as refused:
        json_object(raw)

    assert refused.value.code == "invalid.json"
