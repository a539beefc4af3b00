"""Review's inbox on the page: which list, which proposal, both held by the address."""

from dataclasses import dataclass

import streamlit as st

from core.screens.inbox import LISTS, Inbox
from core.ui.address import Choice, choice, choose, forget, typed
from core.ui.marks import state_markdown
from core.ui.shell import grey
from core.ui.words import plain, prose

_SHOWN_LIST = "inbox-list"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen: a list, and a proposal in it; none where there is none."""

    lists: Choice
    proposals: Choice

    @property
    def proposal_id(self) -> str | None:
        """The chosen proposal."""
        return self.proposals.value


def choose_proposal(inbox: Inbox) -> Chosen:
    """Return what the address chooses; called before anything is drawn.

    A link that names a proposal alone opens the list that it is in. Another list opens with its
    own first proposal, and the one that was shown stays in sight when it is decided.
    """
    asked = typed("proposal")
    if asked and not typed("list"):
        choose("list", inbox.list_of(asked))
    lists = choice("list", inbox.tabs, what="list")
    name = lists.value or LISTS[0]
    if st.session_state.get(_SHOWN_LIST, name) != name:
        forget("proposal")
        asked = ""
    st.session_state[_SHOWN_LIST] = name
    entries = inbox.entries(name, asked)
    options = {each.proposal_id: f"{each.target} {each.proposal_id}" for each in entries}
    return Chosen(lists, choice("proposal", options, what="proposal"))


def draw_inbox(inbox: Inbox, chosen: Chosen) -> None:
    """Draw the lists and the proposals of the chosen one."""
    name = chosen.lists.value or LISTS[0]
    chosen.lists.segments("Which proposals")
    entries = [inbox.known[each] for each in chosen.proposals.options]
    if not entries:
        grey("No proposal in this list.")
        return
    with st.container(border=True):
        chosen.proposals.radio(
            "Proposals, oldest last",
            markdown=lambda each: _label(inbox, each),
            captions=["  \n".join(map(plain, each.lines)) for each in entries],
        )
    if inbox.hidden(name):
        grey(f"{inbox.hidden(name)} older ones are in the audit.")
    grey("↑ ↓ choose · Tab to the decision")


def _label(inbox: Inbox, proposal_id: str) -> str:
    entry = inbox.known.get(proposal_id)
    if entry is None:
        return plain(proposal_id)
    told = prose("**{target}** {id}", target=entry.target, id=entry.proposal_id)
    return f"{told} {state_markdown(entry.state)}"
