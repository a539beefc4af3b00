"""What a command says: tables or one document on standard output, everything else beside it.

Nothing is computed and no number is rounded for further use; files get full precision elsewhere.
"""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.errors import UsageError

GAP = "–"


def print_document(document: Mapping[str, Any]) -> None:
    """Print one JSON document, the only thing on standard output."""
    from core.exports.json_values import json_text  # brings numpy, which tables do without

    sys.stdout.write(json_text(document))


def say(text: str = "") -> None:
    """Print a line for the person."""
    sys.stdout.write(f"{text}\n")


def note(text: str) -> None:
    """Print a line of progress, a warning or a reason on standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: str = "") -> str:
    """Return a table with aligned columns.

    Parameters
    ----------
    headings : sequence of str
        One for each column.
    rows : sequence of sequence of str
        Cells as they are shown; nothing is cut off.
    right : str
        One letter a column: ``r`` for numbers, anything else to the left.

    Examples
    --------
    >>> print(table(("id", "hours"), [("A", "7"), ("B 2", "24")], right="lr"))
    id   hours
    A        7
    B 2     24
    """
    cells = [[_one_line(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    sides = right.ljust(len(headings), "l")
    return "\n".join(
        "  ".join(
            cell.rjust(width) if side == "r" else cell.ljust(width)
            for cell, width, side in zip(row, widths, sides, strict=True)
        ).rstrip()
        for row in cells
    )


def facts(pairs: Sequence[tuple[str, str]]) -> str:
    """Return names and values, one pair a line; a value that says nothing is left out.

    Examples
    --------
    >>> print(facts([("state", "approved"), ("reason", ""), ("by", "Ana")]))
    state  approved
    by     Ana
    """
    told = [(name, _one_line(value)) for name, value in pairs if value]
    width = max((len(name) for name, _ in told), default=0)
    return "\n".join(f"{name.ljust(width)}  {value}" for name, value in told)


def time_text(moment: datetime | None, zone: ZoneInfo) -> str:
    """Return a time on the centre's clock, with its offset.

    Examples
    --------
    >>> from datetime import UTC
    >>> time_text(datetime(2026, 11, 23, 9, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    '2026-11-23 10:00+01:00'
    """
    return GAP if moment is None else moment.astimezone(zone).isoformat(" ", "minutes")


def write_file(path: Path, text: str) -> None:
    """Write a file, whole or not at all.

    Raises
    ------
    UsageError
        If the place cannot be written to; what stood there before still does.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UsageError(
            f"{path} cannot be written ({error.strerror}).", "Give --out another place."
        ) from None


def _one_line(text: str) -> str:
    """Names come from a tenant; none of them may break a table or steer the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
