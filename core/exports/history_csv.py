"""History and capacity as CSV files, read and written.

An hour that is missing has no row; a row without calls says zero. A file with anything wrong in it
is refused whole, with file, line and column named; columns that are not asked for are ignored.
Nothing here opens a file: bytes come in, text goes out.
"""

from collections.abc import Mapping
from datetime import tzinfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import FileRejected
from core.exports.csv_table import CsvTable, Offence, read_table
from core.exports.csv_text import csv_text
from core.exports.csv_values import hours_of, numbers_of, texts_of
from core.frames import CAPACITY, RATE_RECORDS, VOLUME_RECORDS, FrameContract


def read_volume_csv(
    content: bytes, *, file_name: str, time_zone: tzinfo | None = None
) -> dict[str, pd.DataFrame]:
    r"""Return the records of each queue in a file with ``unique_id, ds, y``.

    Parameters
    ----------
    content : bytes
        The file, plain or gzip, in UTF-8.
    file_name : str
        For messages.
    time_zone : tzinfo, optional
        Whose wall clock a time without an offset shows; UTC by default. See
        `core.exports.csv_values.hours_of` for clock changes.

    Returns
    -------
    dict of str to DataFrame
        Series in the order of the file; each a `core.frames.VOLUME_RECORDS` with ``unique_id``,
        sorted by time. Unit: contacts an hour, decimals allowed.

    Raises
    ------
    FileRejected
        If the file lacks a column or a row, or has a value that is no time or number, negative,
        or twice for one hour.

    Examples
    --------
    >>> history = read_volume_csv(b"unique_id,ds,y\nsales,2026-11-23T09:00,41\n", file_name="F")
    >>> history["sales"]["y"].tolist()
    [41.0]
    """
    table = read_table(content, file_name, ["unique_id", "ds", "y"])
    y, offences = numbers_of(table, "y", lowest=0)
    return _by_series(table, {"y": y}, offences, time_zone)


def read_rate_csv(
    content: bytes, *, file_name: str, time_zone: tzinfo | None = None
) -> dict[str, pd.DataFrame]:
    """Return the records of each campaign in a file with ``unique_id, ds, offered, answered``.

    Parameters
    ----------
    content, file_name, time_zone
        As in `read_volume_csv`.

    Returns
    -------
    dict of str to DataFrame
        Series in the order of the file; each a `core.frames.RATE_RECORDS` with ``unique_id``,
        sorted by time. Unit: calls an hour.

    Raises
    ------
    FileRejected
        As in `read_volume_csv`, and if an hour has more answers than offers.
    """
    table = read_table(content, file_name, ["unique_id", "ds", "offered", "answered"])
    offered, offered_offences = numbers_of(table, "offered", lowest=0)
    answered, answered_offences = numbers_of(table, "answered", lowest=0)
    offences = [*offered_offences, *answered_offences]
    is_more = answered > offered
    if is_more.any():
        row = int(is_more.argmax())
        reason = f"{answered[row]:g} answered of {offered[row]:g} offered"
        offences.append(Offence(row, "answered", reason))
    return _by_series(table, {"offered": offered, "answered": answered}, offences, time_zone)


def read_capacity_csv(
    content: bytes, *, file_name: str, time_zone: tzinfo | None = None
) -> pd.DataFrame:
    """Return the agents scheduled by hour, from a file with ``ds, agents``.

    Parameters
    ----------
    content, file_name, time_zone
        As in `read_volume_csv`.

    Returns
    -------
    DataFrame
        `core.frames.CAPACITY`, sorted. Without a row where the file has only its header: then
        the capacity is unknown.

    Raises
    ------
    FileRejected
        As in `read_volume_csv`.
    """
    table = read_table(content, file_name, ["ds", "agents"])
    agents, offences = numbers_of(table, "agents", lowest=0)
    hours, hour_offences = hours_of(table, "ds", time_zone, None)
    repeated = _repeated_hour(table, np.zeros(table.rows, dtype=np.intp), hours)
    table.refuse_first([*offences, *hour_offences, *repeated])
    frame = pd.DataFrame({"ds": hours, "agents": agents}).sort_values("ds", ignore_index=True)
    return CAPACITY.check(frame)


def write_volume_csv(records: Mapping[str, pd.DataFrame]) -> str:
    """Return the text of a volume file.

    Parameters
    ----------
    records : mapping of str to DataFrame
        `core.frames.VOLUME_RECORDS` by series. A row without a number is left out: it is a
        missing hour.

    Returns
    -------
    str
        With its header, times in UTC with their offset.

    Examples
    --------
    >>> hours = pd.date_range("2026-11-23T09:00Z", periods=2, freq="h")
    >>> print(write_volume_csv({"sales": pd.DataFrame({"ds": hours, "y": [41.0, 2.5]})}), end="")
    unique_id,ds,y
    sales,2026-11-23T09:00:00+00:00,41
    sales,2026-11-23T10:00:00+00:00,2.5
    """
    return _series_text(records, VOLUME_RECORDS, ["y"])


def write_rate_csv(records: Mapping[str, pd.DataFrame]) -> str:
    """Return the text of an answer-rate file; see `write_volume_csv`."""
    return _series_text(records, RATE_RECORDS, ["offered", "answered"])


def write_capacity_csv(capacity: pd.DataFrame) -> str:
    """Return the text of a capacity file; an hour without a row stays unknown."""
    return csv_text(CAPACITY.check(capacity)[["ds", "agents"]])


def _series_text(
    records: Mapping[str, pd.DataFrame], contract: FrameContract, numbers: list[str]
) -> str:
    parts = [
        contract.check(frame)[["ds", *numbers]].dropna().assign(unique_id=series_id)
        for series_id, frame in records.items()
    ]
    everything = pd.concat(parts) if parts else contract.empty().assign(unique_id="")
    return csv_text(everything[["unique_id", "ds", *numbers]])


def _by_series(
    table: CsvTable,
    numbers: Mapping[str, npt.NDArray[np.float64]],
    offences: list[Offence],
    time_zone: tzinfo | None,
) -> dict[str, pd.DataFrame]:
    series, series_offences = texts_of(table, "unique_id")
    hours, hour_offences = hours_of(table, "ds", time_zone, series)
    codes, names = pd.factorize(series)
    repeated = _repeated_hour(table, codes, hours)
    table.refuse_first([*offences, *series_offences, *hour_offences, *repeated])
    if not table.rows:
        raise FileRejected(
            f"{table.file_name} has a header and no row.", "Export the history again."
        )
    frame = pd.DataFrame({"unique_id": series, "ds": hours, **numbers})
    frame["unique_id"] = frame["unique_id"].astype("str")
    order = np.lexsort((hours.asi8, codes))
    ends = np.searchsorted(codes[order], np.arange(len(names)), side="right")
    frame = frame.iloc[order]
    starts = [0, *ends[:-1]]
    return {
        str(name): frame.iloc[start:end].reset_index(drop=True)
        for name, start, end in zip(names, starts, ends, strict=True)
    }


def _repeated_hour(
    table: CsvTable, codes: npt.NDArray[np.intp], hours: pd.DatetimeIndex
) -> list[Offence]:
    keys = pd.DataFrame({"series": codes, "ds": hours})
    is_again = (keys.duplicated() & keys["ds"].notna()).to_numpy()
    if not is_again.any():
        return []
    row = int(is_again.argmax())
    is_same = (codes == codes[row]) & (hours == hours[row])
    before = table.line_of(int(is_same.argmax()))
    return [Offence(row, "ds", f"the hour {hours[row].isoformat()} is there on line {before} too")]
