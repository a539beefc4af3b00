"""Every store keeps alike what the tenant was seen to allow and to refuse."""

from datetime import UTC, datetime, timedelta

from core.permissions import PermissionSeen
from core.ports import UnitOfWorkFactory
from tests.contract.conftest import StoreUnderTest

NINE = datetime(2026, 11, 25, 9, 0, 0, 123456, tzinfo=UTC)
EDIT = "outbound:campaign:edit"
EITHER = "outbound:schedule:edit or outbound:campaign:editSchedule"


def kept(store: UnitOfWorkFactory) -> tuple[PermissionSeen, ...]:
    with store() as work:
        return work.permissions.seen()


def note(store: UnitOfWorkFactory, *seen: PermissionSeen) -> None:
    with store() as work:
        for each in seen:
            work.permissions.note(each)
        work.commit()


def test_nothing_is_known_of_a_tenant_that_was_never_asked(store: UnitOfWorkFactory) -> None:
    assert kept(store) == ()


def test_what_was_seen_comes_back_by_name_as_it_was(store: UnitOfWorkFactory) -> None:
    refused, used = PermissionSeen(EDIT, False, NINE), PermissionSeen(EITHER, True, NINE)
    note(store, used, refused)
    assert kept(store) == (refused, used)


def test_what_is_seen_later_takes_the_place_of_the_former(store: UnitOfWorkFactory) -> None:
    note(store, PermissionSeen(EDIT, False, NINE))
    later = PermissionSeen(EDIT, True, NINE + timedelta(days=1))
    note(store, later)
    assert kept(store) == (later,)


def test_nothing_is_kept_without_a_commit(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.permissions.note(PermissionSeen(EDIT, False, NINE))
    assert kept(store) == ()


def test_another_way_into_the_store_sees_it(store_under_test: StoreUnderTest) -> None:
    refused = PermissionSeen(EDIT, False, NINE)
    note(store_under_test.open_again(), refused)
    assert kept(store_under_test.open_again()) == (refused,)
