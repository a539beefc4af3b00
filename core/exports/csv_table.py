"""A CSV file as columns of text, in which every value knows its line.

Understands UTF-8 (with or without a byte order mark), gzip, quotes and blank lines. Refuses what
would have to be guessed: other encodings, other separators, rows of another length. What a value
means is told by `core.exports.csv_values`.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import FileRejected
from core.exports.csv_column import CsvColumn, Texts, plain_columns

GZIP_MAGIC = b"\x1f\x8b"
SHOWN_CHARACTERS = 40
"""So much of a wrong value is repeated in a message."""


@dataclass(frozen=True, slots=True, order=True)
class Offence:
    """A value that cannot stand.

    Parameters
    ----------
    row : int
        From 0, the header not counted.
    column : str
        Its name.
    reason : str
        Why, as the end of a sentence.
    """

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class CsvTable:
    """The columns that were asked for, as text.

    Parameters
    ----------
    file_name : str
        For messages.
    text : str
        The whole file, for finding lines.
    fields : mapping of str to CsvColumn
        By name, all of one length.
    rows : int
        That length.
    """

    file_name: str
    text: str
    fields: Mapping[str, CsvColumn]
    rows: int

    @property
    def columns(self) -> Mapping[str, Texts]:
        """Each column as texts, row by row."""
        return {name: column.texts for name, column in self.fields.items()}

    def refuse_first(self, offences: Iterable[Offence]) -> None:
        """Raise `FileRejected` for the offence that stands first in the file, if there is one."""
        first = min(offences, default=None)
        if first is not None:
            raise FileRejected(
                f"{self.file_name}, line {self.line_of(first.row)}, column {first.column}:"
                f" {first.reason}.",
                "Correct the file and try again; nothing was taken from it.",
            )

    def line_of(self, row: int) -> int:
        """Return the line, from 1, on which a row begins."""
        reader = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        seen, begins = -2, 1
        for cells in reader:
            seen += 1 if cells else 0
            if seen == row:
                break
            begins = reader.line_num + 1
        return begins


def shown(text: str) -> str:
    """Return a wrong value as a message repeats it: quoted, and cut where it is long.

    Examples
    --------
    >>> shown("n/a")
    '"n/a"'
    """
    cut = text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"
    return f'"{cut}"'


def read_table(content: bytes, file_name: str, columns: Sequence[str]) -> CsvTable:
    r"""Return the named columns of a CSV file; others are left unread.

    Parameters
    ----------
    content : bytes
        The file, plain or gzip.
    file_name : str
        For messages.
    columns : sequence of str
        Each must be in the header, which is line 1.

    Returns
    -------
    CsvTable
        Possibly without a row.

    Raises
    ------
    FileRejected
        If the file is empty or no CSV in UTF-8, lacks a column, or has a row that is longer or
        shorter than its header.

    Examples
    --------
    >>> table = read_table(b"ds,agents\n2026-11-23T09:00Z,12\n", "F.csv", ["agents"])
    >>> table.columns["agents"].tolist()
    ['12']
    >>> read_table(b"ds;agents\n", "F.csv", ["ds"])
    Traceback (most recent call last):
    core.errors.FileRejected: F.csv, line 1: the columns are separated by semicolons. Export it
    again with commas between the columns.
    """
    text = decoded(content, file_name)
    fields = plain_columns(text, columns)
    if fields is not None:
        return CsvTable(file_name, text, fields, len(fields[columns[0]].values))
    return _read_by_line(text, file_name, columns)


def _read_by_line(text: str, file_name: str, columns: Sequence[str]) -> CsvTable:
    header, *rows = _records(text, file_name)
    names = [name.strip() for name in header]
    _refuse_header(names, columns, file_name)
    width = len(names)
    if any(len(cells) != width for cells in rows):
        wrong = next(index for index, cells in enumerate(rows) if len(cells) != width)
        line = CsvTable(file_name, text, {}, len(rows)).line_of(wrong)
        raise FileRejected(
            f"{file_name}, line {line}: {len(rows[wrong])} values, and the header names {width}"
            f" columns ({', '.join(names)}).",
            "Correct the line and try again; nothing was taken from the file.",
        )
    places = {name: names.index(name) for name in columns}
    return CsvTable(
        file_name,
        text,
        {name: _column([cells[place] for cells in rows]) for name, place in places.items()},
        len(rows),
    )


def decoded(content: bytes, file_name: str) -> str:
    """Return the text of a file in UTF-8, unpacked where it is gzip.

    Raises
    ------
    FileRejected
        If it is empty, broken gzip or not UTF-8.
    """
    if content.startswith(GZIP_MAGIC):
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error) as error:
            raise FileRejected(
                f"{file_name} is a gzip file that cannot be unpacked.", "Pack or copy it again."
            ) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileRejected(
            f"{file_name}, line {line}: this is not UTF-8 text.", "Save the file as UTF-8."
        ) from error
    if not text.strip():
        raise FileRejected(f"{file_name} is empty.", "Export it again.")
    return text


def _records(text: str, file_name: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader)
        return [header, *(cells for cells in reader if cells)]
    except csv.Error as error:
        raise FileRejected(
            f"{file_name}, line {reader.line_num}: this is no CSV ({error}).",
            "Correct the line and try again; nothing was taken from the file.",
        ) from error


def _refuse_header(names: list[str], columns: Sequence[str], file_name: str) -> None:
    for separator, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and separator in names[0]:
            raise FileRejected(
                f"{file_name}, line 1: the columns are separated by {word}.",
                "Export it again with commas between the columns.",
            )
    absent = [name for name in columns if name not in names]
    if absent:
        words = "column is missing" if len(absent) == 1 else "columns are missing"
        raise FileRejected(
            f"{file_name}, line 1: {words}: {', '.join(absent)}.",
            f"Line 1 names the columns; needed are {', '.join(columns)}.",
        )
    twice = [name for name in columns if names.count(name) > 1]
    if twice:
        raise FileRejected(
            f"{file_name}, line 1: the column {twice[0]} is there {names.count(twice[0])} times.",
            "Leave one of them.",
        )


def _column(values: list[str]) -> CsvColumn:
    texts = np.empty(len(values), dtype=object)
    texts[:] = values
    return CsvColumn(texts)
