"""What Capacity & pacing is asked for, and what it shows."""

from dataclasses import dataclass, field

import pandas as pd

from core.charts.picture import Picture
from core.exports.json_values import json_text
from core.exports.recommendation_json import recommendation_document
from core.pacing.recommend import COMPLIANT
from core.pacing.recommendation import Recommendation
from core.screens.day_plan_offer import DayOffer
from core.screens.forecast_page import Wanted as SeriesWanted
from core.screens.proposing import Offer, checks_title
from core.services.recommend import PacingAdvice, TimingGiven
from core.workflow.plan import Check

LONGEST_HANDLE, LONGEST_LINE = 7200, 599
"""What can be typed in. Unit: seconds."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for.

    Parameters
    ----------
    campaign_id : str or None
        None where there is no campaign.
    skill : str
        Typed in; used where neither campaign nor settings name one.
    policy : str or None
        By which policy; None for the one that suits the tenant.
    timing : TimingGiven
        Handle and line time as they were typed in; measured where they were not.
    """

    campaign_id: str | None
    skill: str = ""
    policy: str | None = None
    timing: TimingGiven = field(default_factory=TimingGiven)


@dataclass(frozen=True, slots=True)
class PacingView:
    """What the page shows.

    Parameters
    ----------
    headline, provenance : str
        The answer, and where it comes from.
    trouble : str
        What stands in the way of the present state; empty where nothing does.
    asks_skill : bool
        Whether the skill has to be typed in.
    asks_handle_time : bool
        Whether nobody tells how long calls last, and it has to be typed in.
    chart_title : str
        What the picture shows.
    picture : Picture or None
        None where there is no forecast.
    hours : DataFrame
        A row of texts for each hour; columns of `HOUR_HEADINGS`, or of `CALLS_HEADINGS` where
        `is_in_calls`.
    offer : Offer or None
        The plan; None where nothing is recommended.
    offer_title : str
        Over what the consequence of the plan is told.
    day : DayOffer or None
        The plan of the whole day; None where the policy or the tenant has none.
    instead : str
        Why nothing is offered; empty where something is.
    checks : tuple of Check
        How it stands to the guardrails.
    cautions : tuple of str
        What the policy itself warns of.
    known : tuple of str
        What else whoever proposes should know.
    recommendation : Recommendation or None
        For the download.
    series : Wanted or None
        What a new forecast would be made of.
    may_forecast : bool
        Whether whoever looks may have one made.
    needs_forecast : bool
        Whether a new forecast is what helps.
    advice : PacingAdvice or None
        What the recommendation was made from; None where the tenant could not be read.
    skill : str
        Whose agents dial; empty where that is not known.
    """

    headline: str
    provenance: str
    trouble: str = ""
    asks_skill: bool = False
    asks_handle_time: bool = False
    chart_title: str = ""
    picture: Picture | None = None
    hours: pd.DataFrame = field(default_factory=pd.DataFrame)
    offer: Offer | None = None
    offer_title: str = "If approved"
    day: DayOffer | None = None
    instead: str = ""
    checks: tuple[Check, ...] = ()
    cautions: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    recommendation: Recommendation | None = None
    series: SeriesWanted | None = None
    may_forecast: bool = False
    needs_forecast: bool = False
    advice: PacingAdvice | None = None
    skill: str = ""

    @property
    def is_in_calls(self) -> bool:
        """Whether the recommendation is in calls per agent, hour by hour."""
        return self.recommendation is not None and self.recommendation.policy == COMPLIANT

    @property
    def checks_title(self) -> str:
        """How the checks came out, counted."""
        return checks_title(self.checks)

    @property
    def forecast_label(self) -> str:
        """What the button that makes a forecast says; empty where there is none."""
        if self.series is None or not self.may_forecast:
            return ""
        return "Forecast again" if self.picture else "Forecast"

    @property
    def json_name(self) -> str:
        """Name of the recommendation's file."""
        return f"{self._file_stem}.json"

    @property
    def csv_name(self) -> str:
        """Name of the hours' file."""
        return f"{self._file_stem}.csv"

    @property
    def _file_stem(self) -> str:
        made = self.recommendation
        return f"pacing-{made.campaign_id}-{made.generated_at:%Y%m%dT%H%M}Z" if made else "pacing"

    def as_json(self) -> str:
        """Return the recommendation's document, the one that the command line writes."""
        made, staffing = self.recommendation, self.advice.staffing if self.advice else None
        return json_text(recommendation_document(made, staffing)) if made else ""


def wanted(
    campaign_id: str | None, skill: str, policy: str | None, handle: str, line: str
) -> Wanted:
    """Return what an address asks for; a time that is no number of seconds counts as not given.

    Examples
    --------
    >>> wanted("c-1", "", "compliant", "240", "soon").timing
    TimingGiven(handle_seconds=240.0, line_seconds=None)
    """
    return Wanted(
        campaign_id,
        skill,
        policy,
        TimingGiven(_seconds(handle, LONGEST_HANDLE), _seconds(line, LONGEST_LINE)),
    )


def _seconds(text: str, most: int) -> float | None:
    return float(text) if text.isdecimal() and 0 < int(text) <= most else None
