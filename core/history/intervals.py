"""Records to the hourly grid: repeats dropped, sorted, summed by hour, every hour named once.

It knows no opening hours: an hour without a record is only marked as such here.
"""

from datetime import datetime

import numpy as np
import pandas as pd

from core.errors import FrameContractBroken


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
    kept = kept.drop_duplicates("ds", keep="last")
    kept = kept.assign(ds=kept["ds"].dt.floor("h"))
    summed = kept.groupby("ds", sort=True)[columns].sum().astype("float64")
    if summed.empty:
        return summed
    last = pd.Timestamp(until).tz_convert("UTC").floor("h") - pd.Timedelta(hours=1)
    every = pd.date_range(summed.index[0], last, freq="h", name="ds", unit="us")
    return summed.reindex(every)


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
