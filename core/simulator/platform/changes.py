"""What was changed about a campaign and when, field by field."""

from dataclasses import dataclass
from datetime import datetime

from core.documents import JsonObject


@dataclass(frozen=True)
class Change:
    """One field that was changed, for the record.

    Parameters
    ----------
    at : datetime
        When.
    field, value : str
        What it became.
    """

    at: datetime
    field: str
    value: str


def changes_between(before: JsonObject, after: JsonObject, at: datetime) -> list[Change]:
    """Return what is different in a campaign, by the names of its fields.

    Examples
    --------
    >>> noon = datetime(2026, 11, 23, 12)
    >>> [one.value for one in changes_between({"priority": 3}, {"priority": 5}, noon)]
    ['5']
    """
    return [
        Change(at, key, "" if after.get(key) is None else str(after[key]))
        for key in sorted({*after, *before} - {"version", "dateModified"})
        if after.get(key) != before.get(key)
    ]
