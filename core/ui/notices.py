"""Sentences that wait for the next headline: what was done, what the address got wrong.

They survive the rerun that follows an action, and are shown once.
"""

from typing import Literal

import streamlit as st

from core.ui.words import plain

Tone = Literal["done", "warning"]
_KEY = "notices"


def add_notice(text: str, tone: Tone = "done") -> None:
    """Keep a sentence until the next headline is drawn."""
    st.session_state.setdefault(_KEY, []).append((text, tone))


def show_notices() -> None:
    """Draw the sentences that wait, one box for each tone, and forget them."""
    waiting = st.session_state.pop(_KEY, [])
    for tone, draw, icon in (
        ("done", st.success, ":material/check_circle:"),
        ("warning", st.warning, ":material/warning:"),
    ):
        texts = [plain(text) for text, of in waiting if of == tone]
        if texts:
            draw(" ".join(texts), icon=icon)
