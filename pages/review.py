"""Review: may this go out, under my name?"""

import streamlit as st

from core.screens import inbox, review
from core.ui import decision_parts as acts
from core.ui import inbox_parts as left
from core.ui import review_parts as parts
from core.ui import shell
from core.ui.recent import recent

with shell.page() as visit:
    desk, person = visit.services, visit.person
    box = inbox.inbox(desk, person)
    chosen = left.choose_proposal(box)
    visit.headline(box.headline, box.provenance)
    list_side, detail_side = st.columns([1, 2.7], gap="medium")
    with list_side:
        left.draw_inbox(box, chosen)
    with detail_side:
        if chosen.proposal_id:
            read = recent(desk)
            detail = review.detail(desk, read, chosen.proposal_id, person)
            parts.draw_title(detail)
            parts.draw_banner(detail.banner)
            parts.draw_walk(detail.walk)
            acts.draw_next(desk, read, detail, person.name)
            changes, judgement = st.columns([1.85, 1], gap="medium")
            with changes:
                parts.draw_changes(detail)
                parts.draw_documents(detail)
                parts.draw_history(detail)
            with judgement:
                parts.draw_judgement(detail)
                parts.draw_links(detail.links)
            acts.draw_decision(desk, detail, person.name)
        else:
            shell.empty_state(
                "No proposal to show.",
                "Proposals come from Capacity & pacing and from Campaign drafts.",
            )
