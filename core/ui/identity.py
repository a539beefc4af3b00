"""Who sits here.

Where people have roles, it is one of them; in the demo one of two, so that four eyes can be tried
alone; elsewhere whoever says a name. Nobody is authenticated: the dashboard listens on this
machine only, and the audit takes the name as it is given.
"""

import streamlit as st

from core.bootstrap import Services
from core.ui.address import Choice, choice, search_field, typed
from core.workflow.approval import Person

PARAM = "person"
DEMO_PEOPLE = ("Jonas Reiter", "Mara Oduya")


def person_choice(services: Services) -> Choice | None:
    """Return the people to choose from, or None where a name has to be typed."""
    names = tuple(services.settings.roles)
    if not names and services.settings.is_demo:
        names = DEMO_PEOPLE
    if not names:
        return None
    return choice(PARAM, {name: name for name in names}, what="person", default=names[0])


def person_here(services: Services, people: Choice | None) -> Person:
    """Return who sits here; nobody, who may look and not act, where no name was given."""
    name = people.value if people is not None else typed(PARAM)
    return services.people.person(name) if name else Person("")


def person_switch(people: Choice | None) -> None:
    """Draw "You are …", where a page's headline ends."""
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="right", gap="xsmall"
    ):
        st.markdown(":small[:gray[You are]]", width="content")
        if people is not None:
            people.select("You are", width=160)
        else:
            search_field(PARAM, "Your name", width=160)
