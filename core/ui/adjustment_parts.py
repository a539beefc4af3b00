"""What both forecast pages draw of adjustments: the list, its switches, and the dialog for more."""

from datetime import date

import streamlit as st

from core.bootstrap import Services
from core.screens.adjustments import ACTIONS, HOURS, AdjustmentRow, AdjustmentsView, wish_for
from core.screens.forecast_page import Wanted
from core.ui.actions import act, close_dialog, dialog, open_dialog, plain_button, primary_button
from core.ui.shell import Visit, grey, section
from core.ui.words import prose
from core.workflow.approval import Person

DIALOG = "adjust"
LONGEST_NAME, LONGEST_NOTE = 80, 500


def draw_adjustments(
    services: Services, view: AdjustmentsView | None, asked: Wanted, visit: Visit
) -> None:
    """Draw what people laid over a forecast, and the buttons to switch, remove and add.

    Parameters
    ----------
    services : Services
        What the buttons act through.
    view : AdjustmentsView or None
        What there is; None draws nothing.
    asked : Wanted
        The series.
    visit : Visit
        Who sits here, and the centre's zone.
    """
    if view is None or not (view.rows or view.may_adjust):
        return
    with st.container(gap="xsmall"):
        section(view.title)
        for row in view.rows:
            _draw_row(services, row, view, asked, visit.person)
        if view.may_adjust and plain_button("Adjust by hand", key="adjust", icon="tune"):
            open_dialog(DIALOG)
    dialog(
        DIALOG, "Lay an adjustment over the forecast", lambda: _form(services, view, asked, visit)
    )


def _draw_row(
    services: Services, row: AdjustmentRow, view: AdjustmentsView, asked: Wanted, person: Person
) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        state = "on" if row.is_on else "off"
        st.markdown(
            prose(
                "**{name}** {effect}, {when} :gray[({state}; {who})]",
                name=row.name,
                effect=row.effect,
                when=row.when,
                state=state,
                who=row.who,
            )
        )
        if not view.may_adjust:
            return
        switch = "Switch off" if row.is_on else "Switch on"
        if plain_button(switch, key=f"switch-{row.adjustment_id}"):
            act(
                lambda: services.adjusting.switch(
                    row.adjustment_id, not row.is_on, person.name, asked.series_name
                ),
                f"{row.name} is {'off' if row.is_on else 'on'} now.",
            )
        if plain_button("Remove", key=f"remove-{row.adjustment_id}"):
            act(
                lambda: services.adjusting.remove(
                    row.adjustment_id, person.name, asked.series_name
                ),
                f"{row.name} is removed.",
            )


def _form(services: Services, view: AdjustmentsView, asked: Wanted, visit: Visit) -> None:
    name = st.text_input("Name", key="adjust-name", max_chars=LONGEST_NAME)
    left, right = st.columns(2)
    with left:
        action = st.selectbox(
            "What it does", list(ACTIONS), format_func=lambda each: ACTIONS[each], key="adjust-do"
        )
    with right:
        unit = "per cent" if action == "percent" else view.unit
        amount = st.number_input(f"Amount, {unit}", value=None, key="adjust-amount", format="%g")
    first = _moment("From", "adjust-from", view.first_day)
    last = _moment("Until", "adjust-until", view.last_day)
    note = st.text_area("Why", key="adjust-note", max_chars=LONGEST_NOTE, height=68)
    grey(
        "The model's own line stays visible; recommendations and drafts go by the adjusted one."
        " Closed hours stay closed."
    )
    if primary_button("Lay it over the forecast", key="adjust-add"):

        def lay() -> str:
            wish = wish_for(
                asked,
                visit.zone,
                name=name,
                action=action,
                amount=amount,
                first=first,
                last=last,
                note=note,
            )
            laid = services.adjusting.add(wish, visit.person.name)
            close_dialog(DIALOG)
            return f"{laid.name} lies over the forecast now."

        act(lay)


def _moment(label: str, key: str, day: date) -> tuple[date, str]:
    left, right = st.columns(2)
    with left:
        chosen = st.date_input(f"{label}, day", value=day, key=key)
    with right:
        at = st.selectbox(f"{label}, hour", HOURS, key=f"{key}-hour")
    return chosen, at
