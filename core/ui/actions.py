"""Buttons that do something, and dialogs that ask before."""

from collections.abc import Callable

import streamlit as st

from core.ui.faults import attempt, guarded
from core.ui.notices import add_notice
from core.ui.style import PRIMARY_PREFIX


def primary_button(
    label: str, *, key: str, icon: str = "", is_open: bool = True, width: str = "stretch"
) -> bool:
    """Draw the page's one primary button and return whether it was pressed.

    Parameters
    ----------
    label : str
        What it does, as a verb.
    key : str
        Unique on the page.
    icon : str
        Name of a Material icon, or empty.
    is_open : bool
        Whether it can be pressed.
    width : {"stretch", "content"}
        As wide as its place, or as its label.
    """
    return st.button(
        label,
        key=f"{PRIMARY_PREFIX}{key}",
        type="primary",
        icon=f":material/{icon}:" if icon else None,
        disabled=not is_open,
        width="stretch" if width == "stretch" else "content",
    )


def plain_button(
    label: str, *, key: str, icon: str = "", is_open: bool = True, width: str = "content"
) -> bool:
    """Draw a secondary button and return whether it was pressed; see `primary_button`."""
    return st.button(
        label,
        key=key,
        icon=f":material/{icon}:" if icon else None,
        disabled=not is_open,
        width="stretch" if width == "stretch" else "content",
    )


def act(work: Callable[[], object], said: str = "") -> None:
    """Do what a button asks; then draw the page anew, with a sentence under its headline.

    A refusal is told where the button stands, and the page stays as it is.

    Parameters
    ----------
    work : callable
        What is to be done; returns the sentence where `said` is empty, or anything else.
    said : str
        What to say once it is done.
    """
    results: list[object] = []
    attempt(lambda: results.append(work()))
    if not results:
        return
    sentence = said or (results[0] if isinstance(results[0], str) else "")
    if sentence:
        add_notice(sentence)
    st.rerun()


def download_button(
    label: str, build: Callable[[], str | bytes], *, file_name: str, key: str, mime: str
) -> None:
    """Draw a button that builds a file when it is pressed; the page is not drawn anew.

    Parameters
    ----------
    label : str
        What is taken away.
    build : callable
        Makes the content, in another thread: it closes over values and asks Streamlit nothing.
    file_name, key, mime : str
        Name of the file, key unique on the page, media type.
    """
    st.download_button(
        label,
        data=build,
        file_name=file_name,
        mime=mime,
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )


def open_dialog(name: str) -> None:
    """Ask for a dialog at the next `dialog` of that name."""
    st.session_state[_flag(name)] = True


def close_dialog(name: str) -> None:
    """Put a dialog away."""
    st.session_state.pop(_flag(name), None)


def dialog(name: str, title: str, body: Callable[[], None], *, width: int = 560) -> None:
    """Draw a dialog while it is asked for.

    A flag holds it open, and not the press of a button, which the next interaction inside would
    forget.

    Parameters
    ----------
    name : str
        As given to `open_dialog`.
    title : str
        What is asked.
    body : callable
        Draws the inside; on success it calls `close_dialog` within what it gives to `act`.
    width : int
        Pixels.
    """
    if not st.session_state.get(_flag(name)):
        return

    def dismiss() -> None:
        close_dialog(name)

    @st.dialog(title, width=width, on_dismiss=dismiss)
    def draw() -> None:
        with guarded():
            body()

    draw()


def _flag(name: str) -> str:
    return f"dialog-{name}"
