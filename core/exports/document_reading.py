"""A JSON document that came from outside, read key by key.

Every refusal names file and place in the document (``intervals[3].yhat``). A key that is absent
gives its default where there is one; a value of the wrong kind is always refused.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from core.errors import FileRejected
from core.exports.csv_table import shown
from core.exports.csv_values import hour_starts, moments_of


@dataclass(frozen=True, slots=True)
class DocumentReader:
    """Reads one JSON object of a file.

    Parameters
    ----------
    content : Any
        What `json.loads` gave.
    file_name : str
        For messages.
    time_zone : tzinfo or None
        Whose wall clock a time without an offset shows; None for UTC.
    place : str
        Where the object stands in the file; empty for the whole of it.

    Raises
    ------
    FileRejected
        If the content is no object; likewise by each method, if a value is of the wrong kind.
    """

    content: Any
    file_name: str
    time_zone: tzinfo | None = None
    place: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.content, Mapping):
            where = f"at {self.place} " if self.place else ""
            raise FileRejected(
                f"{self.file_name} has {where}no JSON object.", "Export the forecast again."
            )

    def refusal(self, key: str, reason: str) -> FileRejected:
        """Return the error for a key; the reason ends its sentence."""
        return FileRejected(
            f"{self.file_name}, {self._place_of(key)}: {reason}.",
            "Correct the file and try again; nothing was taken from it.",
        )

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text."""
        value = self._value(key, default)
        if not isinstance(value, str):
            raise self.refusal(key, f"{shown(str(value))} is not a text")
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """Return a finite number."""
        value = self._value(key, default)
        number = self._number(key, value)
        if number is None:
            raise self.refusal(key, "null where a number belongs")
        return number

    def number_or_none(self, key: str) -> float | None:
        """Return a finite number; None where the key is absent or null."""
        return self._number(key, self.content.get(key))

    def whole_number(self, key: str) -> int | None:
        """Return a whole number; None where the key is absent or null."""
        number = self.number_or_none(key)
        if number is not None and not number.is_integer():
            raise self.refusal(key, f"{number:g} is not a whole number")
        return None if number is None else int(self.content[key])

    def time(self, key: str, default: datetime | None = None) -> datetime:
        """Return a moment in UTC."""
        if key not in self.content and default is not None:
            return default
        text = self.text(key)
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise self.refusal(key, f"{shown(text)} is not a time in ISO 8601") from None
        try:
            return moments_of(moment, moment.tzinfo or self.time_zone or UTC)[0]
        except ValueError as error:
            raise self.refusal(key, str(error)) from None

    def hour(self, key: str) -> datetime:
        """Return the start of an hour in UTC."""
        try:
            return hour_starts(self.text(key), self.time_zone)[0]
        except ValueError as error:
            raise self.refusal(key, str(error)) from None

    def mapping(self, key: str) -> Mapping[str, Any]:
        """Return an object as it stands; empty where the key is absent."""
        return dict(self.part(key).content)

    def part(self, key: str) -> "DocumentReader":
        """Return a reader of an object within; of an empty one where the key is absent."""
        return self._reader(self.content.get(key, {}), self._place_of(key))

    def parts(self, key: str) -> list["DocumentReader"]:
        """Return readers of the objects of a list; none where the key is absent."""
        return [
            self._reader(value, f"{self._place_of(key)}[{index}]")
            for index, value in enumerate(self._list(key))
        ]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list; none where the key is absent."""
        return tuple(str(value) for value in self._list(key))

    def _list(self, key: str) -> list[Any]:
        values = self.content.get(key, [])
        if not isinstance(values, list):
            raise self.refusal(key, "not a list")
        return values

    def _reader(self, content: Any, place: str) -> "DocumentReader":
        return DocumentReader(content, self.file_name, self.time_zone, place)

    def _place_of(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def _value(self, key: str, default: Any) -> Any:
        value = self.content.get(key, default)
        if value is None and key not in self.content:
            raise self.refusal(key, "missing")
        return value

    def _number(self, key: str, value: Any) -> float | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.refusal(key, f"{shown(str(value))} is not a number")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.refusal(key, f"{shown(str(value))} is not a finite number")
        return number
