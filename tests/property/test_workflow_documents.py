"""Laws of comparing and storing: a document means itself, and what is stored comes back."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.documents import ABSENT, with_values
from core.store.proposal_json import proposal_document, proposal_from
from core.workflow.comparison import holds, leaves, means_the_same
from core.workflow.three_way import three_way
from tests.unit.workflow.builders import (
    OF_A_DAY,
    PATHS,
    campaign_document,
    pacing_plan,
    proposal_in,
)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
)
KEYS = st.text("abcdeXYZ", min_size=1, max_size=4)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, JSON, max_size=5)


@given(JSON)
def test_a_value_holds_itself_after_a_journey_through_json(value: Any) -> None:
    assert holds(value, json.loads(json.dumps(value)))


@given(DOCUMENTS, KEYS, SCALARS)
def test_a_document_still_holds_when_the_tenant_adds_to_it(
    document: dict[str, Any], key: str, value: Any
) -> None:
    assert holds(document, {f"new{key}": value, **document})


@given(DOCUMENTS)
def test_leaves_put_together_again_are_the_document(document: dict[str, Any]) -> None:
    assert with_values({}, leaves(document)) == document


@given(SCALARS, SCALARS)
def test_meaning_the_same_does_not_depend_on_the_order(one: Any, other: Any) -> None:
    assert means_the_same(one, other) == means_the_same(other, one)
    assert means_the_same(one, one)
    assert not means_the_same(one, ABSENT)


@given(DOCUMENTS)
def test_the_three_way_view_names_every_changed_field_once(changes: dict[str, Any]) -> None:
    now = campaign_document() | changes
    rows = three_way(pacing_plan(), now)
    assert len({row.path for row in rows}) == len(rows)
    assert {key for key in changes if key not in campaign_document()} <= {
        row.path.split(".")[0] for row in rows
    }
    assert all(row.is_in_plan or row.is_changed for row in rows)


@given(st.sampled_from(sorted(set(PATHS) - set(OF_A_DAY))), DOCUMENTS, st.text(max_size=30))
def test_a_proposal_comes_back_from_its_document(
    state: str, document: dict[str, Any], name: str
) -> None:
    base = campaign_document() | {"x": document, "name": name}
    proposal = proposal_in(state, pacing_plan(document=base))
    stored = json.loads(json.dumps(proposal_document(proposal)))
    assert proposal_from(stored) == proposal
    assert proposal_from(stored).plan.digest == proposal.plan.digest
