"""Capacity & pacing: what should the dialler do, and what does it cost me?"""

import streamlit as st

from core.screens import forecast_page, names, pacing, pacing_view, proposing
from core.ui import actions, address, drawing, jobs, marks, shell, tables, words
from core.ui.proposing import Question, draw_warnings, offer_box
from core.ui.recent import recent

FIELDS = {
    "hour": tables.Field("Hour", width=150),
    "safe": tables.Field("Safe rate", "number", width=85),
    "limit": tables.Field("What limits it", width=170),
    "forecast": tables.Field("Forecast, with its band", "number", width=170),
    "agents": tables.Field("Agents", "number", width=75),
    "abandon": tables.Field("Abandon target", "number", width=120),
}

with shell.page() as visit:
    desk, person = visit.services, visit.person
    read = recent(desk)
    known = names.campaign_names(desk, read)
    campaign = address.choice(
        "campaign", known.options, what="campaign", default=desk.settings.campaign_id
    )
    wanted = pacing_view.Wanted(campaign.value, address.typed("skill"))
    view = pacing.view(desk, read, known, wanted, person, visit.look)
    visit.headline(view.headline, view.provenance)
    with address.toolbar():
        campaign.select("Campaign")
        if view.asks_skill:
            address.search_field("skill", "Skill id")
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
        if view.recommendation:
            actions.download_button(
                "Download JSON",
                view.as_json,
                file_name=view.json_name,
                key="json",
                mime="application/json",
            )
    if view.trouble:
        st.warning(words.plain(view.trouble))
    if view.series:
        jobs.show_job_failure(forecast_page.latest_job(desk, view.series))
    if not view.picture:
        shell.empty_state("No recommendation.", view.instead)
    else:
        left, right = st.columns([3.1, 1], gap="medium")
        with left, st.container(gap="xsmall"):
            shell.section(view.chart_title)
            drawing.draw_chart(view.picture, "pacing")
        with right:
            if view.offer:
                offer_box(
                    view.offer,
                    Question(
                        "propose",
                        "Propose this plan?",
                        view.offer.effects,
                        view.offer.warnings,
                        view.offer.footnote,
                    ),
                    "Propose this plan",
                    lambda reason: proposing.propose(desk, view.offer.plan, person.name, reason),
                    "If approved",
                )
            else:
                shell.empty_state("Nothing to propose.", view.instead)
            draw_warnings(view.cautions)
            if view.checks:
                shell.section(view.checks_title)
                marks.checks_list(view.checks)
            shell.section("What you should know")
            for sentence in view.known:
                shell.grey(sentence)
        shell.section("Hour by hour, with what limits it")
        tables.rows_table(view.hours, FIELDS, key="hours", alt=view.picture.alt)
        actions.download_button(
            "Download CSV",
            lambda: tables.csv_of(view.picture.table),
            file_name=view.csv_name,
            key="csv",
            mime="text/csv",
        )
