"""Capacity & pacing in parts: what is proposed, how it stands to the limits, and its hours."""

import streamlit as st

from core.bootstrap import Services
from core.screens import proposing
from core.screens.day_plan_offer import EVERY_WORDS, DayOffer, leave_of, propose_day
from core.screens.pacing_view import LONGEST_HANDLE, LONGEST_LINE, PacingView
from core.services.recommend import PacingAdvice
from core.ui.actions import download_button, open_dialog, plain_button
from core.ui.fields import number_field
from core.ui.marks import checks_list
from core.ui.proposing import (
    Question,
    draw_effects,
    draw_waiting,
    draw_warnings,
    offer_box,
    reason_dialog,
)
from core.ui.shell import empty_state, grey, section
from core.ui.tables import Field, csv_of, rows_table
from core.ui.words import plain
from core.workflow.approval import Person
from core.workflow.day_plan import Replanning

SHARE_FIELDS = {
    "hour": Field("Hour", width=150),
    "safe": Field("Safe rate", "number", width=85),
    "limit": Field("What limits it", width=170),
    "forecast": Field("Forecast, with its band", "number", width=170),
    "agents": Field("Agents", "number", width=75),
    "abandon": Field("Abandon target", "number", width=120),
}
CALLS_FIELDS = {
    "hour": Field("Hour", width=160),
    "recommended": Field("Recommended", "number", width=105),
    "now": Field("Calls/agent now", "number", width=110),
    "limit": Field("What limits it", width=185),
    "taken": Field("Conversations", "number", width=105),
    "abandon": Field("Abandon rate", "number", width=115),
    "agents": Field("Agents", "number", width=75),
    "forecast": Field("Answer rate, with its band", "number", width=160),
}
EVERY, LOWEST, HIGHEST = "day-every", "day-lowest", "day-highest"


def draw_offers(services: Services, view: PacingView, person: Person) -> None:
    """Draw what may be proposed with its consequence, or why nothing may."""
    if view.offer is None:
        empty_state("Nothing to propose.", view.instead)
        return
    plan = view.offer.plan
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
        lambda reason: proposing.propose(services, plan, person.name, reason),
        view.offer_title,
    )
    if view.day is not None and view.advice is not None:
        _draw_day(services, view.day, view.advice, person)


def draw_judgement(view: PacingView) -> None:
    """Draw what the policy warns of, the checks, and what else should be known."""
    draw_warnings(view.cautions)
    if view.checks:
        section(view.checks_title)
        checks_list(view.checks)
    section("What you should know")
    for sentence in view.known:
        grey(sentence)


def draw_timing(view: PacingView) -> None:
    """Draw handle and line time in force, to be typed in where somebody knows better."""
    made = view.recommendation
    timing = made.limits.timing if made else None
    if timing is None and not view.asks_handle_time:
        return
    with st.expander("Handle and line time", expanded=view.asks_handle_time, key="timing"):
        shown = round(timing.handle_seconds) if timing else 180
        number_field("aht", "Handle time, seconds a call", shown, most=LONGEST_HANDLE, step=10)
        if timing is not None:
            line = round(timing.line_seconds)
            number_field("line", "Line time, seconds an attempt", line, most=LONGEST_LINE)
            grey("An address with these values can be sent to somebody else.")


def draw_rows(view: PacingView) -> None:
    """Draw the hours as a table, and to take away."""
    section("Hour by hour, with what limits it")
    if view.picture is None:
        return
    fields = CALLS_FIELDS if view.is_in_calls else SHARE_FIELDS
    rows_table(view.hours, fields, key="hours", alt=view.picture.alt)
    table = view.picture.table
    download_button(
        "Download CSV",
        lambda: csv_of(table),
        file_name=view.csv_name,
        key="csv",
        mime="text/csv",
    )


def _draw_day(services: Services, day: DayOffer, advice: PacingAdvice, person: Person) -> None:
    offer = day.offer
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(day.title)}**")
        draw_effects(offer.effects)
        if offer.waiting is not None:
            draw_waiting(offer.waiting)
            return
        if offer.obstacle:
            grey(offer.obstacle)
            return
        if plain_button("Propose the whole day", key="propose-day", width="stretch"):
            open_dialog("propose-day")
        grey("Approved once, then pushed hour by hour by the worker; Pause and Stop act at once.")
        reason_dialog(
            Question(
                "propose-day",
                "Propose the whole day?",
                offer.effects,
                offer.warnings,
                offer.footnote,
                prepare=lambda: _ask_for_leave(day),
            ),
            lambda reason: propose_day(services, advice, _leave(), person, reason),
        )


def _ask_for_leave(day: DayOffer) -> bool:
    """Draw what the approver is asked to allow; the diff that is approved shows it."""
    every = st.radio(
        "May the rest of the day be planned anew from what has happened?",
        list(EVERY_WORDS),
        format_func=lambda minutes: EVERY_WORDS[minutes],
        key=EVERY,
    )
    if every:
        for place, label, value, key in zip(
            st.columns(2),
            ("Lowest calls per agent", "Highest calls per agent"),
            (day.usual.lowest, day.usual.highest),
            (LOWEST, HIGHEST),
            strict=True,
        ):
            place.number_input(label, 1.0, day.highest, value, 0.05, "%.2f", key=key)
        grey("Outside of these bounds nothing is pushed without a new approval.")
    return True


def _leave() -> Replanning | None:
    state = st.session_state
    return leave_of(state.get(EVERY) or 0, state.get(LOWEST, 1.0), state.get(HIGHEST, 1.0))
