"""The columns of a plain CSV file, taken out of its bytes all at once.

A file is plain where nothing has to be unquoted or refused: no quotes, no stray control characters,
as many values in each line as in the header, none of them long. Any other file is read line by line
by `core.exports.csv_table`, which tells what is wrong with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

LONGEST = 64
"""Bytes of a value; longer ones would make all rows wide."""
COMMA, NEWLINE = ord(","), ord("\n")

Texts = npt.NDArray[np.object_]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class CsvColumn:
    """The values of a column, row by row.

    Parameters
    ----------
    values : array of str or of bytes, shape (n_rows,)
        Bytes are UTF-8 of a fixed width, as a file without quotes can be read.
    """

    values: Texts | npt.NDArray[np.bytes_]

    @property
    def texts(self) -> Texts:
        """The values as texts."""
        codes, distinct = self.coded
        return distinct[codes]

    @cached_property
    def coded(self) -> tuple[npt.NDArray[np.intp], Texts]:
        """Which of the distinct texts each row has, and these."""
        codes, distinct = pd.factorize(self.values.astype(object))
        texts = np.empty(len(distinct), dtype=object)
        texts[:] = [each.decode() if isinstance(each, bytes) else each for each in distinct]
        return np.asarray(codes, dtype=np.intp), texts


def plain_columns(text: str, columns: Sequence[str]) -> dict[str, CsvColumn] | None:
    r"""Return the named columns of a plain file with at least one row; None where it is not plain.

    Parameters
    ----------
    text : str
        The whole file.
    columns : sequence of str
        Names in the header.

    Examples
    --------
    >>> plain = plain_columns("ds,y\n09:00,4\n\n10:00,5\n", ["y"])
    >>> plain["y"].texts.tolist() if plain else None
    ['4', '5']
    >>> plain_columns('ds,y\n"09:00",4\n', ["y"]) is None
    True
    """
    if '"' in text or "\0" in text:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    header, _, _ = text.partition("\n")
    names = [name.strip() for name in header.split(",")]
    if len(names) < 2 or any(names.count(name) != 1 for name in columns):
        return None
    buffer = np.frombuffer((text.rstrip("\n") + "\n").encode(), dtype=np.uint8)
    bounds = _bounds(buffer, len(names))
    if bounds is None:
        return None
    plain = {}
    for name in columns:
        place = names.index(name)
        values = _values(buffer, bounds[:, place] + 1, bounds[:, place + 1])
        if values is None:
            return None
        plain[name] = CsvColumn(values)
    return plain


def _bounds(buffer: npt.NDArray[np.uint8], width: int) -> Places | None:
    """Return where values end, shape (n_rows, width + 1), the first column where a line begins.

    None where a line has another number of values than the header, or there is no row.
    """
    ends = np.flatnonzero(buffer == NEWLINE)
    begins = np.concatenate([[-1], ends[:-1]])
    filled = ends - begins > 1
    commas = np.flatnonzero(buffer == COMMA)
    counts = np.diff(np.searchsorted(commas, ends), prepend=0)
    if (counts[filled] != width - 1).any() or not filled[0]:
        return None
    inner = commas.reshape(-1, width - 1)
    bounds: Places = np.column_stack([begins[filled], inner, ends[filled]])[1:]
    return bounds if len(bounds) else None


def _values(
    buffer: npt.NDArray[np.uint8], starts: Places, ends: Places
) -> npt.NDArray[np.bytes_] | None:
    length = ends - starts
    width = max(int(length.max()), 1)
    if width > LONGEST:
        return None
    values = np.zeros((len(starts), width), dtype=np.uint8)
    for place in range(width):
        reaches = place < length
        values[reaches, place] = buffer[starts[reaches] + place]
    return values.view(f"S{width}")[:, 0]
