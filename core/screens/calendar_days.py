"""The operator's own days as a table to edit, and as a file to load and take away."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from core.charts.numbers import count
from core.errors import UsageError
from core.exports.calendar_csv import (
    COLUMNS,
    PART_COLUMNS,
    WrongValue,
    own_day_of,
    read_calendar_csv,
    write_calendar_csv,
)
from core.history.days import OWN_KINDS, OwnDay, clock_text
from core.screens.context import Context
from core.workflow.approval import Person

KIND_WORDS = tuple(kind.word for kind in OWN_KINDS)
KINDS_MEAN = (
    "Closed: nothing comes, nothing is forecast. Reduced: open, with less than usual. Special:"
    " open, and unlike other days."
)
FILE_NAME = "calendar.csv"


def editable(days: Iterable[OwnDay]) -> pd.DataFrame:
    """Return days as rows of texts to edit, the earliest first."""
    rows = [
        (
            day.date.isoformat(),
            day.kind.word,
            day.label,
            "" if day.is_whole_day else clock_text(day.start_minute),
            "" if day.is_whole_day else clock_text(day.end_minute),
        )
        for day in sorted(days)
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS, *PART_COLUMNS], dtype=object)


def days_in(rows: Sequence[Mapping[str, object]]) -> tuple[OwnDay, ...]:
    """Return the days of rows as a person edited them; a row with a kind alone is none.

    Raises
    ------
    UsageError
        If a row cannot stand; it is named with its column.

    Examples
    --------
    >>> days_in([{"date": "2026-12-24", "kind": "closed", "label": None}])[0].kind.word
    'closed'
    """
    days: dict[tuple[object, ...], OwnDay] = {}
    for number, row in enumerate(rows, start=1):
        texts = {name: _text(row.get(name)) for name in (*COLUMNS, *PART_COLUMNS)}
        if not any(text for name, text in texts.items() if name != "kind"):
            continue
        try:
            day = own_day_of(texts)
        except WrongValue as wrong:
            raise UsageError(
                f"Row {number} of the days, column {wrong.column}: {wrong.reason}.",
                "Correct the row, then save again; nothing was changed.",
            ) from None
        part = (day.date, day.start_minute, day.end_minute)
        if part in days:
            raise UsageError(
                f"Row {number} of the days: {day.date.isoformat()} {day.span} is there already.",
                "Remove one of the two rows, then save again; nothing was changed.",
            )
        days[part] = day
    return tuple(sorted(days.values()))


def save(
    context: Context,
    shown: Sequence[OwnDay],
    rows: Sequence[Mapping[str, object]],
    reason: str,
    person: Person,
) -> str:
    """Store what a person made of the days shown, and return the sentence on it.

    Raises
    ------
    UsageError
        If a row cannot stand.
    ApproverNotAllowed
        If the person's role does not allow it.
    ConcurrentEdit
        If somebody else changed the same day meanwhile.
    """
    return _changed(context, shown, days_in(rows), reason, person)


def load(
    context: Context,
    shown: Sequence[OwnDay],
    content: bytes,
    file_name: str,
    reason: str,
    person: Person,
) -> str:
    """Add the days of a file, in place of those on the same part of a day.

    Raises
    ------
    FileRejected
        If the file is refused; nothing of it is taken.
    ApproverNotAllowed
        If the person's role does not allow it.
    """
    given = read_calendar_csv(content, file_name=file_name)
    wanted = {(day.date, day.start_minute, day.end_minute): day for day in (*shown, *given)}
    return _changed(context, shown, tuple(wanted.values()), reason, person)


def file_text(days: Iterable[OwnDay]) -> str:
    """Return days as the text of a calendar file."""
    return write_calendar_csv(days)


def _changed(
    context: Context,
    shown: Sequence[OwnDay],
    wanted: Sequence[OwnDay],
    reason: str,
    person: Person,
) -> str:
    changes = context.calendar.change_days(shown, wanted, by=person.name, reason=reason)
    if not changes:
        return "The days are as they were."
    are = "day of your own is" if len(wanted) == 1 else "days of your own are"
    return (
        f"{count(len(wanted))} {are} kept. Forecasts made from now on go by them;"
        " those made before stay as they are."
    )


def _text(value: object) -> str:
    if value is None or value != value:
        return ""
    return str(value).strip()
