"""What days unlike others do to an answer rate: public holidays, and the operator's own days.

One shift of the log odds for each kind of day, learned from the days of that kind in the history
beside what was usual for their hours. A history knows few of them, and a holiday may have been no
more than a bad day: the more a campaign's days differ anyhow, the less one of them is believed.
"""

import numpy as np
import numpy.typing as npt

from core.forecasting.rate_hours import RateHours, log_odds

KINDS = 5
USUAL_SHIFT = 0.35
"""How far such days lie from others as a rule, in log odds: some 8 points of a share."""
USUAL_CALLS = 20.0
"""On each day so many calls are taken to have been answered as usual, beside those that were."""

Floats = npt.NDArray[np.float64]


def day_shifts(hours: RateHours, usual: Floats, day_variance: float) -> Floats:
    """Return what to add to the log odds of an hour, by what the calendar calls it, shape (5,).

    Parameters
    ----------
    hours : RateHours
        Of one campaign.
    usual : array, shape (168,)
        The usual share of each hour of the week, learned from ordinary days.
    day_variance : float
        How much ordinary days differ, in squared log odds.
    """
    unlike = hours.unlike
    expected = unlike.offered * usual[hours.grid_week[unlike.place]]
    days, place = np.unique(hours.grid_day[unlike.place] * KINDS + unlike.kind, return_inverse=True)
    offered = np.bincount(place, unlike.offered)
    share = np.bincount(place, expected) / offered
    seen = np.bincount(place, unlike.answered) + USUAL_CALLS * share
    shift = log_odds(seen / (offered + USUAL_CALLS)) - log_odds(share)
    count = np.bincount(days % KINDS, minlength=KINDS)
    doubt = day_variance / USUAL_SHIFT**2
    learned: Floats = np.bincount(days % KINDS, shift, KINDS) / (count + doubt)
    return learned
