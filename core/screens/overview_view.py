"""What the first page shows, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from core.charts.picture import Picture
from core.screens.overview_tiles import TileWords

LOOK_AGAIN_SECONDS = 60.0
LOOK_SOON_SECONDS = 5.0
"""While something is being read or forecast."""


@dataclass(frozen=True, slots=True)
class OverviewView:
    """What the page shows.

    Parameters
    ----------
    headline, provenance : str
        The state of the desk, and of when.
    needs : str
        What needs somebody, where the headline says something else first.
    is_empty : bool
        Whether nothing is forecast yet: one sentence and one button.
    instead : tuple of str
        That sentence, and what to do.
    forecast_label : str
        What the button says that forecasts everything; empty where there is no need of it or this
        person may not.
    tiles : tuple of TileWords
        The four numbers.
    today_title, today_note, today : str, str, Picture or None
        Contacts of today.
    agents_title, agents_note, agents : str, str, Picture or None
        Agents scheduled today.
    queues, queue_ids, queue_headings : DataFrame, tuple of str, mapping
        The queues, the most unusual first.
    campaigns, campaign_ids : DataFrame, tuple of str
        The campaigns, the best next hour first.
    silent : frozenset of str
        Queues without any contacts.
    look_again_seconds : float
        When to look again by itself.
    """

    headline: str
    provenance: str
    needs: str = ""
    is_empty: bool = False
    instead: tuple[str, str] = ("", "")
    forecast_label: str = ""
    tiles: tuple[TileWords, ...] = ()
    today_title: str = ""
    today_note: str = ""
    today: Picture | None = None
    agents_title: str = ""
    agents_note: str = ""
    agents: Picture | None = None
    queues: pd.DataFrame | None = None
    queue_ids: tuple[str, ...] = ()
    queue_headings: Mapping[str, str] | None = None
    campaigns: pd.DataFrame | None = None
    campaign_ids: tuple[str, ...] = ()
    silent: frozenset[str] = frozenset()
    look_again_seconds: float = LOOK_AGAIN_SECONDS
