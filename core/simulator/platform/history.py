"""Answers to questions about history: groups of conversations over buckets of time.

What did not happen is not told: buckets without a record are absent, and so are metrics whose
count is zero. The newest buckets still grow.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.documents import JsonObject
from core.simulator.platform.measures import MEASURES, Measured, stats_of
from core.simulator.platform.rows import Counts, Source, slices_of, sources
from core.simulator.platform.wanted import (
    Wanted,
    check_size,
    is_wanted,
    read_question,
    values_wanted,
)
from core.simulator.world import World

Group = tuple[tuple[str, str], ...]


def answer_question(world: World, body: JsonObject) -> JsonObject:
    """Return the answer to a question about conversations.

    Parameters
    ----------
    world : World
        Where they took place.
    body : JsonObject
        The question, its fields of the right kinds.

    Returns
    -------
    JsonObject
        ``results`` by group; an empty object where there is nothing at all to tell.

    Raises
    ------
    Refusal
        400 with the field at fault, or where too much is asked for.
    """
    wanted = read_question(body)
    groups: dict[Group, list[Source]] = {}
    for source in _chosen(world, wanted):
        if all(dimension in source.dimensions for dimension in wanted.group_by):
            # The media type is told even where nobody asked for it.
            keys = dict.fromkeys((*wanted.group_by, "mediaType"))
            group = tuple((key, source.dimensions[key]) for key in keys)
            groups.setdefault(group, []).append(source)
    check_size(wanted, len(groups), world.traits)
    results = [
        {"group": dict(group), "data": data}
        for group, members in groups.items()
        if (data := _told(world, wanted, members))
    ]
    return {"results": results} if results else {}


def _chosen(world: World, wanted: Wanted) -> list[Source]:
    narrow = {
        dimension: values_wanted(wanted.filter, dimension)
        for dimension in ("queueId", "outboundCampaignId")
    }
    return [
        source
        for source in sources(world)
        if all(
            values is None or source.dimensions.get(dimension) in values
            for dimension, values in narrow.items()
        )
        and is_wanted(source.dimensions, wanted.filter)
    ]


def _told(world: World, wanted: Wanted, members: Sequence[Source]) -> list[JsonObject]:
    """Return the buckets of one group in which something happened."""
    edges = wanted.buckets.edges
    slices = [
        slices_of(world, source, edges[0], edges[-1], in_quarters=wanted.buckets.in_quarters)
        for source in members
    ]
    places = [np.searchsorted(edges, one.second, side="right") - 1 for one in slices]
    told: dict[int, list[JsonObject]] = {}
    for name in wanted.metrics:
        if name not in MEASURES:
            continue
        measured = [
            MEASURES[name](one, source.handle_seconds)
            for one, source in zip(slices, members, strict=True)
        ]
        for bucket, stats in _totals(measured, places, len(wanted.buckets.names)):
            told.setdefault(bucket, []).append({"metric": name, "stats": stats})
    names = wanted.buckets.names
    return [{"interval": names[bucket], "metrics": told[bucket]} for bucket in sorted(told)]


def _totals(
    measured: Sequence[Measured], places: Sequence[Counts], buckets: int
) -> list[tuple[int, JsonObject]]:
    """Return the totals of one metric by bucket, without those that are empty."""
    count = _summed([one.count for one in measured], places, buckets)
    filled = np.flatnonzero(count)
    counts = count[filled].astype(np.int64).tolist()
    seconds = [one.seconds for one in measured if one.seconds is not None]
    lates = [one.late for one in measured if one.late is not None]
    nothing = [None] * len(counts)
    times = _summed(seconds, places, buckets)[filled].tolist() if seconds else nothing
    late = _summed(lates, places, buckets)[filled].tolist() if lates else nothing
    return [
        (bucket, stats_of(*one))
        for bucket, one in zip(filled.tolist(), zip(counts, times, late, strict=True), strict=True)
    ]


def _summed(
    columns: Sequence[NDArray[np.float64] | Counts], places: Sequence[Counts], buckets: int
) -> NDArray[np.float64]:
    total = np.zeros(buckets)
    for column, place in zip(columns, places, strict=True):
        total += np.bincount(place, weights=column, minlength=buckets)
    return total
