"""Records to the hourly grid: repeats dropped, sorted, summed by hour, every hour named once.

It knows no opening hours: an hour without a record is only marked as such here.
"""

from datetime import datetime

import numpy as np
import pandas as pd

from core.errors import FrameContractBroken

MICROSECONDS_PER_HOUR = 3_600_000_000


def hourly_grid(
    records: pd.DataFrame, counts: tuple[str, ...], until: datetime, what: str
) -> pd.DataFrame:
    """Return one row for every hour from the first record to the last complete hour.

    Of records with the same start the one read last counts: late records come again, corrected.
    Records shorter than an hour are summed into the hour in which they start.

    Parameters
    ----------
    records : DataFrame
        ``ds`` (aware, UTC) and the columns named in `counts`, in the order in which they were
        read. A record with a missing count is no record.
    counts : tuple of str
        Columns to sum. Unit: calls or contacts.
    until : datetime
        Within the open hour, aware. Neither that hour nor anything later is history.
    what : str
        What the records are, for messages.

    Returns
    -------
    DataFrame, indexed by ``ds``
        The columns in `counts`, NaN in hours without a record. No row without any record.

    Raises
    ------
    FrameContractBroken
        If a count is negative or not finite.

    Examples
    --------
    >>> from datetime import UTC
    >>> records = pd.DataFrame(
    ...     {
    ...         "ds": pd.to_datetime(["2026-11-23T11:00Z", "2026-11-23T09:00Z"]),
    ...         "y": [5.0, 3.0],
    ...     }
    ... )
    >>> grid = hourly_grid(records, ("y",), datetime(2026, 11, 23, 12, tzinfo=UTC), "records")
    >>> grid["y"].tolist()
    [3.0, nan, 5.0]
    """
    columns = list(counts)
    kept = records.loc[records[columns].notna().all(axis=1), ["ds", *columns]]
    _refuse_impossible(kept, columns, what)
    if kept.empty:
        empty = pd.DatetimeIndex([], dtype="datetime64[us, UTC]", name="ds")
        return pd.DataFrame({name: pd.Series([], dtype="float64") for name in counts}, index=empty)
    starts = pd.DatetimeIndex(kept["ds"]).as_unit("us").asi8
    # The last record with the same start counts: reversed, it is the first.
    _, last_read = np.unique(starts[::-1], return_index=True)
    chosen = len(starts) - 1 - last_read
    hours = starts[chosen] // MICROSECONDS_PER_HOUR
    first = pd.Timestamp(int(hours[0]) * MICROSECONDS_PER_HOUR, unit="us", tz="UTC")
    last = pd.Timestamp(until).tz_convert("UTC").floor("h") - pd.Timedelta(hours=1)
    every = pd.date_range(first, last, freq="h", name="ds", unit="us")
    place = hours - hours[0]
    is_history = place < len(every)
    place, chosen = place[is_history], chosen[is_history]
    has_record = np.bincount(place, minlength=len(every)) > 0
    grid = {}
    for name in columns:
        values = kept[name].to_numpy(dtype="float64")[chosen]
        grid[name] = np.where(has_record, np.bincount(place, values, len(every)), np.nan)
    return pd.DataFrame(grid, index=every)


def _refuse_impossible(records: pd.DataFrame, columns: list[str], what: str) -> None:
    values = records[columns].to_numpy(dtype="float64")
    wrong = ~np.isfinite(values) | (values < 0)
    if wrong.any():
        row, column = (int(place[0]) for place in np.nonzero(wrong))
        when = records["ds"].iloc[row].isoformat()
        raise FrameContractBroken(
            f"The {what} say {columns[column]} = {values[row, column]:g} at {when}: a count is a "
            "number of at least 0.",
            "Correct the source, or leave the hour out.",
        )
