"""Overview: is anything wrong, what needs me, what comes next?"""

import streamlit as st

from core.screens import overview, overview_work
from core.ui import drawing, jobs, opening, renewal, shell, tables, tiles, words
from core.ui.overview_parts import CAMPAIGN_FIELDS, queue_fields, tile_of
from core.ui.recent import recent

with shell.page() as visit:
    opening.follow_choice()
    desk, person = visit.services, visit.person
    there = overview_work.listed(desk, recent(desk))
    overview_work.begin_due_work(desk, there)
    view = overview.view(desk, recent(desk), there, person, visit.look)
    visit.headline(view.headline, view.provenance)
    renewal.look_again(view.look_again_seconds, visit.now, desk.clock.now)
    if view.needs:
        st.markdown(words.plain(view.needs))
    jobs.show_job_failure(overview_work.failed_job(desk, there))
    if view.is_empty:
        shell.empty_state(*view.instead)
    if view.tiles:
        tiles.draw_tiles([tile_of(told) for told in view.tiles])
    if view.forecast_label:
        jobs.job_button(
            view.forecast_label,
            "Forecasting…",
            key="everything",
            latest=lambda: overview_work.latest_job(desk),
            begin=lambda: overview_work.forecast_everything(desk, person),
            now=desk.clock.now,
            is_primary=True,
        )
    if view.today:
        left, right = st.columns([3, 2], gap="medium")
        with left, st.container(gap="xsmall"):
            shell.section(view.today_title)
            drawing.draw_chart(view.today, "today")
            shell.grey(view.today_note)
        with right, st.container(gap="xsmall"):
            shell.section(view.agents_title)
            if view.agents:
                drawing.draw_chart(view.agents, "agents")
            shell.grey(view.agents_note)
        left, right = st.columns([3, 2], gap="medium")
        with left, st.container(gap="xsmall"):
            shell.section("Queues, the most unusual first")
            tables.rows_table(
                view.queues,
                queue_fields(view.queue_headings),
                key="queues",
                alt="Queues, the most unusual first",
                on_choose=opening.row_opener("pages/queue_volume.py", "queue", view.queue_ids),
            )
        with right, st.container(gap="xsmall"):
            shell.section("Campaigns, the best next hour first")
            tables.rows_table(
                view.campaigns,
                CAMPAIGN_FIELDS,
                key="campaigns",
                alt="Campaigns, the best next hour first",
                on_choose=opening.row_opener("pages/answer_rate.py", "campaign", view.campaign_ids),
            )
        left, right = st.columns([3, 2], gap="medium")
        with left:
            tables.picture_table(
                view.today, "today", visit.zone, "Contacts today as a table, and CSV"
            )
        with right:
            if view.agents:
                tables.picture_table(
                    view.agents, "agents", visit.zone, "Agents today as a table, and CSV"
                )
