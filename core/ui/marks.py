"""Marks: the state of a proposal, the outcome of a check. Icon, colour and word say the same."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

import streamlit as st

from core.permissions import PermissionState
from core.ui.tables import Cell
from core.ui.words import plain
from core.workflow.plan import Check, CheckState
from core.workflow.proposal import ProposalState

Colour = Literal["red", "orange", "green", "blue", "gray"]

STATE_MARKS: Mapping[ProposalState, tuple[Colour, str]] = MappingProxyType(
    {
        ProposalState.DRAFT: ("gray", "edit_note"),
        ProposalState.SUBMITTED: ("blue", "hourglass_top"),
        ProposalState.APPROVED: ("blue", "task_alt"),
        ProposalState.PUSHING: ("blue", "sync"),
        ProposalState.PUSHED: ("green", "upload"),
        ProposalState.VERIFIED: ("green", "verified"),
        ProposalState.STALE: ("orange", "history"),
        ProposalState.DRIFTED: ("orange", "difference"),
        ProposalState.EXPIRED: ("gray", "timer_off"),
        ProposalState.REJECTED: ("gray", "do_not_disturb_on"),
        ProposalState.WITHDRAWN: ("gray", "undo"),
        ProposalState.SUPERSEDED: ("gray", "keyboard_double_arrow_right"),
        ProposalState.PUSH_FAILED: ("red", "error"),
        ProposalState.PAUSED: ("orange", "pause_circle"),
        ProposalState.STOPPED: ("gray", "stop_circle"),
        ProposalState.FINISHED: ("green", "done_all"),
    }
)
_CHECK_MARKS: Mapping[CheckState, str] = MappingProxyType(
    {
        CheckState.BLOCK: ":red[:material/block:] **Blocked:** ",
        CheckState.WARNING: ":orange[:material/warning:] **Warning:** ",
        CheckState.PASS: ":green[:material/check_circle:] ",
    }
)


def state_word(state: ProposalState) -> str:
    """Return a state as a person reads it.

    Examples
    --------
    >>> state_word(ProposalState.PUSH_FAILED)
    'push failed'
    """
    return state.value.replace("_", " ")


def state_badge(state: ProposalState, count: int | None = None) -> None:
    """Draw the badge of a state, with how many there are where that is asked."""
    colour, icon = STATE_MARKS[state]
    label = state_word(state) if count is None else f"{count} {state_word(state)}"
    st.badge(label, icon=f":material/{icon}:", color=colour)


def state_markdown(state: ProposalState) -> str:
    """Return the badge of a state for the middle of a text: an inbox, a table cell.

    Examples
    --------
    >>> state_markdown(ProposalState.STALE)
    ':orange-badge[:material/history: stale]'
    """
    colour, icon = STATE_MARKS[state]
    return f":{colour}-badge[:material/{icon}: {state_word(state)}]"


def checks_list(checks: Iterable[Check]) -> None:
    """Draw checks, what blocks first; the title with the counts is the page's.

    A check's message is a sentence; its name is for the record.
    """
    order = list(CheckState)
    ranked = sorted(checks, key=lambda check: -order.index(check.state))
    lines = [_CHECK_MARKS[check.state] + plain(check.message) for check in ranked]
    # A line break and no list: an icon is the bullet.
    st.markdown("  \n".join(lines) if lines else "No checks.")


_PERMISSION_MARKS: Mapping[PermissionState, Cell] = MappingProxyType(
    {
        PermissionState.HELD: Cell("held", colour="green", icon="check_circle"),
        PermissionState.MISSING: Cell("missing", is_bold=True, colour="red", icon="cancel"),
        PermissionState.UNKNOWN: Cell("unknown", colour="gray", icon="help"),
    }
)


def permission_cell(state: PermissionState) -> Cell:
    """Return the mark of a permission's state for a table."""
    return _PERMISSION_MARKS[state]
