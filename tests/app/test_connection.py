import pytest

from core.campaigns import Organisation
from core.errors import TenantUnreachable
from core.permissions import Permission, PermissionSeen, PermissionState
from core.ui import probing
from tests.support.desk import NOW, Desk
from tests.support.pages import buttons, open_page, title, words


@pytest.fixture(autouse=True)
def nothing_asked_before() -> None:
    """Forget what an earlier test's tenant told."""
    probing.ask_again()


def tables_of(desk: Desk, person: str = "") -> list[list[list[str]]]:
    app = open_page(desk, "connection", *([person] if person else []))
    assert not app.exception
    return [table.value.to_numpy().tolist() for table in app.table]


def test_everybody_sees_that_it_works_and_what_it_may_do(desk: Desk, anybody: str) -> None:
    app = open_page(desk, "connection", anybody)
    assert not app.exception
    assert title(app) == ("Tenant in memory answers, and every permission that is needed is held")
    assert buttons(app) == ["Check again"]


def test_every_permission_has_its_state_and_what_it_is_for(desk: Desk) -> None:
    permissions, *_ = tables_of(desk)
    assert len(permissions) >= 3
    for name, state, needed_for, operations in permissions:
        assert name
        assert "held" in state
        assert len(needed_for) > 5
        assert operations


def test_settings_are_listed_with_their_origin_and_no_secret_is_shown(desk: Desk) -> None:
    *_, settings = tables_of(desk)
    told = {name.replace("\\", ""): (value, origin) for name, value, origin in settings}
    assert told["GENESYS_CLIENT_SECRET"] == ("••••••••", "environment")
    assert told["DIALCAST_FOUR_EYES"][0].startswith("1")
    assert "secret" not in {value for value, _ in told.values()}


def test_a_tenant_that_is_down_is_told_with_what_to_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent() -> Organisation:
        raise TenantUnreachable("The tenant could not be reached.", "Check the address.")

    monkeypatch.setattr(desk.tenant, "organisation", silent)
    app = open_page(desk, "connection")
    assert not app.exception
    assert title(app).startswith("The tenant does not answer as it should; stored forecasts")
    assert "Check the address." in words(app)
    assert "Check again" in buttons(app)


def test_a_missing_permission_is_in_the_headline_with_what_stops(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def permissions() -> tuple[Permission, ...]:
        held, missing = PermissionState.HELD, PermissionState.MISSING
        return (
            Permission("analytics:read", "history", held),
            Permission("outbound:campaign:edit", "pushing a change", missing, "Ask for it."),
        )

    monkeypatch.setattr(desk.tenant, "permissions", permissions)
    app = open_page(desk, "connection")
    assert title(app).endswith("answers, but a permission is missing for: pushing a change")
    assert "Ask for it." in "".join(app.table[0].value.to_numpy().ravel())


def test_checking_again_asks_the_tenant_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page(desk, "connection")
    renamed = Organisation("Renamed", "memory", "memory:")
    monkeypatch.setattr(desk.tenant, "organisation", lambda: renamed)
    app.run()
    before = title(app)
    app.button(key="again").click().run()
    assert before.startswith("Tenant in memory answers")
    assert title(app).startswith("Renamed answers")


def test_a_write_that_was_refused_says_when(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = PermissionState.MISSING
    told = (Permission("outbound:campaign:edit", "pushing", missing, "Ask for it.", (), NOW),)
    monkeypatch.setattr(desk.tenant, "permissions", lambda: told)
    (row,), *_ = tables_of(desk)
    assert "Refused on Wed 25 Nov, 11:20. Ask for it." in row[2].replace("\\", "")


def test_what_was_seen_since_is_told_without_asking_to_check_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    permissions = desk.tenant.permissions

    def counted() -> tuple[Permission, ...]:
        asked.append(1)
        return permissions()

    monkeypatch.setattr(desk.tenant, "permissions", counted)
    open_page(desk, "connection")
    open_page(desk, "connection")
    assert len(asked) == 1
    with desk.services.unit_of_work() as work:
        work.permissions.note(PermissionSeen("outbound:campaign:edit", False, NOW))
        work.commit()
    open_page(desk, "connection")
    assert len(asked) == 2
