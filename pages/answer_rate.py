"""Answer rate: how many will answer, when, and can I trust it?"""

import streamlit as st

from core.screens import answer_rate, forecast_page, names, waterfall, waterfall_windows
from core.ui import (
    address,
    adjustment_parts,
    drawing,
    forecasts,
    jobs,
    live_parts,
    shell,
    tables,
)
from core.ui.recent import recent

with shell.page() as visit:
    desk = visit.services
    campaigns = names.campaign_names(desk, recent(desk))
    campaign = address.choice(
        "campaign", campaigns.options, what="campaign", default=desk.settings.campaign_id
    )
    days = address.choice("days", answer_rate.SPANS, what="span", default="3")
    method = address.choice("method", answer_rate.METHODS, what="method", default="auto")
    learn = address.choice("learn", answer_rate.LEARN, what="span to learn from", default="14")
    asked = answer_rate.wanted(campaigns, campaign.value, method.value, days.value, learn.value)
    band = address.choice("band", answer_rate.BANDS, what="band", default="observed")
    view = answer_rate.view(
        desk, campaigns, asked, visit.person, visit.look, band=band.value or "observed"
    )
    window = address.choice(
        "window", view.days_and_hours, what="hour or day", default=waterfall_windows.BUSIEST
    )
    basis = view.basis
    visit.headline(basis.headline, basis.provenance)
    if basis.trouble:
        st.warning(basis.trouble)
    with address.toolbar():
        campaign.select("Campaign")
        days.segments("Span")
        method.select("Method", width=230)
        learn.select("History to learn from", width=190)
        forecasts.forecast_buttons(desk, asked, basis, visit.person)
    jobs.show_job_failure(forecast_page.latest_job(desk, asked))
    if campaign.value:
        live_parts.live_strip(desk, campaign.value, visit.look)
    if basis.instead:
        shell.empty_state(*basis.instead)
    if view.picture:
        left, right = st.columns([3.1, 1], gap="medium")
        with left:
            with st.container(gap="xsmall"):
                shell.section(view.chart_title, view.band_title)
                with address.toolbar():
                    band.segments("What the bands are of")
                    shell.grey(view.band_sentence)
                drawing.draw_chart(view.picture, "rate")
            adjustment_parts.draw_adjustments(desk, view.adjustments, asked, visit)
            with st.container(gap="xsmall"):
                shell.section(view.parts_title, view.parts_note)
                if view.parts:
                    drawing.draw_chart(view.parts, "parts")
            forecasts.draw_waterfall(
                waterfall.waterfall_of(view.explained, window.value, visit.look), window, visit
            )
            forecasts.how_it_was_made(basis)
            tables.picture_table(
                view.picture, "rate", visit.zone, "The forecast as a table, and CSV"
            )
            if view.parts:
                tables.picture_table(
                    view.parts, "parts", visit.zone, "What it is made of as a table, and CSV"
                )
        with right:
            forecasts.draw_judgement(basis)
