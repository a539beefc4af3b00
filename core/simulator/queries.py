"""What a request asks for, or why it cannot be had: bodies and parameters to plain values.

Nothing is looked up here; that an id exists is the world's to say.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NoReturn

from core.documents import JsonObject
from core.simulator.calendar import SECONDS_PER_HOUR
from core.simulator.refusals import bad_request

OUTBOUND_METRICS: Final = ("offered", "answered", "answerRate")
QUEUE_METRICS: Final = ("contactCount", "handleCount")
OUTBOUND_PAGE_SIZE: Final = 200
LARGEST_QUEUE_PAGE: Final = 2000


@dataclass(frozen=True)
class HistoryQuery:
    """A question about history.

    Parameters
    ----------
    entity_ids : tuple of str
        The campaign, or the queues.
    first_hour, end_hour : int
        Hours since 1970 whose start lies in the span asked for; the end excluded.
    metrics : tuple of str
        What is wanted of each hour.
    page_size : int
        Most records of one answer.
    page_token : str
        Where to go on; empty: from the start.
    digest : str
        Tells a question from another, so that a page token is used with its own.
    """

    entity_ids: tuple[str, ...]
    first_hour: int
    end_hour: int
    metrics: tuple[str, ...]
    page_size: int
    page_token: str
    digest: str


def outbound_query(body: Mapping[str, Any], page_token: str) -> HistoryQuery:
    """Return what a question about outbound history asks for.

    Parameters
    ----------
    body : mapping
        The request's body.
    page_token : str
        The query parameter, or an empty text.

    Returns
    -------
    HistoryQuery

    Raises
    ------
    Refusal
        400 with the field at fault.
    """
    first_hour, end_hour = _span(body)
    if body.get("groupings", ["interval"]) != ["interval"]:
        raise bad_request('groupings must be ["interval"].', field="groupings")
    chosen = body.get("filter")
    if not isinstance(chosen, dict):
        raise bad_request("filter must name a campaign.", field="filter")
    if chosen.get("type") != "equals" or chosen.get("path") != "campaign.id":
        raise bad_request("filter must be of type equals on campaign.id.", field="filter")
    campaign_id = chosen.get("value")
    if not isinstance(campaign_id, str) or not campaign_id:
        raise bad_request("filter.value must be a campaign id.", field="filter.value")
    metrics = _metrics(body, OUTBOUND_METRICS)
    return HistoryQuery(
        (campaign_id,),
        first_hour,
        end_hour,
        metrics,
        OUTBOUND_PAGE_SIZE,
        page_token,
        _digest(campaign_id, first_hour, end_hour, metrics),
    )


def queue_query(body: Mapping[str, Any]) -> HistoryQuery:
    """Return what a question about queues' history asks for.

    Parameters
    ----------
    body : mapping
        The request's body.

    Returns
    -------
    HistoryQuery

    Raises
    ------
    Refusal
        400 with the field at fault.
    """
    first_hour, end_hour = _span(body)
    if body.get("groupBy", ["queueId"]) != ["queueId"]:
        raise bad_request('groupBy must be ["queueId"].', field="groupBy")
    if body.get("queryType", "interval") != "interval":
        raise bad_request("queryType must be interval.", field="queryType")
    size = body.get("pageSize", 100)
    if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= LARGEST_QUEUE_PAGE:
        raise bad_request(
            f"pageSize must be a whole number from 1 to {LARGEST_QUEUE_PAGE}.", field="pageSize"
        )
    token = body.get("nextPageToken") or ""
    if not isinstance(token, str):
        raise bad_request("nextPageToken must be a text.", field="nextPageToken")
    queue_ids = _queue_ids(body.get("filters"))
    metrics = _metrics(body, QUEUE_METRICS)
    digest = _digest(queue_ids, first_hour, end_hour, metrics, size)
    return HistoryQuery(queue_ids, first_hour, end_hour, metrics, size, token, digest)


def schedule_span(parameters: Mapping[str, str]) -> tuple[int, int]:
    """Return the hours that a question about the schedule covers.

    Parameters
    ----------
    parameters : mapping
        ``dateFrom``, ``dateTo`` and ``interval`` of the query string.

    Returns
    -------
    first_hour, end_hour : int
        Hours since 1970; the end excluded.

    Raises
    ------
    Refusal
        400 with the parameter at fault.

    Examples
    --------
    >>> schedule_span({"dateFrom": "1970-01-01T01:00:00+00:00",
    ...                "dateTo": "1970-01-02T00:00:00Z", "interval": "PT1H"})
    (1, 24)
    """
    return _span(parameters)


def json_object(raw: bytes) -> JsonObject:
    """Return a request's body, which must be a JSON object.

    Examples
    --------
    >>> json_object(b'{"a": 1}')
    {'a': 1}
    """
    body = json_value(raw)
    if not isinstance(body, dict):
        raise bad_request("The body must be a JSON object.", code="invalid.json")
    return body


def json_value(raw: bytes) -> Any:
    """Return a request's body, whatever JSON it is.

    Examples
    --------
    >>> json_value(b'["a"]')
    ['a']
    """
    try:
        return json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise bad_request("The body is not JSON.", code="invalid.json") from None


def _refuse_constant(_text: str) -> NoReturn:
    # Python's parser would take NaN and Infinity, which are no JSON.
    raise ValueError


def _span(source: Mapping[str, Any]) -> tuple[int, int]:
    if source.get("interval") != "PT1H":
        raise bad_request("interval must be PT1H.", field="interval")
    start, end = (_moment(source, key) for key in ("dateFrom", "dateTo"))
    if start >= end:
        raise bad_request("dateFrom must be before dateTo.", field="dateTo")
    return math.ceil(start / SECONDS_PER_HOUR), math.ceil(end / SECONDS_PER_HOUR)


def _moment(source: Mapping[str, Any], key: str) -> float:
    try:
        moment = datetime.fromisoformat(source[key])
        if moment.utcoffset() is not None:
            return moment.timestamp()
    except (KeyError, TypeError, ValueError, OverflowError):
        pass
    raise bad_request(f"{key} must be an ISO 8601 time with a UTC offset.", field=key)


def _metrics(body: Mapping[str, Any], known: tuple[str, ...]) -> tuple[str, ...]:
    wanted = body.get("metrics")
    if not isinstance(wanted, list) or not wanted:
        raise bad_request("metrics must be a list of at least one metric.", field="metrics")
    for metric in wanted:
        if metric not in known:
            raise bad_request(
                f"Unknown metric {metric!r}; known: {', '.join(known)}.", field="metrics"
            )
    return tuple(wanted)


def _queue_ids(filters: object) -> tuple[str, ...]:
    chosen = filters.get("queueId") if isinstance(filters, dict) else None
    values = chosen.get("values") if isinstance(chosen, dict) else None
    if not isinstance(values, list) or not values:
        raise bad_request(
            "filters.queueId.values must be a list of at least one queue id.", field="filters"
        )
    if not all(isinstance(value, str) for value in values):
        raise bad_request("filters.queueId.values must be texts.", field="filters")
    return tuple(values)


def _digest(*parts: object) -> str:
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=6).hexdigest()
