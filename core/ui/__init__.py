"""Streamlit, and nothing else: the only package that imports it.

How to write a page with these parts::

    import streamlit as st

    from core.screens import answer_rate
    from core.ui import actions, address, drawing, jobs, shell, tables

    with shell.page() as visit:
        names = answer_rate.campaigns(visit.services)
        campaign = address.choice("campaign", names, what="campaign")
        days = address.choice("days", answer_rate.SPANS, what="span", default="3")
        view = answer_rate.view(visit.services, campaign.value, days.value, visit.look)
        visit.headline(view.headline, view.provenance)
        with address.toolbar():
            campaign.select("Campaign")
            days.segments("Span")
            jobs.job_button(
                "Forecast again", "Forecasting…", key="forecast", latest=view.latest_job,
                begin=lambda: view.begin(visit.person.name), now=visit.services.clock.now,
            )
            actions.download_button(
                "Download JSON", view.as_json, file_name=view.file_name, key="json",
                mime="application/json",
            )
        jobs.show_job_failure(view.latest_job())
        left, right = st.columns([3.1, 1], gap="medium")
        with left:
            shell.section(view.chart_title)
            drawing.draw_picture(view.picture, "rate", visit.zone)
        with right:
            shell.section("How good it is")
            tables.words_table(view.score_headings, view.score_rows, "Errors against the baseline")

What is chosen comes from the address before anything is drawn, so that the headline can speak of
it; the widgets are drawn where they belong. Every text is shown literally; emphasis is a
`tables.Cell` or a template for `words.prose`. Errors are told by the frame; a button's work goes
through `actions.act`, so that a refusal is told beside it.

shell     frame of a page, headline, sections, empty states
address   selections, held by the address
identity  who sits here
drawing   pictures: legend, chart, table, CSV
tables    tables of words and of rows
tiles     numbers that lead somewhere
marks     states of proposals, outcomes of checks
actions   buttons, downloads, dialogs
jobs      long work, shown while it runs
forecasts what both forecast pages draw alike
adjustment_parts  what people laid over a forecast, and the dialog for more
accuracy_parts    table, measures, findings and buttons of Accuracy
overview_parts  tiles and tables of the first page
opening   from a row of a table to another page
renewal   drawing a page anew by itself
recent    what the tenant told this session a moment ago
proposing what a plan does, its button, the dialog that asks why
fields    fields to fill in, held by the address
inbox_parts, review_parts, decision_parts, again_dialogs  Review: list, proposal, decision, undo
faults    errors in words
notices   sentences that wait for the next headline
words     plain text in Markdown
palette   the reader's theme
style     what the theme cannot say
services  the process's services
headers   security headers
index_page  the page of HTML that every address answers with
asgi      the application: pages, readiness, headers
server    the process that serves it
"""
