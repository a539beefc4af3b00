"""Requests counted and limited, and what is known of operations and permissions."""

from datetime import UTC, datetime, timedelta

import pytest

from core.clock import FrozenClock
from core.errors import UsageError
from core.simulator.platform.meter import Meter
from core.simulator.platform.operations import OPERATIONS, find_operation, known_permissions


def test_a_minute_begins_with_its_first_request_and_each_token_has_its_own():
    clock = FrozenClock(datetime(2026, 11, 23, 9, 0, 30, tzinfo=UTC))
    meter = Meter(clock, 300)

    first = meter.count("a")
    clock.move(timedelta(seconds=45))
    later, other = meter.count("a"), meter.count("b")
    clock.move(timedelta(seconds=15))

    assert (first, later, other) == ((1, 60), (2, 15), (1, 60))
    assert meter.count("a") == (1, 60)


def test_each_operation_is_found_by_its_own_path():
    for operation in OPERATIONS:
        path = operation.path.replace("{", "").replace("}", "")

        assert find_operation(operation.method, path) is operation


def test_no_two_operations_have_one_name():
    assert len({operation.name for operation in OPERATIONS}) == len(OPERATIONS)


def test_a_permission_that_no_operation_needs_is_refused_with_those_there_are():
    with pytest.raises(UsageError, match="outbound:campaign:edti") as refused:
        known_permissions(["outbound:campaign:edti"])

    assert "outbound:campaign:edit" in str(refused.value)
