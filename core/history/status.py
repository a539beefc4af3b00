"""Open, closed or missing: what an hour without a contact means, learned from the series itself.

Contact-centre interfaces leave out hours without any contact, so an absent record can mean three
things. The rules, in this order, on the centre's own clock:

0. An hour that a person said is closed (a day of the operator's own, or an hour outside the
   opening hours they told) was **closed**, whatever came: such contacts tell nothing of others.
1. An hour with a contact was **open**.
2. An hour of the week that is (almost) never used is **closed**, if that is no accident: its hour
   of the day, or its day, is hardly ever used either, or contacts would have been expected. Zeros
   on record there (a feed that writes all 24 hours) count as closed too. An hour of the week that
   the history holds only once is closed outside that day's first and last contact. An hour that
   a person told to be open is not judged by this rule.
3. A whole local day without any contact, where contacts would have been expected, is **closed**
   (a holiday).
4. A recorded hour that is left, zero included, was **open**.
5. An absent hour that is left was open with **zero** contacts, if its hour of the week usually
   has so few that none at all is no surprise; otherwise its record is **missing**.

"Expected" and "surprise" have one measure: `SURPRISING` contacts. Where that many are expected, a
Poisson count is 0 in 1.8 % of cases.

The rules know no holidays by name.
"""

from enum import StrEnum
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.history.calendar import HOURS_PER_WEEK, hour_of_week, local_clock
from core.history.habits import SURPRISING, Flags, Floats, Numbers, hardly_used, mean_by


class HourStatus(StrEnum):
    """What an hour of history is."""

    OPEN = "open"
    """Counted; zero is a count."""
    CLOSED = "closed"
    """The centre was closed: nothing could be counted."""
    MISSING = "missing"
    """The centre was open and the record is lost."""


def hour_status(
    ds: pd.DatetimeIndex,
    counts: Floats,
    zone: ZoneInfo,
    *,
    told_closed: Flags | None = None,
    told_open: Flags | None = None,
) -> npt.NDArray[np.str_]:
    """Return the status of every hour.

    Parameters
    ----------
    ds : DatetimeIndex, shape (n_hours,)
        Every hour from first to last, aware, UTC.
    counts : array, shape (n_hours,)
        Contacts, or attempts; NaN in hours without a record. Unit: calls or contacts.
    zone : ZoneInfo
        The zone whose clock the centre lives by.
    told_closed, told_open : array of bool, shape (n_hours,), optional
        What a person said of the hours; nothing unless given.

    Returns
    -------
    array of str, shape (n_hours,)
        Values of `HourStatus`. An absent hour that counts as zero is open.

    Examples
    --------
    >>> week = pd.date_range("2026-11-02", periods=21 * 24, freq="h", tz="UTC")
    >>> busy = (week.hour >= 8) & (week.hour < 18)
    >>> counts = np.where(busy, 50.0, np.nan)
    >>> counts[30 + 4] = np.nan
    >>> status = hour_status(week, counts, ZoneInfo("UTC"))
    >>> str(status[3]), str(status[33]), str(status[34])
    ('closed', 'open', 'missing')
    """
    week = hour_of_week(ds, zone)
    nothing = np.zeros(len(counts), dtype=bool)
    told_closed = nothing if told_closed is None else told_closed
    used = (np.nan_to_num(counts) > 0) & ~told_closed
    recorded = ~np.isnan(counts)
    filled = np.where(used, counts, 0.0)
    day = _day_numbers(ds, zone)
    closed = _unused_hours(week, used, filled, day) & used.any()
    closed &= ~(nothing if told_open is None else told_open)
    closed |= told_closed
    closed |= _unused_days(week, used, filled, day, closed)
    usual = _usual_count(week, recorded, filled, day)
    missing = ~recorded & ~closed & (usual >= SURPRISING)
    status = np.where(closed, HourStatus.CLOSED.value, HourStatus.OPEN.value)
    return np.where(missing, HourStatus.MISSING.value, status)


def hours_by_status(history: pd.DataFrame) -> dict[str, int]:
    """Return how many hours a tidy history has of each status.

    Examples
    --------
    >>> hours_by_status(pd.DataFrame({"status": ["open", "open", "missing"]}))
    {'open': 2, 'closed': 0, 'missing': 1}
    """
    return {status.value: int((history["status"] == status.value).sum()) for status in HourStatus}


def _unused_hours(week: Numbers, used: Flags, filled: Floats, day: Numbers) -> Flags:
    seen = np.bincount(week, minlength=HOURS_PER_WEEK)
    never = hardly_used(week, used, filled, least_weeks=2)
    once = (seen == 1)[week] & _outside_the_day(used, day)
    closed: Flags = ~used & (never[week] | once)
    return closed


def _outside_the_day(used: Flags, day: Numbers) -> Flags:
    place = np.arange(len(used))
    first = np.full(day[-1] + 1, len(used))
    last = np.full(day[-1] + 1, -1)
    np.minimum.at(first, day[used], place[used])
    np.maximum.at(last, day[used], place[used])
    outside: Flags = (place < first[day]) | (place > last[day])
    return outside


def _unused_days(week: Numbers, used: Flags, filled: Floats, day: Numbers, closed: Flags) -> Flags:
    usual = mean_by(week, filled, HOURS_PER_WEEK)
    expected = np.bincount(day, np.where(closed, 0.0, usual[week]))
    whole = np.ones(len(expected), dtype=bool)
    # The grid may begin or end within a day: a morning without contacts is not yet a holiday.
    whole[[0, -1]] = np.bincount(day)[[0, -1]] >= 23
    unused = np.bincount(day, used) == 0
    holiday: Flags = (whole & unused & (expected >= SURPRISING))[day]
    return holiday


def _usual_count(week: Numbers, recorded: Flags, filled: Floats, day: Numbers) -> Floats:
    """Mean of the hour of the week; where it has no record, of that hour of any day, or that day.

    The first takes absent hours as zeros, so that a single record among few is not taken for usual.
    """
    usual: Floats = np.zeros(len(week))
    for group, counted in ((day, recorded), (week % 24, recorded), (week, np.ones_like(recorded))):
        size = int(group.max()) + 1
        on_record = np.bincount(group[recorded], minlength=size) > 0
        mean = mean_by(group[counted], filled[counted], size)
        usual = np.where(on_record[group], mean[group], usual)
    return usual


def _day_numbers(ds: pd.DatetimeIndex, zone: ZoneInfo) -> Numbers:
    dates = local_clock(ds, zone).normalize()
    return np.asarray(pd.factorize(dates)[0], dtype=np.int64)
