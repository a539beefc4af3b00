"""Which campaign documents the tenant takes."""

from typing import Any

import pytest

from core.documents import ABSENT, with_values
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.documents import document_of
from core.simulator.refusals import Refusal
from core.simulator.rulebook import READ_ONLY, check_draft, check_update

CURRENT = document_of(CAMPAIGNS[0])
SENDABLE = {key: value for key, value in CURRENT.items() if key not in READ_ONLY}
DRAFT = {
    "name": "Forecast-Driven Wrap-Up Campaign",
    "description": "Low volume; threshold: 12.3",
    "type": "OUTBOUND",
    "status": "DRAFT",
    "maxCallsPerHour": 50,
    "schedule": [
        {
            "startDateTime": "2026-11-24T09:00:00+00:00",
            "endDateTime": "2026-11-24T11:00:00+01:00",
            "repeat": "NONE",
        }
    ],
    "dialingMode": "PREDICTIVE",
    "callCenter": {"id": "lindgren"},
}


def refusal_of_update(changes: dict[str, Any]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        check_update(with_values(SENDABLE, changes), CURRENT["version"])
    return refused.value


def refusal_of_draft(changes: dict[str, Any]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        check_draft(with_values(DRAFT, changes))
    return refused.value


def test_a_document_sent_back_as_read_without_its_read_only_fields_is_taken():
    check_update(SENDABLE, CURRENT["version"])


def test_a_draft_as_the_tutorial_sends_it_is_taken():
    check_draft(DRAFT)


@pytest.mark.parametrize("field", READ_ONLY)
def test_a_read_only_field_is_refused_by_name(field: str):
    refusal = refusal_of_update({field: CURRENT[field]})

    assert (refusal.status, refusal.code, refusal.field) == (400, "read.only.field", field)


@pytest.mark.parametrize("field", ["predictive.answerRate", "predictive.dropRate"])
@pytest.mark.parametrize("value", [-0.0001, 1.0001, 95, "0.2", True, None, float("nan")])
def test_a_rate_that_is_no_share_is_refused(field: str, value: object):
    refusal = refusal_of_update({field: value})

    assert (refusal.status, refusal.field) == (400, field)


@pytest.mark.parametrize("value", [0, -1, 2.5, "3", True])
def test_attempts_that_are_no_whole_number_above_zero_are_refused(value: object):
    assert refusal_of_update({"predictive.maxAttempts": value}).field == "predictive.maxAttempts"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", 5),
        ("name", ABSENT),
        ("dialingMode", "TELEPATHIC"),
        ("dialingMode", []),
        ("status", "on"),
        ("predictive", [0.1]),
        ("version", ABSENT),
        ("version", "11"),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused(field: str, value: object):
    refusal = refusal_of_update({field: value})

    assert (refusal.status, refusal.field) == (400, field)


def test_a_version_that_is_not_the_present_one_is_a_conflict_that_names_both():
    refusal = refusal_of_update({"version": CURRENT["version"] - 1})

    assert refusal.status == 409
    assert f"version {CURRENT['version']}," in refusal.message


def test_rates_at_their_bounds_are_taken():
    check_update(
        with_values(SENDABLE, {"predictive.answerRate": 1, "predictive.dropRate": 0}),
        CURRENT["version"],
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "INBOUND"),
        ("status", "ON"),
        ("maxCallsPerHour", 0),
        ("maxCallsPerHour", 2.5),
        ("maxCallsPerHour", ABSENT),
        ("schedule", []),
        ("schedule", ABSENT),
        ("dialingMode", "telepathic"),
        ("description", 5),
        ("name", ""),
        ("id", "mine"),
        ("version", 1),
    ],
)
def test_a_draft_with_a_wrong_field_is_refused_by_name(field: str, value: object):
    refusal = refusal_of_draft({field: value})

    assert (refusal.status, refusal.field) == (400, field)


@pytest.mark.parametrize("centre", [{"id": "other"}, {}, "lindgren", ABSENT])
def test_a_draft_for_another_organisation_is_refused(centre: object):
    assert refusal_of_draft({"callCenter": centre}).field == "callCenter.id"


@pytest.mark.parametrize(
    ("start", "end", "at_fault"),
    [
        ("2026-11-24T09:00:00", "2026-11-24T11:00:00+00:00", "startDateTime"),
        ("2026-11-24T09:00:00+00:00", "tomorrow", "endDateTime"),
        ("2026-11-24T09:00:00+00:00", None, "endDateTime"),
        ("2026-11-24T11:00:00+00:00", "2026-11-24T11:00:00+00:00", "endDateTime"),
        ("2026-11-24T10:30:00+00:00", "2026-11-24T11:00:00+01:00", "endDateTime"),
    ],
)
def test_a_schedule_entry_needs_offsets_and_a_start_before_its_end(
    start: str, end: str, at_fault: str
):
    refusal = refusal_of_draft({"schedule": [{"startDateTime": start, "endDateTime": end}]})

    assert refusal.field == f"schedule[0].{at_fault}"


def test_a_schedule_entry_that_repeats_in_an_unknown_way_is_refused():
    entry = {**DRAFT["schedule"][0], "repeat": "YEARLY"}

    assert refusal_of_draft({"schedule": [entry]}).field == "schedule[0].repeat"
