"""What is sent back of a campaign: all of it, but for the payload and the read-only fields."""

import math
from typing import Any

import pytest

from core.errors import LimitBroken
from core.tenants.tutorial_updates import creation_body, fields_of, update_body

READ = {
    "id": "c-1",
    "name": "Winback",
    "version": 11,
    "predictive": {"answerRate": 0.4, "dropRate": 0.02, "smoothing": {"weight": 0.35}},
    "routing": {"strategy": "LONGEST_IDLE"},
    "selfUri": "/c-1",
    "x-unknown": {"notes": "Straße", "rates": [0.7, None, 1.0]},
}


def test_only_the_payload_changes_and_only_read_only_fields_are_left_out() -> None:
    body = update_body(READ, {"predictive": {"dropRate": 0.03, "maxAttempts": 3}})

    assert body == {
        "name": "Winback",
        "version": 11,
        "predictive": {
            "answerRate": 0.4,
            "dropRate": 0.03,
            "smoothing": {"weight": 0.35},
            "maxAttempts": 3,
        },
        "x-unknown": {"notes": "Straße", "rates": [0.7, None, 1.0]},
    }


def test_what_was_read_is_not_edited() -> None:
    before = repr(READ)
    body = update_body(READ, {"predictive": {"smoothing": {"weight": 1}}})

    body["x-unknown"]["notes"] = "changed"

    assert repr(READ) == before


def test_a_read_only_field_in_the_payload_does_not_leave_either() -> None:
    assert "id" not in update_body(READ, {"id": "c-2"})


def test_an_object_takes_the_place_of_a_field_that_was_none() -> None:
    body = update_body({"predictive": None}, {"predictive": {"dropRate": 0.01}})

    assert body == {"predictive": {"dropRate": 0.01}}


@pytest.mark.parametrize("rate", [1.0001, -0.01, 40, "0.4", True, math.nan, math.inf])
def test_a_rate_outside_0_to_1_does_not_leave(rate: Any) -> None:
    for payload in (
        {"predictive": {"answerRate": rate}},
        {"dropRate": rate},
        {"stages": [{"dropRate": rate}]},
    ):
        with pytest.raises(LimitBroken, match="Rate would be"):
            update_body(READ, payload)
        with pytest.raises(LimitBroken, match="Nothing was sent"):
            creation_body(payload)


@pytest.mark.parametrize("rate", [0, 1, 0.0, 1.0, 0.5, None])
def test_a_rate_from_0_to_1_leaves(rate: Any) -> None:
    assert update_body({}, {"dropRate": rate}) == {"dropRate": rate}


def test_a_field_of_the_tenants_own_is_not_judged() -> None:
    assert update_body({"sampleRate": 8000}, {"name": "B"}) == {"sampleRate": 8000, "name": "B"}


def test_a_creation_sends_the_payload_as_it_is() -> None:
    payload = {"name": "Draft", "schedule": [{"repeat": "NONE"}], "status": "DRAFT"}

    body = creation_body(payload)

    assert body == payload
    assert body is not payload


def test_the_fields_sent_are_listed_by_path() -> None:
    assert fields_of({"a": {"b": 1, "c": {}}, "d": [1]}) == {"a.b": 1, "a.c": {}, "d": [1]}
    assert fields_of({}) == {}
