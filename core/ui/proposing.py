"""Proposing on a page: what a plan does, its button, and the dialog that asks why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from core.screens.proposing import Effect, Offer, Waiting
from core.ui.actions import act, close_dialog, dialog, open_dialog, plain_button, primary_button
from core.ui.marks import checks_list, state_badge
from core.ui.shell import grey
from core.ui.words import plain, prose
from core.workflow.pairs import HalfDone
from core.workflow.plan import CheckState

REVIEW_PAGE = "pages/review.py"
REASON_NEEDED = "Say why, in a sentence: it goes into the audit."
MOST_LETTERS = 500


@dataclass(frozen=True, slots=True)
class Question:
    """What a dialog asks before something is sent for review.

    Parameters
    ----------
    name : str
        Unique on the page.
    title : str
        What is asked.
    effects : sequence of Effect
        What it does.
    warnings : sequence of str
        What whoever sends it should know.
    footnote : str
        What happens then.
    placeholder : str
        An example of a reason.
    prepare : callable or None
        Draws what has to be asked for first, once the dialog is open, and returns whether there is
        something to send.
    """

    name: str
    title: str
    effects: Sequence[Effect]
    warnings: Sequence[str] = ()
    footnote: str = ""
    placeholder: str = "e.g. agreed in the 11:00 shift meeting"
    prepare: Callable[[], bool] | None = None


def offer_box(
    offer: Offer, question: Question, label: str, send: Callable[[str], str], title: str
) -> None:
    """Draw what a plan does, with its button or with what stands in its place.

    Parameters
    ----------
    offer : Offer
        From a screen.
    question : Question
        What the dialog asks.
    label : str
        The button's: "Propose this plan".
    send : callable
        Given the reason, stores the proposal and returns the sentence on it.
    title : str
        Of the box: "If approved".
    """
    with st.container(border=True, gap="small"):
        if offer.plan.is_blocked:
            st.markdown("**This plan is blocked**")
            checks_list(c for c in offer.plan.checks if c.state is CheckState.BLOCK)
        st.markdown(f"**{plain(title)}**")
        draw_effects(offer.effects)
        if offer.waiting is not None:
            draw_waiting(offer.waiting)
        elif offer.obstacle:
            grey(offer.obstacle)
        else:
            if primary_button(label, key=question.name):
                open_dialog(question.name)
            grey(offer.footnote)
            reason_dialog(question, send)


def draw_effects(effects: Sequence[Effect]) -> None:
    """Draw what something does, a line each."""
    for each in effects:
        note = f" :gray[{plain(each.note)}]" if each.note else ""
        st.markdown(prose("{label} **{value}**", label=each.label, value=each.value) + note)


def draw_waiting(waiting: Waiting) -> None:
    """Draw the open proposal that stands in the place of a button, with the way to it."""
    state_badge(waiting.state)
    st.markdown(plain(waiting.sentence))
    st.page_link(
        REVIEW_PAGE,
        label=f"Open {waiting.proposal_id} in Review",
        icon=":material/arrow_forward:",
        query_params={"proposal": waiting.proposal_id},
    )


def draw_pairs(pairs: Sequence[HalfDone]) -> None:
    """Draw the drafts that were created and have no schedule yet, with the way to each."""
    for pair in pairs:
        draw = st.info if pair.is_waiting else st.warning
        draw(plain(pair.sentence))
        shown = pair.schedule if pair.is_waiting and pair.schedule else pair.draft
        st.page_link(
            REVIEW_PAGE,
            label=f"Open {shown.proposal_id} in Review",
            icon=":material/arrow_forward:",
            query_params={"proposal": shown.proposal_id},
        )


def reason_dialog(question: Question, send: Callable[[str], str]) -> None:
    """Draw the dialog that asks for the reason, while it is open.

    Nothing is sent without one: the field says so, and what was typed stays.
    """

    def body() -> None:
        draw_effects(question.effects)
        draw_warnings(question.warnings)
        if question.prepare is not None and not question.prepare():
            if plain_button("Close", key=f"{question.name}-keep"):
                close_dialog(question.name)
                st.rerun()
            return
        _ask(question, send)

    dialog(question.name, question.title, body)


def draw_warnings(warnings: Sequence[str]) -> None:
    """Draw what should be known before something is sent."""
    for warning in warnings:
        st.markdown(f":orange[:material/warning:] **Warning:** {plain(warning)}")


def _ask(question: Question, send: Callable[[str], str]) -> None:
    reason = st.text_area(
        "Reason (needed; goes into the audit)",
        key=f"{question.name}-reason",
        max_chars=MOST_LETTERS,
        height=96,
        placeholder=question.placeholder,
    )
    complaint = st.empty()
    if question.footnote:
        grey(question.footnote)
    with st.container(horizontal=True):
        sends = primary_button("Send for review", key=f"{question.name}-send", width="content")
        keeps = plain_button("Keep editing", key=f"{question.name}-keep")
    if keeps:
        close_dialog(question.name)
        st.rerun()
    if sends and not reason.strip():
        complaint.markdown(f":red[:material/error: {REASON_NEEDED}]")
    elif sends:
        act(lambda: _sent(question, send, reason))


def _sent(question: Question, send: Callable[[str], str], reason: str) -> str:
    sentence = send(reason)
    close_dialog(question.name)
    return sentence
