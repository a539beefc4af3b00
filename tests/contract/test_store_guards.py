"""What the databases themselves hold: an audit that only grows, and tables as they are declared."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from core.store.migrations import VERSION_TABLE
from core.store.open import open_store
from core.store.tables import metadata
from core.workflow.audit import verify_chain
from tests.contract.conftest import StoreUnderTest
from tests.unit.workflow.builders import history_of

ROOT = Path(__file__).parents[2]
FORBIDDEN = {
    "a changed entry": "UPDATE audit SET reason = 'Otherwise.' WHERE number = 2",
    "a changed hash": "UPDATE audit SET hash = 'f' WHERE number = 5",
    "a deleted entry": "DELETE FROM audit WHERE number = 3",
    "a deleted end": "DELETE FROM audit WHERE number = 5",
    "a repeated number": "INSERT INTO audit SELECT * FROM audit WHERE number = 5",
    "a gap": (
        "INSERT INTO audit SELECT tenant_id, 9, at, step, proposal_id, person, object_name,"
        " what, reason, facts, hash, hash FROM audit WHERE number = 5"
    ),
    "an entry beside the chain": (
        "INSERT INTO audit SELECT tenant_id, 6, at, step, proposal_id, person, object_name,"
        " what, reason, facts, previous_hash, hash FROM audit WHERE number = 5"
    ),
}
REPLACED = {
    "a replaced entry": (
        "INSERT OR REPLACE INTO audit SELECT tenant_id, number, at, step, proposal_id, 'Eve',"
        " object_name, what, reason, facts, previous_hash, hash FROM audit WHERE number = 5"
    ),
}
EMPTIED = {"an emptied table": "TRUNCATE audit"}
CASES = [
    *(("sqlite", name, statement) for name, statement in (FORBIDDEN | REPLACED).items()),
    *(("postgresql", name, statement) for name, statement in (FORBIDDEN | EMPTIED).items()),
]
DATABASES = pytest.mark.parametrize("store_under_test", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def engine(store_under_test: StoreUnderTest) -> Engine:
    """Give raw access to a store with five entries, as somebody with a database shell has."""
    versions, events = history_of("verified")
    with store_under_test.open_again()() as work:
        work.proposals.add(versions[-1])
        for event in events:
            work.audit.append(event)
        work.commit()
    return create_engine(store_under_test.url.replace("postgresql:", "postgresql+psycopg:"))


@pytest.mark.parametrize(
    ("store_under_test", "statement"),
    [pytest.param(kind, statement, id=f"{kind}-{name}") for kind, name, statement in CASES],
    indirect=["store_under_test"],
)
def test_the_database_itself_refuses(
    store_under_test: StoreUnderTest, engine: Engine, statement: str
) -> None:
    with pytest.raises(DBAPIError, match=r"never changed|never deleted|follows the last one"):  # noqa: SIM117
        with engine.begin() as connection:
            connection.execute(text(statement))
    with store_under_test.open_again()() as work:
        state = verify_chain(work.audit.entries())
    assert (state.ok, state.length) == (True, 5)


@DATABASES
def test_the_steps_lead_to_the_tables_that_are_declared(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {
            "version_table": VERSION_TABLE,
            "compare_type": True,
            "compare_server_default": True,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


@DATABASES
def test_tenants_do_not_see_each_other(store_under_test: StoreUnderTest, engine: Engine) -> None:
    with open_store(store_under_test.url, "somebody else")() as work:
        assert work.proposals.all() == ()
        assert work.audit.entries() == ()
        assert work.proposals.next_id() == "P-1001"


OPEN_AT_ONCE = """
import sys
from core.store.open import open_store
with open_store(sys.argv[1], "t")() as work:
    print(work.proposals.next_id())
"""


def test_several_processes_may_make_the_tables_at_once(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    urls = [f"sqlite:///{tmp_path}/new/dialcast.sqlite"]
    try:
        urls.append(_new_database(request.getfixturevalue("postgresql_url")))
    except pytest.skip.Exception as reason:
        print(reason)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_AT_ONCE, url],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for url in urls
        for _ in range(2)
    ]
    told = [process.communicate(timeout=120) for process in running]
    assert [out.strip() for out, _ in told] == ["P-1001"] * len(running), told


def _new_database(url: str) -> str:
    engine = create_engine(
        url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE fresh"))
    engine.dispose()
    return url.replace("/postgres?", "/fresh?")
