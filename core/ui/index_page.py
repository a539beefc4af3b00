"""The page of HTML that every address answers with: Streamlit's own, made ours.

Streamlit's page guesses where its server is: on ``/pacing`` it first asks ``/pacing/_stcore/…``
and gets two 404s, at every deep link, before it asks the right place. Here the page is told.
It also bears our name before the first script has run.
"""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SOURCE = Path(streamlit.__file__).parent / "static" / "index.html"
_ICON = Path(__file__).parent / "static" / "favicon.svg"


def index_page(base_path: str = "") -> str:
    """Return the page.

    Parameters
    ----------
    base_path : str
        The path under which a proxy offers the dashboard; empty for the root.

    Examples
    --------
    >>> "<title>Dialcast</title>" in index_page()
    True
    """
    path = json.dumps("/" + base_path.strip("/")).replace("<", "\\u003c")
    told = f"<script>window.__streamlit={{BACKEND_BASE_URL:location.origin+{path}}}</script>"
    icon = base64.b64encode(_ICON.read_bytes()).decode()
    return (
        _SOURCE.read_text(encoding="utf-8")
        .replace("<title>Streamlit</title>", f"<title>Dialcast</title>\n    {told}", 1)
        .replace('href="./favicon.png"', f'href="data:image/svg+xml;base64,{icon}"', 1)
    )


class IndexPage:
    """Answers with a page of ours wherever Streamlit answers with its own.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    page : callable
        Gives the page; asked once, when the server starts.
    """

    def __init__(self, app: ASGIApp, page: Callable[[], str]) -> None:
        self._app = app
        self._page = page().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_page = False

        async def send_ours(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                is_page = message["status"] == 200 and kind.startswith("text/html")
                if is_page:
                    headers = MutableHeaders(scope=message)
                    headers["content-length"] = str(len(self._page))
                    # They describe Streamlit's file.
                    for name in ("etag", "last-modified", "accept-ranges", "content-encoding"):
                        del headers[name]
            elif is_page:
                if message.get("more_body", False):
                    return
                body = b"" if scope["method"] == "HEAD" else self._page
                message = {"type": "http.response.body", "body": body}
            await send(message)

        await self._app(scope, receive, send_ours)
