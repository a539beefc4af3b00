"""What days unlike others do to a volume: public holidays, and the operator's own days.

Learned from the days of the same kind in the history, as a share of what was usual for their hours;
a history knows few of them, so a plain expectation stands in first and fades as days are seen. What
a person said is closed is exactly 0, and no matter of learning.
"""

import numpy as np
import numpy.typing as npt

from core.forecasting.panel import Panel

ORDINARY, HOLIDAY, CLOSED, REDUCED, SPECIAL = 0, 1, 2, 3, 4
"""As `LocalTime.day_kinds` tells them."""
KINDS = 5
REDUCED_SHARE = 0.5
SPECIAL_SHARE = 1.0
HOLIDAY_WHERE_SUNDAYS_ARE_CLOSED = 0.3
DAYS_OF_EXPECTATION = 1.0
"""What an expectation counts for, in days seen."""
HIGHEST = 3.0

Floats = npt.NDArray[np.float64]


def day_factors(panel: Panel) -> Floats:
    """Return what to multiply the usual count of each hour to forecast by.

    Returns
    -------
    array, shape (n_series, horizon)
        1 on ordinary days, 0 where a person said that the centre is closed.
    """
    ahead = panel.kinds[panel.hours :]
    if not ahead.any():
        return np.ones((len(panel.counts), panel.horizon))
    return _factors(panel)[:, ahead]


def unlike_factors(panel: Panel) -> Floats:
    """Return the same, but NaN on ordinary days: where a forecast is an expectation, say so."""
    is_ordinary = panel.kinds[panel.hours :] == 0
    return np.where(is_ordinary, np.nan, day_factors(panel))


def _factors(panel: Panel) -> Floats:
    usual = panel.cleaned.profile(6.0)
    factors = np.tile([1.0, 0.0, 0.0, REDUCED_SHARE, SPECIAL_SHARE], (len(usual), 1))
    factors[:, HOLIDAY] = _like_sundays(usual)
    kinds = panel.kinds[: panel.hours]
    day = np.cumsum(np.diff(panel.week[: panel.hours] // 24, prepend=-1) != 0) - 1
    # A day that turned out closed counts as nothing, not as unknown.
    came = panel.with_closed
    expected = usual[:, panel.week[: panel.hours]]
    for kind in (HOLIDAY, REDUCED, SPECIAL):
        hours = np.flatnonzero(kinds == kind)
        if not len(hours):
            continue
        known = ~np.isnan(came[:, hours])
        whole = np.where(known, expected[:, hours], 0.0)
        part = np.nan_to_num(came[:, hours])
        days = _days_seen(day[hours], whole)
        share = part.sum(axis=1) / np.maximum(whole.sum(axis=1), 1e-9)
        seen = np.minimum(share, HIGHEST) * days + factors[:, kind] * DAYS_OF_EXPECTATION
        factors[:, kind] = seen / (days + DAYS_OF_EXPECTATION)
    return factors


def _days_seen(day: npt.NDArray[np.int64], whole: Floats) -> Floats:
    """How many days had hours in which contacts were expected, by series."""
    _, first = np.unique(day, return_index=True)
    seen: Floats = (np.add.reduceat(whole, first, axis=1) > 0).sum(axis=1).astype("float64")
    return seen


def _like_sundays(usual: Floats) -> Floats:
    by_weekday = usual.reshape(len(usual), 7, 24).sum(axis=2)
    ordinary = by_weekday[:, :5].mean(axis=1)
    sunday = by_weekday[:, 6] / np.maximum(ordinary, 1e-9)
    share: Floats = np.clip(sunday, HOLIDAY_WHERE_SUNDAYS_ARE_CLOSED, 1.0)
    return share
