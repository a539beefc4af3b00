"""What is selected on a page, held by its address.

The address is the truth: a reload or a link that was sent shows the same thing. A selection is
read before anything is drawn, so that the headline can speak of it, and drawn as a widget
wherever the page wants it. What the address names and this installation does not have is told
and replaced, never a crash. On arrival at a page by the navigation, which empties the address,
the session's last choice counts; after that only the address does, so that the browser's "back"
takes a choice back. A page writes its address once, because each write is one more step back; what
is chosen by default is not written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from core.ui.notices import add_notice
from core.ui.words import echo, plain

LONGEST_TEXT = 200
_PAGE, _ARRIVED, _CHANGES = "page-here", "page-arrived", "address-changes"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, as the address has it.

    Parameters
    ----------
    param : str
        The address's parameter.
    options : mapping of str to str
        Id to what is shown, in order.
    value : str or None
        The id that is chosen; None only where there are no options.
    default : str or None
        What an address without the parameter means; None where it always has it.
    """

    param: str
    options: Mapping[str, str]
    value: str | None
    default: str | None = None

    @property
    def label(self) -> str:
        """What is shown for the chosen one; empty where there is none."""
        return self.options[self.value] if self.value is not None else ""

    def select(self, label: str, *, width: int = 220) -> None:
        """Draw a select box. Its label is not seen, but read out."""
        key = self._hold()
        st.selectbox(
            label,
            list(self.options),
            format_func=self._shown,
            key=key,
            on_change=_follow,
            args=(self.param, key, self.default),
            label_visibility="collapsed",
            placeholder="None",
            disabled=not self.options,
            width=width,
        )

    def segments(self, label: str) -> None:
        """Draw a segmented control, for two to five short options."""
        key = self._hold()
        st.segmented_control(
            label,
            list(self.options),
            format_func=lambda option: plain(self._shown(option)),
            key=key,
            required=True,
            on_change=_follow,
            args=(self.param, key, self.default),
            label_visibility="collapsed",
        )

    def radio(
        self,
        label: str,
        markdown: Callable[[str], str] | None = None,
        captions: Sequence[str] | None = None,
    ) -> None:
        """Draw a radio list, for an inbox.

        Parameters
        ----------
        label : str
            Seen above the list.
        markdown : callable, optional
            Id to Markdown, made with `core.ui.words.prose`; the plain option otherwise.
        captions : sequence of str, optional
            Markdown below each option.
        """
        key = self._hold()
        if self.value is not None:
            # Streamlit remembers what was chosen by its label, and a label may change.
            st.session_state[key] = self.value
        st.radio(
            label,
            list(self.options),
            format_func=markdown or (lambda option: plain(self._shown(option))),
            captions=captions,
            key=key,
            on_change=_follow,
            args=(self.param, key, self.default),
        )

    def _shown(self, option: str) -> str:
        return self.options.get(option, option)

    def _hold(self) -> str:
        key = f"choice-{self.param}"
        if self.value is not None and st.session_state.get(key) != self.value:
            st.session_state[key] = self.value
        return key


def choice(
    param: str, options: Mapping[str, str], *, what: str, default: str | None = None
) -> Choice:
    """Return what the address chooses among some options.

    Parameters
    ----------
    param : str
        The address's parameter.
    options : mapping of str to str
        Id to what is shown, in order.
    what : str
        What an option is, for the sentence on one that does not exist: "campaign".
    default : str, optional
        What opens when nothing is chosen, here and for whoever is sent the address. Without one
        the first option opens, and the address names it, as the first may be another tomorrow.
    """
    asked = st.query_params.get(param)
    remembered = st.session_state.get(_memory(param)) if _has_arrived() else None
    wanted = (asked, remembered, default, *options)
    value = next((option for option in wanted if option in options), None)
    if asked and asked not in options:
        instead = f" Showing {options[value]}." if value is not None else ""
        add_notice(f"There is no {what} “{echo(asked)}” here.{instead}", "warning")
    known_default = default if default in options else None
    if asked is not None and asked == value:
        st.session_state[_memory(param)] = value
    else:
        _keep(param, value, known_default)
    return Choice(param, options, value, known_default)


def typed(param: str) -> str:
    """Return the text that the address holds for a search field."""
    return " ".join(st.query_params.get(param, "")[:LONGEST_TEXT].split())


def search_field(param: str, label: str, *, width: int = 250) -> None:
    """Draw a search field whose text the address holds; `typed` reads it."""
    key = f"typed-{param}"
    if st.session_state.get(key, "") != typed(param):
        st.session_state[key] = typed(param)
    st.text_input(
        label,
        key=key,
        max_chars=LONGEST_TEXT,
        placeholder=label,
        label_visibility="collapsed",
        on_change=_follow,
        args=(param, key, ""),
        width=width,
    )


def choose(param: str, value: str) -> None:
    """Put a value into the address by other means than a choice's own widget."""
    _keep(param, value or None, None)
    write_address()


def arrive(page: str) -> None:
    """Note which page is drawn; the navigation does so before each run of a page."""
    st.session_state[_ARRIVED] = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page


def write_address() -> None:
    """Write what was chosen while the page was drawn into the address, all at once."""
    changes = st.session_state.pop(_CHANGES, {})
    old = st.query_params.to_dict()
    new = {name: value for name, value in (old | changes).items() if value is not None}
    if new != old:
        st.query_params.from_dict(new)


def forget(param: str) -> None:
    """Let go of what was chosen, at once, so that the first or the default opens."""
    _keep(param, None, None)
    write_address()


@contextmanager
def toolbar() -> Iterator[None]:
    """Lay what is drawn in the block side by side: what, span, method, then buttons."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        yield


def _follow(param: str, key: str, default: str | None) -> None:
    _keep(param, st.session_state[key] or None, default)
    write_address()


def _keep(param: str, value: str | None, default: str | None) -> None:
    st.session_state[_memory(param)] = value
    changes = st.session_state.setdefault(_CHANGES, {})
    changes[param] = value if value != default else None


def _has_arrived() -> bool:
    return bool(st.session_state.get(_ARRIVED, False))


def _memory(param: str) -> str:
    return f"last-{param}"
