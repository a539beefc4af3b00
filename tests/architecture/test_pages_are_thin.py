"""Pages draw what a screen says: no formula, no query, no rescue of their own."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
ALLOWED_IMPORTS = ("streamlit", "core.ui", "core.screens")
FORBIDDEN = (ast.Try, ast.ClassDef, ast.While, ast.BinOp, ast.AugAssign)
MOST_LINES = 100


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_page_imports_only_streamlit_ui_and_screens(script: Path) -> None:
    imported = [
        name for node in ast.walk(ast.parse(script.read_text())) for name in _imported_names(node)
    ]
    assert [name for name in imported if not name.startswith(ALLOWED_IMPORTS)] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_page_holds_no_rescue_no_class_and_no_arithmetic(script: Path) -> None:
    found = [
        f"{type(node).__name__} in line {node.lineno}"
        for node in ast.walk(ast.parse(script.read_text()))
        if isinstance(node, FORBIDDEN)
    ]
    assert found == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_page_has_at_most_100_lines(script: Path) -> None:
    assert len(script.read_text().splitlines()) <= MOST_LINES


def test_there_is_a_page_for_each_task_of_the_desk() -> None:
    assert {script.stem for script in SCRIPTS} >= {
        "app",
        "overview",
        "answer_rate",
        "queue_volume",
        "pacing",
        "drafts",
        "review",
        "audit",
        "connection",
    }


def _imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []
