"""Errors on a page: what happened, to what, what next. Never a traceback.

An error that a person can act on is told in its own words. Any other is told to be ours, with an
id under which the log has the rest.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import uuid4

import streamlit as st

from core.errors import DashboardError
from core.ui.words import plain

log = logging.getLogger(__name__)
Result = TypeVar("Result")


def show_error(error: DashboardError) -> None:
    """Draw what happened and what to do next."""
    st.error(plain(error.next_step) or "Nothing was lost.", title=plain(error.what))


def as_told(error: Exception) -> DashboardError:
    """Return an error as it may be told; one that is not for a person goes to the log."""
    if isinstance(error, DashboardError):
        return error
    log_id = uuid4().hex[:8]
    log.error("%s: a page failed", log_id, exc_info=error)
    return DashboardError(
        "Something went wrong in Dialcast.",
        f"Try again; if it stays so, the details are in the log under {log_id}.",
    )


@contextmanager
def guarded(tell: Callable[[DashboardError], None] = show_error) -> Iterator[None]:
    """Tell every error of a block instead of letting it through, and end the block there.

    Streamlit's own "stop" and "run again" pass through.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - a page never shows a traceback
        tell(as_told(error))


def attempt(work: Callable[[], Result]) -> Result | None:
    """Return what some work gives; where it is refused, tell so here and return None.

    The rest of the page is drawn, unlike after an error in the page itself.
    """
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - as above
        show_error(as_told(error))
        return None
