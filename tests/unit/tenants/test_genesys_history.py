"""History of many campaigns and queues: few questions, cut to what the platform answers."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pandas as pd
import pytest

from core.campaigns import QuerySize
from core.errors import PayloadRejected, UnexpectedPayload
from core.frames import CAMPAIGN_DAY, RATE_RECORDS, VOLUME_RECORDS
from core.units import CampaignId, QueueId

from .platform import Platform, refused

AGGREGATES = "POST /api/v2/analytics/conversations/aggregates/query"
HOUR = datetime(2026, 11, 23, 9, tzinfo=UTC)
WINBACK, BILLING, CLAIMS = CampaignId("c-1"), QueueId("q-1"), QueueId("q-2")


def metric(name: str, count: float, **stats: float) -> dict[str, Any]:
    return {"metric": name, "stats": {"count": count, **stats}}


def bucket(hour: datetime, *metrics: dict[str, Any]) -> dict[str, Any]:
    end = hour + timedelta(hours=1)
    return {"interval": f"{hour.isoformat()}/{end.isoformat()}", "metrics": list(metrics)}


def result(group: dict[str, str], *buckets: dict[str, Any]) -> dict[str, Any]:
    return {"group": group, "data": list(buckets)}


def answered(*results: dict[str, Any]) -> Platform:
    return Platform({AGGREGATES: {"results": list(results)}})


def span(days: float) -> tuple[datetime, datetime]:
    return HOUR - timedelta(days=days), HOUR


# --- what comes -----------------------------------------------------------------------------


def test_attempts_and_connects_of_many_campaigns_come_in_one_answer() -> None:
    platform = answered(
        result(
            {"outboundCampaignId": "c-1", "mediaType": "voice"},
            bucket(HOUR, metric("nOutboundAttempted", 412), metric("nOutboundConnected", 118)),
        ),
        result({"outboundCampaignId": "C-2"}, bucket(HOUR, metric("nOutboundAttempted", 5))),
    )
    read = platform.reader.outbound_records([WINBACK, CampaignId("c-2")], *span(1))

    assert RATE_RECORDS.check(read[WINBACK])[["offered", "answered"]].values.tolist() == [
        [412, 118]
    ]
    assert read[CampaignId("c-2")][["offered", "answered"]].values.tolist() == [[5, 0]]
    assert len(platform.asked) == 1


def test_groups_that_were_not_asked_for_are_summed() -> None:
    platform = answered(
        result({"queueId": "q-1", "mediaType": "voice"}, bucket(HOUR, metric("nOffered", 4))),
        result({"queueId": "q-1", "mediaType": "callback"}, bucket(HOUR, metric("nOffered", 3))),
        result({"queueId": "q-other"}, bucket(HOUR, metric("nOffered", 99))),
    )
    read = platform.reader.queue_records([BILLING, CLAIMS], *span(1))

    assert VOLUME_RECORDS.check(read[BILLING])["y"].tolist() == [7.0]
    assert read[CLAIMS].empty


@pytest.mark.parametrize("content", [{}, {"results": []}, {"results": None}])
def test_an_answer_without_results_is_no_record_and_no_error(content: Any) -> None:
    read = Platform({AGGREGATES: content}).reader.queue_records([BILLING], *span(1))
    assert read[BILLING].empty


def test_hours_without_a_bucket_stay_absent() -> None:
    later = HOUR + timedelta(hours=5)
    platform = answered(
        result(
            {"queueId": "q-1"},
            bucket(HOUR, metric("nOffered", 4)),
            bucket(later, metric("nOffered", 2)),
        )
    )
    read = platform.reader.queue_records([BILLING], *span(1))[BILLING]
    assert read["ds"].tolist() == [pd.Timestamp(HOUR), pd.Timestamp(later)]


def test_a_connect_counted_just_after_the_hour_belongs_to_the_attempts_before() -> None:
    later = HOUR + timedelta(hours=1)
    counts = [metric("nOutboundAttempted", 10), metric("nOutboundConnected", 3)]
    late = [metric("nOutboundAttempted", 1), metric("nOutboundConnected", 2)]
    platform = answered(
        result({"outboundCampaignId": "c-1"}, bucket(HOUR, *counts), bucket(later, *late))
    )
    read = platform.reader.outbound_records([WINBACK], *span(1))[WINBACK]
    assert read["answered"].tolist() == [4.0, 1.0]


def test_the_day_of_a_campaign_has_its_abandoned_calls() -> None:
    counts = [
        metric("nOutboundAttempted", 40),
        metric("nOutboundConnected", 12),
        metric("nOutboundAbandoned", 1),
    ]
    platform = answered(result({"outboundCampaignId": "c-1"}, bucket(HOUR, *counts)))
    day = CAMPAIGN_DAY.check(platform.reader.campaign_day(WINBACK, *span(1)))
    assert day[["attempts", "live", "abandoned"]].values.tolist() == [[40, 12, 1]]


def test_handle_times_end_in_seconds() -> None:
    handled = metric("tHandle", 101, sum=24_240_000.0, max=812_345.0)
    platform = answered(result({"queueId": "q-1"}, bucket(HOUR, handled)))
    times = platform.reader.handle_times([BILLING, CLAIMS], *span(7))
    assert times[BILLING].mean_seconds == pytest.approx(240.0)
    assert CLAIMS not in times


def test_times_on_a_line_end_in_seconds() -> None:
    dialled = metric("tDialing", 50, sum=900_000.0)
    platform = answered(result({"outboundCampaignId": "c-1"}, bucket(HOUR, dialled)))
    assert platform.reader.line_times([WINBACK], *span(7))[WINBACK].mean_seconds == 18.0


@pytest.mark.parametrize(
    "broken",
    [
        [1],
        {"results": 3},
        {"results": [{"group": {"queueId": "q-1"}, "data": [{"interval": "soon"}]}]},
        {"results": [result({"queueId": "q-1"}, bucket(HOUR, metric("nOffered", -1)))]},
        {"results": [result({"queueId": "q-1"}, bucket(HOUR, metric("nOffered", 1.5)))]},
        {"results": [{"group": {"queueId": "q-1"}, "data": [3]}]},
    ],
)
def test_an_answer_that_cannot_be_true_is_refused_with_its_place(broken: Any) -> None:
    with pytest.raises(UnexpectedPayload, match="history of queue q-1"):
        Platform({AGGREGATES: broken}).reader.queue_records([BILLING], *span(1))


# --- how it is asked ------------------------------------------------------------------------


def spans_asked(platform: Platform) -> list[tuple[int, float]]:
    """How many ids each question named, and over how many days."""
    asked = []
    for body in platform.bodies("POST"):
        start, end = (datetime.fromisoformat(each) for each in body["interval"].split("/"))
        clause = body["filter"]["clauses"][0]
        asked.append((len(clause["predicates"]), (end - start) / timedelta(days=1)))
    return asked


def test_24_queues_over_90_days_are_three_questions() -> None:
    platform = answered()
    platform.reader.queue_records([QueueId(f"q-{number}") for number in range(24)], *span(90))
    assert spans_asked(platform) == [(24, 31), (24, 31), (24, 28)]


def test_a_thousand_queues_over_90_days_stay_below_120_questions() -> None:
    platform = answered()
    queue_ids = [QueueId(f"q-{number}") for number in range(1000)]
    for first in range(0, 1000, platform.reader.series_at_once):
        some = queue_ids[first : first + platform.reader.series_at_once]
        platform.reader.queue_records(some, *span(90))
    assert sum(ids for ids, _ in spans_asked(platform)) == 3000
    assert len(platform.asked) <= 120


def test_contacts_of_a_queue_are_those_that_came_in_or_of_which_nobody_knows() -> None:
    platform = answered()
    platform.reader.queue_records([QueueId("q-1")], *span(1))
    (body,) = platform.bodies("POST")
    _, origin = body["filter"]["clauses"]
    told = {"type": "dimension", "dimension": "originatingDirection"}
    assert origin == {
        "type": "or",
        "predicates": [
            {**told, "operator": "matches", "value": "inbound"},
            {**told, "operator": "notExists"},
        ],
    }


def limited(most_hours: int, most_results: int, message: str) -> Platform:
    """A platform that refuses questions beyond a size, as the message puts it."""

    def reply(request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        start, end = (datetime.fromisoformat(each) for each in body["interval"].split("/"))
        hours = (end - start) / timedelta(hours=1)
        ids = [each["value"] for each in body["filter"]["clauses"][0]["predicates"]]
        if hours > most_hours or hours * len(ids) > most_results:
            return refused(400, "bad.request", message)
        group = [result({"queueId": each}, bucket(start, metric("nOffered", 1))) for each in ids]
        return httpx.Response(200, json={"results": group})

    return Platform({AGGREGATES: reply})


QUEUES = [QueueId(f"q-{number}") for number in range(24)]


@pytest.mark.parametrize(
    ("hours", "results", "message"),
    [
        (7 * 24, 10**9, "The requested interval is too long"),
        (10**6, 2000, "Too many results would be returned"),
        (7 * 24, 2000, "The query is too large"),
    ],
)
def test_a_question_that_is_too_large_is_halved_until_it_is_answered(
    hours: int, results: int, message: str
) -> None:
    platform = limited(hours, results, message)
    read = platform.reader.queue_records(QUEUES, *span(90))
    asked = spans_asked(platform)
    answered_days = sum(
        ids * days for ids, days in asked if days * 24 <= hours and ids * days * 24 <= results
    )
    assert answered_days == pytest.approx(24 * 90)
    assert all(len(frame) for frame in read.values())


def test_the_size_that_worked_is_used_from_then_on_and_told() -> None:
    platform = limited(7 * 24, 10**9, "The requested interval is too long")
    reader = platform.reader
    reader.queue_records(QUEUES, *span(90))
    first = len(platform.asked)
    reader.queue_records(QUEUES, *span(90))
    assert all(days <= 7 for _, days in spans_asked(platform)[first:])
    assert platform.sizes[-1].hours <= 7 * 24


def test_a_size_that_worked_before_is_begun_with() -> None:
    platform = limited(7 * 24, 10**9, "The requested interval is too long")
    reader, _ = platform.connect(query_size=QuerySize(hours=7 * 24))
    reader.queue_records(QUEUES, *span(90))
    assert len(platform.asked) == 13
    assert platform.sizes == []


@pytest.mark.parametrize("message", ["No such metric", "The requested interval is too long"])
def test_a_question_that_is_refused_however_small_raises(message: str) -> None:
    platform = Platform({AGGREGATES: refused(400, "bad.request", message)})
    with pytest.raises(PayloadRejected, match=message):
        platform.reader.queue_records(QUEUES, *span(90))
    assert len(platform.asked) < 20
