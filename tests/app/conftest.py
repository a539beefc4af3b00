"""A desk for every page, and everybody who may sit at it."""

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import app_test

from core.ui.asgi import ignore_pages_folder
from tests.support.desk import Desk, filled_desk
from tests.support.pages import EVERYBODY


class NavigatedPages(PagesManager):
    """Streamlit's pages, for AppTest to change without changing the server's."""


@pytest.fixture(autouse=True)
def pages_folder_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run of AppTest begin as the server's does.

    AppTest forgets before each run that the folder of pages is not the navigation, so that a run
    begins with a page alone, is run again by the navigation, and loses a press of a button.
    """
    ignore_pages_folder()
    monkeypatch.setattr(app_test, "PagesManager", NavigatedPages)


@pytest.fixture
def desk() -> Desk:
    """Give a desk with history and forecasts, on a tenant in memory."""
    return filled_desk()


@pytest.fixture(params=EVERYBODY)
def anybody(request: pytest.FixtureRequest) -> str:
    """Give each person in turn, one of each role."""
    name: str = request.param
    return name
