"""A calendar file: what it says, and with which line and column it is refused."""

from datetime import date

import pytest

from core.errors import FileRejected
from core.exports.calendar_csv import read_calendar_csv, write_calendar_csv
from core.history.days import DayKind, OwnDay

EVE = date(2026, 12, 24)


def read(text: str) -> tuple[OwnDay, ...]:
    return read_calendar_csv(text.encode(), file_name="days.csv")


def test_whole_days_need_no_start_and_end() -> None:
    days = read("date,kind,label\n2026-12-31,reduced,Half day\n2026-12-24,closed,Eve\n")
    assert days == (
        OwnDay(EVE, label="Eve"),
        OwnDay(date(2026, 12, 31), kind=DayKind.REDUCED, label="Half day"),
    )


def test_a_row_may_mean_a_part_of_its_day_and_empty_ends_are_the_days_own() -> None:
    days = read(
        "date,kind,label,start,end\n"
        "2026-12-24,closed,Eve,14:00,\n"
        "2026-12-24,special,Morning,,9:30\n"
        "2026-12-25,closed,All day,,\n"
    )
    assert [day.span for day in days] == ["00:00-09:30", "14:00-24:00", "00:00-24:00"]


def test_columns_may_stand_in_any_order_and_others_are_ignored() -> None:
    assert read("label,who,kind,date\nEve,Ana,CLOSED,2026-12-24\n") == (OwnDay(EVE, label="Eve"),)


def test_a_file_with_only_its_header_has_no_days() -> None:
    assert read("date,kind,label\n") == ()


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("24.12.2026,closed,Eve,,", "date", '"24.12.2026" is not a date such as 2026-12-24'),
        ("20261224,closed,Eve,,", "date", "is not a date"),
        ("2026-W52-4,closed,Eve,,", "date", "is not a date"),
        ("2026-02-30,closed,Eve,,", "date", "is not a date"),
        ("0026-12-24,closed,Eve,,", "date", "lies outside 1970 to 2100"),
        (",closed,Eve,,", "date", "is not a date"),
        ("2026-12-24,holiday,Eve,,", "kind", '"holiday" is not one of closed, reduced, special'),
        ("2026-12-24,,Eve,,", "kind", "is not one of"),
        ("2026-12-24,closed,Eve,2pm,", "start", '"2pm" is not a time of day such as 14:00'),
        ("2026-12-24,closed,Eve,,24:30", "end", "is not a time of day"),
        ("2026-12-24,closed,Eve,14:00,09:00", "end", "09:00 does not come after the start, 14:00"),
        ("2026-12-24,closed,Eve,14:00,14:00", "end", "does not come after"),
        ("2026-12-20,closed,Again,,", "date", "2026-12-20 is there on line 2 too"),
        ("2026-12-20,special,Again,00:00,24:00", "date", "is there on line 2 too"),
    ],
)
def test_a_wrong_value_is_refused_with_line_and_column(row: str, column: str, reason: str) -> None:
    text = f"date,kind,label,start,end\n2026-12-20,closed,First,,\n{row}\n"
    with pytest.raises(FileRejected) as refusal:
        read(text)
    assert f"days.csv, line 3, column {column}: " in refusal.value.what
    assert reason in refusal.value.what


def test_a_missing_column_is_named() -> None:
    with pytest.raises(FileRejected, match=r"line 1: a?.*column is missing: kind"):
        read("date,label\n2026-12-24,Eve\n")


def test_a_start_without_an_end_column_is_refused() -> None:
    with pytest.raises(FileRejected, match="line 1: a column is missing: end"):
        read("date,kind,label,start\n2026-12-24,closed,Eve,14:00\n")


def test_what_is_written_reads_back_the_same() -> None:
    days = (
        OwnDay(EVE, 14 * 60, 24 * 60, DayKind.CLOSED, 'Eve, "early"'),
        OwnDay(date(2026, 12, 25), kind=DayKind.REDUCED),
        OwnDay(date(2027, 1, 2), 0, 90, DayKind.SPECIAL, "Übergabe"),
    )
    assert read(write_calendar_csv(days)) == days


def test_no_days_are_written_as_a_header() -> None:
    assert write_calendar_csv([]) == "date,kind,label,start,end\n"
