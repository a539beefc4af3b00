"""The strip of a campaign as it runs today; it is renewed without the page around it."""

import streamlit as st

from core.bootstrap import Services
from core.charts.picture import Look
from core.screens import live
from core.ui.recent import recent
from core.ui.shell import grey, section
from core.ui.words import plain

NARROWEST = 200


def live_strip(services: Services, campaign_id: str, look: Look) -> None:
    """Draw how a campaign runs today, and read it again every half minute.

    Nothing is drawn where the tenant tells nothing of its dialler.
    """

    @st.fragment(run_every=live.RENEW_SECONDS)
    def strip() -> None:
        view = live.view(services, recent(services), campaign_id, look)
        if view is None:
            return
        section(view.title)
        if view.trouble:
            st.warning(plain(view.trouble))
        if view.facts:
            grid = st.grid(len(view.facts), min_column_width=NARROWEST, border=True)
            for fact in view.facts:
                with grid.cell(), st.container(gap="xsmall"):
                    st.metric(plain(fact.label), fact.value)
                    grey(fact.note)
            grey(view.note)

    strip()
