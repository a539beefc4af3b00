"""Agents ahead on a page: a table to edit, a file to load, and what gives the hours back."""

from hashlib import sha256

import streamlit as st

from core.bootstrap import Services
from core.charts.numbers import GAP
from core.charts.picture import Look
from core.screens import capacity
from core.screens.capacity import CapacityView
from core.screens.pacing_view import PacingView
from core.screens.recent import Recent
from core.ui.actions import act, plain_button
from core.ui.shell import grey
from core.ui.words import plain
from core.workflow.approval import Person

MOST_LETTERS = 500
ROW_HEIGHT = 30


def draw_capacity(
    services: Services, recent: Recent, view: PacingView, person: Person, look: Look
) -> None:
    """Draw the agents of the hours ahead, closed until they are wanted.

    Open at once where the capacity is unknown: then this is what helps.

    Parameters
    ----------
    services : Services
        What it looks and acts through.
    recent : Recent
        Keeps what the tenant told a moment ago.
    view : PacingView
        The page.
    person : Person
        Who sits here.
    look : Look
        Zone, palette, now.
    """
    advice = view.advice
    if advice is None:
        return
    opened = st.expander(
        capacity.title_of(advice),
        expanded=not advice.recommendation.capacity_known,
        key="capacity",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        seen = capacity.view(services, recent, advice, view.skill, person, look)
        for sentence in (*seen.notes, seen.trouble):
            if sentence:
                grey(sentence)
        _editor(services, seen, person)


def _editor(services: Services, seen: CapacityView, person: Person) -> None:
    # What is entered is part of the keys, so that the table shows it anew after each change.
    key = sha256(seen.stamp.encode()).hexdigest()[:12]
    edited = st.data_editor(
        seen.table,
        key=f"agents-{key}",
        num_rows="fixed",
        hide_index=True,
        disabled=["hour", "scheduled"] if seen.may_edit else True,
        row_height=ROW_HEIGHT,
        height="content",
        placeholder=GAP,
        column_config={
            # The column to be filled in is in view on a phone too.
            "hour": st.column_config.TextColumn("Hour", width=150),
            "scheduled": st.column_config.NumberColumn("Scheduled", width=80, format="%g"),
            "by_hand": st.column_config.NumberColumn("By hand", min_value=0, format="%g"),
        },
        alt="Agents of the hours ahead, scheduled by the tenant and by hand",
    )
    if not seen.may_edit:
        grey("Somebody who is a planner or more can enter agents.")
        return
    grey("An hour left empty is the tenant's; an hour that nobody tells stays unknown, never 0.")
    reason = st.text_input(
        "Reason (goes into the audit)", key=f"agents-reason-{key}", max_chars=MOST_LETTERS
    )
    with st.container(horizontal=True, gap="small"):
        if plain_button("Save agents", key="save-agents", icon="save"):
            by_hand = edited["by_hand"].tolist()
            act(lambda: capacity.save(services, seen, by_hand, reason or "", person))
        if seen.has_entered and plain_button("Forget them", key="forget-agents", icon="undo"):
            act(lambda: capacity.forget(services, seen, reason or "", person))
    _file(services, seen, reason or "", person, key)


def _file(services: Services, seen: CapacityView, reason: str, person: Person, key: str) -> None:
    uploaded = st.file_uploader(
        "Agents from a file: ds, agents; times without an offset are the centre's",
        type=["csv"],
        key=f"agents-file-{key}",
    )
    if uploaded is None:
        return
    content, name = uploaded.getvalue(), uploaded.name
    if plain_button(f"Load {plain(name)}", key="load-agents", icon="upload"):
        act(lambda: capacity.load(services, seen, content, name, reason, person))
