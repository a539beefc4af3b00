"""Correcting opening hours, and editing the operator's own days: forms, table, file."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256

import streamlit as st

from core.screens import calendar_days, calendar_hours
from core.screens.calendar_view import CalendarView
from core.screens.context import Context
from core.ui.actions import act, download_button, plain_button, primary_button
from core.ui.shell import grey
from core.workflow.approval import Person

MOST_LETTERS = 500
REASON = "Reason (goes into the audit)"


def hours_form(
    context: Context, chosen: str | None, name: str, view: CalendarView, person: Person
) -> None:
    """Draw the fields that correct the opening hours of what is chosen.

    Parameters
    ----------
    context : Context
        What it acts through.
    chosen, name : str
        The scope that is chosen, and what it is called.
    view : CalendarView
        The page.
    person : Person
        Who corrects.
    """
    scope = calendar_hours.scope_of(chosen)
    # What holds is part of the keys, so that the fields show it anew after each change.
    key = _short(f"{chosen}|{view.week.text}|{view.week.source}")
    text = st.text_input(
        "Open, such as Mo-Fr 08:00-18:00, Sa 09:00-14:00",
        value=view.week.text,
        key=f"hours-{key}",
        max_chars=MOST_LETTERS,
    )
    since: date | None = st.date_input(
        "From this day on; empty for always", value=None, key=f"since-{key}", format="YYYY-MM-DD"
    )
    reason = st.text_input(REASON, key=f"hours-reason-{key}", max_chars=MOST_LETTERS)
    if plain_button("Use these hours", key="use-hours", icon="schedule"):
        act(
            lambda: calendar_hours.use_hours(
                context, scope, name, text or "", since, reason or "", person
            )
        )
    if view.week.told is not None and plain_button(
        "Learn from history again", key="learn-again", icon="history"
    ):
        act(lambda: calendar_hours.learn_again(context, scope, name, reason or "", person))


def days_editor(context: Context, view: CalendarView, person: Person) -> None:
    """Draw the operator's own days as a table to edit, with file in and out."""
    key = _short(calendar_days.file_text(view.own))
    edited = st.data_editor(
        calendar_days.editable(view.own),
        key=f"days-{key}",
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_config={
            # Texts, and nothing required: an incomplete row would be dropped without a word, and
            # a wrong one would never be told.
            "date": st.column_config.TextColumn("Date", help="such as 2026-12-24"),
            "kind": st.column_config.SelectboxColumn(
                "Kind", options=list(calendar_days.KIND_WORDS), default="closed"
            ),
            "label": st.column_config.TextColumn("Name", max_chars=120, width="medium"),
            "start": st.column_config.TextColumn("From", help="such as 14:00; empty: 00:00"),
            "end": st.column_config.TextColumn("To", help="such as 18:30; empty: 24:00"),
        },
    )
    grey(calendar_days.KINDS_MEAN)
    reason = st.text_input(REASON, key=f"days-reason-{key}", max_chars=MOST_LETTERS)
    with st.container(horizontal=True, gap="small"):
        if primary_button("Save these days", key="save-days", icon="save", width="content"):
            rows = [{str(name): row[name] for name in row} for row in edited.to_dict("records")]
            act(lambda: calendar_days.save(context, view.own, rows, reason or "", person))
        days_download(view)
    _file_form(
        lambda content, name: calendar_days.load(
            context, view.own, content, name, reason or "", person
        ),
        key,
    )


def days_download(view: CalendarView) -> None:
    """Draw the button that takes the operator's own days away as a file."""
    download_button(
        "Download CSV",
        lambda: calendar_days.file_text(view.own),
        file_name=calendar_days.FILE_NAME,
        key="days-csv",
        mime="text/csv",
    )


def _file_form(load: Callable[[bytes, str], str], key: str) -> None:
    with st.expander("Days from a CSV file"):
        uploaded = st.file_uploader(
            "Days from a file: date, kind, label, and start, end for a part of a day",
            type=["csv"],
            key=f"file-{key}",
        )
    if uploaded is None:
        return
    content, name = uploaded.getvalue(), uploaded.name
    if plain_button("Add the days of this file", key="load-days", icon="upload"):
        act(lambda: load(content, name))


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
