"""JSON documents: canonical text, digest, values by path.

A tenant's object is kept as the document that was read, so that what is sent back is what was
read, field for field. Documents are never edited in place.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

JsonObject = dict[str, Any]
"""A JSON object as `json.loads` gives it."""


class Absent:
    """The value of a path that a document does not have."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


def canonical_text(document: object) -> str:
    """Return the one text that stands for a document, whatever the order of its keys.

    Examples
    --------
    >>> canonical_text({"b": 1, "a": [1.5, None]})
    '{"a":[1.5,null],"b":1}'
    """
    return json.dumps(
        document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest(document: object) -> str:
    """Return the SHA-256 of a document's canonical text, in hexadecimal.

    Examples
    --------
    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(canonical_text(document).encode()).hexdigest()


def value_at(document: Mapping[str, Any], path: str) -> Any:
    """Return the value at a dotted path, or `ABSENT`.

    Examples
    --------
    >>> value_at({"predictive": {"dropRate": 0.01}}, "predictive.dropRate")
    0.01
    >>> value_at({}, "predictive.dropRate")
    ABSENT
    """
    found: Any = document
    for key in path.split("."):
        if not isinstance(found, Mapping) or key not in found:
            return ABSENT
        found = found[key]
    return found


def with_values(document: Mapping[str, Any], values: Mapping[str, Any]) -> JsonObject:
    """Return a copy of a document with the values at some dotted paths replaced.

    A value of `ABSENT` removes the key.

    Examples
    --------
    >>> with_values({"a": {"b": 1, "c": 2}}, {"a.b": 5, "d": 6})
    {'a': {'b': 5, 'c': 2}, 'd': 6}
    """
    copy: JsonObject = json.loads(json.dumps(document))
    for path, value in values.items():
        *parents, last = path.split(".")
        place = copy
        for key in parents:
            inner = place.get(key)
            if not isinstance(inner, dict):
                inner = {}
                place[key] = inner
            place = inner
        if value is ABSENT:
            place.pop(last, None)
        else:
            place[last] = value
    return copy
