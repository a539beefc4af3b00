"""Opening a store: what is made, and what is said where it cannot be opened."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from core.errors import SettingsError, StoreError
from core.store import migrations
from core.store.failures import store_failure
from core.store.open import open_store

ROOT = Path(__file__).parents[3]


def test_folder_file_and_tables_are_made(tmp_path: Path) -> None:
    path = tmp_path / "of" / "a" / "user" / "dialcast.sqlite"
    with open_store(f"sqlite:///{path}", "t")() as work:
        assert work.proposals.all() == ()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("SELECT tenant_id FROM tenants").fetchall() == [("t",)]


def test_nothing_but_the_store_is_left_in_the_folder(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/dialcast.sqlite", "t")
    with store() as work:
        assert work.hold("push P-1001")
        assert len(list(tmp_path.glob("*.lock"))) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["dialcast.sqlite"]


def test_a_home_folder_may_be_written_as_a_tilde(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    open_store("sqlite:///~/dialcast.sqlite", "t")
    assert (tmp_path / "dialcast.sqlite").exists()


def test_foreign_keys_are_in_force(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/dialcast.sqlite", "t")
    with store._database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_the_newest_step_is_the_one_that_opening_looks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == migrations.HEAD


def test_a_store_that_is_up_to_date_opens_without_the_migration_tool(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/dialcast.sqlite"
    open_store(url, "t")
    code = (
        "import sys; from core.store.open import open_store; "
        f"open_store({url!r}, 't'); print('alembic' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"


def _garbage(path: Path) -> None:
    path.write_bytes(b"This is a letter, not a database.\n" * 100)


def _torn(path: Path) -> None:
    open_store(f"sqlite:///{path}", "t")
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 8000)


def _folder(path: Path) -> None:
    path.mkdir()


def _other_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def _newer_release(path: Path) -> None:
    open_store(f"sqlite:///{path}", "t")
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE {migrations.VERSION_TABLE} SET version_num = '0099'")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_garbage, "is damaged or is no store"),
        (_torn, "is damaged or is no store"),
        (_folder, "cannot be opened for writing"),
        (_other_program, "is the database of another program"),
        (_newer_release, "written by a newer release"),
    ],
)
def test_a_file_that_is_no_store_is_refused_and_left_as_it_was(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    path = tmp_path / "dialcast.sqlite"
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=said) as refusal:
        open_store(f"sqlite:///{path}", "t")
    assert "DIALCAST_DATABASE_URL" in refusal.value.next_step
    if spoil in (_garbage, _torn):
        assert path.read_bytes() == before


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file/dialcast\.sqlite"):
        open_store(f"sqlite:///{tmp_path}/file/dialcast.sqlite", "t")


def test_a_store_whose_file_was_removed_meanwhile_is_told(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/dialcast.sqlite", "t")
    (tmp_path / "dialcast.sqlite").unlink()
    with store() as work, pytest.raises(StoreError, match="lacks the tables"):
        work.proposals.all()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "dialcast.sqlite",
        "/var/lib/dialcast.sqlite",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://root:hush@db/dialcast",
        "postgresql://dialcast:hush@db:port/dialcast",
    ],
)
def test_an_address_of_no_store_is_a_wrong_setting_and_tells_no_password(url: str) -> None:
    with pytest.raises(SettingsError, match="DIALCAST_DATABASE_URL") as refusal:
        open_store(url, "t")
    assert "hush" not in str(refusal.value)
    assert "sqlite:////folder/dialcast.sqlite" in refusal.value.next_step


def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    with pytest.raises(StoreError, match="does not answer") as refusal:
        open_store("postgresql://dialcast:hush@127.0.0.1:9/dialcast", "t", wait_seconds=2)
    assert "hush" not in str(refusal.value)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("attempt to write a readonly database", "cannot be opened for writing"),
        ("database or disk is full", "the disk is full or failing"),
        ('password authentication failed for user "x"', "refused the user or the password"),
        ('database "x" does not exist', "lacks the tables or the database"),
        ("never heard of this", "failed (OSError)"),
    ],
)
def test_every_failure_says_what_to_do_next(said: str, told: str) -> None:
    failure = store_failure(OSError(said), "/srv/dialcast.sqlite")
    assert told in failure.what
    assert failure.next_step
