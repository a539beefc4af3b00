"""The running demo, and how a page of it is waited for."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

DESK, PHONE = (1440, 900), (390, 844)
OpenPage = Callable[..., Page]


@dataclass(frozen=True)
class Demo:
    """The demo as `make run` started it."""

    address: str
    tenant: str
    environment: dict[str, str]

    def dialcast(self, *words: str) -> str:
        """Run a command on the demo's tenant and store; return what it printed."""
        ran = subprocess.run(
            [Path(sys.executable).with_name("dialcast"), *words],
            env=self.environment | {"GENESYS_API_URL": self.tenant},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def writes(self) -> int:
        """Return how many writes the tenant has seen."""
        with urllib.request.urlopen(f"{self.tenant}/simulator/writes", timeout=10) as answer:
            return int(json.load(answer)["total"])

    def requests(self) -> list[httpx.Request]:
        """Return the last requests that the platform was asked with, all of them Dialcast's."""
        with urllib.request.urlopen(f"{self.tenant}/simulator/requests", timeout=10) as answer:
            asked = json.load(answer)["requests"]
        return [
            httpx.Request(
                each["method"],
                f"http://platform{each['path']}?{each['query']}".rstrip("?"),
                content=each["body"].encode() or None,
            )
            for each in asked
        ]

    def change_as_somebody_else(self, campaign_id: str, values: dict[str, object]) -> None:
        """Change a campaign at the tenant, past Dialcast."""
        request = urllib.request.Request(
            f"{self.tenant}/simulator/platform/campaigns/{campaign_id}",
            data=json.dumps(values).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200


def settle(page: Page) -> None:
    """Wait until the page has its headline and stands still."""
    page.get_by_role("heading", level=1).first.wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
