"""The operator's own days as a CSV file, read and written.

One row for each day or part of one, on the centre's own clock. A file with anything wrong in it is
refused whole, with file, line and column named. Nothing here opens a file.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from core.errors import FileRejected, SettingsError
from core.exports.csv_table import Offence, decoded, read_table, shown
from core.exports.csv_text import csv_text
from core.exports.csv_values import YEARS
from core.history.days import MINUTES_PER_DAY, OWN_KINDS, OwnDay, clock_text

COLUMNS = ("date", "kind", "label")
PART_COLUMNS = ("start", "end")
KINDS = {kind.word: kind for kind in OWN_KINDS}


def read_calendar_csv(content: bytes, *, file_name: str) -> tuple[OwnDay, ...]:
    r"""Return the days of a file with ``date, kind, label`` and perhaps ``start, end``.

    Parameters
    ----------
    content : bytes
        The file, plain or gzip, in UTF-8.
    file_name : str
        For messages.

    Returns
    -------
    tuple of OwnDay
        Sorted. Without a row where the file has only its header. An empty start is the beginning
        of the day, an empty end its end.

    Raises
    ------
    FileRejected
        If the file lacks a column, or has a value that is no date, kind or time of day, a part
        that ends before it begins, or a part of a day twice.

    Examples
    --------
    >>> read_calendar_csv(b"date,kind,label\n2026-12-24,closed,Eve\n", file_name="F")[0].name
    'Eve'
    """
    parts = _part_columns(content, file_name)
    table = read_table(content, file_name, [*COLUMNS, *parts])
    days: list[OwnDay] = []
    offences: list[Offence] = []
    seen: dict[tuple[date, int, int], int] = {}
    for row in range(table.rows):
        try:
            day = own_day_of({name: str(texts[row]) for name, texts in table.columns.items()})
            key = (day.date, day.start_minute, day.end_minute)
            if key in seen:
                line = table.line_of(seen[key])
                raise WrongValue("date", f"{_part_text(day)} is there on line {line} too")
        except WrongValue as wrong:
            offences.append(Offence(row, wrong.column, wrong.reason))
            break
        seen[key] = row
        days.append(day)
    table.refuse_first(offences)
    return tuple(sorted(days))


def write_calendar_csv(days: Iterable[OwnDay]) -> str:
    r"""Return the text of a calendar file, the earliest day first.

    Examples
    --------
    >>> from core.history.days import DayKind
    >>> write_calendar_csv([OwnDay(date(2026, 12, 24), 840, 1440, DayKind.CLOSED, "Eve")])
    'date,kind,label,start,end\n2026-12-24,closed,Eve,14:00,24:00\n'
    """
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
    return csv_text(pd.DataFrame(rows, columns=[*COLUMNS, *PART_COLUMNS], dtype=object))


def minute_of(text: str) -> int:
    """Return a time of day as minutes since midnight.

    Raises
    ------
    ValueError
        If it is none, with the reason as the end of a sentence.

    Examples
    --------
    >>> minute_of("9:30"), minute_of("24:00")
    (570, 1440)
    """
    found = re.fullmatch(r"(\d{1,2}):([0-5]\d)", text.strip())
    minute = int(found[1]) * 60 + int(found[2]) if found else MINUTES_PER_DAY + 1
    if minute > MINUTES_PER_DAY:
        raise ValueError(f"{shown(text)} is not a time of day such as 14:00")
    return minute


class WrongValue(ValueError):
    """A value that cannot stand: its column, and the reason as the end of a sentence."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def own_day_of(texts: Mapping[str, str]) -> OwnDay:
    """Return the day of one row, as texts by column; empty parts are the day's own ends.

    Raises
    ------
    WrongValue
        Where a value cannot stand.

    Examples
    --------
    >>> own_day_of({"date": "2026-12-24", "kind": "closed", "label": "Eve", "start": "14:00"}).span
    '14:00-24:00'
    """
    day = _date(texts["date"])
    kind = KINDS.get(texts["kind"].strip().lower())
    if kind is None:
        raise WrongValue("kind", f"{shown(texts['kind'])} is not one of {', '.join(KINDS)}")
    start = _minute(texts, "start", 0)
    end = _minute(texts, "end", MINUTES_PER_DAY)
    try:
        return OwnDay(day, start, end, kind, " ".join(texts["label"].split()))
    except SettingsError:
        reason = f"{clock_text(end)} does not come after the start, {clock_text(start)}"
        raise WrongValue("end", reason) from None


def _part_columns(content: bytes, file_name: str) -> tuple[str, ...]:
    try:
        header = next(csv.reader(io.StringIO(decoded(content, file_name), newline=""), strict=True))
    except csv.Error:
        # `read_table` says what is wrong with it.
        return ()
    names = [name.strip() for name in header]
    found = [name for name in PART_COLUMNS if name in names]
    if len(found) == 1:
        absent = next(name for name in PART_COLUMNS if name not in names)
        raise FileRejected(
            f"{file_name}, line 1: a column is missing: {absent}.",
            "Give both start and end, or neither: then whole days are meant.",
        )
    return tuple(found)


def _date(text: str) -> date:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        found = None
    if found is None or "-" not in text or "W" in text:
        raise WrongValue("date", f"{shown(text)} is not a date such as 2026-12-24")
    if found.year not in YEARS:
        raise WrongValue("date", f"{shown(text)} lies outside {YEARS.start} to {YEARS.stop - 1}")
    return found


def _minute(texts: Mapping[str, str], column: str, if_empty: int) -> int:
    text = texts.get(column, "")
    try:
        return minute_of(text) if text.strip() else if_empty
    except ValueError as error:
        raise WrongValue(column, str(error)) from None


def _part_text(day: OwnDay) -> str:
    return day.date.isoformat() + ("" if day.is_whole_day else f" {day.span}")
