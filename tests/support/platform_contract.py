"""Holds requests against the platform's published contract, where that lies beside the project."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import httpx

CONTRACT = Path(__file__).parents[3] / "shared" / "contract" / "genesys-contract.json"
BEYOND = frozenset({"/api/v2/outbound/campaignrules"})
"""Published, and left out of the contract file."""


@cache
def contract() -> Mapping[str, Any] | None:
    """Return the contract; None where the shared texts are not beside the project."""
    return json.loads(CONTRACT.read_text()) if CONTRACT.is_file() else None


def check_request(request: httpx.Request) -> None:
    """Fail where a request breaks the contract; every request passes where there is none."""
    described = contract()
    path = request.url.raw_path.decode().partition("?")[0]
    if described is None or path in BEYOND or path == "/oauth/token":
        return
    operation = _operation(described, request.method, path)
    parameters = {each["name"]: each for each in operation["parameters"]}
    for name in request.url.params:
        assert parameters.get(name, {}).get("in") == "query", f"{path} has no parameter {name}"
    for name, parameter in parameters.items():
        if parameter["in"] == "query" and parameter.get("required"):
            assert name in request.url.params, f"{path} lacks the parameter {name}"
    body = next((each for each in parameters.values() if each["in"] == "body"), None)
    if body is None:
        assert not request.content, f"{path} takes no body"
    else:
        _check(json.loads(request.content), body["schema"], described["definitions"], path)


def _operation(described: Mapping[str, Any], method: str, path: str) -> Mapping[str, Any]:
    found = [
        operations[method.lower()]
        for template, operations in described["paths"].items()
        if method.lower() in operations
        and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path)
    ]
    # A fixed word wins over a placeholder in the same place.
    assert found, f"the contract has no {method} {path}"
    return min(found, key=lambda each: len([p for p in each["parameters"] if p["in"] == "path"]))


KINDS = {
    "string": str,
    "integer": int,
    "number": int | float,
    "boolean": bool,
    "array": list,
    "object": dict,
}


def _check(value: Any, schema: Mapping[str, Any], known: Mapping[str, Any], at: str) -> None:
    if "$ref" in schema:
        schema = {"type": "object", **known[schema["$ref"].rpartition("/")[2]]}
    kind = schema.get("type", "object")
    is_meant = isinstance(value, KINDS[kind]) and (kind == "boolean" or value is not True)
    assert is_meant, f"{at} is {value!r}, no {kind}"
    if "enum" in schema:
        assert value in schema["enum"], f"{at} is {value!r}, none of {schema['enum']}"
    if kind == "array":
        for number, item in enumerate(value):
            _check(item, schema["items"], known, f"{at}[{number}]")
    if kind == "object" and "properties" in schema:
        for name in schema.get("required", ()):
            assert name in value, f"{at} lacks {name}"
        for name, inner in value.items():
            assert name in schema["properties"], f"{at} has no field {name}"
            if inner is not None:
                _check(inner, schema["properties"][name], known, f"{at}.{name}")
