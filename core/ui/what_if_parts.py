"""What if, on a page: sliders, and a picture that follows them without the page around it."""

import streamlit as st

from core.bootstrap import Services
from core.charts.picture import Look
from core.screens import proposing, what_if, what_if_offer
from core.screens.pacing_view import PacingView
from core.screens.what_if import Assumed, Bench
from core.ui.actions import open_dialog, plain_button
from core.ui.address import choice
from core.ui.drawing import draw_chart
from core.ui.faults import guarded
from core.ui.proposing import Question, draw_effects, reason_dialog
from core.ui.shell import grey, section
from core.workflow.approval import Person

QUESTION = "propose-what-if"
ROUND = "what-if-round"
"""How often the sliders went back to the forecast: part of their keys, so that they do."""


def draw_what_if(services: Services, view: PacingView, person: Person, look: Look) -> None:
    """Draw an hour to try other assumptions on; nothing where no hour is dialled.

    Parameters
    ----------
    services : Services
        Which rules are in force; a moved slider reads nothing of the tenant or the store.
    view : PacingView
        The page.
    person : Person
        Who sits here.
    look : Look
        Zone, palette, now.
    """
    hours = what_if.hours_to_try(view, look)
    if not hours or view.advice is None:
        return
    hour = choice("hour", hours, what="hour", default=next(iter(hours)))
    advice, key = view.advice, hour.value or next(iter(hours))
    section("What if", "recalculated as you move; nothing is sent")
    hour.select("Hour")
    bench = what_if.bench_of(advice, key)

    @st.fragment
    def draw() -> None:
        left, right = st.columns([1.75, 1], gap="medium")
        with guarded():
            with right:
                assumed = _sliders(bench, key)
            shown = what_if.what_if_view(advice, bench, assumed, look)
            with left:
                draw_chart(shown.picture, "what-if")
                grey(shown.note)
            with right:
                draw_effects(shown.effects)
                _buttons(services, view, bench, assumed, person)

    draw()


def _sliders(bench: Bench, key: str) -> Assumed:
    low, high, start = bench.lowest, bench.highest, bench.forecast
    again = st.session_state.get(ROUND, 0)

    def key_of(name: str) -> str:
        # What is forecast is part of the keys too: another forecast is another start.
        return f"what-if-{name}-{key}-{again}-{start}"

    agents = st.slider(
        "Agents", low.agents, high.agents, start.agents, 1.0, key=key_of("agents"), format="%g"
    )
    handle = st.slider(
        "Handle time, s",
        round(low.handle_seconds),
        round(high.handle_seconds),
        round(start.handle_seconds),
        5,
        key=key_of("handle"),
    )
    answer = st.slider(
        "Answer rate, %, within its band",
        round(low.answer_rate * 100, 1),
        round(max(high.answer_rate, low.answer_rate + 0.001) * 100, 1),
        round(start.answer_rate * 100, 1),
        0.1,
        key=key_of("answer"),
        format="%.1f",
    )
    limit = st.slider(
        "Abandon limit to aim at, %",
        low.limit * 100,
        max(round(high.limit * 100, 1), 2 * low.limit * 100),
        max(round(start.limit * 100, 1), low.limit * 100),
        0.1,
        key=key_of("limit"),
        format="%.1f",
    )
    calls = st.slider(
        "Calls per agent",
        low.calls,
        round(high.calls, 2),
        round(start.calls, 2),
        0.01,
        key=key_of("calls"),
        format="%.2f",
    )
    moved = Assumed(agents, float(handle), answer / 100, limit / 100, calls)
    return what_if.unmoved(bench, moved)


def _buttons(
    services: Services, view: PacingView, bench: Bench, assumed: Assumed, person: Person
) -> None:
    is_moved = assumed != bench.forecast
    if plain_button("Back to forecast", key="what-if-back", icon="undo", is_open=is_moved):
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.rerun()
    if not is_moved:
        return
    offer = what_if_offer.what_if_offer(services, view, bench, assumed, person)
    if offer is None:
        grey("Only the next hour can be proposed from here.")
        return
    blocked = what_if_offer.blocked_words(offer)
    if offer.waiting is not None or not offer.is_open:
        grey(blocked or (offer.waiting.sentence if offer.waiting else offer.obstacle))
        return
    if plain_button("Propose this what-if", key=QUESTION, icon="send"):
        open_dialog(QUESTION)
    plan = offer.plan
    reason_dialog(
        Question(
            QUESTION,
            "Propose this what-if?",
            offer.effects,
            offer.warnings,
            f"What was assumed is kept with the plan. {offer.footnote}",
        ),
        lambda reason: proposing.propose(services, plan, person.name, reason),
    )
