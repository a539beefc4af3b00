"""The audit chain: what was changed, removed or inserted shows."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from core.workflow.audit import (
    FIRST_HASH,
    STEPS,
    AuditEntry,
    ChainState,
    chain_hash,
    chained,
    event_document,
    verify_chain,
)
from tests.unit.workflow.builders import history_of


def chain() -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    for event in history_of("verified")[1]:
        entries.append(chained(entries[-1] if entries else None, event))
    return entries


def test_the_first_entry_follows_nothing_and_each_other_the_one_before() -> None:
    entries = chain()
    assert entries[0].previous_hash == FIRST_HASH
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert verify_chain(entries) == ChainState(True, 5, None, entries[-1].hash)


@pytest.mark.parametrize("place", range(5))
def test_a_changed_entry_is_found_where_it_is(place: int) -> None:
    entries = chain()
    entries[place] = replace(
        entries[place], event=replace(entries[place].event, reason="Otherwise.")
    )
    assert verify_chain(entries).first_broken == place + 1


def test_a_changed_entry_with_a_new_hash_is_found_at_the_next_one() -> None:
    entries = chain()
    event = replace(entries[1].event, person="Somebody")
    entries[1] = replace(
        entries[1], event=event, hash=chain_hash(entries[1].previous_hash, 2, event)
    )
    state = verify_chain(entries)
    assert (state.ok, state.first_broken, state.length) == (False, 3, 5)
    assert state.last_hash == entries[1].hash


def test_a_removed_and_an_inserted_entry_are_found() -> None:
    entries = chain()
    assert verify_chain(entries[:2] + entries[3:]).first_broken == 3
    assert verify_chain(entries[1:]).first_broken == 1
    assert verify_chain([*entries[:2], entries[1], *entries[2:]]).first_broken == 3


def test_the_hash_covers_the_moment_and_not_the_zone_that_it_is_told_in() -> None:
    event = history_of("submitted")[1][0]
    elsewhere = event.at.astimezone(timezone(timedelta(hours=9)))
    assert event_document(replace(event, at=elsewhere)) == event_document(event)
    later = replace(event, at=event.at + timedelta(microseconds=1))
    assert chain_hash(FIRST_HASH, 1, later) != chain_hash(FIRST_HASH, 1, event)


def test_steps_are_named_once_each() -> None:
    assert len(STEPS) == len(set(STEPS))
