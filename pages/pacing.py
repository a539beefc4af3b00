"""Capacity & pacing: what should the dialler do, and what does it cost me?"""

import streamlit as st

from core.screens import forecast_page, names, pacing, pacing_view
from core.ui import (
    actions,
    address,
    capacity_parts,
    day_plan_parts,
    drawing,
    jobs,
    live_parts,
    pacing_parts,
    shell,
    what_if_parts,
    words,
)
from core.ui.recent import recent

with shell.page() as visit:
    desk, person = visit.services, visit.person
    read = recent(desk)
    known = names.campaign_names(desk, read)
    campaign = address.choice(
        "campaign", known.options, what="campaign", default=desk.settings.campaign_id
    )
    policy = address.choice(
        "policy", pacing.POLICY_WORDS, what="policy", default=pacing.default_policy(desk)
    )
    wanted = pacing_view.wanted(
        campaign.value,
        address.typed("skill"),
        policy.value,
        address.typed("aht"),
        address.typed("line"),
    )
    view = pacing.view(desk, read, known, wanted, person, visit.look)
    visit.headline(view.headline, view.provenance)
    with address.toolbar():
        campaign.select("Campaign")
        policy.select("Policy")
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
        live_parts.live_strip(desk, view.series.series_id, visit.look)
        day_plan_parts.draw_hours(desk, view.series.series_id, person, visit.look)
    if not view.picture:
        shell.empty_state("No recommendation.", view.instead)
    else:
        left, right = st.columns([3.1, 1], gap="medium")
        with left, st.container(gap="xsmall"):
            shell.section(view.chart_title)
            drawing.draw_chart(view.picture, "pacing")
        with right:
            pacing_parts.draw_offers(desk, view, person)
        left, right = st.columns([3.1, 1], gap="medium")
        with left:
            what_if_parts.draw_what_if(desk, view, person, visit.look)
            pacing_parts.draw_rows(view)
            capacity_parts.draw_capacity(desk, read, view, person, visit.look)
        with right:
            pacing_parts.draw_timing(view)
            pacing_parts.draw_judgement(view)
