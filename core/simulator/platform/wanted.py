"""What a question about history asks for, or why it cannot be had.

Filters are decided on the few things that conversations of this tenant differ in. How much may be
asked for at once is limited, by the length of the interval and by the number of results.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.documents import JsonObject
from core.simulator.platform.buckets import Buckets, cut
from core.simulator.platform.refusals import invalid_value
from core.simulator.refusals import bad_request
from core.simulator.traits import Traits

TELLING: Final = ("queueId", "outboundCampaignId", "mediaType", "direction", "originatingDirection")
"""The dimensions in which conversations here differ."""

_SECONDS_PER_DAY: Final = 86_400
_LONGEST_DAYS: Final = 400


@dataclass(frozen=True)
class Wanted:
    """A question about history.

    Parameters
    ----------
    buckets : Buckets
        When.
    group_by : tuple of str
        Dimensions that make groups.
    filter : JsonObject or None
        Which conversations.
    metrics : tuple of str
        What of them, each once.
    """

    buckets: Buckets
    group_by: tuple[str, ...]
    filter: JsonObject | None
    metrics: tuple[str, ...]


def read_question(body: Mapping[str, Any]) -> Wanted:
    """Return what a question asks for.

    Parameters
    ----------
    body : mapping
        The request's body, its fields of the right kinds.

    Raises
    ------
    Refusal
        400 with the field at fault.
    """
    if not body["metrics"]:
        raise invalid_value("metrics", "a list of at least one metric")
    if body.get("queryType", "groupBy") != "groupBy":
        raise invalid_value("queryType", "groupBy: this tenant does not rank")
    if body.get("views"):
        raise invalid_value("views", "left out: this tenant has none")
    group_by = tuple(dict.fromkeys(body.get("groupBy") or ()))
    for dimension in group_by:
        if dimension not in TELLING:
            raise invalid_value("groupBy", "among " + ", ".join(TELLING) + " at this tenant")
    buckets = cut(body["interval"], body.get("granularity") or "", body.get("timeZone") or "UTC")
    return Wanted(buckets, group_by, body.get("filter"), tuple(dict.fromkeys(body["metrics"])))


def check_size(wanted: Wanted, groups: int, traits: Traits) -> None:
    """Check that a question does not ask for too much.

    Parameters
    ----------
    wanted : Wanted
        The question.
    groups : int
        How many groups it has.
    traits : Traits
        The tenant's limits.

    Raises
    ------
    Refusal
        400 where the interval is too long or the results are too many.
    """
    edges = wanted.buckets.edges
    days = (edges[-1] - edges[0]) / _SECONDS_PER_DAY
    is_fine = len(wanted.buckets.names) > days + 1
    longest = traits.most_days if is_fine else _LONGEST_DAYS
    # A month of local hours may be an hour longer than 31 days.
    if days > longest + 1 / 24:
        raise bad_request(
            f"The interval is too large: {days:.0f} days, at most {longest} at this granularity.",
            field="interval",
        )
    results = groups * len(wanted.buckets.names)
    if results > traits.most_results:
        raise bad_request(
            f"The result is too large: {groups} groups over {len(wanted.buckets.names)} intervals "
            f"make {results}, at most {traits.most_results}. Shorten the interval or filter.",
            field="interval",
        )


def is_wanted(traits_of_group: Mapping[str, str], chosen: JsonObject | None) -> bool:
    """Tell whether a filter lets some conversations pass.

    Parameters
    ----------
    traits_of_group : mapping
        Their dimensions.
    chosen : JsonObject or None
        A filter, its fields of the right kinds.

    Examples
    --------
    >>> either = {"type": "or", "predicates": [
    ...     {"dimension": "queueId", "value": "a"}, {"dimension": "queueId", "value": "b"}]}
    >>> [is_wanted({"queueId": queue}, {"type": "and", "clauses": [either]}) for queue in "abc"]
    [True, True, False]
    """
    if chosen is None:
        return True
    parts = [_passes(predicate, traits_of_group) for predicate in chosen.get("predicates") or []]
    parts += [is_wanted(traits_of_group, clause) for clause in chosen.get("clauses") or []]
    return _joined(chosen["type"], parts)


def values_wanted(chosen: JsonObject | None, dimension: str) -> frozenset[str] | None:
    """Return the values that a filter leaves a dimension; None where it does not narrow it.

    Without it each of a thousand queues would be tried against each of a thousand predicates.
    """
    if chosen is None:
        return None
    found = [
        frozenset({predicate.get("value", "")})
        if predicate.get("dimension") == dimension and _is_match(predicate)
        else None
        for predicate in chosen.get("predicates") or []
    ]
    found += [values_wanted(clause, dimension) for clause in chosen.get("clauses") or []]
    narrow = [values for values in found if values is not None]
    if chosen["type"] == "or":
        return frozenset().union(*narrow) if narrow and len(narrow) == len(found) else None
    return frozenset.intersection(*narrow) if narrow else None


def _joined(kind: str, parts: Sequence[bool]) -> bool:
    if not parts:
        return True
    return any(parts) if kind == "or" else all(parts)


def _passes(predicate: JsonObject, dimensions: Mapping[str, str]) -> bool:
    dimension = predicate.get("dimension", "")
    operator = predicate.get("operator", "matches")
    if predicate.get("type", "dimension") != "dimension":
        raise invalid_value("filter", "of predicates on dimensions at this tenant")
    if dimension not in TELLING:
        raise invalid_value("filter", "on " + ", ".join(TELLING) + " at this tenant")
    if operator == "matches":
        return bool(dimensions.get(dimension) == predicate.get("value"))
    is_there = dimension in dimensions
    return is_there if operator == "exists" else not is_there


def _is_match(predicate: JsonObject) -> bool:
    return bool(predicate.get("operator", "matches") == "matches")
