"""The audit page: who did what and why, what is found, and whether the record stands."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.screens import audit
from core.screens.audit import ALL, AuditFilter, AuditView
from core.workflow.audit import STEPS, AuditEntry, AuditEvent, chained
from tests.support.desk import PLANNER, SUPERVISOR, Desk, empty_desk

NIGHT = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
"""Thursday, 00:30 in the centre."""


@pytest.fixture
def desk() -> Desk:
    return empty_desk(at=NIGHT)


def event(step: str, ago: timedelta, **changes: str) -> AuditEvent:
    plain = AuditEvent(
        NIGHT - ago, step, "P-1001", PLANNER, "Winback Autumn", "Proposed a change.", "Evenings."
    )
    return replace(plain, **changes)


def chain_of(*events: AuditEvent) -> tuple[AuditEntry, ...]:
    entries: list[AuditEntry] = []
    for each in events:
        entries.append(chained(entries[-1] if entries else None, each))
    return tuple(entries)


ENTRIES = chain_of(
    event("proposal.submitted", timedelta(days=9)),
    event("proposal.approved", timedelta(days=8), person=SUPERVISOR, reason="Agreed."),
    event("proposal.submitted", timedelta(days=2), proposal_id="P-1002", object_name="Loyalty"),
    event("push.finished", timedelta(hours=1), person=SUPERVISOR, what="Pushed.", reason=""),
    event("push.verified", timedelta(minutes=10), person=SUPERVISOR, what="Read back."),
)


def shown(desk: Desk, entries: tuple[AuditEntry, ...] = ENTRIES, **wanted: str) -> AuditView:
    return audit.view(desk.services, entries, AuditFilter(**{"span": ALL, **wanted}))


def numbers(view: AuditView) -> list[int]:
    return [entry.number for entry in view.entries]


# --- the record -----------------------------------------------------------------------------


def test_entries_are_shown_newest_first_on_the_centres_clock(desk: Desk) -> None:
    rows = shown(desk).rows
    assert rows["step"].tolist() == [entry.event.step for entry in reversed(ENTRIES)]
    assert rows["when"].tolist()[:2] == ["26 Nov 00:20:00", "25 Nov 23:30:00"]
    assert rows["hash"].tolist()[0] == ENTRIES[-1].hash[:8]


def test_a_row_tells_who_did_what_to_what_and_why(desk: Desk) -> None:
    oldest = shown(desk).rows.iloc[-1].to_dict()
    assert oldest["who"] == PLANNER
    assert (oldest["proposal"], oldest["object"]) == ("P-1001", "Winback Autumn")
    assert (oldest["what"], oldest["reason"]) == ("Proposed a change.", "Evenings.")


def test_what_is_stored_is_what_is_read(desk: Desk) -> None:
    entries = chain_of(*(replace(entry.event, proposal_id="") for entry in ENTRIES))
    with desk.services.unit_of_work() as work:
        for each in entries:
            work.audit.append(each.event)
        work.commit()
    assert audit.read_entries(desk.services) == entries


# --- finding --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "loyalty"}, [3]),
        ({"text": "P-1002"}, [3]),
        ({"text": "AGREED"}, [2]),
        ({"text": "read back"}, [5]),
        ({"person": PLANNER}, [1, 3]),
        ({"step": "proposal.submitted"}, [1, 3]),
        ({"step": "proposal.submitted", "text": "loyalty"}, [3]),
        ({"span": "7"}, [3, 4, 5]),
        ({"text": "nothing like it"}, []),
        ({}, [1, 2, 3, 4, 5]),
    ],
)
def test_what_is_looked_for_is_found(desk: Desk, wanted: dict[str, str], found: list[int]) -> None:
    view = shown(desk, **wanted)
    assert numbers(view) == found
    assert view.found == f"{len(found)} of 5 entries fit"
    assert len(view.rows) == len(found)


def test_today_begins_at_midnight_on_the_centres_clock(desk: Desk) -> None:
    assert numbers(shown(desk, span="1")) == [5]
    desk.clock.move(timedelta(hours=23))
    assert numbers(shown(desk, span="1")) == [5]
    desk.clock.move(timedelta(hours=1))
    assert numbers(shown(desk, span="1")) == []


def test_nothing_found_still_has_the_columns(desk: Desk) -> None:
    rows = shown(desk, text="nothing like it").rows
    assert list(rows.columns) == list(shown(desk).rows.columns)


def test_everybody_who_did_something_can_be_chosen_once() -> None:
    assert dict(audit.person_choices(ENTRIES)) == {
        ALL: "Everyone",
        PLANNER: PLANNER,
        SUPERVISOR: SUPERVISOR,
    }


def test_every_step_that_there_is_can_be_chosen() -> None:
    assert list(audit.STEP_CHOICES) == [ALL, *STEPS]


def test_the_export_holds_what_was_found_the_oldest_first(desk: Desk) -> None:
    lines = shown(desk, person=PLANNER).as_jsonl().splitlines()
    assert [json.loads(line)["hash"] for line in lines] == [ENTRIES[0].hash, ENTRIES[2].hash]


# --- the headline ---------------------------------------------------------------------------


def test_nothing_done_yet_is_told(desk: Desk) -> None:
    view = shown(desk, ())
    assert view.headline == "Nothing was proposed, decided or pushed yet"
    assert (view.trouble, view.found) == ("", "0 of 0 entries fit")


@pytest.mark.parametrize(
    ("pushes", "told"),
    [
        (0, "was not changed in the last 7 days"),
        (1, "was changed once in the last 7 days, as approved"),
        (2, "was changed 2 times in the last 7 days, each time as approved"),
    ],
)
def test_the_headline_counts_the_changes_at_the_tenant_of_a_week(
    desk: Desk, pushes: int, told: str
) -> None:
    old = event("push.finished", timedelta(days=7, seconds=1))
    recent = [event("push.finished", timedelta(days=7))] * pushes
    entries = chain_of(event("proposal.submitted", timedelta(days=8)), old, *recent)
    assert shown(desk, entries, span="1").headline == (
        f"{len(entries)} entries, chain unbroken; the tenant {told}"
    )


def test_one_entry_is_one_entry(desk: Desk) -> None:
    assert shown(desk, ENTRIES[:1]).headline.startswith("1 entry, chain unbroken;")


def test_the_page_says_when_it_was_checked_and_the_last_hash(desk: Desk) -> None:
    view = shown(desk, span="1")
    assert f"last hash {ENTRIES[-1].hash[:8]}" in view.provenance
    assert "00:30" in view.provenance
    assert view.checked == "Checked just now: all 5 entries stand as they were written."


# --- a broken chain -------------------------------------------------------------------------


def changed(number: int) -> tuple[AuditEntry, ...]:
    """Return the record with one entry's reason rewritten."""
    entry = ENTRIES[number - 1]
    forged = replace(entry, event=replace(entry.event, reason="Another reason."))
    return (*ENTRIES[: number - 1], forged, *ENTRIES[number:])


def test_a_changed_entry_is_the_headline_with_its_number(desk: Desk) -> None:
    view = shown(desk, changed(2))
    assert view.headline == "The audit is broken: entry 2 of 5 is not what was written"
    assert view.checked == "Checked just now: broken at entry 2."
    assert f"last hash {ENTRIES[0].hash[:8]}" in view.provenance


def test_a_removed_entry_is_told_also_where_it_would_not_be_shown(desk: Desk) -> None:
    view = shown(desk, (*ENTRIES[:2], *ENTRIES[3:]), span="1")
    assert view.headline == "The audit is broken: entry 3 of 4 is not what was written"


def test_a_broken_chain_says_what_to_do(desk: Desk) -> None:
    trouble = shown(desk, changed(1)).trouble
    assert "changed outside Dialcast" in trouble
    assert "Export the audit now, keep the database file as it is" in trouble
    assert shown(desk).trouble == ""
