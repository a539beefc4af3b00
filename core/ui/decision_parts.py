"""What is done with a proposal: the decision, the push as it goes, and what may follow it."""

from collections.abc import Callable

import streamlit as st

from core.bootstrap import Services
from core.screens import review_actions
from core.screens.recent import Recent
from core.screens.review_actions import Said
from core.screens.review_progress import progress
from core.screens.review_view import Detail
from core.ui.actions import close_dialog, dialog, open_dialog, plain_button, primary_button
from core.ui.again_dialogs import (
    RENEW,
    RENEWED,
    SCHEDULE,
    UNDO,
    renew_dialog,
    schedule_dialog,
    undo_dialog,
)
from core.ui.faults import attempt, guarded
from core.ui.notices import add_notice
from core.ui.proposing import (
    MOST_LETTERS,
    REASON_NEEDED,
    draw_warnings,
)
from core.ui.review_parts import draw_walk
from core.ui.shell import grey
from core.ui.words import plain
from core.workflow.lifecycle import Move
from core.workflow.plan import PlanKind
from core.workflow.proposal import ProposalState

LOOK_SECONDS = 1.0
REASON_WIDTH = 480
"""Leaves room for the buttons beside it on a desk screen; on a phone they go below it."""
CONFIRM = "confirm-approval"
_MODE = "approval-is-pushed"


def draw_next(services: Services, recent: Recent, detail: Detail, person: str) -> None:
    """Draw what may follow a decision, or how the push goes; above, where the state stands.

    Parameters
    ----------
    services : Services
        What is acted through.
    recent : Recent
        Keeps what the tenant told a moment ago.
    detail : Detail
        The proposal for this person.
    person : str
        Who sits here.
    """
    allowed = detail.allowed
    if detail.is_busy:
        _draw_push(services, detail.proposal.proposal_id)
    elif detail.proposal.state is not ProposalState.SUBMITTED:
        if allowed.moves or allowed.is_more:
            _draw_buttons(services, recent, detail, person)
        if allowed.note:
            grey(allowed.note)


def draw_decision(services: Services, detail: Detail, person: str) -> None:
    """Draw reason and decision, at the foot: after all that is to be read; see `draw_next`."""
    allowed, seen = detail.allowed, detail.proposal
    if detail.is_busy:
        grey("It is at work: how it goes stands at the top.")
    elif seen.state is not ProposalState.SUBMITTED:
        return
    elif not allowed.moves:
        grey(allowed.note)
    else:
        with st.container(border=True):
            _ask(services, detail, person)
            if allowed.note:
                grey(allowed.note)


def _ask(services: Services, detail: Detail, person: str) -> None:
    allowed, seen = detail.allowed, detail.proposal
    needed = "; needed to reject" if allowed.has(Move.REJECT) else ""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        reason = st.text_input(
            f"Reason (goes into the audit{needed})",
            key=f"reason-{seen.proposal_id}",
            max_chars=MOST_LETTERS,
            placeholder="e.g. agreed in the 11:00 shift meeting",
            width=REASON_WIDTH,
        )
        pressed = _decision_buttons(detail)
    complaint = st.empty()
    if pressed is Move.REJECT and not reason.strip():
        complaint.markdown(f":red[:material/error: {REASON_NEEDED}]")
    elif pressed is Move.REJECT:
        _do(lambda: review_actions.reject(services, seen, person, reason))
    elif pressed is Move.WITHDRAW:
        _do(lambda: review_actions.withdraw(services, seen, person, reason))
    elif pressed is not None:
        _approve(services, detail, person, reason, is_pushed=pressed is Move.START_PUSH)
    if allowed.has(Move.APPROVE):
        grey(detail.consequence)
        _confirm_dialog(services, detail, person, reason)


def _decision_buttons(detail: Detail) -> Move | None:
    """Draw the buttons of a decision and return what was pressed; a push implies the approval."""
    allowed, pressed = detail.allowed, None
    if allowed.has(Move.APPROVE):
        if detail.proposal.plan.kind is PlanKind.DAY:
            # Its hours are pushed by the worker, each in its time.
            if primary_button("Approve this day", key="approve", width="content"):
                pressed = Move.APPROVE
        else:
            if primary_button("Approve and push", key="approve-push", width="content"):
                pressed = Move.START_PUSH
            if plain_button("Approve only", key="approve"):
                pressed = Move.APPROVE
    if allowed.has(Move.REJECT):
        if plain_button("Reject", key="reject"):
            pressed = Move.REJECT
    # Whoever may reject has no need to withdraw.
    elif allowed.has(Move.WITHDRAW) and plain_button("Withdraw", key="withdraw"):
        pressed = Move.WITHDRAW
    return pressed


def _draw_buttons(services: Services, recent: Recent, detail: Detail, person: str) -> None:
    """Draw what may follow a decision; the first that there is is the primary one."""
    allowed, seen = detail.allowed, detail.proposal
    is_unsettled = seen.state in (ProposalState.PUSHING, ProposalState.PUSHED)
    verify = "Verify" if is_unsettled else "Verify again"
    with st.container(horizontal=True, gap="small"):
        if allowed.has(Move.START_PUSH) and primary_button("Push now", key="push", width="content"):
            _begin(lambda: review_actions.push(services, seen.proposal_id, person))
        _draw_again(detail)
        if allowed.can_verify and _button(verify, key="verify", is_primary=is_unsettled):
            _begin(lambda: review_actions.verify(services, seen.proposal_id, person))
        if allowed.can_undo and plain_button(detail.undo_label, key=UNDO):
            open_dialog(UNDO)
        if allowed.has(Move.WITHDRAW) and plain_button("Withdraw", key="withdraw"):
            _do(lambda: review_actions.withdraw(services, seen, person, ""))
    if allowed.has(Move.START_PUSH):
        grey(detail.consequence)
    if allowed.can_renew:
        grey(RENEWED)
    for is_open, draw in (
        (allowed.can_schedule, schedule_dialog),
        (allowed.can_undo, undo_dialog),
        (allowed.can_renew, renew_dialog),
    ):
        if is_open:
            draw(services, recent, detail, person)


def _draw_again(detail: Detail) -> None:
    """Draw the buttons that propose once more; a draft has the one, all else the other."""
    if detail.allowed.can_schedule:
        if primary_button("Propose its schedule", key=SCHEDULE, width="content"):
            open_dialog(SCHEDULE)
    elif detail.allowed.can_renew and primary_button(
        detail.renew_label, key=RENEW, width="content"
    ):
        open_dialog(RENEW)


def _draw_push(services: Services, proposal_id: str) -> None:
    """Draw the push as it goes, and the page anew once it is over."""

    @st.fragment(run_every=LOOK_SECONDS)
    def draw() -> None:
        with guarded(), st.container(border=True):
            now = progress(services, proposal_id)
            if now.is_over:
                if now.sentence and not now.is_told:
                    add_notice(now.sentence, "done" if now.is_good else "warning")
                st.rerun()
            draw_walk(now.walk)
            st.markdown(f":material/sync: {plain(now.sentence)}")

    draw()


def _approve(
    services: Services, detail: Detail, person: str, reason: str, *, is_pushed: bool
) -> None:
    if detail.warnings:
        st.session_state[_MODE] = is_pushed
        open_dialog(CONFIRM)
        return
    seen = detail.proposal
    _do(lambda: review_actions.approve(services, seen, person, reason, is_pushed=is_pushed))


def _confirm_dialog(services: Services, detail: Detail, person: str, reason: str) -> None:
    """Ask once more where a check warns: the warning is read before the name is put under it."""
    is_pushed = bool(st.session_state.get(_MODE))
    label = "Approve and push" if is_pushed else "Approve only"

    def body() -> None:
        draw_warnings(detail.warnings)
        with st.container(horizontal=True):
            approves = primary_button(label, key="confirm", width="content")
            if plain_button("Keep looking", key="keep-looking"):
                close_dialog(CONFIRM)
                st.rerun()
        if approves:
            close_dialog(CONFIRM)
            seen = detail.proposal
            _do(lambda: review_actions.approve(services, seen, person, reason, is_pushed=is_pushed))

    number = len(detail.warnings)
    title = f"Approve with {number} {'warning' if number == 1 else 'warnings'}?"
    dialog(CONFIRM, title, body)


def _button(label: str, *, key: str, is_primary: bool) -> bool:
    if is_primary:
        return primary_button(label, key=key, width="content")
    return plain_button(label, key=key)


def _begin(work: Callable[[], object]) -> None:
    """Begin work in the background and draw the page anew, which shows it."""
    if attempt(work) is not None:
        st.rerun()


def _do(work: Callable[[], Said]) -> None:
    """Do something and say what came of it; a refusal is told where the button stands."""
    said = attempt(work)
    if said is not None:
        add_notice(said.text, said.tone)
        st.rerun()
