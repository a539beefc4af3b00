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
ORIGIN, INBOUND, OUTBOUND = "originatingDirection", "inbound", "outbound"

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
    origin : str
        `INBOUND` or `OUTBOUND`, for a queue that may have both: a dialler's live answers are
        offered to the campaign's queue, and are no contacts that come in. Empty for all.
    """

    does: str
    dimension: str
    metrics: tuple[str, ...]
    granularity: str = "PT1H"
    origin: str = ""


OUTBOUND_HISTORY = AggregateQuestion("read the outbound history", CAMPAIGN, (ATTEMPTED, CONNECTED))
OUTBOUND_DAY = AggregateQuestion(
    "read the campaign's day", CAMPAIGN, (ATTEMPTED, CONNECTED, ABANDONED)
)
OUTBOUND_LINES = AggregateQuestion("read the times on a line", CAMPAIGN, (DIALLED,), "")
QUEUE_HISTORY = AggregateQuestion("read the queue history", QUEUE, (OFFERED,), origin=INBOUND)
QUEUE_HANDLING = AggregateQuestion("read the handle times", QUEUE, (HANDLED,), "", OUTBOUND)


def moment_text(moment: datetime) -> str:
    """Return a moment as the platform writes it.

    Examples
    --------
    >>> moment_text(datetime(2026, 11, 23, 9, tzinfo=UTC))
    '2026-11-23T09:00:00.000Z'
    """
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def _matches(dimension: str, value: str) -> JsonObject:
    return {"type": "dimension", "dimension": dimension, "operator": "matches", "value": value}


def _one_of(dimension: str, ids: Sequence[str]) -> JsonObject:
    return {"type": "or", "predicates": [_matches(dimension, each) for each in ids]}


def _of_origin(origin: str) -> JsonObject:
    """Contacts of an origin, and those of which none was kept."""
    unknown = {"type": "dimension", "dimension": ORIGIN, "operator": "notExists"}
    return {"type": "or", "predicates": [_matches(ORIGIN, origin), unknown]}


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
    clauses = [_one_of(question.dimension, ids)]
    if question.origin:
        clauses.append(_of_origin(question.origin))
    body: JsonObject = {
        "interval": f"{moment_text(start)}/{moment_text(end)}",
        "groupBy": [question.dimension],
        "filter": {
            "type": "and",
            "predicates": [_matches("mediaType", "voice")],
            "clauses": clauses,
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
