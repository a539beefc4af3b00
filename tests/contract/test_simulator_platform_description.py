"""The simulator's own description of the platform, held against the published one.

The published one is no part of this project; without it these tests have nothing to compare with.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from core.simulator.platform.kinds import Anything, Each, Flag, Kind, Number, Shape, Text
from core.simulator.platform.operation import Operation
from core.simulator.platform.operations import OPERATIONS
from core.simulator.platform.service import HANDLERS

CONTRACT = Path(__file__).parents[2].parent / "shared" / "contract" / "genesys-contract.json"
BEYOND = {"get_outbound_campaignrules", "get_outbound_campaignrule"}
"""Published, and not in the contract file; the vendor's models judge them."""

pytestmark = pytest.mark.skipif(
    not CONTRACT.exists(), reason="the published description, shared/contract, is not here"
)


@pytest.fixture(scope="module")
def contract() -> Mapping[str, Any]:
    document: Mapping[str, Any] = json.loads(CONTRACT.read_text())
    return document


def published(contract: Mapping[str, Any], operation: Operation) -> Mapping[str, Any]:
    found: Mapping[str, Any] = contract["paths"][operation.path][operation.method.lower()]
    return found


def resolved(contract: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = contract["definitions"][schema["$ref"].rpartition("/")[2]]
    return found


COMPARED = [operation for operation in OPERATIONS if operation.name not in BEYOND]


@pytest.mark.parametrize("operation", COMPARED, ids=[one.name for one in COMPARED])
def test_an_operation_has_the_path_permissions_and_parameters_that_are_published(
    contract: Mapping[str, Any], operation: Operation
):
    theirs = published(contract, operation)
    parameters = [one for one in theirs["parameters"] if one["in"] == "query"]

    assert theirs["operationId"] == operation.name
    assert set(operation.permissions) == set(theirs["x-inin-requires-permissions"]["permissions"])
    assert set(operation.parameters) == {one["name"] for one in parameters}
    assert set(operation.required) == {one["name"] for one in parameters if one["required"]}


@pytest.mark.parametrize("operation", COMPARED, ids=[one.name for one in COMPARED])
def test_a_body_has_the_fields_kinds_and_words_that_are_published(
    contract: Mapping[str, Any], operation: Operation
):
    bodies = [one for one in published(contract, operation)["parameters"] if one["in"] == "body"]

    if operation.body is None:
        assert not bodies
    else:
        assert list(differences(contract, bodies[0]["schema"], operation.body, "body")) == []


def differences(
    contract: Mapping[str, Any], schema: Mapping[str, Any], kind: Kind, path: str
) -> Iterator[str]:
    """Yield where a kind is another one than the schema that is published."""
    schema = resolved(contract, schema)
    if isinstance(kind, Anything):
        return
    if isinstance(kind, Shape):
        theirs = schema.get("properties", {})
        if set(theirs) != set(kind.fields):
            yield f"{path}: fields {set(theirs) ^ set(kind.fields)}"
        if set(schema.get("required") or ()) != set(kind.required):
            yield f"{path}: required"
        for name in set(theirs) & set(kind.fields):
            yield from differences(contract, theirs[name], kind.fields[name], f"{path}.{name}")
    elif isinstance(kind, Each):
        if schema.get("type") != "array":
            yield f"{path}: is no list"
        else:
            yield from differences(contract, schema["items"], kind.item, f"{path}[]")
    elif schema.get("type") != type_of(kind):
        yield f"{path}: {schema.get('type')} and not {type_of(kind)}"
    elif isinstance(kind, Text) and set(schema.get("enum", ())) != set(kind.words):
        yield f"{path}: words"


def type_of(kind: Kind) -> str:
    if isinstance(kind, Number):
        return "integer" if kind.whole else "number"
    return "boolean" if isinstance(kind, Flag) else "string"


def test_every_operation_is_answered_by_something():
    assert set(HANDLERS) == {operation.name for operation in OPERATIONS}


def test_what_is_published_and_not_offered_is_nothing_that_reads_or_writes_a_plan(
    contract: Mapping[str, Any],
):
    offered = {operation.name for operation in OPERATIONS}
    missing = {
        one["operationId"]
        for operations in contract["paths"].values()
        for one in operations.values()
    } - offered

    assert all(
        "aggregates_job" in name or "sequence" in name or "week" in name or "divisionviews" in name
        for name in missing
    ), sorted(missing)
