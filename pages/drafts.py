"""Campaign drafts: where is room for calls, and which campaign would use it?"""

import streamlit as st

from core.screens import draft_templates, draft_view, drafts, forecast_page, names, proposing
from core.ui import address, drawing, fields, jobs, marks, shell, tables, words
from core.ui.proposing import Question, draw_pairs, offer_box
from core.ui.recent import recent

FIELDS = {
    "day": tables.Field("Day", width=110),
    "window": tables.Field("Window", width=120),
    "hours": tables.Field("Hours", "number", width=70),
    "expected": tables.Field("Expected contacts/h", "number", width=150),
    "threshold": tables.Field("Why low, contacts/h", "number", width=150),
}

with shell.page() as visit:
    desk, person = visit.services, visit.person
    read = recent(desk)
    known = names.queue_names(desk, read)
    queue = address.choice("queue", known.options, what="queue", default=desk.settings.queue_id)
    templates = draft_templates.templates(desk, read)
    template = address.choice("template", templates, what="campaign to copy", default="")
    wanted = draft_view.Wanted(
        queue.value, address.typed("name"), address.typed("calls"), template.value
    )
    view = drafts.view(desk, read, known, wanted, person, visit.look)
    visit.headline(view.headline, view.provenance)
    with address.toolbar():
        queue.select("Queue")
        if templates:
            template.select("Campaign to copy", width=300)
        if view.forecast_label:
            jobs.job_button(
                view.forecast_label,
                "Forecasting…",
                key="forecast",
                latest=lambda: forecast_page.latest_job(desk, view.series),
                begin=lambda: forecast_page.begin(desk, view.series, person),
                now=desk.clock.now,
                is_primary=view.needs_forecast,
            )
    for sentence in filter(None, (view.trouble, view.complaint)):
        st.warning(words.plain(sentence))
    draw_pairs(view.pairs)
    if view.series:
        jobs.show_job_failure(forecast_page.latest_job(desk, view.series))
    if not view.picture:
        shell.empty_state("No draft.", view.instead)
    else:
        left, right = st.columns([3.1, 1], gap="medium")
        with left:
            with st.container(gap="xsmall"):
                shell.section(view.chart_title)
                drawing.draw_picture(view.picture, "windows", visit.zone)
            shell.section("The windows, one schedule entry each")
            tables.rows_table(view.windows, FIELDS, key="rows", alt="Low-volume windows")
            if view.payload:
                with st.expander("What would be sent, as JSON"):
                    st.code(view.payload, language=None, wrap_lines=True)
        with right:
            if view.draft:
                with st.container(border=True):
                    fields.text_field("name", "Name of the campaign", view.draft.name)
                    if not view.is_copy:
                        fields.number_field(
                            "calls",
                            "Calls an hour, at most",
                            wanted.calls_per_hour,
                            most=draft_view.MOST_CALLS,
                            step=10,
                        )
            if view.offer:
                offer_box(
                    view.offer,
                    Question(
                        "propose",
                        "Propose this draft?",
                        view.offer.effects,
                        view.offer.warnings,
                        view.offer.footnote,
                    ),
                    "Propose this draft",
                    lambda reason: proposing.propose(desk, view.offer.plan, person.name, reason),
                    "If approved",
                )
            else:
                shell.empty_state("Nothing to propose.", view.instead)
            if view.checks:
                shell.section(view.checks_title)
                marks.checks_list(view.checks)
            shell.section("What you should know")
            for sentence in view.known:
                shell.grey(sentence)
