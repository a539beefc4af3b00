"""Tiles: one number each, what it means, and where it leads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from core.ui.words import plain

NARROWEST = 240


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile.

    Parameters
    ----------
    label : str
        What the number is.
    value : str
        The number, formatted, with its unit.
    note : str
        Markdown under it, made with `core.ui.words.prose`.
    draw : callable or None
        Draws more under the note: badges, a bar.
    link : str
        What the link at the foot says; empty for none.
    page : str
        The page's file, as in the navigation: ``pages/review.py``.
    selection : mapping of str to str
        The address's parameters on that page, so that it opens with the same selection.
    help : str
        A word on what the number is.
    """

    label: str
    value: str
    note: str = ""
    draw: Callable[[], None] | None = None
    link: str = ""
    page: str | Path = ""
    selection: Mapping[str, str] = field(default_factory=dict)
    help: str = ""


def draw_tiles(tiles: Sequence[Tile]) -> None:
    """Draw tiles side by side, as many as there is room for."""
    grid = st.grid(max(1, len(tiles)), min_column_width=NARROWEST, border=True)
    for tile in tiles:
        with grid.cell():
            _draw(tile)


def _draw(tile: Tile) -> None:
    with st.container(height="stretch", gap="xsmall"):
        st.metric(plain(tile.label), tile.value, help=tile.help or None)
        if tile.note:
            st.markdown(tile.note)
        if tile.draw is not None:
            tile.draw()
        if tile.link:
            st.space("stretch")
            st.page_link(
                tile.page,
                label=tile.link,
                icon=":material/arrow_forward:",
                query_params=dict(tile.selection),
            )
