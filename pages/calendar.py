"""Calendar: when is the centre open, and which days are unlike others?"""

import streamlit as st

from core.screens import calendar_hours, calendar_view, names
from core.ui import address, calendar_parts, drawing, jobs, shell, tables
from core.ui.recent import recent

YEAR = {
    "day": tables.Field("Day", width=125),
    "name": tables.Field("Name", width=200),
    "what": tables.Field("What", width=145),
    "source": tables.Field("From", width=90),
}

with shell.page() as visit:
    desk = visit.services
    queues = names.queue_names(desk, recent(desk))
    campaigns = names.campaign_names(desk, recent(desk))
    scopes = calendar_hours.scope_choices(queues, campaigns)
    scope = address.choice("scope", scopes, what="queue or campaign", default=calendar_hours.CENTRE)
    view = calendar_view.view(desk, scope.value, scope.label, queues, visit.person, visit.look)
    visit.headline(view.headline, view.provenance)
    if view.trouble:
        st.warning(view.trouble)
    with address.toolbar():
        scope.select("Hours of", width=300)
        if view.may_change:
            jobs.job_button(
                "Forecast everything anew",
                "Forecasting…",
                key="forecast-everything",
                latest=lambda: calendar_view.latest_job(desk),
                begin=lambda: calendar_view.forecast_everything(desk, visit.person),
                now=desk.clock.now,
            )
    left, right = st.columns([3.1, 1], gap="medium")
    with left, st.container(gap="xsmall"):
        shell.section(view.week_title, view.week_note)
        drawing.draw_picture(view.picture, "week", visit.zone)
    with right, st.container(gap="xsmall"):
        shell.section("Correct the hours")
        if view.may_change:
            calendar_parts.hours_form(desk, scope.value, scope.label, view, visit.person)
        else:
            shell.grey("Somebody who may propose can correct them.")
    own, ahead = st.columns([1.3, 1], gap="medium")
    with own, st.container(gap="xsmall"):
        shell.section("Days of your own", "they win over public holidays")
        if view.may_change:
            calendar_parts.days_editor(desk, view, visit.person)
        else:
            shell.grey("Somebody who may propose can add or change them.")
            calendar_parts.days_download(view)
    with ahead, st.container(gap="xsmall"):
        shell.section(view.year_title)
        if view.no_country:
            shell.grey(view.no_country)
        if len(view.year):
            tables.rows_table(view.year, YEAR, key="year", alt=view.year_title)
