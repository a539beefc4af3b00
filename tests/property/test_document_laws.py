"""Laws of documents: nothing is lost, nothing is edited, and order of keys means nothing."""

import json

from hypothesis import given
from hypothesis import strategies as st

from core.documents import ABSENT, JsonObject, canonical_text, digest, value_at, with_values

KEYS = st.sampled_from(["a", "b", "c", "", "Ä", "dropRate"])
"""Few, so that a path often leads somewhere."""
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=4) | VALUES, max_size=5)
PATHS = st.lists(KEYS, min_size=1, max_size=3).map(".".join)


def reversed_keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: reversed_keys(value[key]) for key in reversed(value)}
    return [reversed_keys(each) for each in value] if isinstance(value, list) else value


@given(DOCUMENTS)
def test_the_canonical_text_reads_back_as_the_document(document: JsonObject) -> None:
    assert json.loads(canonical_text(document)) == document


@given(DOCUMENTS)
def test_text_and_digest_do_not_depend_on_the_order_of_keys(document: JsonObject) -> None:
    other = reversed_keys(document)
    assert canonical_text(other) == canonical_text(document)
    assert digest(other) == digest(document)


@given(DOCUMENTS, DOCUMENTS)
def test_documents_with_one_digest_are_the_same(one: JsonObject, other: JsonObject) -> None:
    same_text = canonical_text(one) == canonical_text(other)
    assert (digest(one) == digest(other)) is same_text


@given(DOCUMENTS, PATHS, VALUES)
def test_a_value_that_was_set_is_found_at_its_path(
    document: JsonObject, path: str, value: object
) -> None:
    assert value_at(with_values(document, {path: value}), path) == value


@given(DOCUMENTS, PATHS)
def test_a_document_with_its_own_value_set_is_the_same(document: JsonObject, path: str) -> None:
    found = value_at(document, path)
    if found is not ABSENT:
        assert with_values(document, {path: found}) == document


@given(DOCUMENTS, PATHS, VALUES)
def test_setting_a_value_edits_neither_the_document_nor_the_value(
    document: JsonObject, path: str, value: object
) -> None:
    before = canonical_text([document, value])
    with_values(document, {path: value})
    with_values(document, {path: ABSENT})
    assert canonical_text([document, value]) == before


@given(DOCUMENTS, PATHS, VALUES)
def test_a_value_that_was_set_and_removed_is_absent(
    document: JsonObject, path: str, value: object
) -> None:
    held = with_values(document, {path: value})
    assert value_at(with_values(held, {path: ABSENT}), path) is ABSENT


@given(st.dictionaries(KEYS, VALUES, min_size=2, max_size=5))
def test_setting_one_field_leaves_every_other_as_it_was(document: JsonObject) -> None:
    first, *others = document
    changed = with_values(document, {first: "changed"})
    assert {key: changed[key] for key in others} == {key: document[key] for key in others}
