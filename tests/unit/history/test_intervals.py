"""Records to the hourly grid."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from core.errors import FrameContractBroken
from core.history.intervals import hourly_grid

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _records(*rows: tuple[str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ds": pd.to_datetime([f"2026-11-23T{clock}Z" for clock, _ in rows], utc=True),
            "y": pd.Series([count for _, count in rows], dtype="float64"),
        }
    )


def _counts(records: pd.DataFrame, until: datetime = NOON) -> dict[str, float]:
    grid = hourly_grid(records, ("y",), until, "queue records")
    return {when.strftime("%H:%M"): count for when, count in grid["y"].dropna().items()}


def test_of_repeated_records_the_one_read_last_counts() -> None:
    assert _counts(_records(("10:00", 5), ("09:00", 1), ("10:00", 7))) == {"09:00": 1, "10:00": 7}


def test_records_shorter_than_an_hour_are_summed_into_the_hour_they_start_in() -> None:
    records = _records(("09:45", 4), ("09:00", 1), ("09:15", 2), ("10:30", 8))
    assert _counts(records) == {"09:00": 7, "10:00": 8}


def test_the_open_hour_is_never_history() -> None:
    half_past = datetime(2026, 11, 23, 11, 30, tzinfo=UTC)
    assert _counts(_records(("10:00", 5), ("11:00", 3), ("12:00", 1)), half_past) == {"10:00": 5}


def test_records_of_the_open_hour_alone_give_no_row() -> None:
    assert hourly_grid(_records(("12:00", 5)), ("y",), NOON, "queue records").empty


def test_the_grid_holds_every_hour_from_the_first_record_to_the_last_complete_hour() -> None:
    grid = hourly_grid(_records(("09:00", 5)), ("y",), NOON, "queue records")
    assert [when.hour for when in grid.index] == [9, 10, 11]
    assert grid["y"].isna().tolist() == [False, True, True]


def test_a_record_without_a_count_is_no_record() -> None:
    assert _counts(_records(("09:00", None), ("10:00", 2))) == {"10:00": 2}


def test_no_record_gives_no_row() -> None:
    assert hourly_grid(_records(), ("y",), NOON, "queue records").empty


@pytest.mark.parametrize("count", [-1.0, float("inf")])
def test_a_count_that_cannot_be_is_refused_with_its_hour(count: float) -> None:
    with pytest.raises(FrameContractBroken, match=r"y = .* at 2026-11-23T10:00:00"):
        hourly_grid(_records(("09:00", 1), ("10:00", count)), ("y",), NOON, "queue records")
