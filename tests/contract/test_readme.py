"""Every command that the README shows is run, in its order, on a running simulator."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.simulator.server import running_simulator

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
MAKE_TARGETS = {"run", "test", "check", "bench", "format", "setup"}


@pytest.fixture(scope="module")
def tenant() -> Iterator[str]:
    with running_simulator(
        client_id="your-client-id", client_secret="your-client-secret"
    ) as simulator:
        yield simulator.url


def test_every_make_target_of_the_readme_exists() -> None:
    named = set(re.findall(r"\bmake (\w+)\b", README)) & MAKE_TARGETS
    rules = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert named
    assert named <= rules


def test_every_dialcast_command_of_the_readme_runs_in_its_order(
    tenant: str, tmp_path: Path
) -> None:
    lines = [line for block in BLOCKS for line in block.splitlines()]
    script = [line for line in lines if line.strip() and not line.startswith("make ")]
    shown = [line for line in script if line.startswith("dialcast ")]
    assert len(shown) >= 20
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "GENESYS_API_URL": tenant,
        "GENESYS_CLIENT_ID": "your-client-id",
        "GENESYS_CLIENT_SECRET": "your-client-secret",
        "DIALCAST_DATABASE_URL": f"sqlite:///{tmp_path / 'dialcast.db'}",
    }
    ran = subprocess.run(
        ["bash", "-e", "-x", "-c", "\n".join(script)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    for made in ("volume.json", "volume.csv", "answer-rate.csv", "forecast.csv", "audit.jsonl"):
        assert (tmp_path / made).stat().st_size > 0
