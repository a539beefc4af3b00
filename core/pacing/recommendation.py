"""What a recommendation is: hour by hour, with the limit that bound it, and what would be sent.

These types hold facts and no rule; `core.pacing.compliant` and `core.pacing.tutorial` make them.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.campaigns import CampaignSnapshot
from core.documents import JsonObject
from core.pacing.allowance import Allowance
from core.pacing.guardrails import Guardrails
from core.pacing.lessons import Lessons
from core.pacing.timing import DialTiming
from core.permissions import Lack


@dataclass(frozen=True, slots=True)
class PacingHour:
    """One hour of a recommendation.

    Parameters
    ----------
    ds : datetime
        Start of the hour, aware.
    agents : float or None
        Scheduled; None where the schedule says nothing.
    answer_rate, answer_rate_lower, answer_rate_upper : float
        The forecast and its band, shares; the bounds None where the method has none.
    safe_rate : float
        The rate that the policy plans with in this hour, a share.
    abandon_target : float
        The abandon rate that the policy would aim at in this hour, a share.
    binding_limit : str
        What held the hour's setting where it is, in words.
    calls_per_agent : float or None
        Lines in flight per idle agent; None where the policy knows none, nobody dials, or the
        agents are unknown.
    expected_occupancy, expected_abandon_rate : float or None
        What the hour would come to at the likely answer rate, shares; None where not told.
    expected_conversations : float or None
        Calls that agents would handle in the hour, or in what is left of it; None where not told.
    """

    ds: datetime
    agents: float | None
    answer_rate: float
    answer_rate_lower: float | None
    answer_rate_upper: float | None
    safe_rate: float | None
    abandon_target: float | None
    binding_limit: str
    calls_per_agent: float | None = None
    expected_occupancy: float | None = None
    expected_abandon_rate: float | None = None
    expected_conversations: float | None = None


@dataclass(frozen=True, slots=True)
class PacingLimits:
    """The limits in force for a recommendation.

    Parameters
    ----------
    max_offers_per_hour : float
        Calls an hour that stand for full use of the agents. Unit: calls.
    max_offers_origin : str
        Where that number comes from, in words.
    abandon_cap : float
        Highest abandon rate that a proposal may aim at, a share.
    rate_floor, rate_ceiling : float
        The policy's bounds of the rate that it plans with, shares.
    guardrails : Guardrails
        Regime, steps, ceiling and freeze.
    timing : DialTiming or None
        How long calls hold agents and lines; None where it was not told.
    """

    max_offers_per_hour: float
    max_offers_origin: str
    abandon_cap: float
    rate_floor: float
    rate_ceiling: float
    guardrails: Guardrails = field(default_factory=Guardrails)
    timing: DialTiming | None = None


@dataclass(frozen=True, slots=True)
class SoFar:
    """What had happened when a recommendation was made.

    Parameters
    ----------
    until : datetime or None
        Aware; None where nothing was seen yet.
    interval : timedelta
        How often the rest is planned anew.
    day, window : Allowance
        Of the day, and of the regime's window.
    lessons : Lessons
        What the day teaches of the rest.
    has_begun : bool
        Whether the day of the first hour ahead had begun; False for a plan of a later day.
    """

    until: datetime | None
    interval: timedelta
    day: Allowance
    window: Allowance
    lessons: Lessons
    has_begun: bool = True


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Computed advice for a campaign; nothing is stored or sent by making one.

    Parameters
    ----------
    policy : str
        The policy's name.
    campaign_id : str
        The campaign, or empty where it was made from files alone.
    generated_at : datetime
        Aware.
    limits : PacingLimits
        In force when it was made.
    hours : tuple of PacingHour
        One for each hour of the forecast.
    push : JsonObject
        The very fields that would be sent, nested as the campaign nests them; empty where the
        capacity is unknown.
    forecast_id, forecast_method : str
        The forecast that it was made from.
    forecast_cutoff : datetime
        The last hour that forecast saw.
    forecast_made_at : datetime
        When it was made.
    capacity_known : bool
        False where the schedule had no entry for any hour: then nothing may be proposed.
    warnings : tuple of str
        What the reader should know, in sentences.
    so_far : SoFar or None
        What had happened; None where it was not told.
    """

    policy: str
    campaign_id: str
    generated_at: datetime
    limits: PacingLimits
    hours: tuple[PacingHour, ...]
    push: JsonObject
    forecast_id: str
    forecast_method: str
    forecast_cutoff: datetime
    forecast_made_at: datetime
    capacity_known: bool
    warnings: tuple[str, ...] = ()
    so_far: SoFar | None = None


@dataclass(frozen=True, slots=True)
class LowVolumeWindow:
    """A contiguous stretch of future hours with few contacts.

    Parameters
    ----------
    start, end : datetime
        Aware; `end` is not part of it.
    expected_contacts : float
        Mean of the forecast over the window. Unit: contacts an hour.
    """

    start: datetime
    end: datetime
    expected_contacts: float

    @property
    def hours(self) -> float:
        """Length. Unit: hours."""
        return (self.end - self.start).total_seconds() / 3600


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """A campaign that could be created: windows and the very payload that would be sent.

    `template` is the campaign that it copies, where it is a copy; `times_lack` is what is missing
    to read when that one's contacts may be called.
    """

    queue_id: str
    name: str
    threshold: float
    windows: tuple[LowVolumeWindow, ...]
    payload: JsonObject
    forecast_id: str
    forecast_method: str
    forecast_cutoff: datetime
    forecast_made_at: datetime
    warnings: tuple[str, ...] = ()
    template: CampaignSnapshot | None = None
    times_lack: Lack | None = None
