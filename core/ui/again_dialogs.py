"""Dialogs that propose once more: the old values, or the same aim on what the tenant has now."""

import streamlit as st

from core.bootstrap import Services
from core.screens import review_renewal
from core.screens.proposing import field_effects
from core.screens.recent import Reading, Recent
from core.screens.review_view import Detail
from core.ui.marks import checks_list
from core.ui.proposing import Question, draw_effects, draw_warnings, reason_dialog
from core.ui.words import plain
from core.workflow.plan import CheckState, Plan

UNDO, RENEW, SCHEDULE = "undo", "renew", "schedule"
RENEWED = (
    "Propose again: the plan is made anew from what the tenant has now, under your name, and waits"
    " for its own approval."
)


def undo_dialog(services: Services, recent: Recent, detail: Detail, person: str) -> None:
    """Draw the dialog that proposes to take something back, while it is open."""
    seen = detail.proposal
    question = Question(
        UNDO,
        f"Propose to undo {seen.proposal_id} on {seen.plan.target_name}?",
        (),
        footnote="A proposal like any other: nothing reaches the tenant until it is approved.",
        placeholder="e.g. too many complaints since 14:00",
        prepare=lambda: _draw_plan(review_renewal.undo_plan(services, recent, seen)),
    )
    reason_dialog(question, lambda why: review_renewal.undo(services, seen, person, why))


def schedule_dialog(services: Services, recent: Recent, detail: Detail, person: str) -> None:
    """Draw the dialog that proposes the schedule of a draft, while it is open."""
    seen = detail.proposal
    question = Question(
        SCHEDULE,
        f"Propose the schedule of {seen.plan.target_name}?",
        (),
        footnote="A proposal like any other: nothing is armed until it is approved and pushed.",
        placeholder="e.g. the hours are agreed with the team leads",
        prepare=lambda: _draw_plan(review_renewal.scheduling_plan(services, recent, seen)),
    )
    reason_dialog(question, lambda why: review_renewal.schedule(services, seen, person, why))


def renew_dialog(services: Services, recent: Recent, detail: Detail, person: str) -> None:
    """Draw the dialog that proposes on the tenant's present values, while it is open."""
    seen = detail.proposal
    question = Question(
        RENEW,
        "Propose again on the tenant's values?",
        (),
        footnote=RENEWED,
        prepare=lambda: _draw_plan(review_renewal.renewed_plan(services, recent, seen)),
    )
    reason_dialog(question, lambda why: review_renewal.renew(services, recent, seen, person, why))


def _draw_plan(reading: Reading[Plan]) -> bool:
    """Draw what a plan would do; False where there is none to send."""
    plan = reading.value
    if plan is None or reading.trouble is not None:
        st.warning(plain(reading.trouble or "There is nothing to propose."))
        return False
    draw_effects(field_effects(plan.changes))
    states = {check.state for check in plan.checks}
    if CheckState.BLOCK in states:
        checks_list(each for each in plan.checks if each.state is CheckState.BLOCK)
        return False
    draw_warnings([c.message for c in plan.checks if c.state is CheckState.WARNING])
    return True
