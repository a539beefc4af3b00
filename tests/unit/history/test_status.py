"""What an hour without a contact means: closed, zero or missing."""

from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from core.history.status import hour_status

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = float("nan")


class Centre:
    """Counts of a centre that works on weekdays from 8 to 18 on Berlin's clock."""

    def __init__(self, weeks: int, level: float = 50.0, start: str = "2026-08-02T22:00Z") -> None:
        self.ds = pd.date_range(start, periods=weeks * 168, freq="h")
        self.clock = self.ds.tz_convert(BERLIN).tz_localize(None)
        is_open = (self.clock.day_of_week < 5) & (self.clock.hour >= 8) & (self.clock.hour < 18)
        self.counts: npt.NDArray[np.float64] = np.where(is_open, level, NIGHT)

    def at(self, clock: str) -> npt.NDArray[np.bool_]:
        """Hours whose local time starts so: a day, or a day and hour."""
        return np.array([text.startswith(clock) for text in self.clock.strftime("%Y-%m-%d %H")])

    def status(self, clock: str) -> set[str]:
        """The status of those hours."""
        return set(hour_status(self.ds, self.counts, BERLIN)[self.at(clock)].tolist())


def test_nights_and_weekends_are_closed() -> None:
    centre = Centre(weeks=4)
    assert centre.status("2026-08-11 07") == {"closed"}
    assert centre.status("2026-08-11 08") == {"open"}
    assert centre.status("2026-08-15") == {"closed"}


def test_an_absent_hour_that_is_usually_busy_is_missing() -> None:
    centre = Centre(weeks=4)
    centre.counts[centre.at("2026-08-12 10")] = NIGHT
    assert centre.status("2026-08-12 10") == {"missing"}


def test_an_absent_hour_that_is_usually_quiet_counted_zero() -> None:
    centre = Centre(weeks=4, level=1.0)
    centre.counts[centre.at("2026-08-12 10")] = NIGHT
    assert centre.status("2026-08-12 10") == {"open"}


def test_a_recorded_zero_in_a_busy_hour_is_open() -> None:
    centre = Centre(weeks=4)
    centre.counts[centre.at("2026-08-12 10")] = 0.0
    assert centre.status("2026-08-12 10") == {"open"}


def test_a_weekday_without_any_contact_is_a_closed_day() -> None:
    centre = Centre(weeks=4)
    centre.counts[centre.at("2026-08-19")] = NIGHT
    assert centre.status("2026-08-19") == {"closed"}
    assert centre.status("2026-08-18 10") == {"open"}


def test_a_quiet_line_is_not_closed_on_a_day_on_which_nobody_called() -> None:
    centre = Centre(weeks=4, level=0.2)
    centre.counts[centre.at("2026-08-19")] = NIGHT
    assert centre.status("2026-08-19 10") == {"open"}


def test_a_half_day_each_week_is_closed_in_its_other_half() -> None:
    centre = Centre(weeks=4)
    fridays = (centre.clock.day_of_week == 4) & (centre.clock.hour >= 13)
    centre.counts[fridays] = NIGHT
    assert centre.status("2026-08-14 13") == {"closed"}
    assert centre.status("2026-08-14 12") == {"open"}


def test_a_feed_that_writes_zeros_at_night_is_closed_at_night() -> None:
    centre = Centre(weeks=2)
    centre.counts[np.isnan(centre.counts)] = 0.0
    assert centre.status("2026-08-11 03") == {"closed"}
    assert centre.status("2026-08-15") == {"closed"}


def test_a_single_call_at_night_opens_that_hour_and_no_other() -> None:
    centre = Centre(weeks=12)
    centre.counts[centre.at("2026-08-11 03")] = 1.0
    assert centre.status("2026-08-11 03") == {"open"}
    assert centre.status("2026-08-18 03") == {"closed"}


def test_a_queue_that_never_had_a_contact_is_open_where_zero_was_recorded() -> None:
    centre = Centre(weeks=2, level=0.0)
    assert centre.status("2026-08-11 10") == {"open"}


def test_a_history_of_one_week_is_closed_outside_each_days_contacts() -> None:
    centre = Centre(weeks=1)
    centre.counts[centre.at("2026-08-05 10")] = NIGHT
    assert centre.status("2026-08-05 07") == {"closed"}
    assert centre.status("2026-08-05 10") == {"missing"}
    assert centre.status("2026-08-08") == {"closed"}


def test_a_morning_without_contacts_is_not_yet_a_holiday() -> None:
    centre = Centre(weeks=4)
    end = int(np.flatnonzero(centre.at("2026-08-26 10"))[0])
    counts = centre.counts[:end].copy()
    counts[centre.at("2026-08-26")[:end]] = NIGHT
    status = hour_status(centre.ds[:end], counts, BERLIN)
    assert status[-1] == "missing"


@pytest.mark.parametrize(
    ("start", "change"), [("2026-10-11T22:00Z", "2026-10-25"), ("2026-03-08T23:00Z", "2026-03-29")]
)
def test_opening_hours_follow_the_clock_through_its_changes(start: str, change: str) -> None:
    centre = Centre(weeks=4, start=start)
    after = (centre.clock >= pd.Timestamp(change)) & (centre.clock.day_of_week < 5)
    status = hour_status(centre.ds, centre.counts, BERLIN)
    assert set(status[after & (centre.clock.hour == 8)].tolist()) == {"open"}
    assert set(status[after & (centre.clock.hour == 18)].tolist()) == {"closed"}
    assert set(status[after & (centre.clock.hour == 7)].tolist()) == {"closed"}


@pytest.mark.parametrize(("day", "hours"), [("2026-10-25", 25), ("2026-03-29", 23)])
def test_days_of_23_and_25_hours_are_whole_days_of_a_line_that_never_closes(
    day: str, hours: int
) -> None:
    start = pd.Timestamp(day, tz=BERLIN).tz_convert("UTC") - pd.Timedelta(days=14)
    ds = pd.date_range(start, periods=28 * 24, freq="h")
    own = ds.tz_convert(BERLIN).strftime("%Y-%m-%d") == day
    counts = np.full(len(ds), 20.0)
    counts[own] = NIGHT
    status = hour_status(ds, counts, BERLIN)
    assert own.sum() == hours
    assert set(status[own].tolist()) == {"closed"}
    assert set(status[~own].tolist()) == {"open"}


@pytest.mark.parametrize(("level", "weeks"), [(0.3, 2), (1.0, 2), (2.0, 13)])
def test_a_thin_line_that_never_closes_stays_open_around_the_clock(
    level: float, weeks: int
) -> None:
    counts = np.random.default_rng(1).poisson(level, weeks * 168).astype("float64")
    counts[counts == 0] = NIGHT
    ds = pd.date_range("2026-08-03", periods=len(counts), freq="h", tz="UTC")
    status = hour_status(ds, counts, ZoneInfo("UTC"))
    assert (status == "open").mean() > 0.95
