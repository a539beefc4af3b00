"""What a model of ordinary weeks learns from, and what it leaves out."""

import numpy as np

from core.forecasting.cleaned import WeekCounts, week_counts

HOURS = np.arange(8 * 168)
STEADY = np.where((HOURS % 168 < 120) & (HOURS % 24 >= 8) & (HOURS % 24 < 18), 40.0, np.nan)


def _weeks(counts: np.ndarray, kinds: np.ndarray | None = None) -> WeekCounts:
    ordinary = np.zeros(len(counts), dtype=np.int8) if kinds is None else kinds
    return week_counts(counts[None, :], np.arange(len(counts)) % 168, ordinary, HOURS[:24])


def _left_out(weeks: WeekCounts) -> set[int]:
    counted = ~np.isnan(weeks.counts.ravel())
    return set(np.flatnonzero(counted & (weeks.weight.ravel() == 0)).tolist())


def test_ordinary_weeks_are_learned_from_whole() -> None:
    assert _left_out(_weeks(STEADY)) == set()


def test_a_single_wild_hour_is_left_out_and_its_day_is_not() -> None:
    counts = STEADY.copy()
    counts[3 * 168 + 10] = 4000.0
    assert _left_out(_weeks(counts)) == {3 * 168 + 10}


def test_a_dead_day_is_left_out() -> None:
    counts = STEADY.copy()
    day = 2 * 168 + 24
    counts[day : day + 24] = np.where(np.isnan(STEADY[day : day + 24]), np.nan, 1.0)
    assert _left_out(_weeks(counts)) == set(range(day + 8, day + 18))


def test_many_odd_days_in_a_row_are_a_new_level_and_are_learned_from() -> None:
    counts = STEADY.copy()
    counts[5 * 168 :] *= 0.25
    weeks = _weeks(counts)
    assert not _left_out(weeks) & set(range(6 * 168, 8 * 168))
    assert weeks.profile(1.0)[0, 10] < 15.0


def test_days_that_the_calendar_knows_as_unlike_others_are_left_out() -> None:
    kinds = np.zeros(len(STEADY), dtype=np.int8)
    kinds[168 : 168 + 24] = 1
    assert _left_out(_weeks(STEADY, kinds)) == set(range(168 + 8, 168 + 18))


def test_a_profile_weighs_recent_weeks_more_and_fills_unseen_hours_from_their_hour_of_day() -> None:
    counts = STEADY.copy()
    counts[4 * 168 :] *= 1.1
    profile = _weeks(counts).profile(2.0)[0]
    assert 42.0 < profile[10] < 44.0
    # Saturday has no count: it follows ten o'clock of the other days.
    np.testing.assert_allclose(profile[5 * 24 + 10], profile[10:120:24].mean())


def test_the_hour_that_a_clock_change_repeats_counts_once_as_a_mean() -> None:
    week = np.concatenate([np.arange(146), [145], np.arange(146, 168), np.arange(168)])
    counts = np.full((1, len(week)), 6.0)
    counts[0, 146] = 10.0
    weeks = week_counts(counts, week, np.zeros(len(week), dtype=np.int8), week[:1])
    assert weeks.counts.shape == (1, 2, 168)
    assert weeks.counts[0, 0, 145] == 8.0
