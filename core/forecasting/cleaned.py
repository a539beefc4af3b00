"""Counts laid out by week, and what each of them is worth to a model of ordinary weeks.

What a model of ordinary weeks should not learn from has no weight: days that the calendar knows as
unlike others, dead days, days and hours far outside what is usual. Several odd days close together
are no accident but a new level, and keep their weight. Nothing is forecast here, and no count is
changed.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

HOURS_PER_WEEK = 168
ODD = 5.0
"""Robust standard deviations from the usual."""
DEAD = 0.35
"""A day with less than this share of what is usual is dead."""
LONE_DAYS = 3
"""More odd days than this within `AROUND` days on either side are a new level."""
AROUND = 3
LEAST_WEEKS = 3
"""With fewer weeks nothing can be called unusual."""
MAD_TO_DEVIATION = 1.4826

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class WeekCounts:
    """Counts by week, on the centre's clock.

    Parameters
    ----------
    counts : array, shape (n_series, n_weeks, 168)
        Contacts an hour; NaN where closed, missing, or beyond the history. The hour that a clock
        change repeats is a mean.
    weight : array, shape (n_series, n_weeks, 168)
        1 for what a model of ordinary weeks should learn from, else 0.
    age : array, shape (n_weeks, 168)
        How long before the last hour. Unit: weeks; below 0 beyond the history.
    place : array of int, shape (n_hours,)
        Where in the flattened weeks each hour of the history is.
    week_ahead : array of int, shape (horizon,)
        The hour of the week of each hour to forecast.
    """

    counts: Floats
    weight: Floats
    age: Floats
    place: npt.NDArray[np.int64]
    week_ahead: npt.NDArray[np.int64]

    @property
    def known(self) -> Floats:
        """The counts, 0 where they have no weight."""
        return np.where(self.weight > 0, np.nan_to_num(self.counts), 0.0)

    @property
    def last_day(self) -> int:
        """The number of the history's last local day."""
        return int(self.place[-1]) // 24

    def by_day(self, hourly: Floats) -> Floats:
        """Return sums by local day, shape (n_series, n_days up to the last)."""
        series = hourly.shape[0]
        days: Floats = hourly.reshape(series, -1, 24).sum(axis=2)[:, : self.last_day + 1]
        return days

    def profile(self, half_life: float, level: Floats | None = None) -> Floats:
        """Return the usual count of each hour of the week, recent weeks counting more.

        Parameters
        ----------
        half_life : float
            After which a count weighs half. Unit: weeks.
        level : array, shape (n_series, n_weeks, 168), optional
            Counts are first divided by it, and weighed by it.

        Returns
        -------
        array, shape (n_series, 168)
            An hour of the week without any count follows its hour of the day, then the mean.
        """
        recency = 0.5 ** (np.maximum(self.age, 0.0) / half_life)
        weight = self.weight * recency
        expected = weight if level is None else weight * level
        summed, size = (self.known * recency).sum(axis=1), expected.sum(axis=1)
        profile = _ratio(summed, size)
        by_hour = _ratio(_over_days(summed), _over_days(size))
        overall = _ratio(summed.sum(axis=1), size.sum(axis=1))
        by_hour = np.where(np.isnan(by_hour), np.nan_to_num(overall)[:, None], by_hour)
        filled: Floats = np.where(np.isnan(profile), np.tile(by_hour, 7), profile)
        return filled


def week_counts(
    counts: Floats,
    week: npt.NDArray[np.int64],
    kinds: npt.NDArray[np.int8],
    week_ahead: npt.NDArray[np.int64],
) -> WeekCounts:
    """Return counts by week with their weights.

    Parameters
    ----------
    counts : array, shape (n_series, n_hours)
        Contacts an hour; NaN where closed or missing.
    week : array of int, shape (n_hours or more,)
        Hour of the week of each hour.
    kinds : array of int, shape (n_hours,)
        What the calendar calls each hour; 0 is ordinary.
    week_ahead : array of int, shape (horizon,)
        Hour of the week of each hour to forecast.

    Examples
    --------
    >>> hours = np.arange(4 * 168)
    >>> counts = np.where(hours == 200, 900.0, 5.0)[None, :]
    >>> weeks = week_counts(counts, hours % 168, np.zeros(672, dtype=np.int8), hours[:24] % 168)
    >>> np.flatnonzero(weeks.weight.ravel() == 0).tolist(), float(weeks.profile(4.0)[0, 32])
    ([200], 5.0)
    """
    place = _places(week[: counts.shape[1]])
    weeks = int(place[-1]) // HOURS_PER_WEEK + 1
    size = weeks * HOURS_PER_WEEK
    known = ~np.isnan(counts)
    repeated = np.flatnonzero(np.diff(place) == 0)
    laid = np.full((len(counts), size), np.nan)
    laid[:, place] = counts
    for at in repeated:
        pair = counts[:, at : at + 2]
        seen = known[:, at : at + 2]
        laid[:, place[at]] = _ratio(np.nan_to_num(pair).sum(axis=1), seen.sum(axis=1))
    ordinary = np.zeros(size, dtype=bool)
    ordinary[place] = kinds == 0
    by_week = laid.reshape(len(counts), weeks, HOURS_PER_WEEK)
    usable = ~np.isnan(by_week) & ordinary.reshape(weeks, HOURS_PER_WEEK)
    # A history of nothing but odd days is all there is to learn from.
    usable = np.where(usable.any(axis=(1, 2), keepdims=True), usable, ~np.isnan(by_week))
    weight = (usable & ~_unusual(by_week, usable)).astype("float64")
    age = (place[-1] - np.arange(size)).reshape(weeks, HOURS_PER_WEEK) / HOURS_PER_WEEK
    return WeekCounts(by_week, weight, age, place, week_ahead)


def _places(week: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Place of each hour in weeks laid end to end; a repeated hour shares its place."""
    new_week = np.diff(week, prepend=week[0]) < -HOURS_PER_WEEK // 2
    return np.asarray(np.cumsum(new_week) * HOURS_PER_WEEK + week, dtype=np.int64)


def _unusual(counts: Floats, usable: Flags) -> Flags:
    weeks = counts.shape[1]
    if weeks < LEAST_WEEKS:
        return np.zeros(counts.shape, dtype=bool)
    usual = _median(np.where(usable, counts, np.nan))
    level, odd_day = _days(counts, usable, usual)
    expected = usual[:, None] * level
    deviation = _deviation(counts, usable, usual, expected)
    off = np.where(usable, np.abs(counts - expected), 0.0)
    odd_hour = off > ODD * deviation[:, None]
    # Many odd hours in a day are the day's own affair, not slips of single hours.
    by_day = (len(counts), weeks, 7, 24)
    seen = usable.reshape(by_day).sum(axis=3)
    crowded = odd_hour.reshape(by_day).sum(axis=3) > 0.25 * seen
    unusual: Flags = odd_hour & ~np.repeat(crowded, 24, axis=2) | np.repeat(odd_day, 24, axis=2)
    return unusual


def _deviation(
    counts: Floats, usable: Flags, usual: Floats, expected: Floats | None = None
) -> Floats:
    """Robust standard deviation by hour of the week; chance alone is the least."""
    around = usual[:, None] if expected is None else expected
    off = np.where(usable, np.abs(counts - around), np.nan)
    deviation: Floats = np.maximum(MAD_TO_DEVIATION * _median(off), np.sqrt(np.maximum(usual, 1.0)))
    return deviation


def _days(counts: Floats, usable: Flags, usual: Floats) -> tuple[Floats, Flags]:
    """Return each hour's level by the days around it, and which days are alone in being odd."""
    series, weeks = counts.shape[:2]
    by_day = (series, weeks * 7, 24)
    # A single wild hour must not make its whole day look odd.
    believed = np.minimum(counts, (usual + ODD * _deviation(counts, usable, usual))[:, None])
    came = np.where(usable, np.nan_to_num(believed), 0.0).reshape(by_day).sum(axis=2)
    expected = np.where(usable, usual[:, None], 0.0).reshape(by_day).sum(axis=2)
    spread = np.sqrt(np.maximum(expected, 1.0))
    ratio = (came + 1.0) / (expected + 1.0)
    is_day = expected > 0
    off = np.where(is_day, np.abs(np.log(ratio)), np.nan)
    deviation = MAD_TO_DEVIATION * _median(off[:, :, None])[:, :1]
    far = (np.abs(came - expected) > 4 * spread) & is_day
    odd = far & ((ratio < DEAD) | (np.nan_to_num(off) > np.maximum(ODD * deviation, 0.3)))
    window = np.ones(2 * AROUND + 1)
    alone = odd & (_sliding(odd.astype("float64"), window) <= LONE_DAYS)
    steady_came, steady_expected = np.where(alone, 0.0, came), np.where(alone, 0.0, expected)
    around = (_sliding(steady_came, window) + 1.0) / (_sliding(steady_expected, window) + 1.0)
    level = np.repeat(around, 24, axis=1).reshape(series, weeks, HOURS_PER_WEEK)
    return level, alone.reshape(series, weeks, 7)


def _sliding(values: Floats, window: Floats) -> Floats:
    """Sums over windows centred on each day."""
    half = len(window) // 2
    padded = np.pad(values, ((0, 0), (half, half)))
    views = np.lib.stride_tricks.sliding_window_view(padded, len(window), axis=1)
    summed: Floats = views @ window
    return summed


def _median(values: Floats) -> Floats:
    """Median over the second axis of what is there; 0 where nothing is."""
    ordered = np.sort(values, axis=1)  # missing ones last
    counted = (~np.isnan(values)).sum(axis=1)
    low = np.maximum((counted - 1) // 2, 0)[:, None]
    high = np.maximum(counted // 2, 0)[:, None]
    high = np.minimum(high, values.shape[1] - 1)
    both = np.take_along_axis(ordered, low, axis=1) + np.take_along_axis(ordered, high, axis=1)
    middle: Floats = np.where(counted > 0, np.nan_to_num(both[:, 0]) / 2.0, 0.0)
    return middle


def _over_days(by_week: Floats) -> Floats:
    by_hour: Floats = by_week.reshape(len(by_week), 7, 24).sum(axis=1)
    return by_hour


def _ratio(part: npt.NDArray[np.floating], whole: npt.NDArray[np.number]) -> Floats:
    ratio: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return ratio
