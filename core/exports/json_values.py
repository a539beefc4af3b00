"""What may stand in a JSON document, and how a document becomes text.

A missing number is null: NaN and infinity are no JSON and never leave the program.
"""

import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

SCHEMA_VERSION = 1
"""Raised when a key of a document changes its meaning; adding one does not raise it."""


def time_text(moment: datetime) -> str:
    """Return an aware moment as ISO 8601 in UTC, with its offset.

    Examples
    --------
    >>> time_text(datetime(2026, 11, 23, 9, tzinfo=UTC))
    '2026-11-23T09:00:00+00:00'
    """
    return moment.astimezone(UTC).isoformat()


def number_or_null(number: float | None) -> float | None:
    """Return a number that JSON has, and None for a missing one.

    Examples
    --------
    >>> number_or_null(float("nan")), number_or_null(np.float64(0.5))
    (None, 0.5)
    """
    return None if number is None or not math.isfinite(number) else float(number)


def json_value(value: Any) -> Any:
    """Return a value as JSON has it, its parts included; what JSON does not know becomes text.

    Examples
    --------
    >>> json_value({"lags": (np.int64(24), float("nan")), "since": date(2026, 1, 1)})
    {'lags': [24, None], 'since': '2026-01-01'}
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Mapping):
        return {str(key): json_value(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset | np.ndarray):
        return [json_value(part) for part in value]
    if isinstance(value, float):
        return number_or_null(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime) and value.tzinfo is not None:
        return time_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def json_text(document: object) -> str:
    """Return a document as indented text that ends with a line break.

    Examples
    --------
    >>> print(json_text({"yhat": None, "name": "Zürich"}), end="")
    {
      "yhat": null,
      "name": "Zürich"
    }
    """
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
