"""Volume by the usual week: each hour of the week as in recent weeks, nudged by the last one.

An exponentially weighted mean over weeks, closed hours and odd days left out, times a level
correction of 30 % of what the last seven days were above or below it. It knows no trend, and draws
any shape of week: half Fridays, closed weekends.
"""

import numpy as np
import numpy.typing as npt

from core.forecasting.cleaned import HOURS_PER_WEEK, WeekCounts
from core.forecasting.panel import Panel

NAME = "profile"
HALF_LIFE_WEEKS = 4.0
CORRECTION = 0.3
LEAST_CONTACTS = 5.0
"""Added on both sides of the level, so that a week with few contacts moves little."""
PARAMETERS = {"half_life_weeks": HALF_LIFE_WEEKS, "level_correction": CORRECTION}

Floats = npt.NDArray[np.float64]


def forecast(panel: Panel) -> Floats:
    """Return the usual count of each hour to forecast, shape (n_series, horizon)."""
    weeks = panel.cleaned
    profile = weeks.profile(HALF_LIFE_WEEKS)
    level = 1.0 + CORRECTION * (last_week_level(weeks, profile) - 1.0)
    values: Floats = (profile * level[:, None])[:, weeks.week_ahead]
    return values


def last_week_level(weeks: WeekCounts, profile: Floats) -> Floats:
    """Return what the last seven days were of their usual, shape (n_series,)."""
    lately = (weeks.age >= 0) & (weeks.age * HOURS_PER_WEEK < HOURS_PER_WEEK)
    weight = weeks.weight * lately
    came = (weeks.known * lately).sum(axis=(1, 2))
    usual = (weight * profile[:, None]).sum(axis=(1, 2))
    level: Floats = (came + LEAST_CONTACTS) / (usual + LEAST_CONTACTS)
    return level
