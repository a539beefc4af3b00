"""What both forecast pages draw alike: the buttons of a stored forecast, and what it is worth."""

import streamlit as st

from core.bootstrap import Services
from core.screens import forecast_page
from core.screens.forecast_basis import Basis
from core.screens.forecast_page import Wanted
from core.screens.waterfall import Waterfall
from core.ui.actions import download_button
from core.ui.address import Choice
from core.ui.drawing import draw_chart
from core.ui.jobs import job_button
from core.ui.shell import Visit, grey, section
from core.ui.tables import Cell, picture_table, words_table
from core.ui.words import plain
from core.workflow.approval import Person


def forecast_buttons(services: Services, asked: Wanted, basis: Basis, person: Person) -> None:
    """Draw the button that forecasts, the download, and how old the forecast is, side by side.

    Parameters
    ----------
    services : Services
        What the button acts through.
    asked : Wanted
        What the next forecast is to be.
    basis : Basis
        The forecast that is shown.
    person : Person
        Who presses.
    """
    if basis.forecast_label:
        job_button(
            basis.forecast_label,
            "Forecasting…",
            key="forecast",
            latest=lambda: forecast_page.latest_job(services, asked),
            begin=lambda: forecast_page.begin(services, asked, person),
            now=services.clock.now,
            is_primary=basis.needs_forecast,
        )
    forecast = basis.forecast
    if forecast is not None:
        download_button(
            "Download JSON",
            lambda: forecast_page.document_text(services, forecast),
            file_name=forecast_page.file_name(forecast),
            key="json",
            mime="application/json",
        )
    if basis.old:
        st.badge(basis.old, icon=":material/history:", color="orange")


def draw_judgement(basis: Basis) -> None:
    """Draw how good the method was, beside baseline and chance, and what the reader should know."""
    judgement = basis.judgement
    if judgement is None:
        return
    with st.container(gap="xsmall"):
        section("How good it is")
        if judgement.rows:
            words_table(
                judgement.headings,
                [[label, Cell(own, is_bold=True), *rest] for label, own, *rest in judgement.rows],
                "Error, bias and coverage, beside the baseline's",
            )
        if judgement.coverage_off:
            st.badge(judgement.coverage_off, icon=":material/warning:", color="orange")
        for sentence in (judgement.floor, judgement.against_baseline, judgement.source):
            if sentence:
                grey(sentence)
    with st.container(gap="xsmall"):
        section("What you should know")
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in basis.known))


def draw_waterfall(waterfall: Waterfall | None, window: Choice, visit: Visit) -> None:
    """Draw what a chosen window of the forecast is made of, step by step.

    Parameters
    ----------
    waterfall : Waterfall or None
        The section; None draws nothing: there is nothing ahead, or nothing taken apart.
    window : Choice
        Which hour or day is taken apart.
    visit : Visit
        Who looks, for the clock of the table.
    """
    if waterfall is None:
        return
    with st.container(gap="xsmall"):
        section(waterfall.title, waterfall.note)
        window.select("Hour or day to take apart", width=330)
        draw_chart(waterfall.picture, "waterfall")
        if waterfall.sentence:
            grey(waterfall.sentence)
        picture_table(waterfall.picture, "waterfall", visit.zone, "These steps as a table, and CSV")


def how_it_was_made(basis: Basis) -> None:
    """Draw method, parameters, cutoff, versions and seed, closed until they are wanted."""
    with st.expander("How this was made: method, parameters, cutoff, versions", key="made"):
        words_table(["What", "Value"], basis.made, "How this forecast was made")
