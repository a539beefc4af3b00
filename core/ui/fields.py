"""Fields to fill in whose content the address holds, so that a link shows the same form."""

import streamlit as st

from core.ui.address import LONGEST_TEXT, choose


def text_field(param: str, label: str, shown: str) -> None:
    """Draw a text field.

    Parameters
    ----------
    param : str
        The address's parameter; `core.ui.address.typed` reads it.
    label : str
        Seen above the field.
    shown : str
        What stands in it: what was typed, or what holds while nothing was.
    """
    key = f"field-{param}"
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown
    st.text_input(label, key=key, max_chars=LONGEST_TEXT, on_change=_follow, args=(param, key))


def number_field(param: str, label: str, shown: int, *, most: int, step: int = 1) -> None:
    """Draw a field for a whole number from 1 on; see `text_field`."""
    key = f"field-{param}"
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown
    st.number_input(
        label, 1, most, key=key, step=step, format="%d", on_change=_follow, args=(param, key)
    )


def _follow(param: str, key: str) -> None:
    value = st.session_state[key]
    choose(param, "" if value is None else str(value).strip())
