"""What a tenant lets us do."""

from datetime import UTC, datetime

from core.permissions import Lack, Need, Permission, PermissionState, nothing_lacks


def test_a_permission_is_held_missing_or_unknown() -> None:
    assert [state.value for state in PermissionState] == ["held", "missing", "unknown"]
    tried = Permission("analytics:read", "history", PermissionState.HELD)
    assert (tried.note, tried.seen_at) == ("", None)


def test_a_lack_names_what_is_missing_for_the_end_of_a_sentence() -> None:
    lack = Lack("outbound:campaignRule:view", datetime(2026, 11, 25, tzinfo=UTC))
    assert lack.words == "may not be read: outbound:campaignRule:view is missing"


def test_nothing_lacks_where_nobody_keeps_what_was_seen() -> None:
    assert [nothing_lacks(need) for need in Need] == [None] * len(Need)
