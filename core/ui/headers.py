"""The headers that every answer of the dashboard carries.

Pages come from here, talk to here, and are shown nowhere else: no foreign script, no frame, no
request to another host. Nothing in this module knows what a page shows.
"""

import base64
import hashlib
import re
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def content_security_policy(page: str) -> str:
    """Return the policy for a page of HTML: its own inline scripts by hash, and no others.

    Styles have to be allowed inline, because Streamlit and Plotly write them at run time.

    Parameters
    ----------
    page : str
        The page that the server answers with, as it is sent.

    Examples
    --------
    >>> policy = content_security_policy("<script>window.prerenderReady = false</script>")
    >>> "script-src 'self' 'sha256-" in policy, "unsafe-eval" in policy
    (True, False)
    """
    hashes = (hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(page))
    scripts = " ".join(f"'sha256-{base64.b64encode(found).decode()}'" for found in hashes)
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' {scripts}".strip(),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "frame-src": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def security_headers(page: str) -> tuple[tuple[str, str], ...]:
    """Return the headers and their values, for a server that answers with a page of HTML."""
    return (
        ("Content-Security-Policy", content_security_policy(page)),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        (
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()",
        ),
    )


class SecurityHeaders:
    """Adds the headers to every HTTP answer, Streamlit's own files and errors included.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    page : callable
        Gives the page of HTML that the policy is for; asked once, when the server starts.
    """

    def __init__(self, app: ASGIApp, page: Callable[[], str]) -> None:
        self._app = app
        self._headers = security_headers(page())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers:
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_headers)
