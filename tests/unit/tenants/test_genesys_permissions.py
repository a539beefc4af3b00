"""The list of operations and permissions, held against the platform's published contract."""

import re

import pytest

from core.tenants.genesys_permissions import OPERATIONS
from core.tenants.genesys_wire import NO_PERMISSION
from tests.support.platform_contract import BEYOND, contract

needs_contract = pytest.mark.skipif(
    contract() is None, reason="the shared texts are not beside the project"
)


def described(operation: str) -> dict:
    method, _, path = operation.partition(" ")
    known = contract()
    assert known is not None
    pattern = re.sub(r"\{\w+\}", "{}", path)
    (found,) = (
        operations[method.lower()]
        for template, operations in known["paths"].items()
        if re.sub(r"\{\w+\}", "{}", template) == pattern and method.lower() in operations
    )
    return found


@needs_contract
@pytest.mark.parametrize(
    ("permission", "operation"),
    [(name, each) for name, operations in OPERATIONS.items() for each in operations],
)
def test_an_operation_is_published_and_needs_what_is_listed(
    permission: str, operation: str
) -> None:
    if operation.partition(" ")[2] in BEYOND:
        pytest.skip("published, and left out of the contract file")
    needed = described(operation)["x-inin-requires-permissions"]["permissions"]
    listed = [] if permission == NO_PERMISSION else permission.split(" or ")
    assert set(listed) <= set(needed)
    assert bool(listed) == bool(needed)


def test_each_operation_is_listed_once() -> None:
    listed = [each for operations in OPERATIONS.values() for each in operations]
    assert len(listed) == len(set(listed))
