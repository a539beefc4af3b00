"""Plans of a day on a page: the banner of one in force with what halts it, and its hours."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from core.bootstrap import Services
from core.charts.picture import Look
from core.screens import day_plan
from core.screens.day_plan import DayView
from core.ui.actions import act, plain_button
from core.ui.marks import state_badge
from core.ui.tables import Cell, Colour, words_table
from core.ui.words import plain
from core.workflow.approval import Person
from core.workflow.lifecycle import Move

PACING_PAGE = "pages/pacing.py"
_BUTTONS = (
    (Move.PAUSE, "Pause", "pause"),
    (Move.RESUME, "Resume", "play_arrow"),
    (Move.STOP, "Stop", "stop"),
)
_COLOURS: Mapping[str, Colour] = {day_plan.MISSED: "orange", day_plan.TROUBLE: "red"}


def draw_banners(services: Services, person: Person, look: Look) -> None:
    """Draw every plan of a day in force, with what halts it; nothing where there is none.

    Halting takes one press and asks nothing: it only keeps things as they are.

    Parameters
    ----------
    services : Services
        What is looked and acted through; the tenant is not asked.
    person : Person
        Who sits here.
    look : Look
        Zone, palette, now.
    """
    for view in day_plan.plans_in_force(services, person, look):
        _draw_banner(services, view, person)


def _draw_banner(services: Services, view: DayView, person: Person) -> None:
    proposal = view.proposal
    name = proposal.proposal_id
    with st.container(border=True, gap="xsmall", key=f"day-{name}"):
        if view.trouble:
            st.markdown(f":orange[:material/warning:] **Warning:** {plain(view.trouble)}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            state_badge(proposal.state)
            st.markdown(plain(view.sentence), width="stretch")
            for move, label, icon in _BUTTONS:
                is_pressed = move in view.moves and plain_button(
                    label, key=f"day-{move.value}-{name}", icon=icon
                )
                if is_pressed:
                    act(partial(day_plan.halt, services, view, move, person))
            st.page_link(
                PACING_PAGE,
                label="Hour by hour",
                icon=":material/arrow_forward:",
                query_params={"campaign": proposal.plan.target_id},
            )


def draw_hours(services: Services, campaign_id: str, person: Person, look: Look) -> None:
    """Draw how the hours of a campaign's plan of the day stand, closed until it is wanted."""
    for view in day_plan.plans_in_force(services, person, look):
        if view.proposal.plan.target_id != campaign_id:
            continue
        name = view.proposal.proposal_id
        with st.expander(f"The plan of the day {name}, hour by hour", key=f"day-hours-{name}"):
            words_table(
                ["Hour", "Calls per agent approved", "State", "What to know"],
                [
                    [
                        row.when,
                        row.calls,
                        Cell(row.state, colour=_COLOURS.get(row.state)),
                        row.note,
                    ]
                    for row in view.rows
                ],
                f"The hours of {name}",
            )
