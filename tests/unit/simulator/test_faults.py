"""Which fault strikes when."""

from itertools import pairwise

import pytest

from core.errors import UsageError
from core.simulator.faults import Fault, FaultPlan, parse_faults


def test_an_unknown_fault_is_refused_and_the_known_ones_are_told():
    with pytest.raises(UsageError) as refused:
        parse_faults(["slow", "gremlins"])

    assert "gremlins" in str(refused.value)
    assert all(fault.value in str(refused.value) for fault in Fault)


def test_no_fault_at_all_is_fine():
    assert parse_faults(["", " "]) == frozenset()


def test_every_fifth_request_meets_a_rate_limit():
    plan = FaultPlan([Fault.RATE_LIMITS])

    struck = [plan.strikes_operation(Fault.RATE_LIMITS, f"GET /{n}") for n in range(15)]

    assert [n for n, is_struck in enumerate(struck) if is_struck] == [4, 9, 14]


def test_an_operation_is_never_struck_twice_in_a_row():
    plan = FaultPlan([Fault.RATE_LIMITS, Fault.SERVER_ERRORS])
    outcomes = []
    for _ in range(500):
        struck = plan.strikes_operation(Fault.RATE_LIMITS, "GET /") or plan.strikes_operation(
            Fault.SERVER_ERRORS, "GET /"
        )
        if not struck:
            plan.pass_on("GET /")
        outcomes.append(struck)

    assert sum(outcomes) > 50
    assert not any(first and second for first, second in pairwise(outcomes))


def test_a_fault_that_is_off_never_strikes():
    plan = FaultPlan()

    assert not any(plan.strikes(fault) for fault in Fault for _ in range(20))


def test_switching_begins_the_count_anew():
    plan = FaultPlan([Fault.LOST_ANSWERS])
    plan.strikes(Fault.LOST_ANSWERS)

    plan.switch([Fault.LOST_ANSWERS])

    assert plan.strikes(Fault.LOST_ANSWERS)
