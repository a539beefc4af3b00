"""Campaigns as they are now, and the writes that made them so."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from core.clock import FrozenClock
from core.documents import with_values
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.ledger import Ledger
from core.simulator.refusals import Refusal
from core.simulator.rulebook import READ_ONLY

ID = CAMPAIGNS[0].campaign_id
DRAFT = {
    "name": "Quiet hours",
    "type": "OUTBOUND",
    "status": "DRAFT",
    "maxCallsPerHour": 50,
    "schedule": [{"startDateTime": "2026-11-24T09:00:00Z", "endDateTime": "2026-11-24T11:00:00Z"}],
    "dialingMode": "PREDICTIVE",
    "callCenter": {"id": "lindgren"},
}


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))


@pytest.fixture
def ledger(clock: FrozenClock) -> Ledger:
    return Ledger(clock)


def sendable(document: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in document.items() if key not in READ_ONLY}


def test_a_replacement_keeps_every_field_and_moves_version_date_and_author(ledger: Ledger):
    before = ledger.read(ID)

    after = ledger.replace(ID, sendable(before), "demo-client")

    moved = {"version", "dateModified", "modifiedBy"}
    assert {key for key in after if after[key] != before.get(key)} == moved
    assert set(after) == set(before)
    assert after["version"] == before["version"] + 1
    assert (after["dateModified"], after["modifiedBy"]) == (
        "2026-11-23T14:00:00.000Z",
        "demo-client",
    )


def test_a_field_that_is_not_sent_is_gone(ledger: Ledger):
    body = sendable(ledger.read(ID))
    del body["x-lindgren-budget"]

    ledger.replace(ID, body, "demo-client")

    assert "x-lindgren-budget" not in ledger.read(ID)


def test_a_refused_replacement_changes_and_counts_nothing(ledger: Ledger):
    before = ledger.read(ID)

    with pytest.raises(Refusal):
        ledger.replace(ID, with_values(sendable(before), {"predictive.dropRate": 2}), "me")

    assert ledger.read(ID) == before
    assert ledger.write_counts.total() == 0


def test_what_is_read_is_a_copy(ledger: Ledger):
    ledger.read(ID)["predictive"]["answerRate"] = 0.01

    assert ledger.read(ID)["predictive"]["answerRate"] != 0.01


def test_each_applied_write_is_counted_with_the_body_that_was_sent(ledger: Ledger):
    body = sendable(ledger.read(ID))

    ledger.replace(ID, body, "demo-client")
    draft = ledger.create(DRAFT, "demo-client")

    assert ledger.write_counts == {ID: 1, draft["id"]: 1}
    assert [(write.method, write.body) for write in ledger.writes] == [
        ("PUT", body),
        ("POST", DRAFT),
    ]


def test_a_draft_gets_id_version_and_author_and_keeps_what_was_sent(ledger: Ledger):
    draft = ledger.create({**DRAFT, "x-note": {"kept": [1.5]}}, "demo-client")

    assert (draft["version"], draft["createdBy"], draft["x-note"]) == (
        1,
        "demo-client",
        {"kept": [1.5]},
    )
    assert ledger.read(draft["id"]) == draft
    assert ledger.named("Quiet hours") == [draft]


def test_a_name_is_taken_once(ledger: Ledger):
    ledger.create(DRAFT, "demo-client")

    with pytest.raises(Refusal) as refused:
        ledger.create(DRAFT, "demo-client")

    assert (refused.value.status, refused.value.code) == (409, "duplicate.name")
    assert len(ledger.named("Quiet hours")) == 1


def test_a_colleague_merges_a_patch_and_no_client_write_is_counted(ledger: Ledger):
    before = ledger.read(ID)

    after = ledger.change_as_somebody_else(
        ID, {"predictive": {"answerRate": 0.2}, "priority": None, "id": "ignored"}
    )

    assert after["predictive"] == {**before["predictive"], "answerRate": 0.2}
    assert "priority" not in after
    assert (after["id"], after["version"]) == (ID, before["version"] + 1)
    assert after["modifiedBy"] == "Tomas Lund"
    assert ledger.write_counts.total() == 0


def test_a_colleague_cannot_break_a_campaign_either(ledger: Ledger):
    with pytest.raises(Refusal):
        ledger.change_as_somebody_else(ID, {"predictive": {"answerRate": 7}})


def test_a_campaign_that_does_not_exist_is_named(ledger: Ledger):
    with pytest.raises(Refusal, match="no campaign with the id nowhere"):
        ledger.read("nowhere")


def test_pacing_is_in_force_from_the_write_on(ledger: Ledger, clock: FrozenClock):
    written_at = clock.now()
    clock.move(timedelta(hours=1))
    body = with_values(sendable(ledger.read(ID)), {"predictive.answerRate": 0.125})
    ledger.replace(ID, body, "demo-client")

    start = written_at.timestamp()
    lines, _ = ledger.timeline(ID).at(np.array([start, start + 3599, start + 3600]))

    assert lines[2] == 8.0
    assert lines[0] == lines[1] != 8.0
