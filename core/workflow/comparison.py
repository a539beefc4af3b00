"""Whether two JSON values mean the same, however a tenant spells or rounds them.

A value counts as there when it means the same: numbers within a millionth, moments in any
spelling, objects with further keys of the tenant's own. Nothing is known here of plans.
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from core.documents import ABSENT, JsonObject

NUMBER_TOLERANCE = 1e-6
"""Tenants round; no field that is pushed means anything beyond this."""


def holds(proposed: Any, found: Any) -> bool:
    """Whether a value that was found means at least what was proposed.

    Examples
    --------
    >>> holds({"a": {"b": 0.3}}, {"a": {"b": 0.30000001, "c": 1}, "d": 2})
    True
    >>> holds("2026-11-24T02:00:00+00:00", "2026-11-24T02:00:00.000Z")
    True
    >>> holds({"a": 1}, {"a": True})
    False
    """
    if isinstance(proposed, Mapping):
        return isinstance(found, Mapping) and all(
            key in found and holds(value, found[key]) for key, value in proposed.items()
        )
    if isinstance(proposed, list):
        return (
            isinstance(found, list)
            and len(proposed) == len(found)
            and all(holds(one, other) for one, other in zip(proposed, found, strict=True))
        )
    return means_the_same(proposed, found)


def means_the_same(one: Any, other: Any) -> bool:
    """Whether two values mean the same: equal, or spelled differently, or rounded by the tenant.

    Examples
    --------
    >>> means_the_same(0.3, 0.30000001), means_the_same(1, True)
    (True, False)
    """
    if one is ABSENT or other is ABSENT:
        return one is other
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=NUMBER_TOLERANCE)
    if isinstance(one, str) and isinstance(other, str) and one != other:
        moments = moment_in(one), moment_in(other)
        return None not in moments and moments[0] == moments[1]
    return bool(one == other)


def leaves(document: Mapping[str, Any], prefix: str = "") -> JsonObject:
    """Return every value of a document by its dotted path; lists count as one value.

    Examples
    --------
    >>> leaves({"a": {"b": 1, "c": {}}, "d": [1, 2]})
    {'a.b': 1, 'a.c': {}, 'd': [1, 2]}
    """
    found: JsonObject = {}
    for key, value in document.items():
        if isinstance(value, Mapping) and value:
            found.update(leaves(value, f"{prefix}{key}."))
        else:
            found[f"{prefix}{key}"] = value
    return found


def moment_in(text: Any) -> datetime | None:
    """Return the moment that a text names, or None: a time without an offset names none."""
    if not isinstance(text, str) or "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
