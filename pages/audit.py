"""Audit: what was done, by whom, why?"""

import streamlit as st

from core.screens import audit
from core.ui import actions, address, shell, tables

FIELDS = {
    "when": tables.Field("When", width=120),
    "step": tables.Field("Step", width=150),
    "what": tables.Field("What", width=380),
    "who": tables.Field("Who", width=110),
    "proposal": tables.Field("Proposal", width=75),
    "object": tables.Field("Object", width=170),
    "reason": tables.Field("Reason", width=260),
    "hash": tables.Field("Hash", width=85),
}

with shell.page() as visit:
    entries = audit.read_entries(visit.services)
    step = address.choice("step", audit.STEP_CHOICES, what="step")
    who = address.choice("who", audit.person_choices(entries), what="person")
    span = address.choice("span", audit.SPANS, what="span", default="7")
    view = audit.view(
        visit.services,
        entries,
        audit.AuditFilter(address.typed("find"), step.value, who.value, span.value),
    )
    visit.headline(view.headline, view.provenance)
    with address.toolbar():
        address.search_field("find", "Find proposal, campaign, person")
        step.select("Step")
        who.select("Who", width=160)
        span.segments("Span")
        if actions.plain_button("Check chain", key="check", icon="verified"):
            actions.act(lambda: view.checked)
        actions.download_button(
            "Export",
            view.as_jsonl,
            file_name="audit.jsonl",
            key="export",
            mime="application/jsonl",
        )
    if view.trouble:
        st.error(view.trouble)
    if entries:
        shell.section(view.found)
        tables.rows_table(view.rows, FIELDS, key="entries", alt=view.found, lazy=True)
    else:
        shell.empty_state(
            "The audit is empty.", "Its first entry comes with the first proposal, from any page."
        )
