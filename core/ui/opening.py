"""Going on to another page from a row of a table, with the same selection.

A table tells its choice before the page is drawn, when no page can be left; so the choice is kept
for a moment, and followed where the page begins.
"""

from collections.abc import Callable, Sequence

import streamlit as st

_KEY = "opening"


def row_opener(page: str, param: str, ids: Sequence[str]) -> Callable[[int], None]:
    """Return what a table does with a chosen row: open a page that shows it.

    Parameters
    ----------
    page : str
        The page's file, as in the navigation.
    param : str
        The parameter of the address that selects there.
    ids : sequence of str
        What each row selects.
    """

    def choose(row: int) -> None:
        if row < len(ids):
            st.session_state[_KEY] = (page, {param: ids[row]})

    return choose


def follow_choice() -> None:
    """Open the page of a row that was just chosen; nothing where none was."""
    chosen = st.session_state.pop(_KEY, None)
    if chosen is not None:
        page, selection = chosen
        st.switch_page(page, query_params=selection)
