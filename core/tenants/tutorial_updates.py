"""Campaign documents of the tutorial dialect, on their way back: whole, as they were read.

Only the payload's own values change, and the fields that the tenant itself writes are left out. A
rate outside 0 to 1 does not leave the program, whoever computed it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from core.documents import JsonObject, with_values
from core.errors import LimitBroken

READ_ONLY = ("id", "selfUri", "routing")
"""Left out of what is sent: a tenant refuses a body that has them."""
RULES = f"Read-only: {', '.join(READ_ONLY)}. A field that ends in Rate lies between 0 and 1."


def update_body(document: Mapping[str, Any], payload: Mapping[str, Any]) -> JsonObject:
    """Return what is sent to set the payload's values on a campaign as it was read.

    Parameters
    ----------
    document : mapping
        The campaign, whole; ``version`` is sent back as read.
    payload : mapping
        Nested as the campaign nests it; objects are merged, all else is replaced.

    Returns
    -------
    JsonObject
        A new document without the read-only fields.

    Raises
    ------
    LimitBroken
        If a rate in the payload lies outside 0 to 1.

    Examples
    --------
    >>> update_body(
    ...     {"id": "c-1", "version": 3, "predictive": {"dropRate": 0.01, "smoothing": "on"}},
    ...     {"predictive": {"dropRate": 0.02}},
    ... )
    {'version': 3, 'predictive': {'dropRate': 0.02, 'smoothing': 'on'}}
    """
    refuse_rates_out_of_bounds(payload)
    body = merged(document, payload)
    return {key: value for key, value in body.items() if key not in READ_ONLY}


def creation_body(payload: Mapping[str, Any]) -> JsonObject:
    """Return what is sent to create a campaign: the payload, as it is.

    Raises
    ------
    LimitBroken
        If a rate in it lies outside 0 to 1.
    """
    refuse_rates_out_of_bounds(payload)
    return with_values(payload, {})


def merged(document: Mapping[str, Any], payload: Mapping[str, Any]) -> JsonObject:
    """Return a copy of a document with a payload in it: objects are merged, all else replaced."""
    body = with_values(document, {})
    for key, value in payload.items():
        old = body.get(key)
        if isinstance(old, dict) and isinstance(value, Mapping):
            body[key] = merged(old, value)
        else:
            body[key] = json.loads(json.dumps(value))
    return body


def fields_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a payload's values by dotted path.

    Examples
    --------
    >>> fields_of({"predictive": {"dropRate": 0.02}, "name": "A"})
    {'predictive.dropRate': 0.02, 'name': 'A'}
    """
    return dict(_fields(payload, ""))


def _fields(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and (value or not path):
        for key, inner in value.items():
            yield from _fields(inner, f"{path}.{key}" if path else key)
    else:
        yield path, value


def refuse_rates_out_of_bounds(payload: Any, path: str = "") -> None:
    """Raise `LimitBroken` where a field that ends in ``Rate`` is no share.

    Parameters
    ----------
    payload : Any
        Any JSON value; lists are looked into.
    path : str
        Where it stands in the whole.

    Raises
    ------
    LimitBroken
        Names the first such field.

    Examples
    --------
    >>> refuse_rates_out_of_bounds({"predictive": {"answerRate": 0.4, "maxAttempts": 3}})
    >>> refuse_rates_out_of_bounds({"predictive": {"answerRate": 40}})
    Traceback (most recent call last):
        ...
    core.errors.LimitBroken: predictive.answerRate would be 40, and a rate lies between 0 and 1.
    Nothing was sent; make another proposal.
    """
    if isinstance(payload, Mapping):
        for key, value in payload.items():
            inner = f"{path}.{key}" if path else str(key)
            if str(key).endswith("Rate") and not _is_share(value):
                raise LimitBroken(
                    f"{inner} would be {value!r}, and a rate lies between 0 and 1.",
                    "Nothing was sent; make another proposal.",
                )
            refuse_rates_out_of_bounds(value, inner)
    elif isinstance(payload, list | tuple):
        for number, value in enumerate(payload):
            refuse_rates_out_of_bounds(value, f"{path}[{number}]")


def _is_share(value: Any) -> bool:
    if value is None:  # as the campaign had it: no rate is set
        return True
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= value <= 1
