"""Small pages over a desk in memory, run as Streamlit runs them."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.ui.services import SERVICES_KEY
from tests.support.desk import empty_desk, settings_for

SECONDS = 20.0
RunPage = Callable[..., AppTest]


@pytest.fixture
def run_page() -> RunPage:
    """Run a function as a page; its address and session are given by name."""

    def run(
        page: Callable[[], None], *, roles: dict[str, str] | None = None, **address: str
    ) -> AppTest:
        app = AppTest.from_function(page, default_timeout=SECONDS)
        settings = settings_for(roles or {}, is_demo=not roles)
        app.session_state[SERVICES_KEY] = empty_desk(settings=settings).services
        for name, value in address.items():
            app.query_params[name] = value
        return app.run()

    return run
