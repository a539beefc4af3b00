"""Accuracy: how good have the forecasts been, and which of them need me?"""

import streamlit as st

from core.screens import accuracy, accuracy_series
from core.ui import accuracy_parts as parts
from core.ui import address, drawing, jobs, shell, tables
from core.ui.recent import recent

with shell.page() as visit:
    desk, person = visit.services, visit.person
    accuracy.begin_due_scoring(desk)
    wanted = address.choice("kind", accuracy.KINDS, what="kind", default="volume")
    kind = accuracy.kind_of(wanted.value)
    names = accuracy.series_names(desk, recent(desk), kind)
    series = address.choice(accuracy.PARAMS[kind], names.options, what="series")
    source = address.choice("source", accuracy.SOURCES, what="source", default="stored")
    rival = address.choice(
        f"{kind}-rival", accuracy_series.rival_choices(kind), what="method", default="auto"
    )
    view = accuracy.view(desk, names, kind, person, visit.look)
    visit.headline(view.headline, view.provenance)
    if view.trouble:
        st.warning(view.trouble)
    with address.toolbar():
        wanted.segments("Kind")
        jobs.job_button(
            "Score now",
            "Scoring…",
            key="score",
            latest=lambda: accuracy.latest_scoring(desk),
            begin=lambda: desk.scoring.begin_check(person.name),
            now=desk.clock.now,
        )
        shell.grey(view.worker)
    for job in accuracy.failed_jobs(desk):
        jobs.show_job_failure(job)
    if view.instead:
        shell.empty_state(*view.instead)
    else:
        left, right = st.columns([3.1, 1], gap="medium")
        with left, st.container(gap="xsmall"):
            shell.section(view.rows_title)
            tables.rows_table(
                view.rows,
                parts.row_fields(kind),
                key="series",
                alt=view.rows_title,
                on_choose=parts.row_chooser(accuracy.PARAMS[kind], view.series_ids),
            )
        with right:
            parts.retrain_button(desk, view, person)
        asked = accuracy.series_wanted(kind, series.value, series.label)
        detail = accuracy_series.view(
            desk,
            asked,
            accuracy.source_of(source.value),
            accuracy.report_of(desk, asked),
            person,
            visit.look,
        )
        shell.section(detail.title, detail.state)
        with address.toolbar():
            series.select("Series")
            source.segments("Scored from")
            if detail.may_look_back:
                rival.select("Method to look back by", width=230)
                parts.look_back_button(desk, asked, rival.value, person)
        if detail.instead:
            shell.empty_state(*detail.instead)
        left, right = st.columns([3.1, 1], gap="medium")
        with left:
            if detail.lead:
                for place, title, picture, key in zip(
                    st.columns(2, gap="medium"),
                    (detail.lead_title, detail.week_title),
                    (detail.lead, detail.week),
                    ("lead", "week"),
                    strict=True,
                ):
                    with place, st.container(gap="xsmall"):
                        shell.section(title)
                        drawing.draw_picture(picture, key, visit.zone)
            if detail.former:
                with st.container(gap="xsmall"):
                    shell.section(detail.former_title)
                    drawing.draw_picture(detail.former, "former", visit.zone)
        with right:
            parts.draw_measures(detail)
            parts.draw_findings(desk, detail, person)
