"""The 6 campaigns: whom they call, how readily those pick up, and who does the calling.

Facts only; `answering`, `rosters` and `dialler` turn them into calls.
"""

from dataclasses import dataclass
from typing import Final

from core.simulator.calendar import HolidayRule, OpeningHours, weekly
from core.simulator.centre import stable_id
from core.simulator.shapes import AT_HOME, AT_WORK, DayShape

_EVERY_DAY: Final = weekly((9, 20), (9, 20), (9, 20), on_holidays=HolidayRule.REDUCED)
_SIX_DAYS: Final = weekly((9, 20), (10, 18))
_FIVE_DAYS: Final = weekly((9, 19))


@dataclass(frozen=True)
class CampaignCharacter:
    """What one campaign is like.

    Parameters
    ----------
    name : str
        As supervisors call it.
    answer_chance : float
        Mean share of calls that a person or a machine answers.
    live_share : float
        Share of those answers that is a person.
    handle_seconds : float
        Mean time for which a conversation takes its agent: talk, hold and wrap-up.
    team : int
        Agents on shift when the shift is full.
    opening : OpeningHours
        When it dials.
    shape : DayShape
        How the chance of an answer moves over the day.
    weekend_lift : float
        Chance on Saturdays and Sundays relative to the rest of the week.
    list_days : int
        Days after which a fresh list is loaded.
    list_fatigue : float
        Share of the chance that is lost from the first day of a list to its last.
    half_shifts : bool
        Shifts begin at half past, so that an hour may count half an agent.
    has_schedule : bool
        Whether the centre plans this team in the tenant at all.
    """

    name: str
    answer_chance: float
    live_share: float
    handle_seconds: float
    team: int
    opening: OpeningHours
    shape: DayShape = AT_HOME
    weekend_lift: float = 1.06
    list_days: int = 14
    list_fatigue: float = 0.22
    half_shifts: bool = False
    has_schedule: bool = True

    @property
    def campaign_id(self) -> str:
        """The tenant's id."""
        return stable_id("campaign", self.name)

    @property
    def skill_id(self) -> str:
        """The id of the skill that its agents have."""
        return stable_id("skill", self.name)


CAMPAIGNS: Final = (
    CampaignCharacter("Winback Autumn", 0.34, 0.74, 240.0, 48, _EVERY_DAY),
    CampaignCharacter("Upgrade offers", 0.24, 0.68, 330.0, 57, _SIX_DAYS, list_days=21),
    CampaignCharacter("Service reminders", 0.45, 0.80, 140.0, 28, _SIX_DAYS, list_fatigue=0.12),
    CampaignCharacter("Payment reminders", 0.40, 0.72, 280.0, 9, _FIVE_DAYS, AT_WORK, list_days=10),
    CampaignCharacter(
        "Survey after move", 0.22, 0.64, 160.0, 20, _FIVE_DAYS, list_days=7, has_schedule=False
    ),
    CampaignCharacter(
        "Loyalty calls", 0.43, 0.82, 400.0, 40, _EVERY_DAY, list_days=28, half_shifts=True
    ),
)
"""Every campaign. The first and the last dial on Sundays and public holidays too."""
