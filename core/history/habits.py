"""The opening hours of a centre, learned from the contacts of its history.

An hour of the week is taken as closed

1. if (almost) no week of the history has a contact in it, and that is no accident: its hour of
   the day, or its day, is hardly ever used either, or contacts would have been expected; or
2. if contacts came as a rule, and stopped in the latest `LATEST_WEEKS` weeks on end: opening
   hours were changed. Hours that began to be used in two of them are open.

Days without any contact say nothing where the same weekday is open otherwise, or where several in
a row have none: holidays and dead feeds. Neither do days that the calendar knows as unlike others.
No hour of a certain date is judged here, and nothing that a person told is known.
"""

import numpy as np
import numpy.typing as npt

from core.history.calendar import HOURS_PER_WEEK

LATEST_WEEKS = 3
"""So many weeks without a contact, or two of them with one, are a change of hours."""
DEAD_DAYS = 5
"""So many days on end without any contact are a dead feed or a long holiday, and no habit."""
SURPRISING = 4.0
"""Where so many contacts are expected, none at all is no accident: a Poisson count is 0 in 1.8 %
of cases."""
HARDLY_EVER = 0.1
"""Relative to how often the well-used hours of the week are used."""

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


def learned_opening(
    week: Numbers,
    day: Numbers,
    contacts: Floats,
    *,
    is_ordinary: Flags | None = None,
    is_missing: Flags | None = None,
) -> Flags:
    """Return whether the centre is open in each hour of the week, as its contacts show.

    Parameters
    ----------
    week : array of int, shape (n_hours,)
        Hour of the centre's week, of every hour from first to last.
    day : array of int, shape (n_hours,)
        Number of the local day, from 0, without a gap.
    contacts : array, shape (n_hours,)
        Contacts or attempts; NaN or 0 where none is on record.
    is_ordinary : array of bool, shape (n_hours,), optional
        False on days that the calendar knows as unlike others.
    is_missing : array of bool, shape (n_hours,), optional
        True where a record is taken to be lost. Such an hour does not show that its hour of the
        week is never used; lost in the latest weeks on end, it was no accident.

    Returns
    -------
    array of bool, shape (168,)
        An hour of the week that the history does not hold follows its hour of the day. Without
        any contact, all are open: nothing is known.

    Examples
    --------
    >>> hours = np.arange(4 * 168)
    >>> busy = (hours % 24 >= 8) & (hours % 24 < 18)
    >>> learned = learned_opening(hours % 168, hours // 24, np.where(busy, 50.0, np.nan))
    >>> np.flatnonzero(learned[:24]).tolist()
    [8, 9, 10, 11, 12, 13, 14, 15, 16, 17]
    """
    filled = np.nan_to_num(contacts)
    if not (filled > 0).any():
        return np.ones(HOURS_PER_WEEK, dtype=bool)
    telling = _telling(week, day, filled)
    if is_ordinary is not None and (filled[telling & is_ordinary] > 0).any():
        telling &= is_ordinary
    known = telling if is_missing is None else telling & ~is_missing
    used = filled > 0
    is_open = ~hardly_used(week[known], used[known], filled[known], least_weeks=1)
    is_open &= ~_stopped(week[telling], filled[telling])
    is_open |= _latest(week[telling], used[telling]).sum(axis=0) >= LATEST_WEEKS - 1
    # Days that a short history does not hold follow the hour of the day.
    seen = np.bincount(week[known], minlength=HOURS_PER_WEEK) > 0
    hour = np.arange(HOURS_PER_WEEK) % 24
    by_hour = mean_by(hour[seen], is_open[seen], 24) > 0.5
    by_hour[np.bincount(hour[seen], minlength=24) == 0] = True
    learned: Flags = np.where(seen, is_open, by_hour[hour])
    return learned if learned.any() else np.ones(HOURS_PER_WEEK, dtype=bool)


def _stopped(week: Numbers, filled: Floats) -> Flags:
    """Return which hours of the week had no contact in the latest weeks, though expected."""
    seen = np.bincount(week, minlength=HOURS_PER_WEEK)
    expected = mean_by(week, filled, HOURS_PER_WEEK) * LATEST_WEEKS
    unused = ~_latest(week, filled > 0).any(axis=0)
    stopped: Flags = unused & (seen > LATEST_WEEKS) & (expected >= SURPRISING)
    return stopped


def hardly_used(week: Numbers, used: Flags, filled: Floats, *, least_weeks: int) -> Flags:
    """Return which hours of the week are (almost) never used, and by no accident.

    It is no accident if the hour of the day, or the day of the week, is hardly ever used either,
    or if contacts would have been expected in the hours seen.

    Parameters
    ----------
    week : array of int, shape (n_hours,)
        Hour of the week.
    used : array of bool, shape (n_hours,)
        Whether the hour had a contact.
    filled : array, shape (n_hours,)
        Contacts, 0 where none.
    least_weeks : int
        How often the history has to hold an hour of the week to judge it.

    Returns
    -------
    array of bool, shape (168,)
    """
    every = np.arange(HOURS_PER_WEEK)
    seen = np.bincount(week, minlength=HOURS_PER_WEEK)
    share = mean_by(week, used, HOURS_PER_WEEK)
    rarely = HARDLY_EVER * float(np.quantile(share[seen > 0], 0.9))
    no_accident = (
        (mean_by(week % 24, used, 24)[every % 24] <= rarely)
        | (mean_by(week // 24, used, 7)[every // 24] <= rarely)
        | (mean_by(week % 24, filled, 24)[every % 24] * seen >= SURPRISING)
    )
    unused: Flags = (share <= rarely) & no_accident & (seen >= least_weeks)
    return unused


def mean_by(group: Numbers, values: npt.ArrayLike, size: int) -> Floats:
    """Return the mean of each group, 0 where a group has no member."""
    counted = np.bincount(group, minlength=size).astype("float64")
    summed = np.bincount(group, values, minlength=size)
    mean: Floats = np.divide(summed, counted, out=np.zeros(size), where=counted > 0)
    return mean


def _telling(week: Numbers, day: Numbers, filled: Floats) -> Flags:
    """Return which hours tell of habits: not those of holidays and dead feeds."""
    used_days = np.bincount(day, filled > 0) > 0
    weekday = np.zeros(len(used_days), dtype=np.int64)
    weekday[day] = week // 24
    telling = used_days.copy()
    edges = np.flatnonzero(np.diff(np.concatenate([[True], used_days, [True]]).astype(int)))
    for first, past_last in zip(edges[::2], edges[1::2], strict=True):
        telling[first:past_last] = past_last - first < DEAD_DAYS
    for number in range(7):
        mine = np.flatnonzero((weekday == number) & telling)
        latest = used_days[mine[-LATEST_WEEKS:]]
        # A weekday that is open as a rule, and was lately: days without a contact are accidents.
        if latest.any() and used_days[mine].mean() > 0.5:
            telling[mine] = used_days[mine]
    if not telling.any():
        telling[:] = True
    flags: Flags = telling[day]
    return flags


def _latest(week: Numbers, used: Flags) -> Flags:
    """Return whether each hour of the week was used in each of its latest weeks, newest first."""
    latest = np.zeros((LATEST_WEEKS, HOURS_PER_WEEK), dtype=bool)
    order = np.argsort(week[::-1], kind="stable")
    newest_first = week[::-1][order]
    starts = np.searchsorted(newest_first, newest_first)
    rank = np.arange(len(newest_first)) - starts
    recent = rank < LATEST_WEEKS
    latest[rank[recent], newest_first[recent]] = used[::-1][order][recent]
    return latest
