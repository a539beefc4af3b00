"""Questions to the analytics of the platform dialect, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from core.documents import JsonObject
from core.tenants.wire import Call
from core.units import QueueId

AGGREGATES_VIEW = "analytics:conversationAggregate:view"
OBSERVATIONS_VIEW = "analytics:queueObservation:view"
ANALYTICS_SECONDS = 30.0
"""For one try of a question over many hours."""

CAMPAIGN, QUEUE = "outboundCampaignId", "queueId"

ATTEMPTED = "nOutboundAttempted"
CONNECTED = "nOutboundConnected"
ABANDONED = "nOutboundAbandoned"
OFFERED = "nOffered"
HANDLED = "tHandle"
DIALLED = "tDialing"


@dataclass(frozen=True, slots=True)
class AggregateQuestion:
    """What is asked of a number of campaigns or queues.

    Parameters
    ----------
    does : str
        What it is for, as an infinitive.
    dimension : str
        `CAMPAIGN` or `QUEUE`.
    metrics : tuple of str
        The platform's names.
    granularity : str
        ISO duration of a bucket; empty for one bucket over the whole span.
    """

    does: str
    dimension: str
    metrics: tuple[str, ...]
    granularity: str = "PT1H"


OUTBOUND_HISTORY = AggregateQuestion("read the outbound history", CAMPAIGN, (ATTEMPTED, CONNECTED))
OUTBOUND_DAY = AggregateQuestion(
    "read the campaign's day", CAMPAIGN, (ATTEMPTED, CONNECTED, ABANDONED)
)
OUTBOUND_LINES = AggregateQuestion("read the times on a line", CAMPAIGN, (DIALLED,), "")
QUEUE_HISTORY = AggregateQuestion("read the queue history", QUEUE, (OFFERED,))
QUEUE_HANDLING = AggregateQuestion("read the handle times", QUEUE, (HANDLED,), granularity="")


def moment_text(moment: datetime) -> str:
    """Return a moment as the platform writes it.

    Examples
    --------
    >>> moment_text(datetime(2026, 11, 23, 9, tzinfo=UTC))
    '2026-11-23T09:00:00.000Z'
    """
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def _one_of(dimension: str, ids: Sequence[str]) -> JsonObject:
    return {
        "type": "or",
        "predicates": [
            {"type": "dimension", "dimension": dimension, "operator": "matches", "value": each}
            for each in ids
        ],
    }


def aggregates_query(
    question: AggregateQuestion, ids: Sequence[str], start: datetime, end: datetime
) -> Call:
    """Return a question for the buckets of some campaigns or queues in [start, end).

    Examples
    --------
    >>> day = datetime(2026, 11, 7, tzinfo=UTC)
    >>> call = aggregates_query(QUEUE_HISTORY, ["q-1", "q-2"], day, day)
    >>> call.body["groupBy"], len(call.body["filter"]["clauses"][0]["predicates"])
    (['queueId'], 2)
    """
    voice = {
        "type": "dimension",
        "dimension": "mediaType",
        "operator": "matches",
        "value": "voice",
    }
    body: JsonObject = {
        "interval": f"{moment_text(start)}/{moment_text(end)}",
        "groupBy": [question.dimension],
        "filter": {
            "type": "and",
            "predicates": [voice],
            "clauses": [_one_of(question.dimension, ids)],
        },
        "metrics": list(question.metrics),
    }
    if question.granularity:
        body["granularity"] = question.granularity
    noun = "campaign" if question.dimension == CAMPAIGN else "queue"
    return Call(
        "POST",
        "/api/v2/analytics/conversations/aggregates/query",
        does=question.does,
        subject=f"{noun} {ids[0]}" if len(ids) == 1 else f"{len(ids)} {noun}s",
        permission=AGGREGATES_VIEW,
        timeout_seconds=ANALYTICS_SECONDS,
        body=body,
    )


def observations_query(queue_id: QueueId) -> Call:
    """Return the question for the agents on a queue now."""
    return Call(
        "POST",
        "/api/v2/analytics/queues/observations/query",
        does="read the agents on the queue",
        subject=f"queue {queue_id}",
        permission=OBSERVATIONS_VIEW,
        timeout_seconds=ANALYTICS_SECONDS,
        body={"filter": _one_of(QUEUE, [queue_id]), "metrics": ["oOnQueueUsers"]},
    )
