"""History and capacity files: what is read, and what is refused with its place."""

import gzip
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from core.errors import FileRejected
from core.exports.history_csv import (
    read_capacity_csv,
    read_rate_csv,
    read_volume_csv,
    write_capacity_csv,
    write_rate_csv,
    write_volume_csv,
)
from core.frames import CAPACITY, RATE_RECORDS, VOLUME_RECORDS

SHARED = Path(__file__).parents[4] / "shared" / "data"
BERLIN = ZoneInfo("Europe/Berlin")


def volume(*lines: str, header: str = "unique_id,ds,y") -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def rate(*lines: str) -> bytes:
    return volume(*lines, header="unique_id,ds,offered,answered")


def hours(frame: pd.DataFrame) -> list[str]:
    return frame["ds"].dt.strftime("%m-%d %H:%M").tolist()


def test_series_come_in_the_order_of_the_file_each_sorted_by_time() -> None:
    content = volume(
        "sales,2026-11-23T10:00:00+00:00,2.5",
        "care,2026-11-23T09:00:00+00:00,7",
        "sales,2026-11-23T09:00:00+00:00,41",
    )
    history = read_volume_csv(content, file_name="F.csv")
    assert list(history) == ["sales", "care"]
    assert history["sales"]["y"].tolist() == [41.0, 2.5]
    assert history["sales"]["unique_id"].tolist() == ["sales", "sales"]
    VOLUME_RECORDS.check(history["sales"])


def test_an_answer_rate_file_gives_counts_and_ignores_other_columns() -> None:
    content = volume(
        "c1,0.24,2026-11-23T09:00,45,11,0.19", header="unique_id,y,ds,offered,answered,p_true"
    )
    history = read_rate_csv(content, file_name="F.csv")
    assert history["c1"][["offered", "answered"]].to_numpy().tolist() == [[45.0, 11.0]]
    assert "p_true" not in history["c1"]
    RATE_RECORDS.check(history["c1"])


def test_a_capacity_file_gives_the_schedule_sorted() -> None:
    content = b"ds,agents\n2026-11-23T10:00Z,7.5\n2026-11-23T09:00Z,0\n"
    capacity = CAPACITY.check(read_capacity_csv(content, file_name="C.csv"))
    assert capacity["agents"].tolist() == [0.0, 7.5]


def test_a_capacity_file_with_only_its_header_is_a_schedule_that_says_nothing() -> None:
    capacity = read_capacity_csv(b"ds,agents\n", file_name="C.csv")
    assert CAPACITY.check(capacity).empty


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23T09:00:00+00:00",
        "2026-11-23T09:00Z",
        "2026-11-23 10:00:00+01:00",
        "2026-11-23T09:00:00",
        " 2026-11-23 09:00 ",
        "2026-11-23T09:00:00.000000000",
    ],
)
def test_a_time_keeps_its_offset_and_without_one_is_utc(text: str) -> None:
    history = read_volume_csv(volume(f"sales,{text},1"), file_name="F.csv")
    assert hours(history["sales"]) == ["11-23 09:00"]


def test_a_time_without_an_offset_is_the_wall_clock_of_the_zone_given() -> None:
    content = volume("sales,2026-11-23T09:00,1", "sales,2026-07-01T09:00Z,2")
    history = read_volume_csv(content, file_name="F.csv", time_zone=BERLIN)
    assert hours(history["sales"]) == ["07-01 09:00", "11-23 08:00"]


def test_a_wall_hour_that_comes_twice_is_first_its_first_then_its_second() -> None:
    content = volume(
        "sales,2026-10-25T01:00,1",
        "sales,2026-10-25T02:00,2",
        "sales,2026-10-25T02:00,3",
        "sales,2026-10-25T03:00,4",
    )
    history = read_volume_csv(content, file_name="F.csv", time_zone=BERLIN)
    assert hours(history["sales"]) == ["10-24 23:00", "10-25 00:00", "10-25 01:00", "10-25 02:00"]
    assert history["sales"]["y"].tolist() == [1.0, 2.0, 3.0, 4.0]


def test_a_wall_hour_of_one_series_does_not_make_that_of_another_the_second() -> None:
    content = volume("sales,2026-10-25T02:00,1", "care,2026-10-25T02:00,2")
    history = read_volume_csv(content, file_name="F.csv", time_zone=BERLIN)
    assert hours(history["sales"]) == hours(history["care"]) == ["10-25 00:00"]


def test_a_wall_hour_that_comes_a_third_time_is_a_duplicate() -> None:
    content = volume(*["sales,2026-10-25T02:00,1"] * 3)
    with pytest.raises(FileRejected, match=r"F\.csv, line 4, column ds: .*line 2 too"):
        read_volume_csv(content, file_name="F.csv", time_zone=BERLIN)


def test_a_wall_hour_that_never_was_is_refused_with_its_line() -> None:
    content = volume("sales,2026-03-29T01:00,1", "sales,2026-03-29T02:00,2")
    with pytest.raises(FileRejected, match=r"line 3, column ds: .*clocks went forward"):
        read_volume_csv(content, file_name="F.csv", time_zone=BERLIN)


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("sales,2026-11-23T10:00,abc", "y", '"abc" is not a number'),
        ("sales,2026-11-23T10:00,", "y", "empty where a number belongs"),
        ("sales,2026-11-23T10:00,nan", "y", '"nan" is not a number'),
        ("sales,2026-11-23T10:00,inf", "y", '"inf" is not a number'),
        ("sales,2026-11-23T10:00,1_000", "y", '"1_000" is not a number'),
        ("sales,2026-11-23T10:00,-1", "y", "-1 is negative"),
        ("sales,yesterday,1", "ds", '"yesterday" is not a time'),
        ("sales,2026-11-23,1", "ds", '"2026-11-23" is not a time'),
        ("sales,23.11.2026 10:00,1", "ds", "is not a time"),
        ("sales,,1", "ds", '"" is not a time'),
        ("sales,2026-11-23T10:15,1", "ds", "not the start of an hour"),
        ("sales,2026-11-23T10:00+05:30,1", "ds", "is 04:30 in UTC"),
        ("sales,0026-11-23T10:00,1", "ds", "outside 1970 to 2100"),
        ("sales,2026-11-23T09:00,1", "ds", "2026-11-23T09:00:00+00:00 is there on line 2 too"),
        ("sales,2026-11-23T10:00+01:00,1", "ds", "is there on line 2 too"),
        (" ,2026-11-23T10:00,1", "unique_id", "empty"),
    ],
)
def test_a_wrong_value_is_refused_with_file_line_and_column(
    line: str, column: str, reason: str
) -> None:
    content = volume("sales,2026-11-23T09:00,5", line, "sales,also wrong,but later")
    with pytest.raises(FileRejected) as refused:
        read_volume_csv(content, file_name="F.csv")
    assert refused.value.what.startswith(f"F.csv, line 3, column {column}: ")
    assert reason in refused.value.what
    assert refused.value.next_step


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("c1,2026-11-23T10:00,10,11", "answered", "11 answered of 10 offered"),
        ("c1,2026-11-23T10:00,-1,0", "offered", "-1 is negative"),
        ("c1,2026-11-23T10:00,1,x", "answered", '"x" is not a number'),
    ],
)
def test_wrong_counts_are_refused(line: str, column: str, reason: str) -> None:
    with pytest.raises(FileRejected) as refused:
        read_rate_csv(rate("c1,2026-11-23T09:00,10,10", line), file_name="F.csv")
    assert refused.value.what == f"F.csv, line 3, column {column}: {reason}."


def test_a_negative_capacity_is_refused() -> None:
    with pytest.raises(FileRejected, match=r"C\.csv, line 2, column agents: -1 is negative"):
        read_capacity_csv(b"ds,agents\n2026-11-23T10:00Z,-1\n", file_name="C.csv")


def test_a_capacity_hour_is_there_once() -> None:
    content = b"ds,agents\n2026-11-23T10:00Z,1\n2026-11-23T11:00+01:00,1\n"
    with pytest.raises(FileRejected, match="line 3, column ds"):
        read_capacity_csv(content, file_name="C.csv")


def test_the_first_wrong_line_is_named_whichever_column_is_wrong() -> None:
    content = rate("c1,2026-11-23T09:00,10,11", "c1,never,1,1", "c1,2026-11-23T11:00,x,1", ",x,x,x")
    with pytest.raises(FileRejected, match="line 2, column answered"):
        read_rate_csv(content, file_name="F.csv")


def test_blank_lines_and_line_breaks_in_quotes_do_not_shift_the_line() -> None:
    content = volume('"sales\nnorth",2026-11-23T09:00,1', "", "care,2026-11-23T09:00,x")
    with pytest.raises(FileRejected, match="line 5, column y"):
        read_volume_csv(content, file_name="F.csv")


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_any_line_break_serves(line_break: str) -> None:
    content = volume("sales,2026-11-23T09:00,1", "", "sales,2026-11-23T10:00,-2")
    with pytest.raises(FileRejected, match="line 4, column y"):
        read_volume_csv(content.replace(b"\n", line_break.encode()), file_name="F.csv")


def test_a_byte_order_mark_and_gzip_are_understood() -> None:
    content = gzip.compress(b"\xef\xbb\xbf" + volume("sales,2026-11-23T09:00,1"))
    assert list(read_volume_csv(content, file_name="F.csv.gz")) == ["sales"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "F.csv is empty"),
        (b" \n\n", "F.csv is empty"),
        (b"\nunique_id,ds,y\n", "line 1: columns are missing: unique_id, ds, y"),
        (b"unique_id,ds\n", "line 1: column is missing: y"),
        (b"unique_id,ds,y,y\n", "line 1: the column y is there 2 times"),
        (b"unique_id;ds;y\ns;2026-11-23T09:00;1\n", "separated by semicolons"),
        (b"unique_id\tds\ty\n", "separated by tabs"),
        (b"unique_id,ds,y\n", "has a header and no row"),
        (volume("s,2026-11-23T09:00,1", "s,2026-11-23T10:00,1,5"), "line 3: 4 values"),
        (volume("s,2026-11-23T09:00"), "line 2: 2 values"),
        (volume('s"x,"2026-11-23T09:00"x,1'), "line 2: this is no CSV"),
        (volume("s,2026-11-23T09:00,1") + b"\xff\xfe", "line 3: this is not UTF-8 text"),
        ("unique_id,ds,y\n".encode("utf-16"), "line 1: this is not UTF-8 text"),
        (gzip.compress(b"unique_id,ds,y\n", mtime=0)[:-9], "cannot be unpacked"),
    ],
)
def test_a_file_that_is_no_history_is_refused_with_what_is_wrong(content: bytes, told: str) -> None:
    with pytest.raises(FileRejected) as refused:
        read_volume_csv(content, file_name="F.csv")
    assert told in refused.value.what
    assert "F.csv" in refused.value.what
    assert refused.value.next_step


def test_a_long_wrong_value_is_cut_in_the_message() -> None:
    with pytest.raises(FileRejected) as refused:
        read_volume_csv(volume(f"s,2026-11-23T09:00,{'9' * 50}x"), file_name="F.csv")
    assert "…" in refused.value.what
    assert len(refused.value.what) < 120


def test_a_missing_hour_is_not_written_and_a_zero_is() -> None:
    frame = pd.DataFrame(
        {
            "ds": pd.date_range("2026-11-23T09:00Z", periods=3, freq="h"),
            "y": [0.0, np.nan, 2.25],
        }
    )
    assert write_volume_csv({"sales, north": frame}) == (
        "unique_id,ds,y\n"
        '"sales, north",2026-11-23T09:00:00+00:00,0\n'
        '"sales, north",2026-11-23T11:00:00+00:00,2.25\n'
    )


def test_rates_and_capacity_are_written_with_their_columns() -> None:
    ds = pd.date_range("2026-11-23T09:00Z", periods=1, freq="h")
    counts = pd.DataFrame({"ds": ds, "offered": [40.0], "answered": [10.0]})
    assert write_rate_csv({"c1": counts}) == (
        "unique_id,ds,offered,answered\nc1,2026-11-23T09:00:00+00:00,40,10\n"
    )
    assert write_rate_csv({}) == "unique_id,ds,offered,answered\n"
    assert write_capacity_csv(pd.DataFrame({"ds": ds, "agents": [7.5]})) == (
        "ds,agents\n2026-11-23T09:00:00+00:00,7.5\n"
    )


def test_many_series_are_read_each_with_its_own_hours() -> None:
    generator = np.random.default_rng(4)
    written = {
        f"H{number}": pd.DataFrame(
            {
                "ds": pd.date_range("2026-01-01T00:00Z", periods=5 + number, freq="h"),
                "y": generator.gamma(2, 50, 5 + number),
            }
        )
        for number in range(9)
    }
    history = read_volume_csv(write_volume_csv(written).encode(), file_name="F.csv")
    assert list(history) == list(written)
    for name, frame in written.items():
        assert history[name]["ds"].tolist() == frame["ds"].tolist()
        assert history[name]["y"].to_numpy() == pytest.approx(frame["y"].to_numpy())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project")
@pytest.mark.parametrize(
    ("name", "series"),
    [("bike_registered_share_hourly.csv.gz", 1), ("SIMULATED_outbound_answer_rate.csv.gz", 5)],
)
def test_the_shared_answer_rate_files_are_read_whole(name: str, series: int) -> None:
    history = read_rate_csv((SHARED / name).read_bytes(), file_name=name)
    reference = pd.read_csv(SHARED / name)
    assert len(history) == series
    offered = sum(frame["offered"].sum() for frame in history.values())
    assert offered == reference["offered"].sum()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project")
def test_the_shared_volume_file_is_read_on_the_clock_of_its_zone() -> None:
    name = "bank_calls_hourly.csv"
    zone = ZoneInfo("America/New_York")
    history = read_volume_csv((SHARED / name).read_bytes(), file_name=name, time_zone=zone)
    local = history["bank_calls"]["ds"].dt.tz_convert(zone)
    assert (local.dt.hour.min(), local.dt.hour.max()) == (7, 21)
