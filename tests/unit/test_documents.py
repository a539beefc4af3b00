"""Documents: one text for each, values by path, and copies that leave the original alone."""

import math

import pytest

from core.documents import ABSENT, canonical_text, digest, value_at, with_values


def test_a_copy_shares_nothing_with_the_original() -> None:
    document = {"predictive": {"dropRate": 0.01}, "tags": [1]}
    copy = with_values(document, {})
    copy["predictive"]["dropRate"] = 0.5
    copy["tags"].append(2)
    assert document == {"predictive": {"dropRate": 0.01}, "tags": [1]}


def test_a_path_is_made_where_there_is_none_and_replaces_what_is_no_object() -> None:
    assert with_values({}, {"a.b.c": 1}) == {"a": {"b": {"c": 1}}}
    assert with_values({"a": 7}, {"a.b": 1}) == {"a": {"b": 1}}


def test_none_is_a_value_and_not_an_absence() -> None:
    assert value_at({"a": None}, "a") is None
    assert value_at({"a": None}, "a.b") is ABSENT
    assert with_values({"a": 1}, {"a": None}) == {"a": None}


def test_a_list_is_one_value_and_has_no_paths_into_it() -> None:
    assert value_at({"a": [{"b": 1}]}, "a.0") is ABSENT


def test_removing_what_is_not_there_changes_nothing_else() -> None:
    assert with_values({"a": 1}, {"b": ABSENT}) == {"a": 1}


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_no_json_has_no_canonical_text(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical_text({"rate": number})


def test_whole_numbers_and_decimals_are_told_apart() -> None:
    assert digest({"a": 1}) != digest({"a": 1.0})
    assert digest({"a": True}) != digest({"a": 1})


def test_an_absent_value_says_so() -> None:
    assert repr(ABSENT) == "ABSENT"
