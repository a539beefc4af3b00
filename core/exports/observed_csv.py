"""What a campaign has done so far, as a CSV file: read, never written.

Columns ``ds, attempts, live, abandoned, callsPerAgent``; one row for each interval that is over, an
hour long or an even part of it. A file with only its header says that the day is watched and that
nothing is over yet. `callsPerAgent` may be empty where nobody knows it.
"""

from datetime import UTC, datetime, tzinfo

import numpy as np
import pandas as pd

from core.exports.csv_table import CsvTable, Offence, read_table, shown
from core.exports.csv_values import moments_of, numbers_of
from core.pacing.observed import OBSERVED, Observed, observed_in

COUNTS = ("attempts", "live", "abandoned")


def read_observed_csv(
    content: bytes, *, file_name: str, time_zone: tzinfo | None = None
) -> Observed:
    r"""Return what a campaign has done so far.

    Parameters
    ----------
    content : bytes
        The file, plain or gzip, in UTF-8.
    file_name : str
        For messages.
    time_zone : tzinfo, optional
        Whose wall clock a time without an offset shows; UTC by default.

    Returns
    -------
    Observed
        Sorted. Its end is the end of its last row.

    Raises
    ------
    FileRejected
        If the file lacks a column, or has a value that is no time or number, a negative count,
        more live answers than attempts, more abandoned calls than live ones, or an interval twice.
    DataError
        If its intervals do not fit into an hour.

    Examples
    --------
    >>> rows = b"ds,attempts,live,abandoned,callsPerAgent\n2026-11-23T09:00Z,900,180,4,2.35\n"
    >>> read_observed_csv(rows, file_name="F.csv").end.isoformat()
    '2026-11-23T10:00:00+00:00'
    """
    table = read_table(content, file_name, ["ds", *COUNTS, "callsPerAgent"])
    offences = []
    numbers = {}
    for name in COUNTS:
        numbers[name], wrong = numbers_of(table, name, lowest=0)
        offences += wrong
    numbers["callsPerAgent"], wrong = numbers_of(
        table, "callsPerAgent", lowest=0, may_be_empty=True
    )
    starts, wrong_times = _starts(table, time_zone)
    rows = pd.DataFrame({"ds": starts, **numbers})
    table.refuse_first([*offences, *wrong, *wrong_times, *_contradictions(rows)])
    return observed_in(rows if table.rows else OBSERVED.empty())


def _starts(table: CsvTable, time_zone: tzinfo | None) -> tuple[pd.DatetimeIndex, list[Offence]]:
    """Return the starts in UTC; a wall-clock time that comes twice is the second one then."""
    starts: list[datetime | None] = []
    offences: list[Offence] = []
    seen: set[str] = set()
    for row, text in enumerate(table.columns["ds"]):
        try:
            moment = datetime.fromisoformat(text.strip())
            once, again = moments_of(moment, moment.tzinfo or time_zone or UTC)
        except ValueError as error:
            told = str(error) if "never was" in str(error) else f"{shown(text)} is not a time"
            offences.append(Offence(row, "ds", told))
            starts.append(None)
            continue
        starts.append(again if text.strip() in seen else once)
        seen.add(text.strip())
    return pd.DatetimeIndex(np.array(starts, dtype=object), dtype="datetime64[us, UTC]"), offences


def _contradictions(rows: pd.DataFrame) -> list[Offence]:
    found = []
    for is_wrong, column, reason in (
        (rows["live"] > rows["attempts"], "live", "more live answers than attempts"),
        (rows["abandoned"] > rows["live"], "abandoned", "more abandoned calls than live answers"),
        (rows["ds"].duplicated() & rows["ds"].notna(), "ds", "this interval is there before"),
    ):
        if is_wrong.any():
            found.append(Offence(int(is_wrong.to_numpy().argmax()), column, reason))
    return found
