"""What is known of permissions from the token and from trial reads."""

from datetime import UTC, datetime

import pytest

from core.permissions import Lack, Need, PermissionSeen, PermissionState
from core.tenants import tutorial_wire as wire
from core.tenants.tutorial_permissions import READ_SCOPES, Trial, lack_of_write, permissions_from

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HELD, MISSING, UNKNOWN = PermissionState.HELD, PermissionState.MISSING, PermissionState.UNKNOWN


def states(
    granted: set[str] | None, **changed: PermissionState
) -> dict[str, tuple[PermissionState, str]]:
    trials = dict.fromkeys(READ_SCOPES, Trial(HELD))
    trials |= {getattr(wire, name): Trial(state, "tried") for name, state in changed.items()}
    judged = permissions_from(frozenset(granted) if granted is not None else None, trials)
    return {each.name: (each.state, each.note) for each in judged}


def test_every_scope_that_is_asked_for_is_listed_with_what_it_is_for() -> None:
    judged = permissions_from(None, dict.fromkeys(READ_SCOPES, Trial(HELD)))

    assert [each.name for each in judged] == list(wire.SCOPES)
    assert all(each.needed_for for each in judged)


def test_writes_are_unknown_where_the_token_tells_no_scopes() -> None:
    judged = states(None)

    assert judged[wire.CAMPAIGN_WRITE_SCOPE][0] is UNKNOWN
    assert judged[wire.CAMPAIGN_BOTH_SCOPE][0] is UNKNOWN
    assert judged[wire.CAMPAIGN_READ_SCOPE][0] is HELD
    assert "never tried" in judged[wire.CAMPAIGN_WRITE_SCOPE][1]


def test_writes_are_what_the_tokens_scopes_say() -> None:
    assert states({wire.CAMPAIGN_WRITE_SCOPE})[wire.CAMPAIGN_WRITE_SCOPE][0] is HELD
    assert states({wire.CAMPAIGN_READ_SCOPE})[wire.CAMPAIGN_WRITE_SCOPE][0] is MISSING


def test_readwrite_holds_reading_and_writing_and_the_notes_say_so() -> None:
    judged = states({wire.CAMPAIGN_BOTH_SCOPE})

    for scope in (wire.CAMPAIGN_READ_SCOPE, wire.CAMPAIGN_WRITE_SCOPE):
        state, note = judged[scope]
        assert state is HELD
        assert note == "Held through outbound:campaign:readwrite."


def test_read_and_write_together_hold_readwrite() -> None:
    judged = states({wire.CAMPAIGN_READ_SCOPE, wire.CAMPAIGN_WRITE_SCOPE})

    state, note = judged[wire.CAMPAIGN_BOTH_SCOPE]
    assert state is HELD
    assert note == "Held through outbound:campaign:read and outbound:campaign:write."


def test_reading_alone_does_not_hold_readwrite() -> None:
    assert states({wire.CAMPAIGN_READ_SCOPE})[wire.CAMPAIGN_BOTH_SCOPE][0] is MISSING


def test_a_refused_read_is_missing_whatever_the_token_says() -> None:
    judged = states(set(wire.SCOPES), CAMPAIGN_READ_SCOPE=MISSING, OUTBOUND_SCOPE=MISSING)

    assert judged[wire.OUTBOUND_SCOPE][0] is MISSING
    assert judged[wire.CAMPAIGN_READ_SCOPE][0] is MISSING
    assert judged[wire.CAMPAIGN_BOTH_SCOPE][0] is MISSING


def test_a_read_that_worked_is_held_whatever_the_token_says() -> None:
    assert states({"something:else"})[wire.OUTBOUND_SCOPE][0] is HELD


@pytest.mark.parametrize(
    ("granted", "state"),
    [(None, UNKNOWN), ({wire.SCHEDULE_SCOPE}, HELD), ({"something:else"}, MISSING)],
)
def test_a_read_that_could_not_be_tried_is_what_the_token_says(
    granted: set[str] | None, state: PermissionState
) -> None:
    assert states(granted, SCHEDULE_SCOPE=UNKNOWN)[wire.SCHEDULE_SCOPE][0] is state


@pytest.mark.parametrize("is_held", [True, False])
def test_how_the_last_write_was_answered_tells_where_the_token_does_not(is_held: bool) -> None:
    seen = {wire.WRITES_CAMPAIGNS: PermissionSeen(wire.WRITES_CAMPAIGNS, is_held, NOON)}
    trials = dict.fromkeys(READ_SCOPES, Trial(HELD))
    judged = {each.name: each for each in permissions_from(None, trials, seen)}
    for scope in (wire.CAMPAIGN_WRITE_SCOPE, wire.CAMPAIGN_BOTH_SCOPE):
        assert judged[scope].state is (HELD if is_held else MISSING)
        assert judged[scope].seen_at == NOON


def test_a_refused_write_counts_for_more_than_what_the_token_says() -> None:
    seen = {wire.WRITES_CAMPAIGNS: PermissionSeen(wire.WRITES_CAMPAIGNS, False, NOON)}
    trials = dict.fromkeys(READ_SCOPES, Trial(HELD))
    judged = permissions_from(frozenset(wire.SCOPES), trials, seen)
    states = {each.name: each.state for each in judged}
    assert states[wire.CAMPAIGN_WRITE_SCOPE] is MISSING
    assert states[wire.CAMPAIGN_BOTH_SCOPE] is MISSING
    assert states[wire.CAMPAIGN_READ_SCOPE] is HELD


def test_a_token_without_the_scope_lacks_it_before_anything_is_refused() -> None:
    def never_refused(name: str) -> Lack | None:
        return None

    reading = frozenset({wire.CAMPAIGN_READ_SCOPE})
    assert lack_of_write(reading, Need.PACE, never_refused) == Lack(wire.WRITES_CAMPAIGNS)
    assert lack_of_write(reading, Need.RULES, never_refused) is None
    assert lack_of_write(frozenset(wire.SCOPES), Need.CREATE, never_refused) is None
    assert lack_of_write(None, Need.PACE, never_refused) is None
