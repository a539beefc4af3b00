"""What Campaign drafts is asked for, and what it shows."""

from dataclasses import dataclass, field

import pandas as pd

from core.charts.picture import Picture
from core.exports.json_values import json_text
from core.pacing.draft import DEFAULT_CALLS_PER_HOUR
from core.pacing.recommendation import CampaignDraft
from core.screens.forecast_page import Wanted as SeriesWanted
from core.screens.proposing import Offer, checks_title
from core.workflow.pairs import HalfDone
from core.workflow.plan import Check

MOST_CALLS = 10_000
"""Above this an hourly cap is a slip of the finger. Unit: calls an hour."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for.

    Parameters
    ----------
    queue_id : str or None
        None where there is no queue.
    name : str
        Of the campaign; empty for a free name.
    calls : str
        At most so many calls an hour, as typed; empty for the default.
    template_id : str or None
        The campaign to copy, where drafts are copies and one is chosen.
    """

    queue_id: str | None
    name: str = ""
    calls: str = ""
    template_id: str | None = None

    @property
    def calls_per_hour(self) -> int:
        """The cap in force: what was typed where that is a number that can be, or the default."""
        return int(self.calls) if self._is_number else DEFAULT_CALLS_PER_HOUR

    @property
    def complaint(self) -> str:
        """What is wrong with what was typed; empty where nothing is."""
        if not self.calls or self._is_number:
            return ""
        return (
            f"“{self.calls[:20]}” is no number of calls an hour from 1 to {MOST_CALLS}."
            f" Showing {DEFAULT_CALLS_PER_HOUR}."
        )

    @property
    def _is_number(self) -> bool:
        return self.calls.isascii() and self.calls.isdigit() and 1 <= int(self.calls) <= MOST_CALLS


@dataclass(frozen=True, slots=True)
class DraftView:
    """What the page shows.

    Parameters
    ----------
    headline, provenance : str
        The answer, and where it comes from.
    trouble : str
        What stands in the way of the present state; empty where nothing does.
    complaint : str
        What is wrong with what was typed; empty where nothing is.
    chart_title : str
        What the picture shows.
    picture : Picture or None
        None where there is no window.
    windows : DataFrame
        A row of texts for each window.
    draft : CampaignDraft or None
        None where none could be made.
    pairs : tuple of HalfDone
        The drafts that were created and have no schedule yet.
    is_copy : bool
        Whether this tenant's drafts are copies of a campaign, which has no cap by the hour.
    offer : Offer or None
        The plan; None where nothing can be proposed.
    instead : str
        Why nothing is offered, or what to do; empty where something is.
    checks : tuple of Check
        How it stands to the guardrails.
    known : tuple of str
        What whoever proposes should know.
    series : Wanted or None
        What a new forecast would be made of.
    may_forecast : bool
        Whether whoever looks may have one made.
    needs_forecast : bool
        Whether a new forecast is what helps.
    """

    headline: str
    provenance: str
    trouble: str = ""
    complaint: str = ""
    chart_title: str = ""
    picture: Picture | None = None
    windows: pd.DataFrame = field(default_factory=pd.DataFrame)
    draft: CampaignDraft | None = None
    pairs: tuple[HalfDone, ...] = ()
    is_copy: bool = False
    offer: Offer | None = None
    instead: str = ""
    checks: tuple[Check, ...] = ()
    known: tuple[str, ...] = ()
    series: SeriesWanted | None = None
    may_forecast: bool = False
    needs_forecast: bool = False

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
    def payload(self) -> str:
        """The very text that would be sent."""
        return json_text(self.draft.payload).strip() if self.draft else ""
