"""A store of each kind that needs no server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from core.ports import UnitOfWorkFactory
from core.store.memory import MemoryStore
from core.store.open import open_store


@pytest.fixture(scope="session")
def fresh_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a SQLite file with all tables once; making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("store") / "fresh.sqlite"
    open_store(f"sqlite:///{path}", "nobody").close()
    return path


@pytest.fixture(params=["memory", "sqlite"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, fresh_sqlite_file: Path
) -> Iterator[UnitOfWorkFactory]:
    """Give a fresh store, in memory and as a file."""
    if request.param == "memory":
        yield MemoryStore()
        return
    copy = shutil.copy(fresh_sqlite_file, tmp_path / "dialcast.sqlite")
    opened = open_store(f"sqlite:///{copy}", f"tenant-{uuid4().hex}")
    yield opened
    opened.close()
