"""Opening hours learned from contacts: office weeks, dead feeds, holidays, changed hours."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from core.history.centre import Centre
from core.history.days import DayCalendar
from core.history.opening import opening_text
from core.history.told import Told

WEEKS = 26
DS = pd.date_range("2026-08-31", periods=WEEKS * 168, freq="h", tz="UTC")
WEEK = np.arange(len(DS)) // 168
OFFICE = (DS.hour >= 8) & (DS.hour < 18) & (DS.day_of_week < 5)
Flags = np.ndarray


def learned(open_hours: Flags, level: float = 30.0, centre: Centre | None = None) -> str:
    """Return the week that is learned from Poisson counts in the open hours; others are absent."""
    counts = np.random.default_rng(11).poisson(level, len(DS)).astype(float)
    return from_counts(np.where(open_hours & (counts > 0), counts, np.nan), centre)


def from_counts(counts: np.ndarray, centre: Centre | None = None) -> str:
    centre = centre or Centre()
    records = pd.DataFrame({"ds": DS, "y": counts}).dropna()
    history = centre.volume_history(records, "Q", (DS[-1] + timedelta(hours=1)).to_pydatetime())
    return opening_text(centre.learned_opening(history))


@pytest.mark.parametrize("level", [30.0, 1.0, 0.3])
def test_an_office_week_is_learned_also_from_few_contacts(level: float) -> None:
    assert learned(OFFICE, level) == "Mo-Fr 08:00-18:00"


@pytest.mark.parametrize("level", [30.0, 0.1])
def test_a_line_that_never_closes_is_open_all_week(level: float) -> None:
    assert learned(np.ones(len(DS), dtype=bool), level) == "Mo-Su 00:00-24:00"


def test_half_fridays_are_seen() -> None:
    is_late_friday = (DS.day_of_week == 4) & (DS.hour >= 13)
    assert learned(OFFICE & ~is_late_friday) == "Mo-Th 08:00-18:00, Fr 08:00-13:00"


@pytest.mark.parametrize("silence", [np.nan, 0.0])
@pytest.mark.parametrize("days", [10, 24])
def test_a_dead_feed_at_the_end_closes_nothing(silence: float, days: int) -> None:
    counts = np.where(OFFICE, 30.0, np.nan)
    counts[-days * 24 :] = silence
    assert from_counts(counts) == "Mo-Fr 08:00-18:00"


def test_holidays_on_the_last_two_thursdays_close_no_thursday() -> None:
    is_holiday = (DS.day_of_week == 3) & (WEEK >= WEEKS - 2)
    assert learned(OFFICE & ~is_holiday) == "Mo-Fr 08:00-18:00"


def test_both_thursdays_of_a_fortnight_may_be_holidays_that_the_calendar_knows() -> None:
    # Christmas and New Year 2025/26 were Thursdays.
    ds = pd.date_range("2025-12-22", periods=2 * 168, freq="h", tz="UTC")
    dates = pd.to_datetime(["2025-12-25", "2026-01-01"]).tz_localize("UTC")
    is_open = (ds.hour >= 8) & (ds.hour < 18) & (ds.day_of_week < 5)
    is_open &= ~ds.normalize().isin(dates)
    records = pd.DataFrame({"ds": ds, "y": 30.0})[is_open]
    centre = Centre(told=Told(DayCalendar("DE")))
    history = centre.volume_history(records, "Q", (ds[-1] + timedelta(hours=1)).to_pydatetime())
    assert opening_text(centre.learned_opening(history)) == "Mo-Fr 08:00-18:00"
    unknowing = opening_text(Centre().learned_opening(history))
    assert unknowing == "Mo-We 08:00-18:00, Fr 08:00-18:00"


def test_a_centre_that_closes_earlier_is_seen_after_three_weeks() -> None:
    lately = (DS.hour >= 16) & (WEEK >= WEEKS - 3)
    assert learned(OFFICE & ~lately) == "Mo-Fr 08:00-16:00"
    last_week = (DS.hour >= 16) & (WEEK >= WEEKS - 1)
    assert learned(OFFICE & ~last_week) == "Mo-Fr 08:00-18:00"


def test_a_centre_that_stays_open_longer_is_seen_after_two_weeks() -> None:
    evening = (DS.hour >= 18) & (DS.hour < 20) & (DS.day_of_week < 5)
    assert learned(OFFICE | (evening & (WEEK >= WEEKS - 2))) == "Mo-Fr 08:00-20:00"
    assert learned(OFFICE | (evening & (WEEK >= WEEKS - 1))) == "Mo-Fr 08:00-18:00"


def test_saturdays_that_ended_are_closed() -> None:
    saturdays = (DS.day_of_week == 5) & (DS.hour >= 8) & (DS.hour < 18)
    assert learned(OFFICE | (saturdays & (WEEK < WEEKS - 3))) == "Mo-Fr 08:00-18:00"


def test_stray_contacts_at_night_open_no_night() -> None:
    counts = np.where(OFFICE, 30.0, np.nan)
    counts[[100, 500]] = 1.0
    assert from_counts(counts) == "Mo-Fr 08:00-18:00"


def test_days_that_a_short_history_does_not_hold_follow_the_hour_of_the_day() -> None:
    ds = pd.date_range("2026-11-23", periods=72, freq="h", tz="UTC")
    records = pd.DataFrame({"ds": ds, "y": 30.0})[(ds.hour >= 8) & (ds.hour < 18)]
    history = Centre().volume_history(records, "Q", (ds[-1] + timedelta(hours=1)).to_pydatetime())
    assert opening_text(Centre().learned_opening(history)) == "Mo-Su 08:00-18:00"


def test_without_any_contact_every_hour_is_open_for_nothing_is_known() -> None:
    assert from_counts(np.zeros(len(DS))) == "Mo-Su 00:00-24:00"


def test_the_clock_change_does_not_shift_what_is_learned() -> None:
    ds = pd.date_range("2026-10-05", periods=6 * 168, freq="h", tz="UTC")
    local = ds.tz_convert("Europe/Berlin")
    is_open = (local.hour >= 8) & (local.hour < 18) & (local.day_of_week < 5)
    records = pd.DataFrame({"ds": ds, "y": 30.0})[is_open]
    centre = Centre("Europe/Berlin")
    history = centre.volume_history(records, "Q", (ds[-1] + timedelta(hours=1)).to_pydatetime())
    assert opening_text(centre.learned_opening(history)) == "Mo-Fr 08:00-18:00"
