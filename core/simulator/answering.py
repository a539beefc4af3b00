"""The chance that a placed call is answered, hour by hour.

It knows the person's habits, the age of the list and the day, and nothing of pacing: how many
calls are placed does not change how likely one of them is to be answered.
"""

import math
from datetime import date
from typing import Final

import numpy as np

from core.simulator.calendar import is_holiday, local_day
from core.simulator.campaigns import CampaignCharacter
from core.simulator.seeds import is_outlier_day, stream

_FAULT_FACTOR: Final = 0.35
"""On its outlier day a campaign's caller id was shown as spam until somebody noticed."""


def answer_chances(seed: int, campaign: CampaignCharacter, day: date) -> tuple[float, ...]:
    """Return the chance of an answer in each hour of a local day.

    Parameters
    ----------
    seed : int
        The world's seed.
    campaign : CampaignCharacter
        The campaign.
    day : date
        The local date.

    Returns
    -------
    tuple of float
        As many as the day has hours. Unit: share, by a person or a machine.

    Examples
    --------
    >>> from core.simulator.campaigns import CAMPAIGNS
    >>> chances = answer_chances(7, CAMPAIGNS[0], date(2026, 11, 23))
    >>> len(chances), 0.02 <= min(chances) <= max(chances) <= 0.9
    (24, True)
    """
    clock_hours = local_day(day).clock_hours
    draw = stream(seed, campaign.campaign_id, "answers", day.toordinal())
    level = campaign.answer_chance * math.exp(0.06 * draw.standard_normal())
    level *= _freshness(campaign, day)
    if day.weekday() >= 5 or is_holiday(day):
        level *= campaign.weekend_lift
    if is_outlier_day(seed, campaign.campaign_id, day):
        level *= _FAULT_FACTOR
    shape = np.array([campaign.shape[clock] for clock in clock_hours])
    hours = level * shape * (1 + 0.035 * draw.standard_normal(len(shape)))
    return tuple(np.clip(hours, 0.02, 0.9).tolist())


def _freshness(campaign: CampaignCharacter, day: date) -> float:
    """Return how good the list still is: those who answer readily are gone first."""
    age = (day.toordinal() % campaign.list_days) / campaign.list_days
    return 1 + campaign.list_fatigue * (0.5 - age)
