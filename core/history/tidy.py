"""A tenant's records to the tidy history frame: every hour once, with what it means.

Closed and missing hours have NaN counts; a zero is a count. `recorded` says in which hours the
tenant gave a record at all, because the tutorials' preparation knows only that. The open hour is
never history. Nothing is forecast, filled or smoothed here.
"""

from datetime import datetime

import numpy as np
import pandas as pd

from core.errors import FrameContractBroken
from core.frames import RATE_HISTORY, RATE_RECORDS, VOLUME_HISTORY, VOLUME_RECORDS, FrameContract
from core.history.calendar import local_clock, zone_named
from core.history.intervals import hourly_grid
from core.history.status import HourStatus, hour_status
from core.history.told import TOLD_NOTHING, Told


def tidy_rates(
    records: pd.DataFrame,
    series_id: str,
    *,
    until: datetime,
    time_zone: str,
    told: Told = TOLD_NOTHING,
) -> pd.DataFrame:
    """Return a campaign's history, hour by hour.

    Parameters
    ----------
    records : DataFrame
        `core.frames.RATE_RECORDS`, in the order in which they were read: unsorted, repeated and
        with holes as a tenant gives them. Unit: calls.
    series_id : str
        The campaign; becomes ``unique_id``.
    until : datetime
        Start of the open hour, aware.
    time_zone : str
        The zone whose clock the centre lives by.
    told : Told
        What a person said of its hours; nothing unless given.

    Returns
    -------
    DataFrame
        `core.frames.RATE_HISTORY` and ``recorded`` (bool), from the first record to the last
        complete hour. ``offered`` and ``answered`` are NaN where closed or missing; an open hour
        without attempts has 0 and no rate. No row without any record.

    Raises
    ------
    FrameContractBroken
        If a count is negative, or an hour has more answers than offers.
    SettingsError
        If there is no such time zone.

    Examples
    --------
    >>> from datetime import UTC
    >>> records = pd.DataFrame(
    ...     {
    ...         "ds": pd.to_datetime(["2026-11-23T11:00Z", "2026-11-23T09:00Z"]),
    ...         "offered": [120, 100],
    ...         "answered": [30, 20],
    ...     }
    ... )
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> tidy_rates(records, "C1", until=noon, time_zone="UTC")["status"].tolist()
    ['open', 'missing', 'open']
    """
    RATE_RECORDS.check(records)
    grid = hourly_grid(records, ("offered", "answered"), until, "outbound records")
    excess = grid["answered"] > grid["offered"]
    if excess.any():
        row = grid.loc[excess].iloc[0]
        raise FrameContractBroken(
            f"The outbound records of {series_id} have {row['answered']:g} answers of "
            f"{row['offered']:g} offers at {grid.index[excess][0].isoformat()}.",
            "Correct the source: no hour can have more answers than offers.",
        )
    return _tidied(grid, series_id, "offered", time_zone, told, RATE_HISTORY)


def tidy_volumes(
    records: pd.DataFrame,
    series_id: str,
    *,
    until: datetime,
    time_zone: str,
    told: Told = TOLD_NOTHING,
) -> pd.DataFrame:
    """Return a queue's history, hour by hour.

    Parameters
    ----------
    records : DataFrame
        `core.frames.VOLUME_RECORDS`, in the order in which they were read: unsorted, repeated and
        with holes as a tenant gives them. Unit: contacts.
    series_id : str
        The queue; becomes ``unique_id``.
    until : datetime
        Start of the open hour, aware.
    time_zone : str
        The zone whose clock the centre lives by.
    told : Told
        What a person said of its hours; nothing unless given.

    Returns
    -------
    DataFrame
        `core.frames.VOLUME_HISTORY` and ``recorded`` (bool), from the first record to the last
        complete hour. ``y`` is NaN where closed or missing. No row without any record.

    Raises
    ------
    FrameContractBroken
        If a count is negative.
    SettingsError
        If there is no such time zone.

    Examples
    --------
    >>> from datetime import UTC
    >>> records = pd.DataFrame(
    ...     {"ds": pd.to_datetime(["2026-11-23T11:00Z", "2026-11-23T09:00Z"]), "y": [2, 1]}
    ... )
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> tidy_volumes(records, "Q1", until=noon, time_zone="UTC")["y"].tolist()
    [1.0, 0.0, 2.0]
    """
    VOLUME_RECORDS.check(records)
    grid = hourly_grid(records, ("y",), until, "queue records")
    return _tidied(grid, series_id, "y", time_zone, told, VOLUME_HISTORY)


def tidied_again(
    history: pd.DataFrame, until: datetime, time_zone: str, told: Told = TOLD_NOTHING
) -> pd.DataFrame:
    """Return a tidy history as it would have been tidied at an earlier time.

    What is open, closed or missing is learned anew from what lies before, so that a backtest knows
    nothing that was not known then.

    Parameters
    ----------
    history : DataFrame
        As `tidy_rates` or `tidy_volumes` returned it.
    until : datetime
        Start of the hour that was open then, aware.
    time_zone : str
        The zone whose clock the centre lives by.
    told : Told
        What a person said of its hours: it is known in advance.

    Examples
    --------
    >>> from datetime import UTC
    >>> history = pd.DataFrame(
    ...     {
    ...         "unique_id": "Q1",
    ...         "ds": pd.date_range("2026-11-23T09:00Z", periods=3, freq="h"),
    ...         "y": [9.0, 8.0, 7.0],
    ...         "status": "open",
    ...         "recorded": True,
    ...     }
    ... )
    >>> tidied_again(history, datetime(2026, 11, 23, 11, tzinfo=UTC), "UTC")["y"].tolist()
    [9.0, 8.0]
    """
    is_rate = "offered" in history.columns
    counts = ["offered", "answered"] if is_rate else ["y"]
    known = history.loc[history["ds"] < pd.Timestamp(until)]
    if known.empty:
        return known
    # A recorded hour that was judged closed counted nothing; everything else stands as counted.
    recorded = known["recorded"].to_numpy(dtype=bool)
    grid = known.set_index("ds")[counts]
    grid = grid.fillna(0.0).where(pd.Series(recorded, index=grid.index), np.nan)
    contract = RATE_HISTORY if is_rate else VOLUME_HISTORY
    return _tidied(grid, str(known["unique_id"].iloc[0]), counts[0], time_zone, told, contract)


def _tidied(
    grid: pd.DataFrame,
    series_id: str,
    driver: str,
    time_zone: str,
    told: Told,
    contract: FrameContract,
) -> pd.DataFrame:
    zone = zone_named(time_zone)
    if grid.empty:
        return contract.empty().assign(recorded=pd.Series([], dtype=bool))
    hours = pd.DatetimeIndex(grid.index)
    counts = grid[driver].to_numpy(dtype="float64")
    clock = local_clock(hours, zone)
    status = hour_status(
        hours, counts, zone, told_closed=told.closed(clock), told_open=told.open(clock)
    )
    is_open = status == HourStatus.OPEN.value
    columns: dict[str, object] = {"unique_id": series_id, "ds": hours}
    for name in grid.columns:
        columns[name] = np.where(is_open, grid[name].fillna(0.0).to_numpy(), np.nan)
    tidied = pd.DataFrame(columns | {"status": status, "recorded": ~np.isnan(counts)})
    return contract.check(tidied)
