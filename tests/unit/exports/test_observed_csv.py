"""What a campaign has done so far, from a file."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.errors import DataError, FileRejected
from core.exports.observed_csv import read_observed_csv
from core.pacing.observed import Observed

HEADER = "ds,attempts,live,abandoned,callsPerAgent\n"


def read(*rows: str, zone: ZoneInfo | None = None) -> Observed:
    content = (HEADER + "\n".join(rows) + "\n").encode()
    return read_observed_csv(content, file_name="observed.csv", time_zone=zone)


def test_hours_and_quarters_are_told_apart_by_their_starts() -> None:
    hours = read("2026-11-23T09:00Z,900,180,4,2.3", "2026-11-23T10:00Z,900,190,5,2.4")
    quarters = read("2026-11-23T09:00Z,90,18,0,2.3", "2026-11-23T09:15Z,90,19,1,2.3")
    assert (hours.length, quarters.length) == (timedelta(hours=1), timedelta(minutes=15))
    assert hours.end == datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert quarters.end == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_a_header_alone_says_that_nothing_is_over_yet() -> None:
    assert read().intervals == ()
    assert read().end is None


def test_a_time_without_an_offset_is_the_centres_clock() -> None:
    seen = read("2026-11-23T09:00,900,180,4,2.3", zone=ZoneInfo("Europe/Berlin"))
    assert seen.intervals[0].ds == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_the_hour_that_comes_twice_is_taken_twice() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    seen = read("2026-10-25T02:00,90,18,0,2", "2026-10-25T02:00,90,18,0,2", zone=berlin)
    assert [each.ds.hour for each in seen.intervals] == [0, 1]


def test_calls_per_agent_may_be_unknown() -> None:
    seen = read("2026-11-23T09:00Z,900,180,4,2.3", "2026-11-23T10:00Z,900,190,5,")
    assert seen.intervals[1].calls is None
    assert seen.last_calls == 2.3


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (["2026-11-23T09:00,100,101,0,2"], "line 2, column live"),
        (["2026-11-23T09:00,100,10,11,2"], "line 2, column abandoned"),
        (["2026-11-23T09:00,-1,0,0,2"], "line 2, column attempts"),
        (["2026-11-23T09:00,many,0,0,2"], "line 2, column attempts"),
        (["then,100,10,1,2"], "line 2, column ds"),
        (["2026-11-23T09:00,9,1,1,2", "2026-11-23T09:00,9,1,1,2"], "line 3, column ds"),
    ],
)
def test_a_file_with_anything_wrong_is_refused_with_its_place(rows: list[str], place: str) -> None:
    with pytest.raises(FileRejected, match=place):
        read(*rows)


def test_a_file_without_a_column_is_refused() -> None:
    with pytest.raises(FileRejected, match="callsPerAgent"):
        read_observed_csv(b"ds,attempts,live,abandoned\n", file_name="F", time_zone=None)


def test_intervals_that_do_not_fit_into_an_hour_are_refused() -> None:
    with pytest.raises(DataError, match="does not fit"):
        read("2026-11-23T09:00Z,9,1,0,2", "2026-11-23T09:25Z,9,1,0,2")
