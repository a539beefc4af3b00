"""The real `dialcast`, run as people run it, against a simulated tenant that really runs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

DIALCAST = str(Path(sys.executable).with_name("dialcast"))
CREDENTIALS = {"GENESYS_CLIENT_ID": "desk-client", "GENESYS_CLIENT_SECRET": "desk-secret"}


@dataclass(frozen=True)
class Terminal:
    """A terminal on a machine of its own: a home, a working folder, an environment."""

    home: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, **changes: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            [DIALCAST, *arguments],
            env={**self._bare(), **self.environment, **changes},
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def document(self, *arguments: str) -> Any:
        """Return the one JSON document that a command prints; it must succeed."""
        run = self.run(*arguments, "--json")
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout)

    def begin(self, *arguments: str, **changes: str) -> "subprocess.Popen[str]":
        """Start a command in a process group of its own, as a terminal does."""
        return subprocess.Popen(
            [DIALCAST, *arguments],
            env={**self._bare(), **self.environment, **changes},
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def _bare(self) -> dict[str, str]:
        return {"HOME": str(self.home), "PATH": os.environ["PATH"]}


@dataclass(frozen=True)
class Tenant:
    """The running simulator, seen over its back door."""

    url: str

    def settings(self) -> dict[str, str]:
        """Return what a desk needs to reach it, and nothing else."""
        return {"DIALCAST_TENANT": "tutorial", "GENESYS_API_URL": self.url, **CREDENTIALS}

    def writes(self) -> int:
        """Return how many writes were applied so far."""
        return int(httpx.get(f"{self.url}/simulator/writes").json()["total"])

    def change(self, campaign_id: str, patch: Mapping[str, Any]) -> None:
        """Change a campaign as somebody else."""
        httpx.post(f"{self.url}/simulator/campaigns/{campaign_id}", json=patch).raise_for_status()

    def misbehave(self, *faults: str) -> None:
        """Turn these faults on and all others off."""
        answer = httpx.post(f"{self.url}/simulator/faults", json={"faults": faults})
        answer.raise_for_status()


@contextmanager
def running_tenant(home: Path) -> Iterator[Tenant]:
    """Run `dialcast simulator` on a free port."""
    terminal = Terminal(home, CREDENTIALS)
    process = terminal.begin("simulator", "--port", "0")
    try:
        assert process.stdout is not None
        yield Tenant(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.communicate(timeout=60)
