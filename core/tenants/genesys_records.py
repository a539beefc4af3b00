"""Answers of the platform's analytics to frames.

A bucket without data is absent there and stays absent here: whether the hour was closed, quiet or
never recorded is judged by `core.history.tidy`. Groups that were not asked for (a media type, say)
are summed. Milliseconds end here. A number that cannot be true is refused with its place.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from core.dialler import TimeTaken
from core.documents import JsonObject
from core.frames import CAMPAIGN_DAY, RATE_RECORDS, VOLUME_RECORDS
from core.tenants.genesys_analytics_wire import (
    ABANDONED,
    ATTEMPTED,
    CONNECTED,
    OFFERED,
)
from core.tenants.paging import unreadable
from core.tenants.values import count_in, frame_of, interval_start, number_in, shown

HOUR = timedelta(hours=1)
MILLISECONDS = 1000.0

Counts = dict[str, float]
"""Metric to count within one bucket; times have their sum under ``<metric>.sum``."""


class Buckets:
    """The buckets of some campaigns or queues, added up answer by answer.

    Parameters
    ----------
    dimension : str
        Which key of a group names the campaign or queue.
    ids : sequence of str
        What was asked for; whatever else comes is left out.
    place : str
        What was read, for messages.

    Examples
    --------
    >>> stats = {"metric": "nOffered", "stats": {"count": 4}}
    >>> hour = {"interval": "2026-11-23T09:00:00Z/2026-11-23T10:00:00Z", "metrics": [stats]}
    >>> group = {"queueId": "q-1", "mediaType": "voice"}
    >>> buckets = Buckets("queueId", ["q-1"], "It")
    >>> buckets.add({"results": [{"group": group, "data": [hour]}, {"group": group}]})
    >>> buckets.volumes("q-1")["y"].tolist()
    [4.0]
    """

    def __init__(self, dimension: str, ids: Sequence[str], place: str) -> None:
        self._dimension = dimension
        self._place = place
        self._by_id: dict[str, dict[datetime, Counts]] = {each.casefold(): {} for each in ids}
        self._moments: dict[str, datetime] = {}

    def add(self, content: Any) -> None:
        """Add one answer.

        Raises
        ------
        UnexpectedPayload
            If it cannot be read, or a number in it cannot be true.
        """
        if not isinstance(content, Mapping):
            raise unreadable(self._place, "it is no object")
        results = content.get("results") or []
        if not isinstance(results, list):
            raise unreadable(self._place, "it has no list of results")
        for number, result in enumerate(results, 1):
            try:
                self._add_result(result)
            except (ValueError, AttributeError, TypeError) as error:
                raise unreadable(self._place, f"in result {number}, {error}") from None

    def _add_result(self, result: Any) -> None:
        found = (result.get("group") or {}).get(self._dimension)
        hours = self._by_id.get(found.casefold()) if isinstance(found, str) else None
        if hours is None:
            return
        for bucket in result.get("data") or []:
            counts = hours.setdefault(self._start_of(bucket.get("interval")), {})
            for metric in bucket.get("metrics") or []:
                _add_stats(counts, metric)

    def _start_of(self, interval: Any) -> datetime:
        # A long answer names the same hours for every campaign or queue.
        known = self._moments.get(interval) if isinstance(interval, str) else None
        if known is None:
            known = interval_start(interval)
            self._moments[interval] = known
        return known

    def hours(self, series_id: str) -> list[tuple[datetime, Counts]]:
        """Return the buckets of one campaign or queue, sorted."""
        return sorted(self._by_id[series_id.casefold()].items())

    def rates(self, series_id: str) -> pd.DataFrame:
        """Return a campaign's `RATE_RECORDS`. Unit: calls."""
        hours = self.hours(series_id)
        connected = _within_attempts(hours)
        rows = [(ds, counts.get(ATTEMPTED, 0.0), connected[ds]) for ds, counts in hours]
        return frame_of(rows, RATE_RECORDS)

    def volumes(self, series_id: str) -> pd.DataFrame:
        """Return a queue's `VOLUME_RECORDS`. Unit: contacts."""
        rows = [(ds, counts.get(OFFERED, 0.0)) for ds, counts in self.hours(series_id)]
        return frame_of(rows, VOLUME_RECORDS)

    def day(self, series_id: str) -> pd.DataFrame:
        """Return a campaign's `CAMPAIGN_DAY`. Unit: calls."""
        rows = [
            (
                ds,
                counts.get(ATTEMPTED, 0.0),
                counts.get(CONNECTED, 0.0),
                counts.get(ABANDONED, 0.0),
            )
            for ds, counts in self.hours(series_id)
        ]
        return frame_of(rows, CAMPAIGN_DAY)

    def taken(self, series_id: str, metric: str) -> TimeTaken:
        """Return how often a time was measured of a campaign or queue, and its sum."""
        buckets = [counts for _, counts in self.hours(series_id)]
        count = sum(counts.get(metric, 0.0) for counts in buckets)
        total = sum(counts.get(f"{metric}.sum", 0.0) for counts in buckets)
        return TimeTaken(count, total / MILLISECONDS)


def _add_stats(counts: Counts, metric: Mapping[str, Any]) -> None:
    name, stats = metric.get("metric"), metric.get("stats")
    if not isinstance(name, str) or not isinstance(stats, Mapping):
        raise ValueError(f"{shown(metric)} is no metric")
    if stats.get("count") is not None:
        counts[name] = counts.get(name, 0.0) + count_in(stats, "count")
    if stats.get("sum") is not None:
        key = f"{name}.sum"
        counts[key] = counts.get(key, 0.0) + number_in(stats, "sum")


def _within_attempts(hours: Sequence[tuple[datetime, Counts]]) -> dict[datetime, float]:
    """Return connects by hour, none of them more than its attempts.

    The platform counts a connect when it happens. A call that was placed just before the hour and
    answered just after it belongs to the attempts of the hour before, and is counted there.
    """
    attempts = {ds: counts.get(ATTEMPTED, 0.0) for ds, counts in hours}
    connected = {ds: counts.get(CONNECTED, 0.0) for ds, counts in hours}
    for ds in sorted(connected, reverse=True):
        surplus = connected[ds] - attempts[ds]
        if surplus > 0:
            connected[ds] -= surplus
            before = ds - HOUR
            if before in connected:
                connected[before] += surplus
    return connected


def on_queue_now(content: Any, place: str) -> float | None:
    """Return how many agents are on a queue, whatever they do there; None where it is not told.

    Raises
    ------
    UnexpectedPayload
        If the answer cannot be read.

    Examples
    --------
    >>> idle = {"metric": "oOnQueueUsers", "qualifier": "IDLE", "stats": {"count": 4}}
    >>> busy = {"metric": "oOnQueueUsers", "qualifier": "INTERACTING", "stats": {"count": 9}}
    >>> on_queue_now({"results": [{"group": {}, "data": [idle, busy]}]}, "It")
    13.0
    >>> on_queue_now({}, "It") is None
    True
    """
    try:
        counted = [
            count_in(metric["stats"], "count")
            for result in (content.get("results") or [])
            for metric in (result.get("data") or [])
            if metric.get("metric") == "oOnQueueUsers"
        ]
    except (ValueError, AttributeError, TypeError, KeyError):
        raise unreadable(place, "it does not tell agents on the queue") from None
    return sum(counted) if counted else None


def entity_list(content: Any, key: str = "entities") -> list[JsonObject]:
    """Return the objects in a list under a key; empty where there is none."""
    listed = content.get(key) if isinstance(content, Mapping) else None
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
