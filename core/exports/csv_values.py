"""Times and numbers of a CSV file; wrong ones are found, with their rows, and never mended.

Each distinct text of a column is read once, so that many series on the same hours cost little.
"""

import math
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.exports.csv_column import CsvColumn, Texts
from core.exports.csv_table import CsvTable, Offence, shown

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
YEARS = range(1970, 2101)
MICROSECOND = timedelta(microseconds=1)
IS_DIGIT = np.isin(np.arange(256), list(b"0123456789.-+eE\0"))
"""By byte: what a plain number is written with; a 0 byte fills up shorter ones."""
NO_TIME = np.iinfo(np.int64).min
"""numpy's mark of a missing time."""


def hours_of(
    table: CsvTable, column: str, time_zone: tzinfo | None, series: Texts | None
) -> tuple[pd.DatetimeIndex, list[Offence]]:
    """Return the starts of hours in UTC, and what could not be read as one.

    Parameters
    ----------
    table : CsvTable
        The file.
    column : str
        ISO 8601 times, each the start of an hour.
    time_zone : tzinfo or None
        Whose wall clock a time without an offset shows; None for UTC.
    series : array of str or None
        The series of each row, where a file has several.

    Returns
    -------
    hours : DatetimeIndex, shape (n_rows,)
        Aware, in UTC; missing where there is an offence.
    offences : list of Offence
        The first one of each kind.

    Notes
    -----
    A wall-clock hour that comes twice, when clocks go back, is its first occurrence where the
    file has it for the first time in a series, and its second where it comes again. One that
    never was, when clocks go forward, is an offence.
    """
    codes, texts = table.fields[column].coded
    first, second, reasons = _read_hours(texts, time_zone)
    starts = first[codes]
    is_repeated = second[codes] != NO_TIME
    if is_repeated.any():
        keys = pd.DataFrame({"time": codes, "series": 0 if series is None else series})
        is_second = keys.groupby(["time", "series"], sort=False).cumcount().to_numpy() == 1
        starts = np.where(is_repeated & is_second, second[codes], starts)
    hours = pd.DatetimeIndex(starts.view("datetime64[us]")).tz_localize("UTC")
    return hours, _first_offence(codes, column, reasons)


def numbers_of(
    table: CsvTable,
    column: str,
    *,
    lowest: float = -math.inf,
    highest: float = math.inf,
    may_be_empty: bool = False,
) -> tuple[npt.NDArray[np.float64], list[Offence]]:
    """Return the numbers of a column, and the first that is none or out of bounds.

    Parameters
    ----------
    table : CsvTable
        The file.
    column : str
        Its name.
    lowest, highest : float
        Bounds, both allowed.
    may_be_empty : bool
        Whether an empty value stands for a missing number.

    Returns
    -------
    numbers : array of float, shape (n_rows,)
        NaN where there is an offence or, if allowed, no number.
    offences : list of Offence
        At most one.
    """
    plain = _plain_numbers(table.fields[column], lowest, highest)
    if plain is not None:
        return plain, []
    codes, texts = table.fields[column].coded
    numbers = np.full(len(texts), np.nan)
    reasons: dict[int, str] = {}
    for place, text in enumerate(texts):
        if may_be_empty and not text.strip():
            continue
        try:
            numbers[place] = _number(text, lowest, highest)
        except ValueError as error:
            reasons[place] = str(error)
    return numbers[codes], _first_offence(codes, column, reasons)


def texts_of(table: CsvTable, column: str) -> tuple[Texts, list[Offence]]:
    """Return the texts of a column without blanks around them, and the first empty one."""
    codes, texts = table.fields[column].coded
    stripped = np.array([text.strip() for text in texts], dtype=object)
    reasons = {place: "empty" for place, text in enumerate(stripped) if not text}
    return stripped[codes], _first_offence(codes, column, reasons)


def _first_offence(
    codes: npt.NDArray[np.intp], column: str, reasons: dict[int, str]
) -> list[Offence]:
    if not reasons:
        return []
    row = int(np.isin(codes, list(reasons)).argmax())
    return [Offence(row, column, reasons[int(codes[row])])]


def _plain_numbers(
    column: CsvColumn, lowest: float, highest: float
) -> npt.NDArray[np.float64] | None:
    """Return a plain column as numbers where every value is one within bounds; else None."""
    values = column.values
    if values.dtype.kind != "S" or not IS_DIGIT[values.view(np.uint8)].all():
        return None
    try:
        numbers = values.astype("float64")
    except ValueError:
        return None
    is_within = np.isfinite(numbers) & (numbers >= lowest) & (numbers <= highest)
    return numbers if is_within.all() else None


def _number(text: str, lowest: float, highest: float) -> float:
    if not text.strip():
        raise ValueError("empty where a number belongs")
    try:
        # Python takes 1_000 for a number; a spreadsheet does not.
        number = math.nan if "_" in text else float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"{shown(text)} is not a number")
    if number < lowest:
        raise ValueError(f"{number:g} is negative" if lowest == 0 else f"{number:g} is too small")
    if number > highest:
        raise ValueError(f"{number:g} is above {highest:g}")
    return number


_Moments = npt.NDArray[np.int64]


def _read_hours(
    texts: Texts, time_zone: tzinfo | None
) -> tuple[_Moments, _Moments, dict[int, str]]:
    """Return each text's time, its second one where the wall clock shows it twice, and refusals."""
    first = np.full(len(texts), NO_TIME, dtype=np.int64)
    second = first.copy()
    reasons: dict[int, str] = {}
    for place, text in enumerate(texts):
        try:
            once, again = hour_starts(text, time_zone)
        except ValueError as error:
            reasons[place] = str(error)
            continue
        first[place] = _microseconds(once)
        if again != once:
            second[place] = _microseconds(again)
    return first, second, reasons


def hour_starts(text: str, time_zone: tzinfo | None) -> tuple[datetime, datetime]:
    """Return the start of an hour in UTC, twice; see `moments_of` for when the two differ.

    Raises
    ------
    ValueError
        With the reason as the end of a sentence. Hours are counted in UTC everywhere, so one
        that begins at half past there is refused rather than moved.

    Examples
    --------
    >>> hour_starts("2026-11-23 10:00+01:00", None)[0].isoformat()
    '2026-11-23T09:00:00+00:00'
    >>> hour_starts("2026-11-23T09:15", None)
    Traceback (most recent call last):
    ValueError: "2026-11-23T09:15" is not the start of an hour
    """
    stripped = text.strip()
    try:
        moment = datetime.fromisoformat(stripped)
    except ValueError:
        moment = None
    if moment is None or ":" not in stripped:
        raise ValueError(f"{shown(text)} is not a time such as 2026-11-23T09:00+00:00")
    once, again = moments_of(moment, moment.tzinfo or time_zone or UTC)
    if moment.minute or moment.second or moment.microsecond:
        raise ValueError(f"{shown(text)} is not the start of an hour")
    if once.minute or once.second:
        raise ValueError(f"{shown(text)} is {once:%H:%M} in UTC, not the start of an hour there")
    return once, again


def moments_of(moment: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the two moments, in UTC, at which a clock shows a time; equal but for one hour a year.

    Raises
    ------
    ValueError
        If the clock never showed it or the year must be a slip, with the reason as the end of a
        sentence.

    Examples
    --------
    >>> from zoneinfo import ZoneInfo
    >>> for each in moments_of(datetime(2026, 10, 25, 2), ZoneInfo("Europe/Berlin")):
    ...     print(each.isoformat())
    2026-10-25T00:00:00+00:00
    2026-10-25T01:00:00+00:00
    """
    if moment.year not in YEARS:
        raise ValueError(
            f"{shown(moment.isoformat())} lies outside {YEARS.start} to {YEARS.stop - 1}"
        )
    once, again = (moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if once.astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None, fold=0):
        wall = moment.replace(tzinfo=None).isoformat()
        raise ValueError(f"{shown(wall)} never was in {zone}: clocks went forward")
    return once, again


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND
