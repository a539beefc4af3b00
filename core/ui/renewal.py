"""Drawing a page anew by itself, now and then, without a jump."""

from collections.abc import Callable
from datetime import datetime, timedelta

import streamlit as st


def look_again(seconds: float, drawn_at: datetime, now: Callable[[], datetime]) -> None:
    """Draw the whole page anew once some time has passed, headline included.

    Parameters
    ----------
    seconds : float
        How long the page stands.
    drawn_at : datetime
        When it was drawn; aware.
    now : callable
        Tells the present.
    """

    @st.fragment(run_every=seconds)
    def wait() -> None:
        # The fragment also runs with the page itself, when nothing is due yet.
        if now() - drawn_at >= timedelta(seconds=seconds / 2):
            st.rerun()

    wait()
