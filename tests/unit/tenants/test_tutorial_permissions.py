"""What is known of permissions from the token and from trial reads."""

import pytest

from core.campaigns import PermissionState
from core.tenants import tutorial_wire as wire
from core.tenants.tutorial_permissions import READ_SCOPES, Trial, permissions_from

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
