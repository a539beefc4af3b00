"""The application as it is served: headers, the first page, readiness, deep links."""

import asyncio
import base64
import hashlib
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.ui.headers import content_security_policy, security_headers
from core.ui.index_page import index_page

ROOT = Path(__file__).parents[3]
APP = """
import streamlit as st
from core.ui import shell
st.text("by the navigation")
shell.run([st.Page("pages/first.py", title="First", default=True),
           st.Page("pages/pacing.py", title="Second", url_path="pacing")])
"""
PAGE = 'import streamlit as st\nst.text("this is {name}")\n'
SERVE = """
import sys
from pathlib import Path
from core.ui.server import serve_dashboard
answers = {"ready": True, "store": "ok", "tenant": "ok"}
flag = Path(sys.argv[1]).parent / "unready"
def readiness():
    if flag.exists():
        if flag.read_text():
            raise RuntimeError("hush")
        return answers | {"ready": False, "tenant": "down"}
    return answers
serve_dashboard(0, on_ready=lambda at: print(at, flush=True), readiness=readiness,
                script=Path(sys.argv[1]))
print("ended", flush=True)
"""


@dataclass
class Served:
    """A dashboard in a process of its own."""

    address: str
    folder: Path
    process: "subprocess.Popen[str]"

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """Return status, headers and body of an answer."""
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, dict(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read().decode()


def start(folder: Path) -> Served:
    (folder / "pages").mkdir()
    (folder / "app.py").write_text(APP)
    for name in ("first", "pacing"):
        (folder / "pages" / f"{name}.py").write_text(PAGE.format(name=name))
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(folder / "app.py")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:"), address
    return Served(address, folder, process)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = start(tmp_path_factory.mktemp("dashboard"))
    yield running
    running.process.terminate()
    running.process.wait(10)


def first_words(address: str, page: str) -> list[str]:
    """Return the texts that a browser gets when its first request is for a page."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets.asyncio.client import connect

    async def talk() -> list[str]:
        url = f"{address.replace('http', 'ws')}/_stcore/stream"
        async with connect(url, subprotocols=["streamlit"], origin=address) as socket:
            asked = BackMsg()
            asked.rerun_script.page_name = page
            await socket.send(asked.SerializeToString())
            texts = []
            while True:
                told = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), 20))
                if told.WhichOneof("type") == "script_finished":
                    return texts
                if told.WhichOneof("type") == "delta":
                    texts.append(told.delta.new_element.text.body)

    return [text for text in asyncio.run(talk()) if text]


def test_a_deep_link_as_the_very_first_request_goes_through_the_navigation(
    served: Served,
) -> None:
    assert first_words(served.address, "pacing") == ["by the navigation", "this is pacing"]


def test_every_answer_bears_the_security_headers(served: Served) -> None:
    for path in ("/", "/pacing", "/_stcore/health", "/readyz", "/static/js/absent.js"):
        _, headers, _ = served.get(path)
        lowered = {name.lower(): value for name, value in headers.items()}
        for name, value in security_headers(index_page()):
            assert lowered[name.lower()] == value, (path, name)
        assert "server" not in lowered


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_every_page_is_told_where_its_server_is_and_bears_our_name(
    served: Served, encoding: str
) -> None:
    status, headers, body = served.get("/pacing", **{"Accept-Encoding": encoding})
    assert status == 200
    assert int(headers["content-length"]) == len(body.encode())
    assert not {"etag", "content-encoding"} & set(headers)
    assert body == index_page()


def test_a_file_of_streamlit_is_left_as_it_is(served: Served) -> None:
    script = re.search(r'src="\./(static/js/index[^"]+)"', index_page())
    assert script
    status, headers, body = served.get(f"/{script[1]}")
    assert status == 200
    assert "javascript" in headers["content-type"]
    assert len(body) > 10_000


def test_readiness_is_told_as_json_with_503_where_something_is_not_ready(
    served: Served,
) -> None:
    flag = served.folder / "unready"
    status, headers, body = served.get("/readyz")
    assert (status, json.loads(body)["ready"]) == (200, True)
    assert headers["cache-control"] == "no-store"
    flag.write_text("")
    status, _, body = served.get("/readyz")
    assert (status, json.loads(body)["tenant"]) == (503, "down")
    flag.write_text("break")
    status, _, body = served.get("/readyz")
    assert (status, json.loads(body)) == (
        503,
        {"ready": False, "store": "unknown", "tenant": "unknown"},
    )
    flag.unlink()


def test_a_foreign_page_cannot_talk_to_the_dashboard(served: Served) -> None:
    from websockets.asyncio.client import connect
    from websockets.exceptions import InvalidStatus

    async def knock() -> None:
        url = f"{served.address.replace('http', 'ws')}/_stcore/stream"
        async with connect(url, subprotocols=["streamlit"], origin="http://elsewhere.example"):
            pass

    with pytest.raises(InvalidStatus):
        asyncio.run(knock())


def test_a_port_that_is_taken_is_told_and_not_dodged(served: Served) -> None:
    port = served.address.rpartition(":")[2]
    run = subprocess.run(
        [sys.executable, "-m", "core.ui.server", "--port", port],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 2
    assert f"Port {port} on 127.0.0.1 cannot be used" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_server_ends_in_order_when_it_is_told_to(tmp_path: Path) -> None:
    running = start(tmp_path)
    running.process.terminate()
    assert running.process.wait(10) == 0
    assert running.process.stdout is not None
    assert "ended" in running.process.stdout.read()


def test_scripts_are_allowed_by_what_they_are_and_nothing_is_evaluated() -> None:
    page = index_page()
    policy = content_security_policy(page)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert "unsafe" not in rules["script-src"]
    assert rules["frame-ancestors"] == "'none'"
    assert rules["connect-src"] == "'self'"
    assert "http" not in policy


def test_pages_are_not_framed_sniffed_or_told_of_to_others() -> None:
    headers = dict(security_headers(index_page()))
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    for device in ("camera", "microphone", "geolocation", "display-capture"):
        assert f"{device}=()" in headers["Permissions-Policy"]


def test_a_path_of_a_proxy_is_told_to_the_page_and_cannot_break_out_of_its_script() -> None:
    assert 'location.origin+"/desk"' in index_page("/desk/")
    assert "</script><b>" not in index_page("</script><b>")
