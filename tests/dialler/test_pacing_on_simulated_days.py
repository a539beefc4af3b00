"""Policy ``compliant`` on a simulated dialler that shares no formula with it: a quick look.

``make bench`` takes the long one, over whole days and teams of 5 to 200.
"""

import pytest

from tests.dialler.days import (
    Outcome,
    Scenario,
    constant,
    planned_every,
    planned_once,
    run_days,
)
from tests.dialler.dialler import CallTimes

DAYS = 24


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    """Four hours of a team whose shape, shift and calls the policy was not made with."""
    scenario = Scenario(
        14,
        answer_rate=0.24,
        common_error=0.12,
        own_error=0.06,
        staff=(0.8, 1.0, 1.0, 0.7),
        shape=(1.2, 0.85, 0.8, 1.1),
        times=CallTimes(talk=140.0, wrap=45.0, rings=22.0, machines=0.2),
    )
    ways = {
        "one to one": constant(1.0),
        "tutorial": constant(10.0),
        "once": planned_once,
        "hourly": planned_every(60),
        "quarterly": planned_every(15),
    }
    came = run_days(scenario, list(ways.values()), DAYS, seed=11)
    return dict(zip(ways, came, strict=True))


@pytest.mark.parametrize("way", ["once", "hourly", "quarterly"])
def test_the_limit_is_kept_on_nearly_every_day(outcomes: dict[str, Outcome], way: str) -> None:
    # One of 24 days may be over by chance.
    assert outcomes[way].days_over(0.03) <= 0.05
    assert outcomes[way].abandon_rate < 0.03


def test_a_plan_gives_much_more_talk_time_than_one_call_for_each_agent(
    outcomes: dict[str, Outcome],
) -> None:
    assert outcomes["once"].occupancy > outcomes["one to one"].occupancy + 0.05


def test_planning_anew_gives_more_talk_time_than_planning_once(
    outcomes: dict[str, Outcome],
) -> None:
    assert outcomes["hourly"].occupancy > outcomes["once"].occupancy
    assert outcomes["quarterly"].occupancy > outcomes["once"].occupancy


def test_the_tutorial_read_literally_abandons_a_third(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["tutorial"].abandon_rate > 0.2
    assert outcomes["tutorial"].days_over(0.03) == 1.0
