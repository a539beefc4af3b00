"""Rules that hold over the whole project, read from its files."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "core").rglob("*.py"))
REGISTRY = re.compile(r"https?://[^\s\"']*(/simple\b|/packages/|\bregistry\.)|pypi\.|pythonhosted")


def test_imports_keep_to_the_layers() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_stays_under_400_lines(module: Path) -> None:
    text = module.read_text()
    assert ast.get_docstring(ast.parse(text)), "no module docstring"
    assert len(text.splitlines()) <= 400


def test_only_settings_read_the_environment() -> None:
    readers = [
        str(module.relative_to(ROOT))
        for module in MODULES
        if re.search(r"os\.(environ|getenv)\b", _code(module)) and module.name != "settings.py"
    ]
    assert readers == []


def test_only_the_push_service_holds_a_campaign_writer() -> None:
    holders = {
        module.relative_to(ROOT / "core").as_posix()
        for module in MODULES
        if "CampaignWriter" in module.read_text()
    }
    assert holders <= {
        "ports.py",
        "tenant_ports.py",
        "bootstrap.py",
        "services/push.py",
        "tenants/genesys_writer.py",
        "tenants/tutorial_writer.py",
        "tenants/memory.py",
    }


def test_lock_files_hold_hashes_and_no_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        pinned = len(re.findall(r"^[a-z0-9][\w.\[\]-]*==", text, re.MULTILINE))
        assert pinned > 0
        assert text.count("--hash=sha256:") >= pinned
        assert "://" not in text


def test_nothing_names_a_package_registry() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    texts = [ROOT / name for name in tracked if not name.endswith((".png", ".gz", ".ico"))]
    naming = [
        str(path.relative_to(ROOT))
        for path in texts
        if path.is_file()
        and path != Path(__file__)
        and REGISTRY.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert naming == []


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    wanted = [
        *project["project"]["dependencies"],
        *(name for extra in project["project"]["optional-dependencies"].values() for name in extra),
        *(name for group in project["dependency-groups"].values() for name in group),
    ]
    silent = [name for name in wanted if not re.search(re.escape(f'"{name}"') + r".*# \w+", text)]
    assert silent == []


def _code(module: Path) -> str:
    """The module's code without its comments and texts."""
    return ast.unparse(_Strip().visit(ast.parse(module.read_text())))


class _Strip(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.copy_location(ast.Constant("") if isinstance(node.value, str) else node, node)
