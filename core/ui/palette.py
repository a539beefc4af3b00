"""Which palette the reader has: Streamlit's theme, asked here and nowhere else."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from core.charts.picture import Look
from core.charts.theme import Palette, palette_for


def palette() -> Palette:
    """Return the palette of the theme in the reader's browser."""
    return palette_for(st.context.theme.type)


def look(zone: ZoneInfo, now: datetime) -> Look:
    """Return how this reader sees pictures.

    Parameters
    ----------
    zone : ZoneInfo
        The centre's zone.
    now : datetime
        Aware.
    """
    return Look(zone, palette(), now)
