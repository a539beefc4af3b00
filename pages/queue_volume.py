"""Queue volume: what comes in this week, and where is room?"""

import streamlit as st

from core.screens import forecast_page, names, queue_volume, waterfall, waterfall_windows
from core.ui import actions, address, adjustment_parts, drawing, forecasts, jobs, shell, tables
from core.ui.recent import recent

WINDOWS = {
    "day": tables.Field("Day", width=120),
    "window": tables.Field("Window", width=130),
    "hours": tables.Field("Hours", "number", width=90),
    "expected": tables.Field("Expected contacts/h", "number", width=160),
    "why": tables.Field("Why low", width=240),
}

with shell.page() as visit:
    desk = visit.services
    queues = names.queue_names(desk, recent(desk))
    queue = address.choice("queue", queues.options, what="queue", default=desk.settings.queue_id)
    days = address.choice("volume-days", queue_volume.SPANS, what="span", default="7")
    method = address.choice("volume-method", queue_volume.METHODS, what="method", default="auto")
    learn = address.choice(
        "volume-learn", queue_volume.LEARN, what="span to learn from", default="90"
    )
    shape = address.choice("shape", queue_volume.SHAPES, what="shape", default="weekly")
    asked = queue_volume.wanted(
        queues, queue.value, method.value, days.value, learn.value, shape.value
    )
    view = queue_volume.view(desk, queues, asked, visit.person, visit.look)
    window = address.choice(
        "volume-window", view.days_and_hours, what="hour or day", default=waterfall_windows.BUSIEST
    )
    basis = view.basis
    visit.headline(basis.headline, basis.provenance)
    if basis.trouble:
        st.warning(basis.trouble)
    with address.toolbar():
        queue.select("Queue")
        days.segments("Span")
        method.select("Method", width=230)
        learn.select("History to learn from", width=190)
        if view.asks_shape:
            shape.segments("Weekly shape")
        forecasts.forecast_buttons(desk, asked, basis, visit.person)
    jobs.show_job_failure(forecast_page.latest_job(desk, asked))
    if basis.instead:
        shell.empty_state(*basis.instead)
    if view.picture:
        left, right = st.columns([3.1, 1], gap="medium")
        with left:
            with st.container(gap="xsmall"):
                shell.section(view.chart_title)
                drawing.draw_chart(view.picture, "volume")
                if view.band_sentence:
                    shell.grey(view.band_sentence)
            adjustment_parts.draw_adjustments(desk, view.adjustments, asked, visit)
            with st.container(gap="xsmall"):
                shell.section(view.parts_title, view.parts_note)
                if view.parts:
                    for place, title in zip(st.columns(len(view.parts)), view.parts, strict=True):
                        with place:
                            shell.grey(title)
                            drawing.draw_chart(view.parts[title], title)
                            tables.picture_table(
                                view.parts[title], title, visit.zone, "As a table, and CSV"
                            )
            forecasts.draw_waterfall(
                waterfall.waterfall_of(view.explained, window.value, visit.look), window, visit
            )
            with st.container(gap="xsmall"):
                shell.section(view.windows_title)
                if len(view.windows):
                    tables.rows_table(view.windows, WINDOWS, key="windows", alt=view.windows_title)
            forecasts.how_it_was_made(basis)
            tables.picture_table(
                view.picture, "volume", visit.zone, "The forecast as a table, and CSV"
            )
        with right:
            if view.may_draft:
                with st.container(gap="xsmall"):
                    draft = actions.plain_button if basis.needs_forecast else actions.primary_button
                    if draft("Draft a campaign in these windows", key="draft", width="stretch"):
                        st.switch_page("pages/drafts.py", query_params={"queue": queue.value})
                    shell.grey(
                        "Opens Campaign drafts with these windows filled in. Nothing is sent."
                    )
            forecasts.draw_judgement(basis)
