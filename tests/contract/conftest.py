"""The stores that a contract is tried on: memory, a SQLite file, a PostgreSQL server."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from starlette.types import Scope

from core.ports import UnitOfWorkFactory
from core.simulator.platform.meter import Meter
from core.store.memory import MemoryStore
from core.store.open import open_store
from tests.support.platform_contract import check_request

NOT_FOUND = 404
NO_SERVER = "no PostgreSQL server here: Debian has it in the package postgresql"


@pytest.fixture(autouse=True)
def requests_keep_to_the_contract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold every request that the product sends to a simulated platform against the contract.

    Where the contract file is not beside the project nothing is held.
    """
    broken: list[str] = []
    note = Meter.note

    def held(meter: Meter, scope: Scope, body: bytes, status: int) -> None:
        note(meter, scope, body, status)
        is_ours = dict(scope["headers"]).get(b"user-agent", b"").startswith(b"Dialcast/")
        # What is not there, a strange id say, has no operation to be held against.
        if is_ours and status != NOT_FOUND:
            query = scope["query_string"].decode("latin-1")
            address = f"http://platform{scope['path']}{'?' if query else ''}{query}"
            try:
                content = _without_strange_fields(body) if scope["method"] == "PUT" else body
                check_request(httpx.Request(scope["method"], address, content=content or None))
            except AssertionError as error:
                broken.append(f"{scope['method']} {scope['path']}: {error}")

    monkeypatch.setattr(Meter, "note", held)
    yield
    assert broken == []


def _without_strange_fields(body: bytes) -> bytes:
    """Leave out what only the tenant knows: a whole object goes back exactly as it was read."""
    told = {name: value for name, value in json.loads(body).items() if not name.startswith("x-")}
    return json.dumps(told).encode()


@dataclass(frozen=True)
class StoreUnderTest:
    """A store of one kind.

    `open_again` gives another way into the same records, as another process would have; it takes
    how long a writer waits there for another one, in seconds.
    """

    kind: str
    url: str
    open_again: Callable[..., UnitOfWorkFactory]


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Run a PostgreSQL server of our own, on a socket in a folder of our own."""
    programs = _postgresql_programs()
    if programs is None:
        pytest.skip(NO_SERVER)
    folder = Path(tempfile.mkdtemp(prefix="dialcast-pg-"))
    user = _unprivileged_user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)

    def run(*command: str) -> None:
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            cwd=folder,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )

    data = str(folder / "data")
    control = str(programs / "pg_ctl")
    options = f"-c listen_addresses='' -k {folder} -c fsync=off"
    try:
        run(str(programs / "initdb"), "-D", data, "-U", "dialcast", "-A", "trust", "-N")
        run(control, "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://dialcast@/postgres?host={folder}"
        finally:
            run(control, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def fresh_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a SQLite file with all tables once; making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("store") / "fresh.sqlite"
    open_store(f"sqlite:///{path}", "nobody").close()
    return path


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store_under_test(
    request: pytest.FixtureRequest, tmp_path: Path, fresh_sqlite_file: Path
) -> StoreUnderTest:
    """Give a fresh store of each kind."""
    if request.param == "memory":
        memory = MemoryStore(wait_seconds=0.5)
        return StoreUnderTest("memory", "", lambda wait_seconds=0.5: memory)
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(fresh_sqlite_file, tmp_path / 'dialcast.sqlite')}"
    else:
        url = request.getfixturevalue("postgresql_url")
    tenant_id = f"tenant-{uuid4().hex}"
    return StoreUnderTest(
        request.param,
        url,
        lambda wait_seconds=10.0: open_store(url, tenant_id, wait_seconds=wait_seconds),
    )


@pytest.fixture
def store(store_under_test: StoreUnderTest) -> UnitOfWorkFactory:
    """Give one way into a fresh store of each kind."""
    return store_under_test.open_again()


def _postgresql_programs() -> Path | None:
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


def _unprivileged_user() -> pwd.struct_passwd | None:
    """The user that the server runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")
