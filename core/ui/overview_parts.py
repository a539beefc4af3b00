"""The tiles and the tables of the first page, from what its screen says."""

from collections.abc import Mapping

import streamlit as st

from core.screens.overview_tiles import TileWords
from core.ui.marks import state_badge
from core.ui.tables import Field
from core.ui.tiles import Tile
from core.ui.words import plain

CAMPAIGN_FIELDS: Mapping[str, Field] = {
    "name": Field("Campaign", width=122),
    "line": Field("Today", "line", width=72),
    "today": Field("So far", "number", width=62),
    "hour": Field("Next hour", width=76),
    "expected": Field("Forecast, band", "number", width=126),
    "age": Field("Made", "number", width=74, help="How long ago the forecast was made."),
}


def queue_fields(headings: Mapping[str, str]) -> Mapping[str, Field]:
    """Return the columns of the queues; three headings depend on the hour.

    Parameters
    ----------
    headings : mapping of str to str
        Of ``contacts``, ``reference`` and ``next``.
    """
    return {
        "name": Field("Queue", width=140),
        "state": Field("State", width=104),
        "line": Field("Today", "line", width=74),
        "contacts": Field(headings["contacts"], "number", width=84),
        "reference": Field(headings["reference"], "number", width=74),
        "difference": Field("Difference", "number", width=78),
        "next": Field(headings["next"], "number", width=68),
        "band": Field("Band", "number", width=76),
        "age": Field("Made", "number", width=76, help="How long ago the forecast was made."),
    }


def tile_of(told: TileWords) -> Tile:
    """Return the tile that says what the screen tells, badges under its note."""

    def badges() -> None:
        with st.container(horizontal=True, gap="xsmall"):
            for state, number in told.states.items():
                state_badge(state, number)

    return Tile(
        told.label,
        told.value,
        note=plain(told.note),
        draw=badges if told.states else None,
        link=told.link,
        page=told.page,
        selection=told.selection,
        help=told.help,
    )
