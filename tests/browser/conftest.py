"""A real browser on the real demo: `make run`, Debian's Chromium, nothing in between."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from core.services.desk import EVERYTHING
from core.store.open import open_store
from core.workflow.jobs import JobState
from tests.browser.demo import DESK, Demo, OpenPage, settle
from tests.support.platform_contract import check_request

ROOT = Path(__file__).parents[2]
NO_BROWSER = (
    "BROWSER TESTS SKIPPED: there is no Chromium here and it could not be installed;"
    " `apt-get install chromium` as root brings it"
)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FORECASTS_SECONDS = 240


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Start the demo with the README's command in a home of its own, and end it with Ctrl-C."""
    home = tmp_path_factory.mktemp("home")
    port = _free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "DIALCAST_DATABASE_URL": f"sqlite:///{home / 'dialcast.db'}",
    }
    log = home / "run.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_for(lambda: "Dialcast is at" in log.read_text(), log, seconds=120)
        tenant = re.search(r"tenant is at (http://\S+?)[;\s]", log.read_text() + " ")
        assert tenant, log.read_text()
        running = Demo(f"http://127.0.0.1:{port}", tenant[1], environment)
        yield running
        for asked in running.requests():
            check_request(asked)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or _installed_chromium()
    if executable is None:
        warnings.warn(NO_BROWSER, stacklevel=1)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def window(browser: Browser) -> BrowserContext:
    """Return what all pages are opened in: scripts are fetched once, selections are each page's."""
    return browser.new_context(accept_downloads=True)


@pytest.fixture
def open_page(demo: Demo, window: BrowserContext) -> Iterator[OpenPage]:
    """Open pages in windows of their own; afterwards no console may have told an error."""
    told: list[str] = []

    @contextmanager
    def listening(page: Page) -> Iterator[None]:
        def hear(message: ConsoleMessage) -> None:
            if message.type == "error":
                told.append(f"{page.url}: {message.text}")

        page.on("console", hear)
        page.on("pageerror", lambda error: told.append(f"{page.url}: {error}"))
        yield

    def open_one(
        path: str, *, size: tuple[int, int] = DESK, theme: str = "light", person: str = ""
    ) -> Page:
        page = window.new_page()
        page.set_default_timeout(30_000)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        with listening(page):
            joint = "&" if "?" in path else "?"
            asked = f"{path}{joint}person={person.replace(' ', '+')}" if person else path
            page.goto(f"{demo.address}{asked}")
        settle(page)
        return page

    yield open_one
    for page in window.pages:
        page.close()
    assert told == []


@pytest.fixture(scope="module")
def forecast_demo(demo: Demo) -> Demo:
    """Return the demo once it has forecast everything by itself."""

    store = open_store(demo.environment["DIALCAST_DATABASE_URL"], "simulator")

    def is_done() -> bool:
        with store() as work:
            jobs = [job for job in work.jobs.recent() if job.subject == EVERYTHING]
        assert not any(job.state is JobState.FAILED for job in jobs), jobs
        return any(job.is_over for job in jobs)

    _wait_for(is_done, None, seconds=FORECASTS_SECONDS)
    return demo


def _wait_for(is_so: Callable[[], bool], log: Path | None, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            pytest.fail(f"not within {seconds} s; {log.read_text() if log else ''}")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _installed_chromium() -> str | None:
    """Install Debian's Chromium where that is allowed."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    quietly = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    subprocess.run(["apt-get", "update", "-qq"], timeout=300, **quietly)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        timeout=900,
        **quietly,
    )
    return shutil.which("chromium")
