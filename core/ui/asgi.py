"""The dashboard as an ASGI application: pages, readiness, headers.

It starts nothing and listens nowhere; `core.ui.server` does.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.config import get_option
from streamlit.runtime.pages_manager import PagesManager

from core.ui.headers import SecurityHeaders
from core.ui.index_page import IndexPage, index_page

log = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT = PROJECT / "app.py"

Readiness = Callable[[], Mapping[str, object]]
"""Says whether store and tenant answer: ``ready`` (a boolean), ``store``, ``tenant``."""


def dashboard_app(readiness: Readiness, script: Path = SCRIPT) -> st.App:
    """Return the dashboard.

    Parameters
    ----------
    readiness : callable
        Asked on every ``GET /readyz``, in a thread; may take its time.
    script : Path
        The navigation script.

    Returns
    -------
    App
        ``/readyz`` answers 200 or, where something is not ready, 503, in both cases with the
        readiness as JSON.
    """
    ignore_pages_folder()
    return st.App(
        script,
        routes=[Route("/readyz", _readyz(readiness), methods=["GET"])],
        middleware=[
            Middleware(SecurityHeaders, page=_page),
            Middleware(IndexPage, page=_page),
        ],
    )


def _page() -> str:
    # Asked when the server starts: only then is the configuration beside the script read.
    return index_page(get_option("server.baseUrlPath") or "")


def ignore_pages_folder() -> None:
    """Make the folder ``pages`` beside the script mean nothing to Streamlit.

    Without this a deep link as the very first request of a process runs that page's script
    alone, under Streamlit's old sidebar of file names, because only `st.navigation` tells it
    that the folder is not the navigation.
    """
    PagesManager.uses_pages_directory = False


def _readyz(readiness: Readiness) -> Callable[[Request], object]:
    async def answer(_request: Request) -> JSONResponse:
        try:
            state = dict(await run_in_threadpool(readiness))
        except Exception:
            log.exception("readiness could not be told")
            state = {"ready": False, "store": "unknown", "tenant": "unknown"}
        status = 200 if state.get("ready") is True else 503
        return JSONResponse(state, status, headers={"Cache-Control": "no-store"})

    return answer
