"""The frame of every page: configuration, navigation's neighbours, headline, sections, errors.

A page draws inside ``with shell.page() as visit``. Whatever goes wrong in there is told in words;
a page holds no ``try``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.navigation.page import Page
from streamlit.runtime.pages_manager import PagesManager

from core.bootstrap import Services
from core.charts.picture import Look
from core.errors import DashboardError
from core.ui.address import Choice, arrive, write_address
from core.ui.asgi import ignore_pages_folder
from core.ui.day_plan_parts import draw_banners
from core.ui.faults import guarded, show_error
from core.ui.identity import person_choice, person_here, person_switch
from core.ui.notices import show_notices
from core.ui.palette import look, palette
from core.ui.services import services as services_here
from core.ui.style import PAGE_KEY, apply_style
from core.ui.words import plain
from core.workflow.approval import Person

ABOUT = "Dialcast: the desk from which supervisors run outbound dialling by forecast."
THEME_SECONDS = 3.0
STATIC = Path(__file__).parent / "static"


def configure() -> None:
    """Set what holds for all pages; the first thing that the navigation script does."""
    st.set_page_config(
        page_icon=STATIC / "favicon.svg",
        layout="wide",
        initial_sidebar_state="collapsed",
        menu_items={"Get help": None, "Report a bug": None, "About": ABOUT},
    )
    name = palette().name
    st.logo(STATIC / f"logo-{name}.svg", size="medium")


def run(pages: Sequence[Page]) -> None:
    """Offer pages in the strip at the top, and run the one that the address names."""
    chosen = st.navigation(list(pages), position="top")
    st.set_page_config(page_title=f"{chosen.title} · Dialcast")
    arrive(chosen.url_path)
    chosen.run()


@dataclass(slots=True)
class Visit:
    """What a page needs to know of the moment.

    Parameters
    ----------
    services : Services
        What it acts through.
    people : Choice or None
        The people to choose from.
    person : Person
        Who sits here.
    now : datetime
        Aware; the same for the whole page.
    has_headline : bool
        Whether the headline was drawn.
    """

    services: Services
    people: Choice | None
    person: Person
    now: datetime
    has_headline: bool = field(default=False)

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose clock the centre lives by."""
        return self.services.settings.time_zone

    @property
    def look(self) -> Look:
        """How this reader sees pictures."""
        return look(self.zone, self.now)

    def headline(self, sentence: str, provenance: str) -> None:
        """Draw the answer, where it comes from, who sits here, and what waited to be said.

        Parameters
        ----------
        sentence : str
            What is the case, from the data: subject, finding, number, unit.
        provenance : str
            Unit, time with zone, model, cutoff, span, in one line.
        """
        left, right = st.columns([3.6, 1], gap="small", vertical_alignment="center")
        with left, st.container(gap=None):
            st.title(plain(sentence), anchor=False)
            st.markdown(f":small[:gray[{plain(provenance)}]]")
        with right:
            person_switch(self.people)
        self.has_headline = True
        write_address()
        show_notices()
        draw_banners(self.services, self.person, self.look)


@contextmanager
def page() -> Iterator[Visit]:
    """Frame a page, and tell every error of the block in words."""
    _refuse_to_stand_alone()
    apply_style(palette())
    _follow_theme(palette().name)
    with st.container(key=PAGE_KEY), guarded(_show_without_visit):
        services = services_here()
        people = person_choice(services)
        visit = Visit(services, people, person_here(services, people), now=services.clock.now())
        with guarded(lambda error: _show_in(visit, error)):
            yield visit


def section(title: str, note: str = "") -> None:
    """Draw a section's title, which says what is seen, with a note in grey."""
    text = f"{plain(title)} :gray[· {plain(note)}]" if note else plain(title)
    st.header(text, anchor=False)


def grey(text: str) -> None:
    """Draw a line in small grey letters: a source, a caption."""
    st.markdown(f":small[:gray[{plain(text)}]]")


def empty_state(sentence: str, next_step: str = "") -> None:
    """Draw what there is where there is nothing: one sentence, and what to do about it."""
    with st.container(border=True):
        st.markdown(f"**{plain(sentence)}** {plain(next_step)}")


def _show_without_visit(error: DashboardError) -> None:
    st.title(plain(error.what), anchor=False)
    st.markdown(plain(error.next_step))
    st.button("Try again", key="try-again", icon=":material/refresh:")


def _show_in(visit: Visit, error: DashboardError) -> None:
    if visit.has_headline:
        show_error(error)
    else:
        visit.headline(error.what, error.next_step)
        st.button("Try again", key="try-again", icon=":material/refresh:")


def _follow_theme(drawn: str) -> None:
    """Draw the page anew when the reader changes the theme, of which Streamlit tells nobody.

    Pictures and the logo bear their colours with them, and would stand dark on dark.
    """

    @st.fragment(run_every=THEME_SECONDS)
    def look_again() -> None:
        if palette().name != drawn:
            st.rerun()

    look_again()


def _refuse_to_stand_alone() -> None:
    """Run the navigation script instead, where Streamlit took a page for it.

    `core.ui.asgi` prevents that from the start; ``streamlit run app.py`` cannot, until the first
    run has set it right.
    """
    if PagesManager.uses_pages_directory:
        ignore_pages_folder()
        st.rerun()
