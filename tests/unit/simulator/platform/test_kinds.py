"""Kinds of JSON values, and how a value is checked against one."""

from typing import Any

import pytest

from core.simulator.platform.kinds import (
    DATE,
    FLAG,
    MOMENT,
    TEXT,
    Each,
    Kind,
    Number,
    Shape,
    Text,
    check,
)
from core.simulator.refusals import Refusal

PERSON = Shape({"name": TEXT, "tags": Each(Text(("a", "b"))), "age": Number(0, 9)}, ("name",))


def refusal_of(kind: Kind, value: Any, known: Any = None) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        check(kind, value, known=known)
    return refused.value.code, refused.value.field


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([], ("bad.request", "")),
        ({}, ("bad.request", "name")),
        ({"name": None}, ("bad.request", "name")),
        ({"name": 3}, ("bad.request", "name")),
        ({"name": "x", "shoe": 4}, ("bad.request", "shoe")),
        ({"name": "x", "tags": "a"}, ("bad.request", "tags")),
        ({"name": "x", "tags": ["a", "c"]}, ("invalid.value", "tags[1]")),
        ({"name": "x", "tags": [None]}, ("bad.request", "tags[0]")),
        ({"name": "x", "age": True}, ("bad.request", "age")),
        ({"name": "x", "age": 9.5}, ("invalid.value", "age")),
        ({"name": "x", "age": -1}, ("invalid.value", "age")),
    ],
)
def test_what_is_wrong_is_refused_with_the_path_of_its_field(value: Any, expected: tuple[str, str]):
    assert refusal_of(PERSON, value) == expected


def test_a_field_that_is_null_counts_as_not_sent():
    check(PERSON, {"name": "x", "age": None, "tags": None})


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (DATE, "2026-11-23", "2026-11-23T00:00:00Z"),
        (MOMENT, "2026-11-23T00:00:00.000Z", "tomorrow"),
        (FLAG, True, 1),
        (Number(whole=True), 3.0, 3.5),
        (Text(longest=2), "ab", "abc"),
        (Each(TEXT, most=1), ["a"], ["a", "b"]),
    ],
)
def test_each_kind_takes_its_own(kind: Kind, right: Any, wrong: Any):
    check(kind, right, "field")

    with pytest.raises(Refusal):
        check(kind, wrong, "field")


def test_what_the_tenant_has_it_may_have_again_and_nothing_else_that_is_unknown():
    known = {"name": "x", "tags": ["new"], "mood": {"is": "good"}}

    check(PERSON, {"name": "y", "tags": ["new"], "mood": {"is": "better"}}, known=known)
    assert refusal_of(PERSON, {**known, "tags": ["newer"]}, known)[1] == "tags[0]"
    assert refusal_of(PERSON, {**known, "moods": 1}, known)[1] == "moods"
