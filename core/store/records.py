"""Hour records of a series as rows of the history table, and back."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from core.forecasting.forecast import SeriesKind
from core.frames import RATE_RECORDS, VOLUME_RECORDS, FrameContract

HourValues = tuple[float | None, ...]
"""The values of one hour, in the order of the contract's columns after `ds`."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def contract_of(kind: SeriesKind) -> FrameContract:
    """Return the columns that records of a kind have."""
    return RATE_RECORDS if kind is SeriesKind.ANSWER_RATE else VOLUME_RECORDS


def value_columns(kind: SeriesKind) -> tuple[str, ...]:
    """Return the columns beside `ds`.

    Examples
    --------
    >>> value_columns(SeriesKind.ANSWER_RATE)
    ('offered', 'answered')
    """
    return tuple(column for column in contract_of(kind).columns if column != "ds")


def epoch_seconds(moment: datetime) -> int:
    """Return whole seconds since 1970.

    Examples
    --------
    >>> epoch_seconds(datetime(1970, 1, 1, 1, tzinfo=UTC))
    3600
    """
    return int((moment - _EPOCH).total_seconds())


def hours_of(kind: SeriesKind, records: pd.DataFrame) -> dict[int, HourValues]:
    """Return the values by hour, in epoch seconds; of a repeated hour the last row's."""
    frame = contract_of(kind).check(records)
    seconds = frame["ds"].dt.as_unit("s").astype("int64").tolist()
    columns = [
        [None if value != value else float(value) for value in frame[name].tolist()]
        for name in value_columns(kind)
    ]
    return dict(zip(seconds, zip(*columns, strict=True), strict=True))


def records_of(kind: SeriesKind, hours: Iterable[tuple[int, Sequence[Any]]]) -> pd.DataFrame:
    """Return the frame of some hours, sorted as they come."""
    rows = list(hours)
    if not rows:
        return contract_of(kind).empty()
    ds = pd.to_datetime([second for second, _ in rows], unit="s", utc=True).as_unit("us")
    values = {
        name: pd.Series([row[place] for _, row in rows], dtype="float64")
        for place, name in enumerate(value_columns(kind))
    }
    return pd.DataFrame({"ds": ds, **values})


def joined_span(
    known: tuple[datetime, datetime] | None, start: datetime, end: datetime
) -> tuple[datetime, datetime]:
    """Return the one span that is known to have been read after another one was.

    Two spans that do not touch cannot be told as one: the one that ends later is kept, and the
    hours of the other are read again when they are asked for.

    Examples
    --------
    >>> day = [datetime(2026, 11, number, tzinfo=UTC) for number in range(1, 6)]
    >>> joined_span((day[1], day[2]), day[2], day[4]) == (day[1], day[4])
    True
    >>> joined_span((day[3], day[4]), day[0], day[1]) == (day[3], day[4])
    True
    """
    if known is None:
        return start, end
    if start <= known[1] and known[0] <= end:
        return min(start, known[0]), max(end, known[1])
    return (start, end) if end > known[1] else known
