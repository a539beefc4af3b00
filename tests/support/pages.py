"""Pages of the real navigation, opened over a desk in memory by a person with a role."""

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.ui.services import SERVICES_KEY
from tests.support.desk import ADMIN, PLANNER, SUPERVISOR, VIEWER, Desk

APP = Path(__file__).parents[2] / "app.py"
SECONDS = 30.0
EVERYBODY = (VIEWER, PLANNER, SUPERVISOR, ADMIN)


def open_page(desk: Desk, page: str = "", person: str = SUPERVISOR, **address: str) -> AppTest:
    """Return a page of the dashboard as a person sees it.

    Parameters
    ----------
    desk : Desk
        What it looks through.
    page : str
        The page's file without its ending, such as ``review``; empty for the first page.
    person : str
        Who sits there; empty for nobody.
    **address
        The address's further parameters.
    """
    app = AppTest.from_file(str(APP), default_timeout=SECONDS)
    app.session_state[SERVICES_KEY] = desk.services
    if page:
        app.switch_page(f"pages/{page}.py")
        # Before the first run it takes the file's name for the address; here they differ.
        app._page_hash = calc_hash(page.replace("_", "-"))
    for name, value in {"person": person, **address}.items():
        if value:
            app.query_params[name] = value
    return app.run()


def title(app: AppTest) -> str:
    """Return the headline, as it is read."""
    return as_read(app.title[0].value)


def as_read(markdown: str) -> str:
    """Return Markdown without the signs that keep plain text plain."""
    return markdown.replace("\\", "")


def words(app: AppTest) -> str:
    """Return everything that the page says in words: titles, prose, notices, metrics."""
    parts = [*app.title, *app.header, *app.markdown, *app.warning, *app.error, *app.success]
    told = [as_read(part.value) for part in parts]
    told += [f"{metric.label} {metric.value}" for metric in app.metric]
    return "\n".join(told)


def buttons(app: AppTest) -> list[str]:
    """Return what can be pressed, by what it says."""
    return [each.label for each in app.button if not each.disabled]
