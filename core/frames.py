"""The columns of every frame that crosses a package border.

A contract is checked where a frame enters a package; inside, it is trusted. `ds` is the start of
an hour, aware, in UTC. Counts are floats so that a missing one can be NaN.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.errors import FrameContractBroken


@dataclass(frozen=True, slots=True)
class FrameContract:
    """What a frame must have.

    Parameters
    ----------
    name : str
        What the frame holds, for messages.
    columns : mapping of str to str
        Column name to kind: ``time`` (aware UTC), ``number`` or ``text``.
    key : tuple of str
        Columns that together name a row once; empty where rows may repeat.
    whole : tuple of str
        Numbers that may not be missing.
    """

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the frame, or raise `FrameContractBroken` with the column named."""
        absent = [column for column in self.columns if column not in frame.columns]
        if absent:
            raise FrameContractBroken(f"The {self.name} lacks the column {', '.join(absent)}.")
        for column, kind in self.columns.items():
            self._check_kind(frame[column], kind)
        for column in self.whole:
            if frame[column].isna().any():
                raise FrameContractBroken(f"The {self.name} has a gap in {column}.")
        if self.key and not self._is_told_apart(frame) and frame.duplicated(list(self.key)).any():
            raise FrameContractBroken(
                f"The {self.name} has two rows for one {' and '.join(self.key)}."
            )
        return frame

    def _is_told_apart(self, frame: pd.DataFrame) -> bool:
        # One series has no time twice, which is quick to see; texts take long to compare.
        return any(frame[name].is_unique for name in self.key if self.columns[name] == "time")

    def _check_kind(self, column: "pd.Series[Any]", kind: str) -> None:
        if kind == "time":
            dtype = column.dtype
            if not isinstance(dtype, pd.DatetimeTZDtype) or str(dtype.tz) != "UTC":
                raise FrameContractBroken(
                    f"The {self.name} has {column.name} as {dtype}, not as times in UTC."
                )
        elif kind == "number" and not pd.api.types.is_numeric_dtype(column):
            raise FrameContractBroken(f"The {self.name} has {column.name} that is not a number.")

    def empty(self) -> pd.DataFrame:
        """Return a frame with the columns and no row."""
        kinds = {"time": "datetime64[us, UTC]", "number": "float64", "text": "str"}
        return pd.DataFrame(
            {name: pd.Series([], dtype=kinds[kind]) for name, kind in self.columns.items()}
        )


RATE_RECORDS = FrameContract(
    "outbound records", {"ds": "time", "offered": "number", "answered": "number"}
)
"""What a tenant gave for a campaign: unsorted, repeated, with holes. Unit: calls an hour."""

VOLUME_RECORDS = FrameContract("queue records", {"ds": "time", "y": "number"})
"""What a tenant gave for a queue: unsorted, repeated, with holes. Unit: contacts an hour."""

RATE_HISTORY = FrameContract(
    "answer-rate history",
    {
        "unique_id": "text",
        "ds": "time",
        "offered": "number",
        "answered": "number",
        "status": "text",
    },
    key=("unique_id", "ds"),
)
"""Every hour from first to last; `status` is open, closed or missing (see `core.history`)."""

VOLUME_HISTORY = FrameContract(
    "volume history",
    {"unique_id": "text", "ds": "time", "y": "number", "status": "text"},
    key=("unique_id", "ds"),
)
"""Every hour from first to last; `status` is open, closed or missing (see `core.history`)."""

FORECAST_ROWS = FrameContract(
    "forecast",
    {
        "unique_id": "text",
        "ds": "time",
        "model": "text",
        "cutoff": "time",
        "yhat": "number",
        "yhat_lower": "number",
        "yhat_upper": "number",
    },
    key=("unique_id", "ds", "model"),
    whole=("yhat",),
)
"""A forecast: closed hours are absent for rates and exactly 0 for volumes. The bounds are NaN only
where the method has no band; `cutoff` is the start of the last hour the model saw."""

CAPACITY = FrameContract(
    "capacity", {"ds": "time", "agents": "number"}, key=("ds",), whole=("agents",)
)
"""Agents scheduled by hour. No row: unknown, not zero."""

CAMPAIGN_DAY = FrameContract(
    "campaign's day so far",
    {"ds": "time", "attempts": "number", "live": "number", "abandoned": "number"},
    key=("ds",),
    whole=("attempts", "live", "abandoned"),
)
"""What a campaign has done so far, sorted; the last hour may be under way. Unit: calls. `live` are
the calls that the tenant counts as connected, `abandoned` those of them that no agent took in
time."""
